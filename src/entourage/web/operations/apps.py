from django.apps import AppConfig


class Operations(AppConfig):
    name = "entourage.web.operations"

    def ready(self) -> None:
        """Have entries in marked operations, which ask nothing, left out of first responses.

        An operation that is called after somebody who is erased loses the name.
        """
        from entourage.web.operations.models import Operation
        from entourage.web.operations.queries import entries
        from entourage.web.people.actions import also_cleaned, also_named
        from entourage.web.service.queries import also_left_out

        also_left_out(entries)
        also_named(Operation)
        also_cleaned("operations_operation", "post")

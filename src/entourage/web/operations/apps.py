from django.apps import AppConfig


class Operations(AppConfig):
    name = "entourage.web.operations"

    def ready(self) -> None:
        """Have entries in marked operations, which ask nothing, left out of first responses."""
        from entourage.web.operations.queries import entries
        from entourage.web.service.queries import also_left_out

        also_left_out(entries)

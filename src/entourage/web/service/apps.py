"""The room of departments, promises and rules."""

from django.apps import AppConfig


class Service(AppConfig):
    name = "entourage.web.service"

    def ready(self) -> None:
        """Have departments called by their names where people are answered, and rules asked as they are.

        A rule that is called after somebody who is erased, or looks for them, loses the name.
        """
        from entourage.web.inbox.actions import also_asking
        from entourage.web.inbox.queries import also_departments
        from entourage.web.people.actions import also_forgetting, also_named
        from entourage.web.service.actions.forgetting import forget_in_rules
        from entourage.web.service.actions.holding import asks_now
        from entourage.web.service.models import Rule
        from entourage.web.service.queries import names

        also_departments(names)
        also_named(Rule)
        also_forgetting(forget_in_rules)
        also_asking(asks_now)

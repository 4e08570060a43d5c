"""The room of departments, promises and rules."""

from django.apps import AppConfig


class Service(AppConfig):
    name = "entourage.web.service"

    def ready(self) -> None:
        """Have departments called by their names where people are answered."""
        from entourage.web.inbox.queries import also_departments
        from entourage.web.service.queries import names

        also_departments(names)

from django.apps import AppConfig


class Today(AppConfig):
    name = "entourage.web.today"

    def ready(self) -> None:
        """Have what was promised to a person told to them, and taken out with all else."""
        from entourage.web.people.actions import also_kept
        from entourage.web.today import queries

        also_kept("promised_to_them", queries.promised_to)

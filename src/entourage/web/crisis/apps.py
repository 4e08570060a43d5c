from django.apps import AppConfig


class Crisis(AppConfig):
    name = "entourage.web.crisis"

    def ready(self) -> None:
        """Have the crises that somebody's messages were counted in told to them, and taken out with all else."""
        from entourage.web.crisis import queries
        from entourage.web.people.actions import also_kept

        also_kept("crises", queries.counted_in)

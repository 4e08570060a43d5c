from django.apps import AppConfig


class Today(AppConfig):
    name = "entourage.web.today"

    def ready(self) -> None:
        """Have what was promised to a person told to them, and taken out; hear which thanks were taken back."""
        from entourage.web.outbox.actions import also_told
        from entourage.web.people.actions import also_cleaned, also_kept
        from entourage.web.today import actions, queries

        also_kept("promised_to_them", queries.promised_to)
        also_cleaned("today_pledge", "what")
        also_told(actions.forget_words)

from django.apps import AppConfig


class Outbox(AppConfig):
    name = "entourage.web.outbox"

    def ready(self) -> None:
        """Have what stands here told to a person who asks, taken out with all else, and rid of who is erased."""
        from entourage.web.outbox import queries
        from entourage.web.people.actions import also_cleaned, also_kept
        from entourage.web.people.queries import TABLES

        also_kept("sent_to_them", queries.sent_to)
        TABLES["outgoing"] = queries.TABLE
        # What is leaving just now leaves whole.
        also_cleaned("outbox_outgoing", "text", "subject", where="state NOT IN ('queued', 'sending')")

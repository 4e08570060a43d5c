"""The room through which all words leave the house."""

from django.apps import AppConfig

_KEPT = "outgoing_id IN (SELECT id FROM outbox_outgoing WHERE brand_id = %(brand)s AND state <> 'sending')"


class Outbox(AppConfig):
    name = "entourage.web.outbox"

    def ready(self) -> None:
        """Have what stands here told to a person who asks, taken out with all else, and rid of who is erased."""
        from entourage.web.outbox import queries
        from entourage.web.people.actions import also_cleaned, also_kept
        from entourage.web.people.queries import TABLES

        also_kept("sent_to_them", queries.sent_to)
        TABLES["outgoing"] = queries.TABLE
        # What is leaving just now leaves whole: its network may have it, and is asked for these very words.
        also_cleaned("outbox_outgoing", "text", "subject", where="state <> 'sending'")
        also_cleaned("outbox_enclosure", "name", "alt", where=_KEPT)

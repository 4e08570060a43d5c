"""The room in which people are answered."""

from django.apps import AppConfig


class Inbox(AppConfig):
    name = "entourage.web.inbox"

    def ready(self) -> None:
        """Have what stands here told to a person who asks, and taken out; hear what is decided about answers.

        Whoever decides hears what was written since.
        """
        from entourage.web.inbox import queries
        from entourage.web.inbox.actions.deciding import decided
        from entourage.web.inbox.actions.forgetting import forget_in_steps
        from entourage.web.inbox.models import Label, Macro, View
        from entourage.web.inbox.queries.newer import newer_than
        from entourage.web.outbox.actions import also_told
        from entourage.web.outbox.queries import also_heard
        from entourage.web.people.actions import also_cleaned, also_forgetting, also_kept, also_named, also_searched
        from entourage.web.people.queries import TABLES

        also_kept("conversations", queries.kept_about)
        TABLES.update(queries.TABLES)
        also_told(decided)
        also_heard(newer_than)
        also_cleaned("inbox_draft", "text")
        also_cleaned("inbox_macro", "text")
        for named in (Label, Macro, View):
            also_named(named)
        also_forgetting(forget_in_steps)
        also_searched(View)

from django.apps import AppConfig


class Crisis(AppConfig):
    name = "entourage.web.crisis"

    def ready(self) -> None:
        """Have crises stand on the Today of who answers for them; have those that somebody's messages were counted in
        told to them, and taken out with all else.
        """
        from entourage.web.crisis import queries
        from entourage.web.crisis.views.today import errands
        from entourage.web.people.actions import also_cleaned, also_kept
        from entourage.web.today.queries import also_today

        also_kept("crises", queries.counted_in)
        also_cleaned("crisis_crisis", "name")
        also_cleaned("crisis_group", "answer")
        also_today(errands)

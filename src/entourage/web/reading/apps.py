from django.apps import AppConfig


class Reading(AppConfig):
    name = "entourage.web.reading"

from django.apps import AppConfig


class Results(AppConfig):
    name = "entourage.web.results"

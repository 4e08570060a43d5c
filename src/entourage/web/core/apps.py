from django.apps import AppConfig


class Core(AppConfig):
    name = "entourage.web.core"

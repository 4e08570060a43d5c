from django.apps import AppConfig


class Operations(AppConfig):
    name = "entourage.web.operations"

from django.apps import AppConfig


class Outbox(AppConfig):
    name = "entourage.web.outbox"

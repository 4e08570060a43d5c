from django.apps import AppConfig


class Listen(AppConfig):
    name = "entourage.web.listen"

from django.apps import AppConfig


class Service(AppConfig):
    name = "entourage.web.service"

from django.apps import AppConfig


class People(AppConfig):
    name = "entourage.web.people"

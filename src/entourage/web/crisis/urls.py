"""The pages of this room, below /b/<slug>/."""

from django.urls import path

from entourage.web.crisis.views import deeds, pages

app_name = "crisis"
urlpatterns = [
    path("crisis/", pages.listed, name="list"),
    path("crisis/look/", deeds.look, name="look"),
    path("crisis/name/", deeds.name, name="new"),
    path("crisis/<int:pk>/", pages.crisis, name="crisis"),
    path("crisis/<int:pk>/own/", deeds.own, name="crisis-own"),
    path("crisis/<int:pk>/close/", deeds.close, name="crisis-close"),
    path("crisis/groups/<int:pk>/", pages.group, name="group"),
    path("crisis/groups/<int:pk>/prepare/", deeds.prepare, name="group-prepare"),
    path("crisis/groups/<int:pk>/drafts/", deeds.drafts, name="group-drafts"),
]

"""The pages of the operations room, below /b/<slug>/."""

from __future__ import annotations

from django.urls import path

from entourage.web.operations import views

app_name = "operations"
urlpatterns = [
    path("operations/", views.list_all, name="list"),
    path("operations/new/", views.new, name="new"),
    path("operations/<int:pk>/", views.edit, name="edit"),
    path("operations/<int:pk>/delete/", views.delete, name="delete"),
    path("operations/<int:pk>/acts/", views.acts, name="acts"),
]

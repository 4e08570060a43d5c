"""The pages of this room, below /b/<slug>/."""

from django.urls import path

from entourage.web.reading.views import reading

app_name = "reading"
urlpatterns = [
    path("reading/", reading.reading, name="reading"),
]

"""The pages of the results room, below /b/<slug>/."""

from django.urls import path

from entourage.web.results import views

app_name = "results"
urlpatterns = [
    path("audit/", views.audit, name="audit"),
    path("audit/start/", views.start, name="start"),
    path("audit/progress/", views.progress, name="progress"),
    path("audit/pdf/", views.pdf, name="pdf"),
    path("audit/stayed/<int:pk>/", views.stayed, name="stayed"),
    path("audit/conversations/", views.conversations, name="conversations"),
]

"""The pages of this room, below /b/<slug>/."""

from django.urls import path

from entourage.web.today.views import deeds, pages

app_name = "today"
urlpatterns = [
    path("today/", pages.today, name="today"),
    path("today/pass/", deeds.pass_over, name="pass"),
    path("thanks/", pages.thanks, name="thanks"),
    path("thanks/<uuid:pk>/", deeds.thank, name="thank"),
    path("critics/", pages.critics, name="critics"),
    path("promises/", pages.promises, name="promises"),
    path("promises/of/<int:pk>/", pages.promises_of, name="promises-of"),
    path("promises/of/<int:pk>/new/", deeds.promise, name="promise"),
    path("promises/<int:pk>/keep/", deeds.keep, name="keep"),
    path("promises/<int:pk>/take-back/", deeds.take_back, name="take-back"),
]

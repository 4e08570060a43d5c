"""The pages of the house itself."""

from django.urls import path

from entourage.web.core.views import brands, front, team, trail

urlpatterns = [
    path("", front.home, name="home"),
    path("healthz", front.healthz, name="healthz"),
    path("language/", front.language, name="language"),
    path("theme/", front.theme, name="theme"),
    path("account/", front.account, name="account"),
    path("brands/new/", brands.new, name="brand-new"),
    path("join/<str:token>/", team.join, name="join"),
    path("b/<slug:slug>/", brands.entrance, name="brand"),
    path("b/<slug:slug>/goals/", brands.goals, name="goals"),
    path("b/<slug:slug>/team/", team.team, name="team"),
    path("b/<slug:slug>/team/invite/", team.invite, name="invite"),
    path("b/<slug:slug>/team/invitations/<int:pk>/withdraw/", team.withdraw, name="withdraw"),
    path("b/<slug:slug>/team/<int:pk>/role/", team.role, name="role"),
    path("b/<slug:slug>/team/<int:pk>/remove/", team.remove, name="remove"),
    path("b/<slug:slug>/trail/", trail.trail, name="trail"),
]

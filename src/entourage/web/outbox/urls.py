"""The pages of this room, below /b/<slug>/."""

from django.urls import path

from entourage.web.outbox.views import decisions, lists, rules

app_name = "outbox"
urlpatterns = [
    path("outbox/", lists.outbox, name="list"),
    path("outbox/by-hand.csv", lists.by_hand, name="by-hand"),
    path("outbox/pressure/", rules.pressure, name="pressure"),
    path("outbox/people/<int:pk>/", lists.person, name="person"),
    path("outbox/<uuid:pk>/approve/", decisions.approve, name="approve"),
    path("outbox/<uuid:pk>/withdraw/", decisions.withdraw, name="withdraw"),
    path("outbox/<uuid:pk>/sent/", decisions.sent, name="sent"),
    path("outbox/<uuid:pk>/again/", decisions.again, name="again"),
]

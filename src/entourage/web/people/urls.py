"""The pages of this room, below /b/<slug>/."""

from django.urls import path

from entourage.web.people.views import lists, marks, person, privacy, trust

app_name = "people"
urlpatterns = [
    path("people/", lists.people, name="list"),
    path("people/export.csv", lists.export, name="export"),
    path("people/rings/", lists.rings, name="rings"),
    path("people/score/", trust.score, name="score"),
    path("people/segments/", lists.save_segment, name="segments"),
    path("people/segments/<int:pk>/remove/", lists.remove_segment, name="segment-remove"),
    path("people/<int:pk>/", person.person, name="person"),
    path("people/<int:pk>/kind/", marks.kind, name="kind"),
    path("people/<int:pk>/leave-alone/", marks.leave_alone, name="leave-alone"),
    path("people/<int:pk>/take-back/", marks.take_back, name="take-back"),
    path("people/<int:pk>/erase/", privacy.erase, name="erase"),
    path("people/<int:pk>/data.json", privacy.access, name="access"),
    path("trust/", trust.trust, name="trust"),
    path("trust/method/", trust.method, name="method"),
    path("privacy/", privacy.privacy, name="privacy"),
]

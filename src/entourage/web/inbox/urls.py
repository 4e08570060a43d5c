"""The pages of this room, below /b/<slug>/."""

from django.urls import path

from entourage.web.inbox.views import conversation, deeds, kept, lists, sending, writing

app_name = "inbox"
urlpatterns = [
    path("inbox/", lists.inbox, name="list"),
    path("inbox/live/", lists.live, name="live"),
    path("inbox/views/", kept.add_view, name="view-add"),
    path("inbox/views/<int:pk>/remove/", kept.remove_view, name="view-remove"),
    path("inbox/macros/", kept.macros, name="macros"),
    path("inbox/macros/add/", kept.add_macro, name="macro-add"),
    path("inbox/macros/<int:pk>/", kept.change_macro, name="macro-change"),
    path("inbox/macros/<int:pk>/remove/", kept.remove_macro, name="macro-remove"),
    path("inbox/labels/", kept.labels, name="labels"),
    path("inbox/labels/add/", kept.add_label, name="label-add"),
    path("inbox/labels/<int:pk>/remove/", kept.remove_label, name="label-remove"),
    path("inbox/<int:pk>/", conversation.conversation, name="conversation"),
    path("inbox/<int:pk>/here/", conversation.here, name="here"),
    path("inbox/<int:pk>/filled/", conversation.filled, name="filled"),
    path("inbox/<int:pk>/claim/", deeds.claim, name="claim"),
    path("inbox/<int:pk>/release/", deeds.release, name="release"),
    path("inbox/<int:pk>/hand-over/", deeds.hand_over, name="hand-over"),
    path("inbox/<int:pk>/route/", deeds.route, name="route"),
    path("inbox/<int:pk>/snooze/", deeds.snooze, name="snooze"),
    path("inbox/<int:pk>/resolve/", deeds.resolve, name="resolve"),
    path("inbox/<int:pk>/reopen/", deeds.reopen, name="reopen"),
    path("inbox/<int:pk>/label/", deeds.label, name="label"),
    path("inbox/<int:pk>/correct/", deeds.correct, name="correct"),
    path("inbox/<int:pk>/note/", writing.note, name="note"),
    path("inbox/<int:pk>/draft/", writing.draft, name="draft"),
    path("inbox/<int:pk>/answer/", writing.answer, name="answer"),
    path("inbox/outgoing/<uuid:pk>/undo/", sending.undo, name="outgoing-undo"),
    path("inbox/outgoing/<uuid:pk>/sent/", sending.sent, name="outgoing-sent"),
    path("inbox/outgoing/<uuid:pk>/again/", sending.again, name="outgoing-again"),
    path("inbox/outgoing/<uuid:pk>/approve/", sending.approve, name="outgoing-approve"),
]

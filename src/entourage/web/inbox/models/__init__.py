"""Conversations and what members do with them; the words themselves stay with the activities."""

from entourage.web.inbox.models.conversations import Conversation, Message, Place, Spoken, State, Unthreaded
from entourage.web.inbox.models.work import LONGEST_LABEL, Draft, Label, Macro, Note, Presence, Step, View

__all__ = [
    "LONGEST_LABEL",
    "Conversation",
    "Draft",
    "Label",
    "Macro",
    "Message",
    "Note",
    "Place",
    "Presence",
    "Spoken",
    "State",
    "Step",
    "Unthreaded",
    "View",
]

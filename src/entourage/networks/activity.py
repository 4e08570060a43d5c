"""The activity record, in the words of Activity Streams 2.0: one type for every network and every file.

A translator turns a payload into these; ``listen.actions.take_in`` stores them. Nothing here looks at a clock, a
database or a network.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class Act(StrEnum):
    """What was done, in the words of the glossary; the Activity Streams type is in brackets."""

    POST = "post"  # (Create) a publication that answers nobody and is turned to nobody
    REPLY = "reply"  # (Create, inReplyTo a message)
    COMMENT = "comment"  # (Create, inReplyTo a post of a page)
    MENTION = "mention"  # (Create, tag Mention)
    SHARE = "share"  # (Announce)
    MESSAGE = "message"  # (Create, to one account only)
    REVIEW = "review"  # (Create of a Review)
    IDEA = "idea"  # (Create of a Question or Proposal)
    HELP = "help"  # (Create: an answer to another customer)
    PURCHASE = "purchase"  # (Accept of an Offer)
    LIKE = "like"  # (Like)
    FOLLOW = "follow"  # (Follow)
    VIEW = "view"  # (View)


class Change(StrEnum):
    """What an activity says about its object: that it is there, that it was changed, that it is gone."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class Timing(StrEnum):
    """How well the moment of an activity is known; no moment is ever made up."""

    EXACT = "exact"  # as the source tells
    DERIVED = "derived"  # computed from what the source tells (a first message and a duration)
    AFTER = "after"  # at this moment or later; the source does not tell when


# gc=False: these two hold no cycle, and a million of them must not slow the collector down.
class Account(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An account on a network, as far as a payload tells. ``id`` is the network's, always a string."""

    id: str
    handle: str = ""
    name: str = ""
    url: str = ""
    # Told by the source itself: "own" (the page's owner), "organisation" (an official account), "bot", "" unknown.
    kind: str = ""


class Attachment(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A file that goes with a message, theirs or ours; ``alt`` says in words what it shows.

    ``content`` is empty where the source only says where it lies (``url``), or where it is too large to be brought.
    """

    name: str = ""
    kind: str = ""  # a media type, as the source tells it: only the content itself says what it is
    content: bytes = b""
    alt: str = ""
    url: str = ""
    size: int = 0  # bytes, 0 unknown
    width: int = 0  # pixels, 0 unknown
    height: int = 0


class Activity(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that one account did at one moment.

    ``id`` is the network's own and unique there; a source without ids makes one from what makes the act unique (actor,
    target, moment, act, text), so that taking the same file in twice changes nothing.
    """

    network: str  # "x", "facebook", "instagram", "mastodon", "bluesky", "youtube", "linkedin", "file" ...
    id: str
    act: Act
    actor: Account
    at: datetime  # aware
    change: Change = Change.CREATE
    # Whom it is turned to: the author answered, the accounts mentioned, the owner of the page it stands on.
    to: tuple[Account, ...] = ()
    in_reply_to: str = ""  # the id of the activity that it answers
    context: str = ""  # the id of the thread's first activity (a post, a conversation), where the network tells
    text: str = ""
    url: str = ""
    language: str = ""  # as told by the source, "" if it does not
    tags: tuple[str, ...] = ()  # hashtags, lower case, without the sign
    origin: str = ""  # the operation that the source's own column names
    rating: float | None = None  # of a review, 0..1
    edited_at: datetime | None = None
    timing: Timing = Timing.EXACT
    # How many rows of the source tell this one act (a reply and its twin mention are one act told in two rows).
    rows: int = 1
    # What a message is headed with, where the network has subjects (e-mail).
    subject: str = ""
    # The files that came with it, in their order.
    attachments: tuple[Attachment, ...] = ()

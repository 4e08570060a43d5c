"""Facebook nodes of the Graph into activities: posts with their comments and replies, messages of conversations.

Videos, albums, photos, events and profiles hold no activities: a post in the feed tells each of them. Reactions carry
no moment, so they show accounts and no act. A comment whose author the Graph hides is rejected: nobody can be known by
it, and the page's own answers could not be told from questions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entourage.networks.activity import Account, Act, Activity
from entourage.networks.base import Aside, Found, Profile, Skip
from entourage.networks.facebook.media import of_comment, of_message
from entourage.networks.moments import iso
from entourage.networks.payload import Json, edge, inner, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.networks.graph import Node

NETWORK = "facebook"
_HIDDEN = "Ask for the field `from`; a page's token needs the permission pages_read_user_content for it."
_PLACE = re.compile(
    r"facebook\.com/(?P<page>\d+)/posts/(?P<post>\d+)/?\?comment_id=(?P<comment>\w+)(?:&reply_comment_id=(?P<reply>\d+))?"
)
_HASHTAG = re.compile(r"(?<![\w&/])#(\w*[^\W\d_]\w*)")


def found(node: Node) -> Iterator[Found]:
    """What a node of Facebook holds."""
    json = node.json
    if text(json, "id").startswith("t_"):
        yield from _conversation(json)
    elif _is_message(json):
        yield _sent(json, "")
    elif _is_comment(json) or node.edge == "comments":
        yield from _comment(json, under=node.owner if node.edge == "comments" else "", owner=None)
    elif _is_post(json):
        yield from _post(json)
    elif "profile_type" in json and text(json, "id"):
        yield Profile(network=NETWORK, account=_account(json))
        yield Aside(message="reactions carry no moment: the accounts are seen, no act is counted")
    else:
        yield Aside(message="these are pages, profiles, albums, videos or the like, which hold no activities")


def _is_comment(json: Json) -> bool:
    return "comment_id=" in text(json, "permalink_url") or bool(json.keys() & {"comment_count", "can_reply_privately"})


def _is_message(json: Json) -> bool:
    return "created_time" in json and (text(json, "id").startswith("m_") or {"from", "to", "message"} <= json.keys())


def _is_post(json: Json) -> bool:
    return "created_time" in json and (
        bool(json.keys() & {"message", "story", "status_type"}) or "_" in text(json, "id")
    )


def _sent(json: Json, thread: str) -> Found:
    try:
        return _message(json, thread)
    except Skip as skip:
        return skip


def _conversation(json: Json) -> Iterator[Found]:
    messages = edge(json, "messages")
    if not messages:
        yield Aside(
            message="conversations came without messages, so they hold no activities: ask for the field `messages`"
        )
    yield from (_sent(message, text(json, "id")) for message in reversed(messages))


def _message(json: Json, thread: str) -> Activity:
    return Activity(
        network=NETWORK,
        id=_id(json),
        act=Act.MESSAGE,
        actor=_author(json),
        at=iso(json.get("created_time"), field="created_time"),
        to=tuple(_account(one) for one in edge(json, "to") if text(one, "id")),
        context=thread,
        text=text(json, "message"),
        attachments=of_message(json),
    )


def _post(json: Json) -> Iterator[Found]:
    try:
        post = _post_itself(json)
    except Skip as skip:
        yield skip
        return
    yield post
    if not inner(json, "from"):
        yield Aside(
            message="posts do not tell their author; they are taken as the page's own, whose id theirs begins with"
        )
    yield from _nested(json, under=post.id, owner=post.actor)


def _post_itself(json: Json) -> Activity:
    id_, words = _id(json), text(json, "message") or text(json, "story")
    page, _, _ = id_.rpartition("_")
    author = inner(json, "from")
    actor = _account(author) if text(author, "id") else Account(id=page)
    if not actor.id:
        raise Skip("a post must tell its author", field="from", cure=_HIDDEN)
    # A page's own post is turned to nobody; a visitor's is turned to the page, whose id stands first in the post's.
    visiting = bool(page) and actor.id != page
    return Activity(
        network=NETWORK,
        id=id_,
        act=Act.MENTION if visiting else Act.POST,
        actor=actor,
        at=iso(json.get("created_time"), field="created_time"),
        to=(Account(id=page),) if visiting else (),
        context=id_,
        text=words,
        url=text(json, "permalink_url"),
        tags=_tags(words),
    )


def _nested(json: Json, *, under: str, owner: Account) -> Iterator[Found]:
    for comment in edge(json, "comments"):
        yield from _comment(comment, under=under, owner=owner)
    for kind in ("reactions", "likes"):
        people = [one for one in edge(json, kind) if text(one, "id")]
        yield from (Profile(network=NETWORK, account=_account(one)) for one in people)
        if people:
            yield Aside(message="reactions carry no moment: the accounts are seen, no act is counted")


def _comment(json: Json, *, under: str, owner: Account | None, thread: str = "") -> Iterator[Found]:
    try:
        comment = _comment_itself(json, under=under, owner=owner, thread=thread)
    except Skip as skip:
        yield skip
        return
    yield comment
    for reply in edge(json, "comments"):
        yield from _comment(reply, under=comment.id, owner=comment.actor, thread=comment.context)


def _comment_itself(json: Json, *, under: str, owner: Account | None, thread: str) -> Activity:
    answers, post, page = _place(json)
    answers, words = text(inner(json, "parent"), "id") or under or answers, text(json, "message")
    actor, context = _author(json), thread or post or under
    to = owner or (Account(id=page) if page else None)
    return Activity(
        network=NETWORK,
        id=_id(json),
        act=Act.REPLY if answers and answers != context else Act.COMMENT,
        actor=actor,
        at=iso(json.get("created_time"), field="created_time"),
        to=(to,) if to and to.id != actor.id else (),
        in_reply_to=answers,
        context=context,
        text=words,
        url=text(json, "permalink_url"),
        tags=_tags(words),
        attachments=of_comment(json),
    )


def _place(json: Json) -> tuple[str, str, str]:
    """What a comment answers, the post it stands under and that post's page, as its address tells."""
    place = _PLACE.search(text(json, "permalink_url"))
    if place is None:
        return "", "", ""
    post = f"{place['page']}_{place['post']}"
    return (f"{place['post']}_{place['comment']}" if place["reply"] else post), post, place["page"]


def _id(json: Json) -> str:
    if id_ := text(json, "id"):
        return id_
    raise Skip("must have an id", field="id", cure="Ask for the field `id`.")


def _author(json: Json) -> Account:
    author = inner(json, "from")
    if text(author, "id"):
        return _account(author)
    raise Skip("must tell who wrote it", field="from", value=text(json, "id"), cure=_HIDDEN)


def _account(json: Json) -> Account:
    return Account(id=text(json, "id"), name=text(json, "name"), handle=text(json, "username"), url=text(json, "link"))


def _tags(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.lower() for tag in _HASHTAG.findall(words))) if "#" in words else ()

"""JSON documents into batches: which network's shape each one has, and what its translator finds in it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from entourage.networks import graph
from entourage.networks.activity import Activity, Change
from entourage.networks.activitystreams import translate as activitystreams
from entourage.networks.base import Aside, Broken, Found, Gone, Profile, Skip, Tie, shown
from entourage.networks.care import translate as care
from entourage.networks.facebook import translate as facebook
from entourage.networks.files.documents import Document, documents
from entourage.networks.files.text import Utf8, decoded
from entourage.networks.instagram import translate as instagram
from entourage.networks.moments import EARLIEST, past
from entourage.networks.x import translate as x

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from entourage.networks.files.reading import Reading
    from entourage.networks.payload import Json

BACKSLASH = ord("\\")
_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
_HIGH, _LOW = rb"\\u[dD][89abAB][0-9a-fA-F]{2}", rb"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_LONE = re.compile(_HIGH + rb"(?!" + _LOW + rb")|(?<!" + _HIGH + rb")" + _LOW)
LABELS = {
    "activitystreams": "Activity Streams 2.0",
    "x": "X API v2",
    "meta": "Facebook and Instagram Graph",
    "care": "customer care conversations",
    "none": "JSON without activities",
}


def shape(document: object) -> str:
    """The shape of a JSON document: a key of ``LABELS``."""
    if isinstance(document, list):
        return next((known for one in document if (known := shape(one)) != "none"), "none")
    if not isinstance(document, dict):
        return "none"
    if care.is_conversation(document):
        return "care"
    if activitystreams.is_activity(document):
        return "activitystreams"
    if x.is_page(document):
        return "x"
    return "meta" if graph.is_payload(document) else "none"


def first_shape(source: Utf8, reading: Reading, *, head: bytes) -> str:
    """The shape of a JSON file by its first readable document; "none" where there is no such document.

    Raises
    ------
    Broken: it is a network's refusal, saved as data.
    """
    for document in islice(_decodable(source, reading, head), 1):
        if isinstance(document, dict) and graph.is_refusal(document):
            refusal = graph.refusal(document)
            raise Broken(f"{reading.file} holds no data: {refusal.reason}. It said {refusal.value!r}. {refusal.cure}")
        return shape(document)
    return "none"


def _decodable(source: Utf8, reading: Reading, head: bytes) -> Iterator[object]:
    for chunk in documents(source, head=head, reading=reading):
        for _, raw in chunk[:20]:
            try:
                yield msgspec.json.decode(raw)
            except (msgspec.DecodeError, RecursionError):
                continue


def read(source: Utf8, reading: Reading, *, head: bytes) -> Iterator[None]:
    """Fill the batch with what a JSON file holds; pauses after each chunk."""
    put = _Put(reading)
    for chunk in documents(source, head=head, reading=reading):
        for document in chunk:
            put.document(document)
        yield


class _Put:
    """Puts what a document holds into the batch; shapes may change from one document to the next."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._last = ""

    def document(self, document: Document) -> None:
        line, raw = document
        if BACKSLASH in raw:  # most documents have none, and one byte is found far sooner than six
            raw = _kept(raw)
        if self._last == "activitystreams":
            self._all(activitystreams.found(raw), line, raw)
            return
        try:
            json = msgspec.json.decode(raw)
        except (msgspec.DecodeError, RecursionError) as error:
            self._undecoded(document, error)
            return
        for one in json if isinstance(json, list) else [json]:
            self._json(one, line, raw)

    def _undecoded(self, document: Document, error: Exception) -> None:
        line, raw = document
        words, is_utf8 = decoded(raw)
        if not is_utf8:
            self._reading.note("this line is not UTF-8; it is read as Windows-1252", line=line, once="cp1252")
            self.document((line, words.encode()))
            return
        cure = "It was cut or edited: export it again; the other lines are read."
        self._reading.reject(Skip(f"a line must be JSON ({error})", cure=cure), line=line, raw=raw[:2000])

    def _json(self, json: object, line: int, raw: bytes) -> None:
        if b'"access_token"' in raw:
            self._reading.note("it holds an access token: delete it from where others can read it", once="token")
        kind = shape(json)
        if kind == "activitystreams":
            self._last = kind
            self._all(activitystreams.found(msgspec.json.encode(json)), line, raw)
        elif isinstance(json, dict):
            self._all(_translated(json, kind, file=self._reading.file), line, raw)
        else:
            cure = "Write one object a line."
            self._reading.reject(
                Skip("a document must be a JSON object", value=str(json)[:300], cure=cure), line=line, raw=raw[:2000]
            )

    def _all(self, found: Iterable[Found], line: int, raw: bytes) -> None:
        reading = self._reading
        for one in found:
            if type(one) is Activity and EARLIEST <= one.at <= reading.latest and one.actor.id:
                reading.act(one)
                continue
            try:
                self._one(one)
            except Skip as skip:
                reading.reject(skip, line=line, raw=raw[:2000])

    def _one(self, one: Found) -> None:
        reading = self._reading
        if isinstance(one, Activity):
            reading.act(_possible(one, reading))
        elif isinstance(one, Skip):
            raise one
        elif isinstance(one, Profile):
            reading.batch.accounts.append((one.network, one.account))
        elif isinstance(one, Gone):
            reading.batch.gone.append(one)
        elif isinstance(one, Tie):
            reading.batch.ties.append(one)
        elif isinstance(one, Aside):
            reading.note(one.message, once=one.message)


def _kept(raw: bytes) -> bytes:
    """A document without the escapes that no database keeps."""
    if b"\\u0000" in raw:
        raw = _NUL.sub(rb"\1", raw)  # no one meant it
    if b"\\ud" in raw or b"\\uD" in raw:
        raw = _LONE.sub(rb"\\ufffd", raw)  # an emoji cut in two must not cost a page of posts
    return raw


def _possible(activity: Activity, reading: Reading) -> Activity:
    past(activity.at, now=reading.now, field="at", value=activity.at.isoformat())
    if not activity.actor.id and activity.change is not Change.DELETE:
        raise Skip("must tell its author", field="actor", value=activity.id, cure="Export it with its author.")
    return activity


def _translated(json: Json, kind: str, *, file: str) -> Iterator[Found]:
    if kind == "care":
        yield from care.conversation(json)
    elif kind == "x":
        yield from x.page(json, file=file)
    elif kind == "meta":
        yield from _graph(json)
    else:
        keys = shown(", ".join(json), most=80)
        yield Aside(message=f"holds no activities of a shape known here (its keys: {keys})")


def _graph(json: Json) -> Iterator[Found]:
    if graph.is_refusal(json):
        yield graph.refusal(json)
        return
    for node in graph.nodes(json):
        yield from (instagram if instagram.is_node(node.json) else facebook).found(node)

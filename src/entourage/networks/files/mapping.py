"""The mapping of a table's columns to the fields of an activity: what a person sees, changes and keeps."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from entourage.networks.base import Broken

FIELDS = {
    "id": "the network's own id of the act",
    "at": "when",
    "actor_id": "who: the network's id",
    "actor_handle": "who: the handle",
    "actor_name": "who: the name shown",
    "actor_url": "who: the address of the profile",
    "actor_kind": "who: own, organisation or bot",
    "act": "what was done",
    "text": "what was said",
    "to_id": "to whom: the network's id",
    "to_handle": "to whom: the handle",
    "to_name": "to whom: the name",
    "in_reply_to": "the id of what it answers",
    "context": "the id of the thread's first post",
    "url": "where it stands",
    "network": "on which network",
    "language": "in which language",
    "origin": "the operation that brought it",
    "rating": "the rating, 1 to 5, or 0 to 1",
    "tags": "hashtags",
    "timing": "how well the moment is known: exact, derived or after",
    "edited_at": "when it was edited",
    "deleted_at": "when it was deleted",
    "clock": "the time of day, where `at` only tells the day",
}
WHO = ("actor_id", "actor_handle", "actor_url", "actor_name")  # the first that is filled tells people apart


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which column of a table is which field.

    ``columns`` has the table's titles for keys (``1``, ``2`` ... where it has none) and fields for values; one that is
    not there is ignored. ``constants`` gives fields that no column gives. ``acts`` translates the words of ``act``.
    """

    name: str = ""
    columns: dict[str, str] = {}
    date_format: str = ""  # "" looks at the column; else a key of dates.FORMS, or a pattern with %
    time_zone: str = "UTC"  # of dates that do not tell theirs
    constants: dict[str, str] = {}
    acts: dict[str, str] = {}

    def missing(self) -> tuple[str, ...]:
        """What must be told and is not: when, or who."""
        told = {field for field in self.columns.values() if field} | self.constants.keys()
        when = () if "at" in told else ("at",)
        return when if told & set(WHO) else (*when, "actor_id")

    def unknown(self) -> tuple[str, ...]:
        """Fields that do not exist."""
        told = [*self.columns.values(), *self.constants]
        return tuple(dict.fromkeys(field for field in told if field and field not in FIELDS))


def plain(title: str) -> str:
    """A column's title without case, accents and signs, to compare it.

    Examples
    --------
    >>> plain("Heure de publication (UTC)"), plain("actor_Id"), plain("createdAt")
    ('heure de publication utc', 'actor id', 'created at')
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title)
    bare = "".join(c for c in unicodedata.normalize("NFD", apart.lower()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))


def check(mapping: Mapping, header: list[str], *, file: str) -> None:
    """Refuse a mapping that cannot give activities.

    Raises
    ------
    Broken: it names a field that does not exist, or nothing tells when or who.
    """
    if unknown := mapping.unknown():
        raise Broken(
            f"The mapping names the field {unknown[0]!r}, which does not exist. Choose one of {', '.join(FIELDS)}."
        )
    there = {field for title, field in mapping.columns.items() if title in header}
    present = Mapping(columns={field: field for field in there if field}, constants=mapping.constants)
    if missing := present.missing():
        what = " and ".join(
            "when (`at`)" if field == "at" else "who (`actor_id`, `actor_handle` or `actor_name`)" for field in missing
        )
        titles = ", ".join(header[:20]) + (" …" if len(header) > 20 else "")
        known = msgspec.json.encode({"columns": {title: field for title, field in mapping.columns.items() if field}})
        cure = f"Say in the mapping which one does; so far it is {known.decode()}."
        raise Broken(f"{file}: no column tells {what}. Its columns are {titles}. {cure}")

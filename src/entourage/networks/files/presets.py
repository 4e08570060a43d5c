"""Mappings that are already right, for what brands can export today.

A preset fits a table whose titles hold all of its ``needs``; titles are compared without case, accents and signs, in
English and in French, because the networks translate them.
"""

from __future__ import annotations

import msgspec

from entourage.networks.files.mapping import Mapping, plain


class Preset(msgspec.Struct, frozen=True, kw_only=True):
    """A known export: the titles it must have, and the field of each title it may have."""

    name: str
    label: str
    needs: tuple[tuple[str, ...], ...]  # each of these must be there, by one of its titles
    fields: dict[str, tuple[str, ...]]  # field -> titles, the best first
    date_format: str = ""
    time_zone: str = "UTC"
    constants: dict[str, str] = {}
    note: str = ""
    open: bool = False  # such exports differ: columns that the preset leaves are guessed by their titles

    def fits(self, header: list[str]) -> bool:
        """Whether a table with these titles is such an export."""
        titles = {plain(title) for title in header}
        return all(titles & set(ways) for ways in self.needs)

    def mapping(self, header: list[str]) -> Mapping:
        """The mapping of a table with these titles."""
        by_plain: dict[str, str] = {}
        for title in header:
            by_plain.setdefault(plain(title), title)
        columns: dict[str, str] = {}
        for field, ways in self.fields.items():
            found = [by_plain[way] for way in ways if way in by_plain]
            columns |= {title: field for title in found[:1] if title not in columns}
        return Mapping(
            name=self.name,
            columns=columns,
            date_format=self.date_format,
            time_zone=self.time_zone,
            constants=dict(self.constants),
        )


_OURS = (
    "id", "at", "act", "actor id", "actor handle", "actor name", "actor url", "actor kind", "text", "to id",
    "to handle", "to name", "in reply to", "context", "url", "network", "language", "origin", "rating", "tags",
    "timing", "edited at", "deleted at",
)  # fmt: skip
_ARCHIVE_OWNER = {
    "network": "linkedin",
    "actor_id": "archive-owner",
    "actor_name": "the archive's owner",
    "actor_kind": "own",
}
_META_POST = {
    "id": ("post id", "identifiant de publication", "id de la publication", "identifiant de la publication"),
    "at": ("publish time", "heure de publication", "date de publication", "date published"),
    "text": ("description", "legende", "title", "titre", "caption"),
    "url": ("permalink", "permalien", "lien permanent"),
    "language": ("languages", "langues"),
}
_PAGE = {
    "actor_id": ("page id", "identifiant de page", "identifiant de la page", "id de la page"),
    "actor_name": ("page name", "nom de la page", "nom de page"),
}
_ACCOUNT = {
    "actor_id": ("account id", "identifiant du compte", "identifiant de compte"),
    "actor_handle": ("account username", "nom d utilisateur du compte", "nom d utilisateur"),
    "actor_name": ("account name", "nom du compte"),
}
_PACIFIC = "Meta writes these times in the Pacific time zone; change the mapping's time zone if yours says another"
_COMMENTER = {
    "id": ("comment id", "id", "id du commentaire", "identifiant du commentaire"),
    "actor_id": ("user id", "author id", "profile id", "commenter id", "id utilisateur", "author channel id"),
    "actor_handle": ("username", "user name", "handle", "nom d utilisateur", "author username", "commenter username"),
    "actor_name": (
        "name",
        "author",
        "author name",
        "nom",
        "auteur",
        "full name",
        "profile name",
        "commenter name",
        "commenter",
    ),
    "actor_url": ("profile url", "author url", "url du profil", "profile link", "author channel url"),
    "at": (
        "date",
        "created at",
        "created time",
        "timestamp",
        "comment date",
        "time",
        "published at",
        "date du commentaire",
        "date created",
    ),
    "text": (
        "comment",
        "comment text",
        "text",
        "commentaire",
        "message",
        "content",
        "texte",
        "text original",
        "comment content",
    ),
    "url": ("comment url", "url", "link", "lien", "permalink", "source", "view source", "comment link"),
    "in_reply_to": ("parent id", "reply to", "in reply to", "replied to", "parent comment id", "reply to comment id"),
    "context": ("post id", "post url", "media id", "video id", "id de la publication"),
}
_SAID = ("comment", "comment text", "commentaire", "text", "texte", "message", "comment content")

PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            name="entourage",
            label="Entourage's own table",
            needs=(("actor id", "actor handle", "actor name"), ("at",), ("act",)),
            fields={title.replace(" ", "_"): (title,) for title in _OURS},
        ),
        Preset(
            name="meta-business-suite-facebook",
            label="Meta Business Suite, Facebook content",
            needs=(_META_POST["id"], _PAGE["actor_id"], _META_POST["at"]),
            fields=_META_POST | _PAGE,
            date_format="mdy",
            time_zone="America/Los_Angeles",
            constants={"network": "facebook", "act": "post", "actor_kind": "own"},
            note=_PACIFIC,
        ),
        Preset(
            name="meta-business-suite-instagram",
            label="Meta Business Suite, Instagram content",
            needs=(_META_POST["id"], _ACCOUNT["actor_id"], _META_POST["at"]),
            fields=_META_POST | _ACCOUNT,
            date_format="mdy",
            time_zone="America/Los_Angeles",
            constants={"network": "instagram", "act": "post", "actor_kind": "own"},
            note=_PACIFIC,
        ),
        Preset(
            name="linkedin-messages",
            label="LinkedIn archive, messages.csv",
            needs=(("conversation id",), ("from",), ("date",), ("content",)),
            fields={
                "context": ("conversation id",),
                "actor_name": ("from",),
                "actor_url": ("sender profile url",),
                "to_name": ("to",),
                "at": ("date",),
                "text": ("content",),
            },
            constants={"network": "linkedin", "act": "message"},
        ),
        Preset(
            name="linkedin-comments",
            label="LinkedIn archive, Comments.csv",
            needs=(("date",), ("link",), ("message",)),
            fields={"at": ("date",), "url": ("link",), "text": ("message",)},
            constants=_ARCHIVE_OWNER | {"act": "comment"},
        ),
        Preset(
            name="linkedin-shares",
            label="LinkedIn archive, Shares.csv",
            needs=(("date",), ("sharelink", "share link"), ("sharecommentary", "share commentary")),
            fields={
                "at": ("date",),
                "url": ("sharelink", "share link"),
                "text": ("sharecommentary", "share commentary"),
            },
            constants=_ARCHIVE_OWNER | {"act": "post"},
        ),
        Preset(
            name="comment-export",
            label="an export of comments",
            needs=(
                _COMMENTER["actor_handle"] + _COMMENTER["actor_name"] + _COMMENTER["actor_id"],
                _COMMENTER["at"],
                _SAID,
            ),
            fields=_COMMENTER,
            open=True,
        ),
    )
}

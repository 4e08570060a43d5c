"""One person: where they stand, on which acts that rests, and what was said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext as _

from entourage.web.core.models import Unit
from entourage.web.core.queries import number_in
from entourage.web.core.templatetags.entourage import day, interval, number
from entourage.web.listen.models import Account, AccountRole, Activity
from entourage.web.listen.queries import find_account, web_address
from entourage.web.people.models import Movement, Person
from entourage.web.people.queries.acts import MEANINGFUL, acts_in_words
from entourage.web.people.queries.plain import plain
from entourage.web.people.queries.standings import UNIT_SPANS
from entourage.web.people.queries.tempers import JUDGED, PURPOSES, SIDES, Decided, decided, temper_sentence
from entourage.web.people.queries.trust import units
from entourage.web.reading.queries import readings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from uuid import UUID

    from entourage.web.core.models import Brand
    from entourage.web.people.models import Scoring, Standing
    from entourage.web.reading.models import Reading

#: How many units back the timeline goes: a year, two months, three days.
SHOWN = {Unit.WEEK: 52, Unit.DAY: 60, Unit.HOUR: 72}
#: Engaged units told one by one; the others are in the timeline.
REASONS = 13
#: From so many acts in one unit on, it is said that they count once.
BURST = 5
#: Letters of a message in the terminal.
LINE = 100
#: Messages on one page.
SAID = 20

# Units are counted backwards from the moment of the scores, as the engine does.
_CELLS = """
SELECT (ceil(extract(epoch FROM (%(at)s::timestamptz - told.at)) / %(unit_s)s) - 1)::integer AS age, told.act,
       (told.act = ANY(%(meaningful)s) AND (told.toward_id IS NULL OR toward.role = 'own')) AS engaged,
       CASE WHEN told.act <> 'help' AND read.intent <> ALL(%(purposes)s) THEN read.sign END, count(*)
FROM listen_activity told LEFT JOIN listen_account toward ON toward.id = told.toward_id
LEFT JOIN reading_reading read ON read.id = told.id
WHERE told.brand_id = %(brand)s AND told.account_id = ANY(%(accounts)s) AND told.deleted_at IS NULL
  AND told.at < %(at)s AND told.at >= %(since)s
GROUP BY 1, 2, 3, 4 ORDER BY 1
"""


@dataclass(slots=True)
class Cell:
    """One unit (week, day, hour) of a person's timeline."""

    starts_at: datetime
    ends_at: datetime
    # Acts that make the unit an engaged one, and acts of presence or towards others, each by its kind.
    engaged: dict[str, int] = field(default_factory=dict)
    other: dict[str, int] = field(default_factory=dict)
    # Acts of engagement by the sign of their words: 1 for us, 0 neither, -1 against us, None not judged.
    signs: dict[int | None, int] = field(default_factory=dict)

    @property
    def acts(self) -> int:
        """How many acts of engagement."""
        return sum(self.engaged.values())

    @property
    def words(self) -> str:
        """3 comments, 1 share."""
        return acts_in_words(self.engaged)

    @property
    def burst(self) -> bool:
        """Whether it needs saying that all these acts count once."""
        return self.acts >= BURST


@dataclass(frozen=True, slots=True)
class Story:
    """A person's timeline, newest unit first, and where it leads; no cells for who is left alone."""

    person: Person
    standing: Standing | None
    scoring: Scoring | None
    cells: list[Cell]
    # The messages that counted for or against.
    decided: list[Decided] = field(default_factory=list)

    @property
    def temper(self) -> str:
        """Whether they are for us or against us, in one sentence."""
        return temper_sentence(self.person, self.standing)

    @property
    def reasons(self) -> list[Cell]:
        """The latest engaged units: what the prediction rests on."""
        return [cell for cell in self.cells if cell.engaged][:REASONS]

    @property
    def sentence(self) -> str:
        """What was, and what we expect."""
        if self.standing is None or self.scoring is None:
            return _why_no_standing(self.person, self.scoring)
        stands, unit = self.standing, self.scoring.unit
        values = {
            "name": self.person.name,
            "engaged": number(stands.engaged),
            # The unit of the first act is one of them.
            "units": units(stands.opportunities + 1, unit),
            "expected": interval(stands.low, stands.high),
            "horizon": units(self.scoring.horizon, unit),
        }
        return _SENTENCES.get(stands.movement, _steady)() % values

    @property
    def lines(self) -> list[str]:
        """The reasons in words, for the terminal."""
        weeks = [f"{day(cell.starts_at)}, {day(cell.ends_at)}: {cell.words}" for cell in self.reasons]
        return weeks + [
            f"{day(one.reading.at)}, {one.word}: {_brief(one.reading.activity.text)}" for one in self.decided
        ]

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        rows = [{"from": cell.starts_at, "until": cell.ends_at, "acts": cell.engaged} for cell in self.reasons]
        judged = [
            {"at": one.reading.at, "sign": one.reading.sign, "text": one.reading.activity.text, "url": one.link}
            for one in self.decided
        ]
        return {"sentence": self.sentence, "reasons": rows, "temper": self.temper, "decided": judged}


def _brief(text: str) -> str:
    """The beginning of a message on one line; what would steer a terminal is left out."""
    words = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    return words if len(words) <= LINE else words[:LINE].rsplit(" ", 1)[0] + " …"


def _steady() -> str:
    return _("%(name)s engaged in %(engaged)s of %(units)s; we expect %(expected)s of the next %(horizon)s.")


# Written out one by one, so that each can be translated whole.
_SENTENCES: dict[str, Callable[[], str]] = {
    Movement.QUIET: lambda: _(
        "%(name)s was close, engaged in %(engaged)s of %(units)s, and has gone quiet; we expect %(expected)s of the "
        "next %(horizon)s."
    ),
    Movement.BACK: lambda: _(
        "%(name)s had gone quiet and came back, engaged in %(engaged)s of %(units)s; we expect %(expected)s of the "
        "next %(horizon)s."
    ),
    Movement.DRIFTING: lambda: _(
        "%(name)s is drifting away, engaged in %(engaged)s of %(units)s; we expect %(expected)s of the "
        "next %(horizon)s."
    ),
}


def _why_no_standing(person: Person, scoring: Scoring | None) -> str:
    named = {"name": person.name}
    if person.left_alone_at is not None:
        return _("%(name)s asked to be left alone: no profile is kept, and messages are still answered.") % named
    if person.kind == "staff":
        return _("%(name)s works here: staff stay out of the figures.") % named
    if person.kind == "bot":
        return _("%(name)s is a bot: bots stay out of the figures.") % named
    if scoring is None:
        return _("Nobody has been scored yet.")
    if not scoring.model:
        return _("Too few people have come back yet to predict who will.")
    return _("%(name)s has not engaged with the brand yet.") % named


def story(person: Person, *, scoring: Scoring | None) -> Story:
    """A person's timeline up to the moment of the scores, and their standing."""
    standing = getattr(person, "standing", None)
    if scoring is None or person.left_alone_at is not None:
        return Story(person, standing, scoring, [])
    accounts = accounts_of(person)
    told = decided(person, accounts, at=scoring.at) if standing else []
    return Story(person, standing, scoring, _cells(person, accounts, scoring), told)


def _cells(person: Person, accounts: list[UUID], scoring: Scoring) -> list[Cell]:
    unit, count = UNIT_SPANS[Unit(scoring.unit)], SHOWN[Unit(scoring.unit)]
    ends = [scoring.at - age * unit for age in range(count)]
    cells = [Cell(starts_at=end - unit, ends_at=end) for end in ends]
    about: dict[str, Any] = {
        "at": scoring.at,
        "since": scoring.at - count * unit,
        "unit_s": unit.total_seconds(),
        "brand": person.brand_id,
        "accounts": accounts,
        "meaningful": list(MEANINGFUL),
        "purposes": list(PURPOSES),
    }
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, about)
        for age, act, engaged, sign, acts in cursor.fetchall():
            kinds = cells[age].engaged if engaged else cells[age].other
            kinds[act] = kinds.get(act, 0) + acts
            if engaged:
                cells[age].signs[sign] = cells[age].signs.get(sign, 0) + acts
    return cells


@dataclass(frozen=True, slots=True)
class Said:
    """A message, with what the brand answered."""

    activity: Activity
    answers: list[Activity]
    # For or against us, as it was read; none where that is not certain or there are no words.
    sign: int | None = None

    @property
    def side(self) -> str:
        """for, neither or against: the name of its colour; empty where it was not judged."""
        return "" if self.sign is None else SIDES[self.sign][0]

    @property
    def verdict(self) -> str:
        """For us, against us; empty where it was not judged."""
        return "" if self.sign is None else str(SIDES[self.sign][1])

    @property
    def word(self) -> str:
        """1 comment."""
        return acts_in_words({self.activity.act: 1})

    @property
    def link(self) -> str:
        """Where it stands on its network."""
        return web_address(self.activity.url)


def said(person: Person, *, before: UUID | None = None) -> tuple[list[Said], UUID | None]:
    """What a person did and wrote, newest first, from just before a message on; and the last one if there are more."""
    rows = Activity.objects.of(person.brand_id).filter(account__in=accounts_of(person), deleted_at=None)
    rows = rows.exclude(act__in=("like", "follow", "view")).select_related("toward").order_by("-at", "-pk")
    edge = rows.filter(pk=before).first() if before else None
    if edge is not None:
        rows = rows.filter(at__lte=edge.at).exclude(at=edge.at, pk__gte=edge.pk)
    found = list(rows[: SAID + 1])
    page = found[:SAID]
    answers: dict[UUID, list[Activity]] = {}
    for answer in _answers(person, page):
        if answer.reply_to:
            answers.setdefault(answer.reply_to, []).append(answer)
    read = readings_of(person.brand_id, [one.pk for one in page])
    told = [Said(one, answers.get(one.pk, []), _sign(one, read.get(one.pk))) for one in page]
    return told, page[-1].pk if len(found) > SAID else None


def _sign(activity: Activity, reading: Reading | None) -> int | None:
    """For or against us, where it was said to us and for no purpose of its own."""
    if reading is None or reading.intent in PURPOSES or activity.act not in JUDGED:
        return None
    return reading.sign if activity.toward is None or activity.toward.role == AccountRole.OWN else None


def _answers(person: Person, messages: list[Activity]) -> Iterator[Activity]:
    keys = [message.pk for message in messages]
    answers = Activity.objects.of(person.brand_id).filter(reply_to__in=keys, deleted_at=None)
    return iter(answers.exclude(account__role="public").select_related("account").order_by("at", "pk"))


def accounts_of(person: Person) -> list[UUID]:
    """The keys of a person's accounts."""
    return list(Account.objects.of(person.brand_id).filter(person_id=person.pk).values_list("pk", flat=True))


def told_accounts(person: Person) -> list[dict[str, Any]]:
    """A person's accounts as plain values."""
    rows = Account.objects.of(person.brand_id).filter(person_id=person.pk).order_by("network", "handle", "pk")
    return list(rows.values("network", "network_id", "handle", "name", "url"))


def find_person(brand: Brand, who: str) -> list[Person]:
    """Who may be meant by a number, else by a handle or an id on a network, else by a whole name."""
    rows = Person.objects.of(brand).select_related("standing")
    key = number_in(who)
    if key is not None and (found := list(rows.filter(pk=key))):
        return found
    behind = [account.person_id for account in find_account(brand, who) if account.person_id]
    return list(rows.filter(pk__in=behind).order_by("pk")) or list(rows.filter(sort_name=plain(who)).order_by("pk"))

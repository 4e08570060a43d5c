"""What an erased person must not leave behind: in others' messages, in lists of refused rows, in files looked at."""

from __future__ import annotations

import psycopg
import pytest
from tests.web import world

from entourage.networks.activity import Account as Told
from entourage.networks.activity import Act
from entourage.networks.activity import Activity as Happened
from entourage.web.listen.actions import take_in
from entourage.web.listen.bridge import import_file
from entourage.web.listen.models import Activity, Import
from entourage.web.people import actions
from entourage.web.people.models import Person, Segment

pytestmark = pytest.mark.django_db

ANN = Told(id="ann.levasseur", handle="ann.levasseur", name="Ann Levasseur")
BOB = Told(id="bob", handle="bob", name="Bob")
PAGE = Told(id="ourpage", kind="own")


@pytest.fixture
def tea():
    return world.brand("tea")


def told(key: str, by: Told, to: Told, text: str, *, answers: str = "") -> Happened:
    return Happened(
        network="x", id=key, act=Act.REPLY if answers else Act.COMMENT, actor=by, at=world.AT, to=(to,), text=text,
        in_reply_to=answers,
    )  # fmt: skip


def ann_of(brand):
    take_in(brand=brand, activities=[told("a1", ANN, PAGE, "a question")])
    actions.meet(brand=brand)
    return Person.objects.of(brand).get(name="Ann Levasseur")


def erased(person):
    return actions.erase(person=person, by=None, at=world.AT)


def text_of(brand, key):
    return Activity.objects.of(brand).get(network_id=key).text


def test_what_others_wrote_to_them_stays_without_their_name(tea):
    ann = ann_of(tea)
    take_in(brand=tea, activities=[told("b1", BOB, ANN, "@ann.levasseur I had the same")])
    erased(ann)
    assert text_of(tea, "b1") == "[…] I had the same"


@pytest.mark.parametrize("by", [BOB, PAGE])
def test_what_is_written_to_them_later_comes_in_without_their_name(tea, by):
    erased(ann_of(tea))
    take_in(brand=tea, activities=[told("n1", by, ANN, "@Ann.Levasseur, dear Ann Levasseur: thanks")])
    assert text_of(tea, "n1") == "[…], dear […]: thanks"


def test_what_others_write_to_them_later_does_not_count_as_turned_to_us(tea):
    erased(ann_of(tea))
    take_in(brand=tea, activities=[told("b1", BOB, ANN, "hello")])
    assert Activity.objects.of(tea).get(network_id="b1").toward_id.int == 0


def test_a_list_of_refused_rows_loses_theirs(tea, tmp_path, settings, django_capture_on_commit_callbacks):
    settings.REJECTS = tmp_path / "rejects"
    file = tmp_path / "comments.csv"
    file.write_text(
        "id,author,handle,date,text\n"
        "1,Ann Levasseur,ann.levasseur,2026-03-01T10:00:00Z,hello\n"
        "2,Ann Levasseur,ann.levasseur,someday,a refused row of Ann\n"
        "3,Bob,bob,one day,a refused row of Bob\n"
    )
    taken = import_file(brand=tea, path=file, now=world.AT)
    actions.meet(brand=tea)
    listed = (tmp_path / "rejects" / f"rejected-{tea.pk}-{taken.pk}.csv").read_text()
    assert "refused row of Ann" in listed
    with django_capture_on_commit_callbacks(execute=True):
        erased(Person.objects.of(tea).get(name="Ann Levasseur"))
    listed = (tmp_path / "rejects" / f"rejected-{tea.pk}-{taken.pk}.csv").read_text()
    assert "Ann" not in listed
    assert "refused row of Bob" in listed


def test_a_file_that_was_looked_at_and_failed_shows_them_no_more(tea, django_capture_on_commit_callbacks):
    ann = ann_of(tea)
    looked = {"acts": [{"who": "Ann Levasseur", "text": "a question"}], "columns": []}
    failed = Import.objects.create(brand=tea, filename="f.csv", state="failed", options={"own": [], "look": looked})
    with django_capture_on_commit_callbacks(execute=True):
        erased(ann)
    failed.refresh_from_db(from_queryset=Import.objects.of(tea))
    assert failed.options == {"own": []}


def test_a_search_kept_under_a_name_does_not_keep_theirs(tea):
    ann = ann_of(tea)
    Segment.objects.create(brand=tea, name="hers", query="q=levasseur")
    Segment.objects.create(brand=tea, name="close", query="ring=close")
    erased(ann)
    assert [one.name for one in Segment.objects.of(tea)] == ["close"]


def test_people_are_not_made_out_of_accounts_while_one_is_erased(tea, database_url):
    ann = ann_of(tea)
    erased(ann)
    tried = "SELECT pg_try_advisory_xact_lock(hashtext('people.meet'), %s)"
    with psycopg.connect(database_url) as another:
        assert another.execute(tried, [tea.pk]).fetchone() == (False,)

"""Files that come with a message: kept once, with the words they belong to, and gone with them."""

from __future__ import annotations

import json
from datetime import timedelta

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web import world
from tests.web.listen.files import NOW
from tests.web.listen.test_take_in import log

from entourage.networks.activity import Account, Activity, Attachment, Change
from entourage.networks.base import Gone
from entourage.web.listen import actions
from entourage.web.listen.bridge import import_file, running
from entourage.web.listen.models import Activity as Row
from entourage.web.listen.models import Attachment as File
from entourage.web.listen.rows import Preparing
from entourage.web.people import actions as people
from entourage.web.people.models import Person
from entourage.web.people.queries import takeout

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
PHOTO = Attachment(
    name="kettle.png", kind="image/png", content=PNG, alt="A broken kettle", url="https://m.example/1.png"
)
TABLE = """
    1 ann mention 1 > tea:own "my kettle is broken"
    2 tea:own reply 2 > ann re 1 "here is how to mend it"
    3 bob mention 3 > tea:own "mine is fine"
"""


@pytest.fixture
def tea():
    return world.brand()


def acts(**files: Attachment) -> list[Activity]:
    """The table, with files under the ids ``_1``, ``_2``, ``_3``."""
    return [
        msgspec.structs.replace(one, attachments=tuple(file for id_, file in files.items() if id_ == f"_{one.id}"))
        for one in log(TABLE)
    ]


def kept(brand) -> dict[str, str]:
    """The files by the id of their activity."""
    ids = dict(Row.objects.of(brand).values_list("pk", "network_id"))
    return {ids[one.activity]: str(one) for one in File.objects.of(brand).order_by("activity", "place")}


def met(brand, name: str) -> Person:
    people.meet(brand=brand)
    return Person.objects.of(brand).get(sort_name=name)


def edition(one: Activity, days: int, *files: Attachment, **told) -> Activity:
    changed = {"change": Change.UPDATE, "edited_at": one.at + timedelta(days=days), "attachments": files, **told}
    return msgspec.structs.replace(one, **changed)


def test_what_came_with_a_message_is_kept_with_its_words_about_it(tea):
    actions.take_in(brand=tea, activities=acts(_1=PHOTO))
    one = File.objects.of(tea).get()
    assert (one.name, one.kind, one.alt, one.url, one.size) == (
        "kettle.png", "image/png", "A broken kettle", "https://m.example/1.png", len(PNG)
    )  # fmt: skip
    assert bytes(one.content) == PNG


def test_told_twice_it_is_kept_once_and_the_first_telling_stays(tea):
    for alt in ("first", "second"):
        actions.take_in(brand=tea, activities=acts(_1=msgspec.structs.replace(PHOTO, name="", alt=alt)))
    assert kept(tea) == {"1": "first"}


def test_files_told_later_than_their_words_are_kept_all_the_same(tea):
    actions.take_in(brand=tea, activities=acts())
    actions.take_in(brand=tea, activities=acts(_1=PHOTO))
    assert kept(tea) == {"1": "kettle.png"}


def test_the_next_edition_brings_its_own_files_and_an_older_one_none(tea):
    first = acts(_1=PHOTO)
    second, third = edition(first[0], 1, Attachment(name="new.png")), edition(first[0], 2)
    for told, there in ((first[0], "kettle.png"), (second, "new.png"), (first[0], "new.png"), (third, None)):
        actions.take_in(brand=tea, activities=[told])
        assert kept(tea).get("1") == there


def test_the_newest_edition_of_a_batch_is_the_one_whose_files_are_kept(tea):
    first = acts(_1=PHOTO)
    actions.take_in(brand=tea, activities=[edition(first[0], 1, Attachment(name="new.png")), *first])
    assert kept(tea) == {"1": "new.png"}


@pytest.mark.parametrize("deleted_first", [True, False])
def test_a_deletion_takes_the_files_with_the_words_even_if_it_comes_first(tea, deleted_first):
    (told, *_), deletion = acts(_1=PHOTO), log("1 ann delete 5")
    for batch in [deletion, [told]] if deleted_first else [[told], deletion, [told]]:
        actions.take_in(brand=tea, activities=batch)
    assert not File.objects.of(tea).exists()


def test_a_withdrawn_account_s_files_go_too(tea):
    actions.take_in(brand=tea, activities=acts(_1=PHOTO, _3=PHOTO))
    late = world.AT + timedelta(days=9999)
    actions.take_in(brand=tea, activities=[], gone=[Gone(network="x", account_id="ann", at=late)])
    assert kept(tea) == {"3": "kettle.png"}


def test_two_brands_keep_their_own(tea):
    ink = world.brand("ink")
    for brand in (tea, ink):
        actions.take_in(brand=brand, activities=acts(_1=PHOTO))
    Row.objects.of(ink).filter(network_id="1").delete()
    assert kept(tea) == {"1": "kettle.png"}
    assert kept(ink) == {}


def test_erasing_takes_their_files_and_those_we_sent_them_and_they_stay_out(tea):
    told = acts(_1=PHOTO, _2=PHOTO, _3=PHOTO)
    actions.take_in(brand=tea, activities=told)
    people.erase(person=met(tea, "ann"), by=None, at=world.AT)
    assert kept(tea) == {"3": "kettle.png"}
    actions.take_in(brand=tea, activities=told)
    assert kept(tea) == {"3": "kettle.png"}


def test_erasing_takes_their_name_out_of_the_files_of_others(tea):
    ann = {"to": (Account(id="tea", kind="own"), Account(id="ann.lev", handle="ann.lev"))}
    actions.take_in(brand=tea, activities=log('4 ann.lev mention 1 > tea:own "hello"'))
    told = msgspec.structs.replace(log('5 bob mention 2 > tea:own "look"')[0], **ann)
    file = Attachment(name="for @ann.lev.png", alt="@ann.lev and her kettle")
    actions.take_in(brand=tea, activities=[msgspec.structs.replace(told, attachments=(file,))])
    people.erase(person=met(tea, "ann.lev"), by=None, at=world.AT)
    one = File.objects.of(tea).get()
    assert (one.name, one.alt) == ("for […].png", "[…] and her kettle")


def test_who_asks_is_told_which_files_are_kept_and_a_take_out_lists_them(tea):
    actions.take_in(brand=tea, activities=acts(_1=PHOTO, _3=Attachment(name="bobs.png")))
    told = people.access(person=met(tea, "ann"), by=None, at=world.AT)["files_with_their_messages"]
    assert [(row["activity__network_id"], row["name"], row["size"]) for row in told] == [("1", "kettle.png", len(PNG))]
    table = b"".join(takeout(tea, "attachments", form="csv")).decode()
    assert "kettle.png" in table
    assert "bobs.png" in table


@pytest.mark.parametrize(
    ("told", "there"),
    [
        ({"name": "a\0b" + "c" * 300}, {"name": "ab" + "c" * 197}),
        ({"alt": "half \ud83d a pair"}, {"alt": "half ? a pair"}),
        ({"url": "javascript:alert(1)"}, {"url": ""}),
        ({"url": "https://x.example/" + "a" * 3000}, {"url": ""}),
        ({"width": 2**40, "height": -3}, {"width": 2**31 - 1, "height": 0}),
        ({"size": 2**80}, {"size": (2**31 - 1) ** 2}),
        ({"content": bytes(10 << 20)}, {"size": 10 << 20}),
        ({"content": bytes((10 << 20) + 1)}, {"size": (10 << 20) + 1, "content": None}),
    ],
)
def test_whatever_a_stranger_tells_of_a_file_fits_into_its_row(tea, told, there):
    actions.take_in(brand=tea, activities=acts(_1=Attachment(**told)))
    one = File.objects.of(tea).get()
    assert {name: getattr(one, name) for name in there} == there


def test_of_a_message_with_a_thousand_files_the_first_twenty_are_kept(tea):
    many = tuple(Attachment(name=f"{number}.png") for number in range(1_000))
    actions.take_in(brand=tea, activities=[msgspec.structs.replace(acts()[0], attachments=many)])
    assert File.objects.of(tea).count() == 20


def test_where_no_message_has_a_file_the_table_of_files_is_not_touched(tea):
    with CaptureQueriesContext(connection) as asked:
        actions.take_in(brand=tea, activities=acts())
    assert not [one for one in asked.captured_queries if "listen_attachment" in one["sql"]]
    assert Preparing(tea.pk).prepare(acts()).attachments == []


def imported(brand, folder, *, again: bool = False) -> None:
    """Two posts of X with a picture each, from a file; ``again`` has one more of them."""
    posts = [
        {
            "id": f"180000000000000000{number}", "author_id": "1", "text": f"look {number}",
            "edit_history_tweet_ids": [f"180000000000000000{number}"], "created_at": "2024-05-10T08:00:00Z",
            "attachments": {"media": [{"media_key": "3_1", "type": "photo", "url": f"https://pbs.example/{number}.jpg"}]},
        }
        for number in range(3 if again else 2)
    ]  # fmt: skip
    file = folder / "posts.jsonl"
    file.write_text("\n".join(map(json.dumps, posts)))
    assert import_file(brand=brand, path=file, now=NOW).state == "done"


def test_a_file_s_posts_have_their_pictures_at_the_first_import_and_no_twins_at_the_next(tea, tmp_path):
    for again, there in ((False, 2), (False, 2), (True, 3)):
        imported(tea, tmp_path, again=again)
        urls = File.objects.of(tea).order_by("url").values_list("url", flat=True)
        assert list(urls) == [f"https://pbs.example/{number}.jpg" for number in range(there)]


def test_rows_made_in_a_process_of_their_own_bring_their_files(tea, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "LONG", 1)
    imported(tea, tmp_path)
    assert File.objects.of(tea).count() == 2

"""The pages of Import: drop, look, confirm, report; and who may."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web import world

from entourage.networks.activity import Act
from entourage.networks.files import FIELDS as READ
from entourage.web.listen import bridge, queries
from entourage.web.listen.forms import DONE, FIELDS
from entourage.web.listen.models import Activity, Import, SavedMapping

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db

COMMENTS = """Name,Date,Comment,Profile ID
Ann,2024-03-01 10:00,lovely tea,1
Bob,2024-03-02 11:00,win win win,2
Cyd,31/02/2024,impossible,3
"""
NOW = datetime(2024, 6, 1, tzinfo=UTC)


def drop(client: Client, slug: str, text: str = COMMENTS, name: str = "comments.csv", **fields: str) -> Import:
    file = SimpleUploadedFile(name, text.encode())
    answer = client.post(reverse("listen:imports", args=[slug]), {"file": file, **fields})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.everywhere().latest("pk")


def page(client: Client, run: Import) -> str:
    return client.get(reverse("listen:import", args=[run.brand.slug, run.pk])).content.decode()


def posted(run: Import) -> dict[str, str]:
    run.refresh_from_db(from_queryset=Import.objects.everywhere())
    look = run.options["look"]
    columns = {f"column-{n}": column["field"] for n, column in enumerate(look["columns"])}
    return {**columns, "time_zone": "UTC", "date_format": "", "network": "facebook", "act": "comment", "own": "@Tea"}


def test_a_dropped_file_is_looked_at_confirmed_taken_in_and_removed(client: Client) -> None:
    tea = world.brand()
    world.signed_in(client, world.member(tea))
    run = drop(client, "tea")
    assert "Looking at the file" in page(client, run)
    bridge.look(run.pk, now=NOW)
    shown = page(client, run)
    assert "lovely tea" in shown
    assert "What its columns are" in shown
    client.post(reverse("listen:confirm", args=["tea", run.pk]), {**posted(run), "keep_mapping": "on"})
    done = bridge.run_import(run.pk, now=NOW)
    assert (done.error, done.rows, done.accepted, done.rejected) == ("", 3, 2, 1)
    assert done.path
    assert not (Import.objects.everywhere().get(pk=run.pk).path)
    report = page(client, run)
    assert "What became of its rows" in report
    rejected = client.get(reverse("listen:rejected", args=["tea", run.pk]))
    assert b"31/02/2024" in b"".join(rejected.streaming_content)
    assert SavedMapping.objects.of(tea).count() == 1
    assert Activity.objects.of(tea).filter(network="facebook", act="comment").count() == 2


def test_a_trial_keeps_nothing_and_can_be_made_good(client: Client) -> None:
    tea = world.brand()
    world.signed_in(client, world.member(tea))
    run = drop(client, "tea")
    bridge.look(run.pk, now=NOW)
    client.post(reverse("listen:confirm", args=["tea", run.pk]), {**posted(run), "try": "1"})
    tried = bridge.run_import(run.pk, now=NOW)
    assert (tried.rows, tried.accepted, tried.people) == (3, 2, 2)
    assert not Activity.objects.of(tea).exists()
    assert "Take it in for good" in page(client, run)
    client.post(reverse("listen:again", args=["tea", run.pk]))
    kept = bridge.run_import(Import.objects.everywhere().latest("pk").pk, now=NOW)
    assert (kept.dry_run, kept.accepted) == (False, 2)
    assert Activity.objects.of(tea).count() == 2


def test_columns_told_otherwise_are_shown_again(client: Client) -> None:
    tea = world.brand()
    world.signed_in(client, world.member(tea))
    run = drop(client, "tea", "a,b,c\n2024-03-01,Ann,lovely\n2024-03-02,Bob,win\n")
    bridge.look(run.pk, now=NOW)
    told = {**posted(run), "column-0": "at", "column-1": "actor_name", "column-2": "text"}
    client.post(reverse("listen:columns", args=["tea", run.pk]), told)
    bridge.look(run.pk, now=NOW)
    run.refresh_from_db(from_queryset=Import.objects.everywhere())
    assert [act["who"] for act in run.options["look"]["acts"]] == ["Ann", "Bob"]


def test_a_web_page_named_csv_is_refused_with_its_cure(client: Client) -> None:
    tea = world.brand()
    world.signed_in(client, world.member(tea))
    run = drop(client, "tea", "<!doctype html><html><body>Sign in</body></html>", "export.csv")
    bridge.look(run.pk, now=NOW)
    run.refresh_from_db(from_queryset=Import.objects.everywhere())
    assert run.state == "failed"
    shown = page(client, run)
    assert "This file could not be taken in." in shown
    assert "export.csv" in shown


def test_a_name_that_leads_out_of_the_folder_stays_in_it(client: Client, settings: SettingsWrapper) -> None:
    tea = world.brand()
    world.signed_in(client, world.member(tea))
    run = drop(client, "tea", name="../../etc/passwd;rm -rf.csv")
    assert settings.UPLOADS in type(settings.UPLOADS)(run.path).resolve().parents


@pytest.mark.parametrize(("role", "may"), [("owner", True), ("manager", True), ("agent", False), ("analyst", False)])
def test_only_owners_and_managers_import(client: Client, role: str, may: bool) -> None:
    tea = world.brand()
    world.signed_in(client, world.member(tea, role))
    run = Import.objects.create(brand=tea, filename="x.csv", path="/nowhere")
    assert client.get(reverse("listen:imports", args=["tea"])).status_code == 200
    assert client.get(reverse("listen:import", args=["tea", run.pk])).status_code == 200
    file = SimpleUploadedFile("x.csv", b"a,b\n")
    assert client.post(reverse("listen:imports", args=["tea"]), {"file": file}).status_code == (302 if may else 403)
    for name in ("columns", "confirm", "again"):
        assert client.post(reverse(f"listen:{name}", args=["tea", run.pk])).status_code == (302 if may else 403)
    assert client.get(reverse("listen:rejected", args=["tea", run.pk])).status_code == (404 if may else 403)


def test_another_brands_import_does_not_exist_here(client: Client) -> None:
    tea, rival = world.brand(), world.brand("rival")
    run = Import.objects.create(brand=rival, filename="secret.csv", path="/nowhere", options={"look": {"mapping": {}}})
    account = world.account(rival, "dee")
    world.signed_in(client, world.member(tea))
    for name in ("import", "rejected", "mapping"):
        assert client.get(reverse(f"listen:{name}", args=["tea", run.pk])).status_code == 404
    for name in ("columns", "confirm", "again"):
        assert client.post(reverse(f"listen:{name}", args=["tea", run.pk])).status_code == 404
    assert client.post(reverse("listen:mark", args=["tea", account.pk]), {"role": "own"}).status_code == 404
    assert "secret.csv" not in client.get(reverse("listen:imports", args=["tea"])).content.decode()
    assert (
        "No account has that handle"
        in client.get(reverse("listen:accounts", args=["tea"]), {"q": "dee"}).content.decode()
    )


def test_an_account_found_by_its_handle_is_marked_as_ours(client: Client) -> None:
    tea = world.brand()
    page = world.account(tea, "TeaHouse")
    ann = world.person(tea, "Ann")
    world.act(ann, toward=page)
    world.signed_in(client, world.member(tea))
    url = reverse("listen:accounts", args=["tea"])
    assert "Whom people turn to most" in client.get(url).content.decode()
    assert "TeaHouse" in client.get(url, {"q": "@teahouse"}).content.decode()
    client.post(reverse("listen:mark", args=["tea", page.pk]), {"role": "own"})
    assert [account.handle for account in queries.own_accounts(tea)] == ["TeaHouse"]


def test_the_columns_on_offer_are_those_that_the_reader_knows() -> None:
    assert set(FIELDS) - {""} == set(READ)
    assert set(DONE) == {str(act) for act in Act}


def test_the_pages_ask_the_database_equally_often_for_one_row_or_fifty(client: Client) -> None:
    tea = world.brand()
    world.signed_in(client, world.member(tea))
    urls = [reverse("listen:imports", args=["tea"]), reverse("listen:accounts", args=["tea"])]

    def asked() -> list[int]:
        counts = []
        for url in urls:
            with CaptureQueriesContext(connection) as queries_made:
                client.get(url)
            counts.append(len(queries_made))
        return counts

    Import.objects.create(brand=tea, filename="first.csv")
    world.account(tea, "tea", role="own")
    few = asked()
    for number in range(50):
        Import.objects.create(brand=tea, filename=f"{number}.csv")
        world.account(tea, f"tea{number}", role="own")
    assert asked() == few
    assert max(few) <= 8
    first = client.get(urls[0]).content.decode()
    assert "49.csv" in first
    assert "first.csv" not in first
    last = client.get(urls[0], {"before": Import.objects.of(tea).order_by("pk")[1].pk}).content.decode()
    assert "first.csv" in last


def test_our_own_accounts_are_recalled_once_however_many_networks_they_are_on(client: Client) -> None:
    tea = world.brand()
    for network in ("facebook", "instagram", "x"):
        world.account(tea, "teahouse", network=network, role="own")
    world.signed_in(client, world.member(tea))
    run = drop(client, "tea")
    bridge.look(run.pk, now=NOW)
    assert "Known as ours: teahouse." in page(client, run)

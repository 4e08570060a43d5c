"""Data that no one here wrote loads through the ordinary import, with the counts that are published for it."""

# ruff: noqa: E501 - messages are tested word for word, and tables are drawn as they are
from __future__ import annotations

from collections import Counter

import pytest

from entourage.networks.base import Broken

pytestmark = pytest.mark.data


def people(taken):
    return len({one.id for act in taken.activities for one in (act.actor, *act.to)})


def test_higgs_ego88_has_71440_rows_68114_acts_and_23144_people(shared_data, take):
    taken = take(shared_data / "higgs_ego88" / "events.tsv.gz")
    assert (taken.rows, len(taken.activities), people(taken), taken.rejects) == (71_440, 68_114, 23_144, [])
    assert Counter(one.act.value for one in taken.activities) == {"share": 39_932, "mention": 24_856, "reply": 3_326}
    assert sum(one.to[0].id == "88" for one in taken.activities for _ in range(one.rows)) == 35_988


@pytest.mark.slow
def test_higgs_has_563069_rows_526167_acts_and_304691_people(shared_data, take):
    taken = take(shared_data / "higgs" / "higgs-activity_time.txt.gz")
    assert (taken.rows, len(taken.activities), people(taken), taken.rejects) == (563_069, 526_167, 304_691, [])


@pytest.mark.parametrize(
    ("kind", "act", "ties"),
    [("retweet", "share", 328_132), ("reply", "reply", 32_523), ("mention", "mention", 150_818)],
)
def test_the_networks_of_higgs_have_their_published_sizes(shared_data, take, kind, act, ties):
    taken = take(shared_data / "higgs" / f"higgs-{kind}_network.edgelist.gz")
    assert (len(taken.ties), {tie.kind.value for tie in taken.ties}, taken.rejects) == (ties, {act}, [])


def test_all_28_files_of_x_load_and_only_the_malformed_line_is_rejected(shared_data, take):
    files = sorted(path for path in (shared_data / "x_api_v2").iterdir() if path.suffix in {".json", ".jsonl"})
    taken = {path.name: take(path) for path in files if path.stat().st_size}
    assert (len(files), len(taken)) == (28, 27)
    assert {one.source.format for one in taken.values()} == {"x"}
    posts = {act.id for one in taken.values() for act in one.activities}
    assert 1_500 < len(posts) < 2_200  # about 2,100, some of them in several files
    assert [str(reject) for one in taken.values() for reject in one.rejects] == [
        "streaming_output_with_error.jsonl, line 8: a line must be JSON (Input data was truncated). It was cut or edited: export it again; the other lines are read."
    ]
    assert len(taken["users.jsonl"].accounts) == 96
    assert [gone.account_id for gone in taken["users_compliance.jsonl"].gone] == ["1482680858"] * 2
    assert {act.change.value for act in taken["tweets_compliance.jsonl"].activities} == {"delete"}
    assert {act.id for act in taken["edited_after.jsonl"].activities} == {
        act.id for act in taken["edited_before.jsonl"].activities
    }
    with pytest.raises(Broken, match=r"^empty\.json is empty"):
        take(shared_data / "x_api_v2" / "empty.json")


def test_flat_and_paged_posts_of_x_tell_the_same(shared_data, take):
    flat, paged = (take(shared_data / "x_api_v2" / f"{name}.jsonl") for name in ("flat", "noflat"))
    told = [{(one.id, one.act, one.actor.id, one.at, one.text) for one in taken.activities} for taken in (flat, paged)]
    assert len(told[0] & told[1]) >= 150


def test_all_160_payloads_of_the_graph_load_or_say_why_not(shared_data, take):
    files = sorted((shared_data / "meta_graph").rglob("*.json"))
    taken, broken = {}, []
    for path in files:
        try:
            taken[str(path.relative_to(shared_data / "meta_graph" / "testdata"))] = take(path)
        except Broken as error:
            broken.append((path.name, str(error)))
    assert len(files) == 160
    assert [name for name, _ in broken] == ["error_data.json", "error.json"]
    assert all("Give the token the permission that it names" in said for _, said in broken)
    for name, one in taken.items():
        assert one.rows or one.accounts or one.warnings, f"{name} says nothing"
        assert all(reject.cure for reject in one.rejects)
    acts = Counter(act.act.value for one in taken.values() for act in one.activities)
    assert (acts["message"], acts["comment"] + acts["reply"]) == (4, 23)
    assert len(taken["facebook/apidata/posts/multi_posts_data.json"].activities) == 18
    assert Counter(reject.field for one in taken.values() for reject in one.rejects) == {
        "from": 19,
        "username": 84,
        "timestamp": 4,
    }


def test_all_525_care_conversations_load_and_answers_without_a_moment_are_marked(shared_data, take):
    taken = take(shared_data / "care_tweets" / "conversations.jsonl")
    assert len({one.context for one in taken.activities}) == 525
    answers = [one for one in taken.activities if one.id.endswith("/answer")]
    assert (len(answers), len(taken.activities), len(taken.rejects), taken.rows) == (525, 525 + 667, 19, 1_211)
    assert Counter(one.timing.value for one in answers) == {"derived": 492, "after": 33}
    assert {reject.reason for reject in taken.rejects} == {"who wrote it must be told"}
    assert {one.handle for answer in answers for one in answer.to} - {""}
    assert len({one.actor.id for one in answers}) == 24

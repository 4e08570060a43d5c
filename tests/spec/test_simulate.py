"""The simulated brand

Entourage can invent a brand whose people's hearts are known, so that every measure can be checked against the truth.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from entourage.engine.errors import InvalidInput
from entourage.engine.log import MEANINGFUL, WEEK_US, moment_us
from entourage.engine.simulate import demo, simulate

if TYPE_CHECKING:
    from entourage.engine.simulate import Simulation

MONDAY = datetime(2025, 3, 31, 6, tzinfo=UTC)


@cache
def brand() -> Simulation:
    return demo(until=MONDAY)


@cache
def truth() -> pd.DataFrame:
    return brand().truth(rehearsals=2).to_pandas()


@cache
def rows() -> pd.DataFrame:
    frame = pd.concat([batch.to_pandas() for batch in brand().batches()], ignore_index=True)
    frame["week"] = (frame["at_us"] - (moment_us(MONDAY) - 52 * WEEK_US)) // WEEK_US
    return frame


def drawn(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()[1:]]


def test_ann_bob_cyd_and_dee_are_in_every_simulation() -> None:
    cast = """
    person  role      origin   hollow
    Ann     close     organic  no
    Bob     hunter    contest  yes
    Cyd     relay     organic  no
    Dee     vehement  organic  no
    """
    for place, (name, role, origin, hollow) in enumerate(drawn(cast)):
        person = truth().iloc[place]
        assert (person["name"].split()[0], person["role"], person["origin"]) == (name, role, origin)
        assert person["hollow"] == (hollow == "yes")


def test_dee_is_angry_and_still_there_on_the_last_weekend() -> None:
    """An angry regular is close in numbers and not a fan: the sign is what tells her from Ann."""
    hers = rows()[(rows()["person"] == 3) & (rows()["week"] >= 50)]
    assert len(hers) >= 3
    assert truth().iloc[3]["engaged_weeks"] >= 26
    assert truth().iloc[3]["temper"] > truth()["temper"].median()


def test_who_came_for_the_prize_does_not_stay_and_who_came_for_the_tea_does() -> None:
    wanted = """
    origin   share_who_stayed_lies_between
    paid     0     0.05
    contest  0     0.05
    tasting  0.30  0.75
    organic  0.08  0.35
    """
    known = truth()[truth()["stayed"].notna() & ~truth()["elsewhere"]]
    stayed = known["stayed"].astype(float).groupby(known["origin"]).mean()
    for origin, low, high in drawn(wanted):
        assert float(low) <= stayed[origin] <= float(high), origin


def test_nobody_hollow_is_expected_back() -> None:
    assert truth().loc[truth()["hollow"], "expected_weeks"].mean() < 0.02
    assert truth().loc[truth()["role"] == "close", "expected_weeks"].mean() > 3


def test_in_the_deserted_fortnight_the_brand_answers_and_publishes_nothing() -> None:
    """Nobody who wrote to the brand in those two weeks ever got an answer, and two weeks before many did."""
    deserted, usual = brand().plan.deserted, (40 - 4, 40 - 3)
    assert answered_share(usual) > 0.2
    assert answered_share(deserted) == 0
    own = rows()[(rows()["person"] == -1) & rows()["week"].isin(deserted)]
    assert not own["act"].eq("post").any()


def answered_share(weeks: tuple[int, ...]) -> float:
    said = rows()[(rows()["person"] >= 0) & (rows()["to_handle"] == "maisontilleul") & rows()["week"].isin(weeks)]
    said = said[said["act"].isin(["comment", "mention", "message"])]
    return float(said["id"].isin(rows().loc[rows()["person"] == -1, "in_reply_to"]).mean())


def test_in_the_crisis_half_of_what_people_say_is_a_complaint_or_about_a_parcel() -> None:
    """The calls tell it: their reasons are the intents of the messages that came before them."""
    calls = brand().calls().to_pandas()
    calls["week"] = (calls["at_us"] - (moment_us(MONDAY) - 52 * WEEK_US)) // WEEK_US
    crisis = calls[calls["week"].isin([week + 1 for week in brand().plan.crisis])]
    before = calls[calls["week"].between(10, 38)]
    heated = ["complaint", "delivery", "followup"]
    assert len(crisis) / 2 > 1.5 * len(before) / 29
    assert crisis["reason"].isin(heated).mean() > before["reason"].isin(heated).mean()


def test_competitors_answer_more_and_quicker() -> None:
    asked = rows()[(rows()["person"] >= 0) & rows()["act"].isin(["comment", "mention"])]
    replies = rows()[(rows()["person"] < 0) & (rows()["in_reply_to"] != "")]
    both = asked.merge(
        replies[["in_reply_to", "at_us"]], left_on="id", right_on="in_reply_to", how="left", suffixes=("", "_reply")
    )
    both["hours"] = (both["at_us_reply"] - both["at_us"]) / 3.6e9
    pages = both.groupby("to_handle")["hours"]
    share, median = pages.apply(lambda hours: hours.notna().mean()), pages.median()
    assert share["theduquai"] > 1.5 * share["maisontilleul"]
    assert median["theduquai"] < median["maisontilleul"] / 3


def test_bought_fans_act_in_groups_within_two_minutes() -> None:
    bought = set(truth().loc[truth()["role"] == "bought", "person"])
    follows = rows()[rows()["person"].isin(bought) & (rows()["act"] == "follow")].sort_values("at_us")
    assert len(follows) == len(bought)
    near = follows["at_us"].diff().dropna() < 120e6
    assert near.mean() > 0.95


def test_staff_bots_and_competitors_are_told_apart_by_the_truth_only_where_a_network_would_not_tell() -> None:
    kinds = rows().groupby("actor_handle")["actor_kind"].first()
    bots = truth().loc[truth()["bot"], "handle"]
    assert (kinds[bots] == "bot").all()
    assert kinds["maisontilleul"] == "own"
    assert kinds["theduquai"] == kinds["leafandkettle"] == "organisation"
    assert (kinds[kinds.index.intersection(truth().loc[truth()["staff"], "handle"])] == "").all()


def test_every_row_tells_an_act_of_the_log_and_the_truth_counts_the_same_engaged_weeks() -> None:
    own = rows()[(rows()["person"] >= 0) & rows()["act"].isin(MEANINGFUL)]
    own = own[~own["to_handle"].isin(["theduquai", "leafandkettle"])]
    on_rivals = own["context"].isin(rows().loc[rows()["actor_handle"].isin(["theduquai", "leafandkettle"]), "id"])
    weeks = own[~on_rivals].groupby("person")["week"].nunique().reindex(range(len(truth())), fill_value=0)
    roles = truth()["role"].isin(["close", "vehement", "hunter", "recruit"])
    assert (weeks[roles] >= truth().loc[roles, "engaged_weeks"]).all()
    assert (weeks[roles] == truth().loc[roles, "engaged_weeks"]).mean() > 0.97


def test_operations_come_with_dates_a_hashtag_and_a_label() -> None:
    contest = {operation.key: operation for operation in brand().operations}["contest"]
    entries = rows()[rows()["tags"] == contest.hashtag]
    assert len(entries) > 200
    assert set(entries["origin"]) == {contest.origin}
    assert entries["at_us"].between(moment_us(contest.starts), moment_us(contest.ends)).all()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"people": 10}, "`people` of a simulation must be at least 60. Got 10; fewer cannot hold all the roles."),
        ({"weeks": 3}, "`weeks` of a simulation must be at least 12. Got 3; operations need time after them."),
        ({"seed": -1}, "`seed` of a simulation must not be negative. Got -1; take any number from 0 on."),
        (
            {"until": datetime(2025, 1, 6)},  # noqa: DTZ001 - that is the mistake
            "`until` must have a time zone. Got 2025-01-06T00:00:00; write until.replace(tzinfo=UTC).",
        ),
    ],
)
def test_impossible_settings_are_refused_with_the_cure(settings: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        simulate(**settings)
    assert str(raised.value) == message

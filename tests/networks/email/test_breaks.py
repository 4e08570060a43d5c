"""What happens to a mailbox while it is read: lines that fall silent, folders renamed, made anew or renumbered."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest

from entourage.networks.email import network as email_network
from entourage.networks.email import wire
from entourage.networks.live import Reconnect, Retry

from .conftest import written
from .test_mailbox import Cut, all_of
from .test_sending import answer


def renamed(box, old, new):
    with box.line() as line:
        assert line.rename(old, new)[0] == "OK"


def test_a_line_cut_while_it_waits_asks_to_come_back_and_loses_nothing(box):
    box.put(written(1))
    line = Cut(box.imap.port, after=None)
    with box.open(imap_port=str(line.port)) as network:
        stream = network.listen()
        assert [next(stream), next(stream)] == [(), ()]
        threading.Timer(0.5, line.cut).start()
        with pytest.raises(Retry, match="localhost did not answer or cut the line"):
            list(stream)
    line.close()
    box.put(written(2))
    with box.open() as network:
        assert [one.id[:2] for one in all_of(network)[0]] == ["m1", "m2"]


def test_a_line_that_falls_silent_is_found_dead_when_it_is_renewed(box, monkeypatch):
    """No packet says that the other end is gone, as after a change of the network."""
    line = Cut(box.imap.port, after=None)
    with box.open(imap_port=str(line.port)) as network:
        stream = network.listen()
        assert [next(stream), next(stream)] == [(), ()]
        monkeypatch.setattr(email_network, "RENEWED", 1.0)
        monkeypatch.setattr(wire, "TIMEOUT", 1.0)
        threading.Timer(0.4, line.mute).start()
        with pytest.raises(Retry, match="localhost did not answer or cut the line"):
            list(stream)
    line.close()


def test_a_folder_that_was_renamed_is_asked_for_with_the_names_that_are_there(box):
    box.put(written(1), folder="Care")
    with box.open(folder="Care") as network:
        found, cursor = all_of(network)
        assert len(found) == 1
        renamed(box, "Care", "Support")
        network.close()
        with pytest.raises(Reconnect, match=r"There is no folder 'Care' in this mailbox.*Support"):
            network.read(cursor)
    box.put(written(2), folder="Support")
    with box.open(folder="Support") as network:
        assert [one.id[:2] for one in all_of(network, cursor)[0]] in (["m2"], ["m1", "m2"])


def test_a_sent_folder_that_was_renamed_is_made_anew_and_answers_are_still_known(box):
    with box.open(sent="Outbox") as network:
        first = network.send(answer())
        renamed(box, "Outbox", "Old")
        assert all_of(network)[0] == []
        second = network.send(answer(key="k2", text="And thanks!"))
        assert [one.id for one in all_of(network)[0]] == [second.id]
        assert network.find(answer(key="k2"), since=first.at) == second
    assert len(box.post.taken) == 2


def test_a_folder_made_anew_while_we_listen_ends_the_stream_and_nothing_is_lost(box, monkeypatch):
    monkeypatch.setattr(email_network, "RENEWED", 0.2)
    box.put(written(1), folder="Care")
    with box.open(folder="Care") as network:
        stream = network.listen()
        assert next(stream) == ()
        _, cursor = all_of(network)
        renamed(box, "Care", "Old")
        box.put(written(2), folder="Care")
        with suppress(Retry):
            list(stream)
        found, _ = all_of(network, cursor)
    assert [one.id[:2] for one in found] == ["m2"]

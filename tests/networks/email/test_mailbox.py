"""A real mailbox is read: bounded pages, threads, IDLE, and whatever a server or a line can do in between."""

from __future__ import annotations

import itertools
import shutil
import socket
import threading
import time
import tracemalloc
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from tests.quick import assert_quick

from entourage.networks.activity import Act
from entourage.networks.base import Aside, Broken
from entourage.networks.email import network as email_network
from entourage.networks.email.mailbox import Mailbox
from entourage.networks.live import Can, Reconnect, Retry

from .conftest import written


def all_of(network, cursor=""):
    found, more = [], True
    while more:
        page = network.read(cursor)
        found, cursor, more = [*found, *page.found], page.cursor, page.more
    return found, cursor


def test_a_mail_is_read_as_a_message_to_us_and_only_once(box):
    box.put(written(1, text="It leaks.\n\n-- \nAnn"))
    with box.open() as network:
        assert network.check().can == {Can.READ, Can.LISTEN, Can.MESSAGE, Can.HISTORY}
        (mail,), cursor = all_of(network)
        assert (mail.id, mail.act, mail.text, mail.subject) == ("m1@home.example", Act.MESSAGE, "It leaks.", "My pot")
        assert (mail.actor.id, mail.to[0].id, mail.context) == ("ann@home.example", box.address, "m1@home.example")
        assert all_of(network, cursor)[0] == []


def test_a_thread_is_held_together_across_both_folders(box):
    box.put(written(1))
    ours = written(2, sender=f"Us <{box.address}>", In_Reply_To="<m1@home.example>", References="<m1@home.example>")
    box.put(ours, folder='"&AMk-l&AOk-ments envoy&AOk-s"')
    box.put(written(3, In_Reply_To="<m2@home.example>", References="<m1@home.example>\n <m2@home.example>"))
    with box.open() as network:
        mails = all_of(network)[0]
    drawn = {mail.id[:2]: (mail.actor.kind, mail.in_reply_to[:2], mail.context[:2]) for mail in mails}
    assert drawn == {"m1": ("", "", "m1"), "m2": ("own", "m1", "m1"), "m3": ("", "m2", "m1")}


def test_a_mailbox_is_read_over_tls_whose_certificate_is_checked(box, trusted, monkeypatch):
    box.put(written(1))
    settings = {"imap_port": str(box.imap.tls), "imap_security": "tls"}
    with box.open(**settings) as network:
        assert len(all_of(network)[0]) == 1
    with box.open(imap_security="starttls") as network:
        assert len(all_of(network)[0]) == 1
    monkeypatch.delenv("SSL_CERT_FILE")
    with box.open(**settings) as network, pytest.raises(Broken, match="The certificate of localhost is not good"):
        network.check()
    with box.open(imap_security="tls") as network, pytest.raises(Broken, match="does not speak TLS on port"):
        network.check()


def test_a_wrong_password_asks_to_connect_anew_and_says_how_without_showing_it(box):
    with box.open(password="hunter2") as network, pytest.raises(Reconnect) as wrong:
        network.read("")
    assert str(wrong.value) == (
        "localhost does not accept the user or the password. Make a new password or app password, and connect again."
    )


def test_a_folder_that_is_not_there_is_answered_with_those_that_are(box):
    with box.open(folder="Caré") as network, pytest.raises(Reconnect, match=r"one of: .*INBOX"):
        network.check()


def test_a_server_that_is_not_there_is_tried_again(box):
    with box.open(imap_port="1") as network, pytest.raises(Retry, match="localhost did not answer"):
        network.read("")


@pytest.mark.parametrize("idle", [True, False])
def test_a_new_mail_is_told_within_two_seconds(box, monkeypatch, idle):
    if not idle:
        monkeypatch.setattr(Mailbox, "tells", False)
        monkeypatch.setattr(email_network, "ASKED", 1.0)
    box.put(written(1))
    numbers, put = itertools.count(2), []
    with box.open() as network:
        stream = network.listen()
        assert next(stream) == ()

        def told():
            number = next(numbers)
            threading.Timer(0.5, lambda: put.append(time.monotonic()) or box.put(written(number))).start()
            mail = next(piece for piece in stream if piece)[0]
            assert mail.id == f"m{number}@home.example"
            return time.monotonic() - put[-1]

        assert_quick(told, under_s=2)
        stream.close()


def test_a_line_that_waits_is_renewed_and_gives_a_sign_of_life(box, monkeypatch):
    monkeypatch.setattr(email_network, "RENEWED", 0.2)
    with box.open() as network:
        stream = network.listen()
        assert [next(stream) for _ in range(4)] == [(), (), (), ()]
        box.put(written(1))
        assert any(next(stream) for _ in range(100))
        stream.close()


def test_a_renumbered_mailbox_is_read_again_and_nothing_gets_another_id(box):
    for number in range(3):
        box.put(written(number))
    with box.open() as network:
        before, cursor = all_of(network)
        network.close()
        for path in (box.imap.top / "mail" / box.user).glob("dovecot*"):
            path.unlink() if path.is_file() else shutil.rmtree(path)
        time.sleep(1.1)  # dovecot numbers by the second
        box.put(written(9))
        after, renewed = all_of(network, cursor)
    assert cursor.partition("uid")[0] != renewed.partition("uid")[0]
    assert {mail.id for mail in after} == {mail.id for mail in before} | {"m9@home.example"}


class Cut:
    """A line that breaks after so many bytes of what the server says."""

    def __init__(self, port, after):
        self.after, self.to, self.ends, self.silent = after, port, [], False
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                near = self.door.accept()[0]
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.to))
            self.ends += [near, far]
            threading.Thread(target=self.pump, args=(near, far, None), daemon=True).start()
            threading.Thread(target=self.pump, args=(far, near, self.after), daemon=True).start()

    def cut(self):
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mute(self):
        """From now on nothing comes through, and nobody is told."""
        self.silent = True

    def pump(self, source, target, most):
        left = most
        try:
            while piece := source.recv(4096):
                if self.silent:
                    continue
                target.sendall(piece if left is None else piece[:left])
                left = left if left is None else left - len(piece)
                if left is not None and left <= 0:
                    break
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def close(self):
        self.door.close()


def test_a_line_cut_anywhere_is_tried_again_and_loses_nothing(box):
    for number in range(5):
        box.put(written(number, text="word " * 400))
    with box.open() as network:
        whole = all_of(network)[0]
    cuts = 0
    for after in range(50, 16_000, 1_100):
        line = Cut(box.imap.port, after)
        with box.open(imap_port=str(line.port)) as network:
            try:
                found, cursor = all_of(network)
            except Retry:
                cuts += 1
                found, cursor = [], ""
        line.close()
        with box.open() as network:
            assert [*found, *all_of(network, cursor)[0]] == whole
    assert cuts > 5


def test_a_mail_of_fifty_megabytes_is_taken_with_its_words_and_little_memory(box):
    head = written(1, Content_Type="multipart/mixed; boundary=b", MIME_Version="1.0", text="").rstrip(b"\n") + b"\n\n"
    photo = b"--b\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n" + (b"A" * 76 + b"\n") * 680_000
    words = b"--b\nContent-Type: text/plain\n\nSee the photo.\n"
    box.store(2, lambda number: head + ((words + photo) if number else (photo + words)) + b"--b--\n")
    tracemalloc.start()
    with box.open() as network:
        found = all_of(network)[0]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    mails = [one for one in found if not isinstance(one, Aside)]
    assert sorted(mail.text for mail in mails) == ["My pot", "See the photo."]
    (note,) = [one.message for one in found if isinstance(one, Aside)]
    assert note == (
        "A mail of 51 MB from ann@home.example has no words in its beginning: only its subject was taken. "
        "Read it in the mailbox."
    )
    assert peak < 8 << 20


@pytest.mark.slow
def test_ten_thousand_mails_are_read_in_bounded_pages_and_none_twice(box):
    box.store(10_000, lambda number: written(number, text="word " * 40))
    found, cursor, pages, more = Counter(), "", 0, True
    with box.open() as network:
        while more:
            page = network.read(cursor)
            assert len(page.found) <= 100
            found.update(mail.id for mail in page.found)
            cursor, more, pages = page.cursor, page.more, pages + 1
    assert (len(found), max(found.values()), pages) == (10_000, 1, 100)


def test_the_same_mail_twice_is_one_and_two_mails_with_one_id_are_two(box):
    box.put(written(1, text="The form, Ann"))
    box.put(written(1, text="The form, Ann"))
    box.put(written(1, sender="Bob <bob@home.example>", text="The form, Bob"))
    box.put(written(2, Message_ID=""))
    with box.open() as network:
        one = [mail.id for mail in all_of(network)[0]]
        alone, cursor = [], ""
        for _ in range(4):
            alone += [mail.id for mail in network.read(cursor).found]
    assert one[:2] == ["m1@home.example"] * 2
    assert len(set(one)) == 3
    assert one == alone[:4]


def test_history_tells_both_folders_since_a_moment(box):
    now = datetime.now(UTC)
    old = (now - timedelta(days=9)).strftime("%d %b %Y %H:%M:%S +0000")
    new = (now - timedelta(hours=2)).strftime("%d %b %Y %H:%M:%S +0000")
    box.put(written(1, Date=old))
    box.put(written(2, Date=new))
    box.put(written(3, Date=new, sender=box.address), folder='"&AMk-l&AOk-ments envoy&AOk-s"')
    with box.open() as network:
        told = [mail.id[:2] for piece in network.history(now - timedelta(days=1)) for mail in piece]
    assert sorted(told) == ["m2", "m3"]


def test_a_draft_and_what_was_thrown_away_tell_nothing(box):
    box.put(written(1), folder='"&AMk-l&AOk-ments envoy&AOk-s"', flags=r"(\Draft)")
    box.put(written(2), flags=r"(\Deleted)")
    with box.open() as network:
        assert all_of(network)[0] == []

"""Servers that say anything at all: what comes of it is always one word of the contract, soon."""

# ruff: noqa: E501 - what is said is drawn as it is

from __future__ import annotations

import re
import socket
import threading
from contextlib import closing
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entourage.networks.base import Broken
from entourage.networks.email import network as email_network
from entourage.networks.email import posting, wire
from entourage.networks.email.network import Network
from entourage.networks.live import Answer, Reconnect, Refused, Retry

CONTRACT = (Retry, Reconnect, Refused, Broken)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ODD = st.sampled_from(
    [
        b"* 1 EXISTS", b"* OK [UIDVALIDITY x]", b"* OK [UIDVALIDITY 5]", b"* OK [UIDNEXT 99]", b"* x EXISTS", b"* 9 EXISTS", b"* 1 FETCH (UID 7)",
        b'* 1 FETCH (UID 7 RFC822.SIZE 9 FLAGS () INTERNALDATE "99-Foo-2026 00:00:00 +0000")', b"* 1 FETCH (UID 7 BODY[]<0> {5}", b"a: b",
        b"* 1 FETCH (UID 7 BODY[]<0> {999999999999}", b"* 1 FETCH NIL", b"* SEARCH 7 x 8", b'* LIST (\\Sent) "/" "&!!-"', b"* LIST x",
        b"* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN", b"* BYE gone", b"+ go on", b"\xff\xfe", b"", b"* ", b"*", b"{5}", b"* PREAUTH hi",
    ]
)  # fmt: skip
ENDS = st.sampled_from(
    [b"OK done", b"OK [READ-ONLY] done", b"NO [UNAVAILABLE] later", b"NO no", b"BAD what", b"\xff", b"OK"]
)


GOOD = b"* OK hello"
KNOWN = re.compile(rb"CAPABILITY|AUTHENTICATE")


class Odd:
    """A server that answers each line with lines of the given ones, and hangs up at their end."""

    def __init__(self, greeting, says):
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.greeting, self.says = greeting, says
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                line = self.door.accept()[0]
            except OSError:
                return
            with line:
                try:
                    self.talk(line)
                except OSError:
                    continue

    def talk(self, line):
        line.sendall(self.greeting + b"\r\n")
        told = line.makefile("rb")
        for lines, end in self.says:
            asked = told.readline()
            while self.greeting == GOOD and (known := KNOWN.search(asked)):
                tag = asked.split()[0]
                if known[0] == b"AUTHENTICATE":
                    line.sendall(b"+ \r\n")
                    told.readline()
                line.sendall(b"* CAPABILITY IMAP4rev1 IDLE UIDPLUS AUTH=PLAIN\r\n" + tag + b" OK done\r\n")
                asked = told.readline()
            tag = re.match(rb"\S*", asked)[0]
            line.sendall(b"".join(one + b"\r\n" for one in (*lines, tag + b" " + end)))

    def close(self):
        self.door.close()


@pytest.fixture(autouse=True)
def _soon(monkeypatch):
    monkeypatch.setattr(wire, "TIMEOUT", 0.1)
    monkeypatch.setattr(posting, "TIMEOUT", 0.1)
    monkeypatch.setattr(posting, "LAST_REPLY", 0.1)
    monkeypatch.setattr(email_network, "RENEWED", 0.05)
    monkeypatch.setattr(email_network, "ASKED", 0.0)


@pytest.mark.slow
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.sampled_from([GOOD, GOOD, GOOD, b"* PREAUTH hello", b"* BYE", b"hello", b"220 mail", b""]),
    st.lists(st.tuples(st.lists(ODD, max_size=4), ENDS | st.just(b"OK done")), max_size=12),
)
def test_whatever_a_server_says_is_one_word_of_the_contract(greeting, says):
    with closing(Odd(greeting, says)) as server:
        told = {"address": "care@tea.example", "password": "x", "imap_host": "localhost", "imap_port": str(server.port)}
        told |= {
            "imap_security": "plain",
            "smtp_security": "plain",
            "smtp_host": "localhost",
            "smtp_port": str(server.port),
        }
        with closing(Network(told)) as network:
            answer = Answer(key="k", text="x", to="a@b")
            for call in (
                network.check,
                lambda: network.read(""),
                lambda: next(network.listen()),
                lambda: list(network.history(NOON)),
                lambda: network.find(answer, since=NOON),
                lambda: network.send(answer),
            ):
                try:
                    call()
                except CONTRACT as error:
                    said = str(error)
                else:
                    said = "."
                assert said.endswith((".", "!"))

"""The HTTP client on real sockets that fall silent, break off, or never end."""

from __future__ import annotations

import gzip
import socket
import threading
from contextlib import closing
from datetime import timedelta

import httpx
import pytest

from entourage.networks.base import Broken
from entourage.networks.http import Client, Effect
from entourage.networks.live import Reconnect, Retry, Uncertain
from entourage.networks.pace import Budget, World

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


class Rude:
    """A server that sends these bytes to each caller in turn, and then holds the line or hangs up."""

    def __init__(self, *answers, hangs_up=True):
        self.asked, self._answers, self._hangs_up = [], list(answers), hangs_up
        self._held = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def base(self):
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def _serve(self):
        while self._answers:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            self.asked.append(line.recv(65_536))
            line.sendall(self._answers.pop(0))
            if self._hangs_up:
                line.close()
            else:
                self._held.append(line)

    def close(self):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)
        for line in self._held:
            line.close()


def client(server, **options):
    options = {"timeout": httpx.Timeout(10), "world": World(chance=lambda: 0.0), **options}
    return closing(Client(server.base, name="Teapot", budget=Budget(), **options))


def whole(body):
    return HEAD + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body


def test_half_a_page_is_asked_for_again():
    half = HEAD + b"Content-Length: 100\r\n\r\n" + b'{"ok": '
    with closing(Rude(half, b"", whole(b'{"ok": true}'))) as server, client(server) as teapot:
        assert teapot.get("/").body == {"ok": True}
        assert len(server.asked) == 3


def test_a_write_that_is_cut_off_is_uncertain_and_not_repeated():
    with closing(Rude(b"", b"", b"")) as server, client(server) as teapot:
        with pytest.raises(Uncertain):
            teapot.call("POST", "/", effect=Effect.WRITES, json={"text": "hello"})
        assert len(server.asked) == 1


def test_a_silent_stream_is_left_and_what_it_said_before_was_heard():
    said = HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\n:hi\r\n"
    heard = []
    with (
        closing(Rude(said, hangs_up=False)) as server,
        client(server) as teapot,
        pytest.raises(Retry, match=r"^The stream of Teapot broke off \(ReadTimeout\)\.$"),
        teapot.stream("/", silence=timedelta(seconds=1)) as pieces,
    ):
        heard += pieces
    assert heard == [b":hi"]


def test_packed_bytes_count_as_what_they_unpack_to():
    packed = gzip.compress(b"[" + b"1," * 500_000 + b"1]")
    bomb = HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed
    assert len(packed) < 5_000
    with (
        closing(Rude(bomb)) as server,
        client(server, most=100_000) as teapot,
        pytest.raises(Broken, match="larger than 100000 bytes"),
    ):
        teapot.get("/")


@pytest.mark.parametrize("key", ["Bearer tökén", "Bearer two\nlines", "Bearer \x00"])
def test_what_cannot_be_a_key_is_told_before_it_is_sent_and_not_repeated(key):
    with pytest.raises(Reconnect, match="characters that no key has") as raised:
        Client("https://tea.example", name="Teapot", keys={"Authorization": key})
    assert key[7:] not in str(raised.value)

"""Files that come with a message: drawn where that is safe, else downloaded, and never fetched by the page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web import world
from tests.web.inbox.desk import at, inbox, text_of

from entourage.web.listen.models import Activity, Attachment
from entourage.web.outbox.models import Enclosure, Outgoing

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def came(talk, line: str, place: int = 0, **fields: Any) -> Attachment:
    known = {
        "brand": talk.brand,
        "activity": talk.lines[line].pk,
        "place": place,
        "size": len(fields.get("content", b"")),
    }
    return Attachment.objects.create(**{**known, **fields})


def address(of: Attachment) -> str:
    return f"/b/tea/files/{of.pk}/"


def shown(page, talk, name: str) -> str:
    return page.get(at(talk.of(name))).content.decode()


def test_a_picture_is_seen_in_the_thread_with_what_it_shows_in_words(page, talk):
    picture = came(talk, "d", name="kettle.png", kind="image/png", content=PNG, alt="A kettle in two halves")
    html = shown(page, talk, "Dee")
    assert f'<img src="{address(picture)}" alt="A kettle in two halves" loading="lazy">' in html
    assert "kettle.png" in html


def test_a_paper_is_downloaded_under_its_name(page, talk):
    paper = came(talk, "d", name="reçu.pdf", kind="application/pdf", content=b"%PDF-1.7" + bytes(30_000))
    html = shown(page, talk, "Dee")
    assert f'<a href="{address(paper)}?download" download="reçu.pdf">reçu.pdf</a>' in html
    assert "29.3" in html
    assert f'<img src="{address(paper)}' not in html
    got = page.get(address(paper))
    assert got.content == b"%PDF-1.7" + bytes(30_000)
    assert got["Content-Disposition"] == "attachment; filename*=utf-8''re%C3%A7u.pdf"


def test_what_lies_on_a_network_is_a_link_that_names_its_server_and_loads_nothing(page, talk):
    came(talk, "d", kind="image/jpeg", url="https://files.mastodon.example/1.jpg", alt="A leak", width=640, height=480)
    html, read = shown(page, talk, "Dee"), text_of(page.get(at(talk.of("Dee"))))
    assert "Picture opens files.mastodon.example – A leak" in read
    assert '<a href="https://files.mastodon.example/1.jpg" rel="noreferrer nofollow" target="_blank">' in html
    assert 'src="https://files.mastodon.example' not in html


@pytest.mark.parametrize(
    ("fields", "read"),
    [
        ({"name": "film.zip", "size": 12 << 20}, "film.zip 12.0 MB not kept here: open it in the mailbox"),
        ({"kind": "message/rfc822", "size": 40 << 20}, "The files of this mail 40.0 MB not kept here"),
        ({"kind": "video/mp4", "url": "https://m.example/a.mp4"}, "Video opens m.example"),
        ({"kind": "audio/ogg", "url": "https://m.example/a.ogg"}, "Recording opens m.example"),
        ({"url": "https://[m.example/"}, "File opens"),
        ({"url": "javascript:alert(1)"}, "File not kept here"),
    ],
)
def test_what_is_not_kept_here_says_where_it_is(page, talk, fields, read):
    came(talk, "d", **fields)
    assert read in text_of(page.get(at(talk.of("Dee")))).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("content", "kind", "drawn"),
    [
        (PNG, "image/png", True),
        (b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg", True),
        (b"GIF89a" + bytes(20), "image/gif", True),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp", True),
        (SVG, "application/octet-stream", False),
        (HTML, "application/octet-stream", False),
        (b"%PDF-1.7", "application/pdf", False),
        (b"GIF8" + HTML, "application/octet-stream", False),
    ],
)
def test_what_a_browser_draws_is_seen_from_the_content_whatever_its_sender_calls_it(page, talk, content, kind, drawn):
    file = came(talk, "d", name="a.png", kind="image/png", content=content)
    got = page.get(address(file))
    assert (got["Content-Type"], got["Content-Disposition"].startswith("inline")) == (kind, drawn)
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"].startswith("default-src 'none'; sandbox;")
    assert "private" in got["Cache-Control"]
    assert page.get(address(file) + "?download")["Content-Disposition"].startswith("attachment")
    assert (f'<img src="{address(file)}"' in shown(page, talk, "Dee")) is drawn


def test_a_name_cannot_lie_about_a_picture_nor_write_a_header(page, talk):
    file = came(talk, "d", name='..a"\u202e\r\nSet-Cookie: x=1.exe', content=PNG)
    got = page.get(address(file))
    assert "Set-Cookie" not in got.headers
    assert got["Content-Disposition"] == 'inline; filename="a\\"Set-Cookie: x=1.exe.png"'


def test_a_file_that_the_browser_has_is_not_read_again_and_one_that_is_gone_is_gone(page, talk):
    file = came(talk, "d", content=PNG)
    etag = page.get(address(file))["ETag"]
    assert page.get(address(file), headers={"if-none-match": etag}).status_code == 304
    came(talk, "e", url="https://m.example/1.png")
    file.delete()
    assert page.get(address(file), headers={"if-none-match": etag}).status_code == 404


def test_without_its_bytes_a_file_has_no_page(page, talk):
    assert page.get(address(came(talk, "d", url="https://m.example/1.png"))).status_code == 404


def test_what_we_sent_from_here_is_told_once_when_the_network_shows_it(page, talk):
    answer = talk.lines["b"]
    told = {"brand": talk.brand, "network": "x", "created_at": world.AT, "due_at": world.AT, "state": "accepted"}
    out = Outgoing.objects.create(activity=answer.pk, **told)
    Enclosure.objects.create(brand=talk.brand, outgoing=out, name="map.png", kind="image/png", content=PNG)
    came(talk, "b", kind="image/png", url="https://m.example/map.png")
    html = shown(page, talk, "Ann")
    assert "map.png" in html
    assert "m.example" not in html


def test_a_message_of_a_picture_alone_is_not_called_wordless(page, talk):
    talk.one("f", 1, "Bob", "e", text=" ")
    came(talk, "f", kind="image/jpeg", url="https://m.example/1.jpg", alt="The box, torn")
    talk.lines["f"].__class__.objects.of(talk.brand).filter(pk=talk.lines["f"].pk).update(text="")
    talk.thread()
    bubble = shown(page, talk, "Bob").partition(f'id="m-{talk.lines["f"].pk}"')[2].partition("</li>")[0]
    assert "m.example" in bubble
    assert "(no words)" not in bubble


def test_a_thread_with_many_files_costs_no_more_than_one_with_one(page, talk, django_assert_max_num_queries):
    came(talk, "d", name="0.png", content=PNG)
    with django_assert_max_num_queries(37) as few:
        shown(page, talk, "Dee")
    for number in range(1, 20):
        came(talk, "d", number, name=f"{number}.png", content=PNG)
    with django_assert_max_num_queries(37) as many:
        assert "19.png" in shown(page, talk, "Dee")
    assert len(many) == len(few)
    asked = [one["sql"] for one in many.captured_queries if "listen_attachment" in one["sql"]]
    beginning = 'SUBSTRING("listen_attachment"."content", 1, 16)'
    assert sum(beginning in one for one in asked) == 1
    assert [one for one in asked if '"content"' in one.replace(beginning, "")] == []


def wordless(talk, line: str) -> None:
    Activity.objects.of(talk.brand).filter(pk=talk.lines[line].pk).update(text="")


def said(page, talk, name: str) -> str:
    """What the list says that somebody said."""
    html = page.get(inbox()).content.decode()
    [told] = re.findall(rf'data-id="{talk.of(name).pk}">.*?class="talk-said" dir="auto">(.*?)</p>', html, re.DOTALL)
    return str(told)


PICTURE, VIDEO = {"kind": "image/jpeg", "name": "IMG_1.jpg"}, {"kind": "video/mp4"}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([PICTURE], "Picture"),
        ([PICTURE, PICTURE], "2 pictures"),
        ([VIDEO], "Video"),
        ([{"kind": "audio/ogg"}], "Recording"),
        ([{"kind": "application/pdf", "name": "invoice.pdf"}], "File: invoice.pdf"),
        ([{"kind": ""}], "File"),
        ([PICTURE, VIDEO, PICTURE, {"name": "a.pdf"}], "2 pictures, 1 video, 1 file"),
        ([{"kind": "message/rfc822"}], "The files of this mail"),
        ([], "(no words)"),
    ],
)
def test_the_list_says_what_came_where_no_words_did(page, talk, files, told):
    wordless(talk, "d")
    for place, fields in enumerate(files):
        came(talk, "d", place, **fields)
    assert said(page, talk, "Dee") == told


def test_words_go_before_what_came_with_them(page, talk):
    came(talk, "d", **PICTURE)
    assert said(page, talk, "Dee") == "this kettle leaks"


def test_what_came_without_words_costs_the_list_no_query_more(page, talk, django_assert_num_queries):
    with CaptureQueriesContext(connection) as without:
        page.get(inbox())
    for line in ("c", "d", "e"):
        wordless(talk, line)
        came(talk, line, **PICTURE)
    with django_assert_num_queries(len(without)):
        assert text_of(page.get(inbox())).count("Picture") == 3

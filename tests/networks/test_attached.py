"""Files of posts in exports: what each network tells of them, and that what is odd about one costs nothing else."""

from __future__ import annotations

import json

import pytest


def post(**more):
    return {"id": "1800000000000000001", "author_id": "1", "text": "look", "edit_history_tweet_ids": [], **more}


MEDIA = [
    {"media_key": "3_1", "type": "photo", "url": "https://pbs.example/1.jpg", "alt_text": "A torn box", "width": 640},
    {"media_key": "7_2", "type": "video", "preview_image_url": "https://pbs.example/2.jpg"},
]


@pytest.mark.parametrize(
    "page",
    [
        {"data": [post(attachments={"media_keys": ["3_1", "7_2", "9_9", 4]})], "includes": {"media": MEDIA}},
        post(attachments={"media_keys": ["3_1", "7_2"], "media": MEDIA}),
    ],
)
def test_a_post_of_x_tells_of_its_files_in_a_page_or_in_itself(given, page):
    (told,) = given("posts.json", json.dumps(page)).activities
    assert [(one.kind, one.url, one.alt, one.width) for one in told.attachments] == [
        ("image/*", "https://pbs.example/1.jpg", "A torn box", 640),
        ("video/*", "https://x.com/i/status/1800000000000000001", "", 0),
    ]


def test_what_is_handed_on_on_x_keeps_its_files_with_its_first_author(given):
    shared = post(referenced_tweets=[{"type": "retweeted", "id": "5"}], attachments={"media": MEDIA})
    (told,) = given("posts.json", json.dumps(shared)).activities
    assert told.attachments == ()


def note(attachment):
    return {
        "@context": "https://www.w3.org/ns/activitystreams", "type": "Note", "id": "https://m.example/1",
        "attributedTo": "https://m.example/ann", "published": "2026-11-20T07:00:00Z", "content": "look",
        "attachment": attachment,
    }  # fmt: skip


def files(given, attachment):
    (told,) = given("notes.json", json.dumps(note(attachment))).activities
    return [(one.kind, one.url, one.alt, one.width) for one in told.attachments]


def test_a_note_tells_of_its_files_in_any_of_the_forms_that_servers_write(given):
    photo = {"type": "Document", "mediaType": "image/jpeg", "url": "https://m.example/1.jpg", "name": "A torn box"}
    linked = {"type": "Image", "url": [{"type": "Link", "href": "https://m.example/2.png"}], "width": 640}
    assert files(given, [photo, linked]) == [
        ("image/jpeg", "https://m.example/1.jpg", "A torn box", 0),
        ("image/*", "https://m.example/2.png", "", 640),
    ]
    assert files(given, photo) == [("image/jpeg", "https://m.example/1.jpg", "A torn box", 0)]


@pytest.mark.parametrize(
    "odd",
    [
        "https://m.example/1.jpg", 7, [None, "a"], {"type": "PropertyValue", "name": "Web", "value": "x"},
        {"type": "Image"}, {"type": ["Image"], "url": {"href": 4}}, {"type": "Image", "url": {}, "content": {"a": 1}},
    ],
)  # fmt: skip
def test_an_odd_file_costs_no_words(given, odd):
    assert files(given, odd) == []


COMMENT = {
    "id": "1_2", "message": "torn", "created_time": "2026-11-20T07:00:00+0000", "from": {"id": "7", "name": "Ann"},
    "permalink_url": "https://www.facebook.com/1/posts/9/?comment_id=2", "comment_count": 0,
}  # fmt: skip


def test_a_comment_on_facebook_tells_of_its_picture_by_the_page_that_lasts(given):
    source = {"image": {"src": "https://scontent.example/x.jpg?signed", "width": 640, "height": 480}}
    photo = {"type": "photo", "url": "https://www.facebook.com/photo.php?fbid=3", "media": source}
    (told,) = given("comments.json", json.dumps({"data": [{**COMMENT, "attachment": photo}]})).activities
    (file,) = told.attachments
    assert (file.kind, file.url, file.height) == ("image/*", "https://www.facebook.com/photo.php?fbid=3", 480)
    shared = {**photo, "type": "share"}
    (told,) = given("comments.json", json.dumps({"data": [{**COMMENT, "attachment": shared}]})).activities
    assert told.attachments == ()


def test_a_message_on_facebook_tells_of_its_files(given):
    paper = {
        "id": "1",
        "mime_type": "application/pdf",
        "name": "order.pdf",
        "size": 900,
        "file_url": "https://fb.example/1",
    }
    photo = {"id": "2", "mime_type": "image/jpeg", "image_data": {"width": 64, "url": "https://fb.example/2"}}
    message = {
        "id": "m_1", "created_time": "2026-11-20T07:00:00+0000", "from": {"id": "7"}, "message": "",
        "to": {"data": [{"id": "1"}]}, "attachments": {"data": [paper, photo]},
    }  # fmt: skip
    (told,) = given("messages.json", json.dumps({"data": [message]})).activities
    assert [(one.name, one.kind, one.url, one.size, one.width) for one in told.attachments] == [
        ("order.pdf", "application/pdf", "https://fb.example/1", 900, 0),
        ("", "image/jpeg", "https://fb.example/2", 0, 64),
    ]

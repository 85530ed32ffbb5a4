"""Whatever a mail is made of, it is read or refused in a sentence, and what is read can be recorded."""

from __future__ import annotations

import base64

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api.channels.mail.addresses import sender_of
from api.channels.mail.message import Message, Unreadable
from api.channels.mail.parsing import LONGEST_BODY, MOST_HEADER_BYTES, read_message
from ledger.sealing.slots import canonical
from tests.mail.mail_like import MAIL_LIKE
from tests.mail.mails import bounce, mail


@given(st.one_of(st.binary(max_size=400), MAIL_LIKE))
@example(b"From: a@b\r\nSubject: \x00\xed\xa0\x80\xe2\x80\xae\r\n\r\n\x00")
@example(b'Content-Type: multipart/mixed; boundary=""\r\nFrom: a@b\r\n\r\n--\r\n\r\n--\r\n')
def test_any_bytes_are_read_as_something_that_can_be_recorded_or_refused_in_a_sentence(
    raw: bytes,
) -> None:
    for text in _texts(_read(raw)):
        canonical(text)
        assert "\0" not in text


def _read(raw: bytes) -> Message | str:
    try:
        return read_message(raw)
    except Unreadable as refused:
        return str(refused)


def _texts(message: Message | str) -> list[str]:
    if isinstance(message, str):
        assert message.endswith(".")
        return [message]
    return [
        message.sender, message.sender_name, message.subject, message.body, message.message_id or "",
        *message.answers_to, *message.headers.values(),
        *(each.name or "" for each in message.attachments),
        *(each.media_type for each in message.attachments),
        message.report.returned if message.report else "",
    ]  # fmt: skip


def test_what_html_shows_is_the_body_with_quotations_marked() -> None:
    shown = (
        "<html><head><title>x</title><style>p{}</style></head><body><p>Dear&nbsp;office,</p>"
        "<ul><li>one<li>two</ul>line<br>next<blockquote><p>You wrote:</p></blockquote>"
        "<script>alert(1)</script></body></html>"
    )
    body = read_message(mail("plain", html=shown)).body
    assert body == "Dear office,\n\n* one\n* two\n\nline\nnext\n\n> You wrote:"


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("<table><tr><td>Ward<td>Halifax<tr><th>Street<td>Main</table>", "Ward Halifax\nStreet Main"),
        ("<pre>a\n\n  b</pre> c   d", "a\n\n  b\nc d"),
        ("one<br><br>two<br><br><br><br>three", "one\n\ntwo\n\nthree"),
        ("<p> a <b> b</b>\n c&nbsp; </p> ", "a b c"),
        ("<?xml version='1.0'?><!-- unseen --><p>seen<!-- un --> as<?pi?> well", "seen as well"),
        ("a<blockquote>b<blockquote>c</blockquote></blockquote>d", "a\n\n> b\n>\n> > c\n\nd"),
        ("<blockquote><p>a<p>b</blockquote><p>c", "> a\n>\n> b\n\nc"),
        ("<ul><li><p>one<li><div>two</div></ul>", "* one\n\n* two"),
        ("<ul><li>one<ul><li>two</ul><li></ul>three", "* one\n\n* two\n\nthree"),
        ("a<blockquote>b<br>&nbsp;<br></blockquote>", "a\n\n> b"),
    ],
    ids=["rows", "as it is", "breaks", "gaps", "comments", "a quotation in one", "paragraphs quoted",
         "points that are paragraphs", "points in points", "nothing at its end"],
)  # fmt: skip
def test_html_is_read_as_a_person_sees_it(written: str, seen: str) -> None:
    assert read_message(mail("plain", html=written)).body == seen


def test_html_that_shows_nothing_leaves_the_plain_text() -> None:
    assert read_message(mail("plain", html="<p>&nbsp;</p><img src='cid:x'>")).body == "plain\n"


def test_a_charset_that_is_not_what_it_says_is_mended() -> None:
    def body(charset: str, raw: bytes) -> str:
        head = f"From: a@example.org\r\nContent-Type: text/plain; charset={charset}\r\n\r\n"
        return read_message(head.encode() + raw).body

    assert body("iso-8859-1", b"caf\xe9 \x96 \x80") == "café – €"
    assert body("us-ascii", "café".encode()) == "café"
    assert body("no-such-charset", b"caf\xe9") == "café"
    assert body("gb2312", "漢字".encode("gb18030")) == "漢字"
    assert body("iso-2022-jp", "ツール".encode("cp932")) == "ツール"
    assert body("utf-8", b"caf\xe9") == "café"


def test_bidi_overrides_nul_and_half_characters_are_not_recorded() -> None:
    made = mail("pay \u202ethe\u202c bill\u2066!", subject="re\u202eversed")
    assert read_message(made).subject == "reversed"
    assert read_message(made).body == "pay the bill!\n"
    assert read_message(b"From: a@example.org\r\n\r\na\0b").body == "ab"


def test_encoded_words_cut_inside_a_character_are_joined() -> None:
    raw = "é".encode()
    words = " ".join(f"=?utf-8?b?{base64.b64encode(bytes([each])).decode()}?=" for each in raw)
    assert read_message(f"From: a@example.org\r\nSubject: {words}\r\n\r\n".encode()).subject == "é"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("=?utf-8?q?Caf=C3=A9?= and =?iso-8859-1?q?t=E9l=E9?=", "Café and télé"),
        ("=?utf-8?q?Caf=C3=A9_?= =?iso-8859-1?q?cr=E8me?=", "Café crème"),
        ("=?utf-8?b?Q2Fmw6k?= now", "Café now"),
        ("=?utf-8?b?Q2Fmw6kgb?= now", "Café  now"),
    ],
    ids=["others between", "two charsets", "its end missing", "cut inside a letter"],
)
def test_encoded_words_are_read_in_their_order_and_also_where_they_are_cut(
    written: str, read: str
) -> None:
    raw = f"From: a@example.org\r\nSubject: {written}\r\n\r\n".encode()
    assert read_message(raw).subject == " ".join(read.split())


def test_a_line_of_a_mailbox_within_the_head_is_no_part_of_it() -> None:
    raw = (
        b"From: a@example.org\nX: y\n>From a@example.org Mon Mar  2 08:00:00 2026\nSubject: s\n\nb"
    )
    message = read_message(raw)
    assert (message.header("x"), message.subject, message.body) == ("y", "s", "b")


def test_attachments_are_named_by_digest_and_none_reaches_out_of_its_folder() -> None:
    made = read_message(mail(attachments={"../../etc/passwd": b"x" * 10}))
    (attachment,) = made.attachments
    assert (attachment.name, attachment.size_bytes) == (".._.._etc_passwd", 10)
    assert len(attachment.digest) == 64


def test_a_delivery_report_says_what_became_of_which_mail() -> None:
    report = read_message(bounce(mail(subject="Your request 7ZK3Q-0M9TB-4"))).report
    assert report is not None
    assert report.actions == ("failed",)
    assert "7ZK3Q-0M9TB-4" in report.returned


def test_the_messages_that_it_follows_are_there_nearest_first() -> None:
    made = mail(In_Reply_To="<b@x>", References="<a@x> <b@x>")
    assert read_message(made).answers_to == ("b@x", "a@x")


def nested(depth: int) -> bytes:
    made = b"Content-Type: text/plain\r\n\r\nx\r\n"
    for number in range(depth):
        name = b"b%d" % number
        made = b"Content-Type: multipart/mixed; boundary=%b\r\n\r\n--%b\r\n%b\r\n--%b--\r\n" % (
            name, name, made, name,
        )  # fmt: skip
    return b"From: a@example.org\r\n" + made


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b"\r\n\r\n", "is empty"),
        (b"From: a@b.example\r\nX: " + b"x" * MOST_HEADER_BYTES + b"\r\n\r\n", "headers are"),
        (b"From: a@b.example\r\n" + b"X: y\r\n" * 200_000 + b"\r\nx", "headers are"),
        (nested(40), "deep"),
        (nested(3000), "deep"),
        (b"Subject: x\r\n" + b"Content-Type: message/rfc822\r\n\r\nSubject: x\r\n" * 400 + b"\r\nx", "deep"),
        (
            b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + b"--b\r\n\r\nx\r\n" * 600,
            "more than 500 parts",
        ),
        (b"From: a@b.example\r\n\r\n" + b"x" * (33 * 1024 * 1024), "bytes long"),
        (b"Subject:\r\n\r\n \r\n", "names no sender"),
        (b"From: a@b.example\r\nContent-Type: text/plain" + b";" * 400_000 + b"\r\n\r\nx", "what one of its"),
        (
            b"From: a@b.example\r\nContent-Type: message/delivery-status\r\n\r\n"
            + b"Action: failed\n\n" * 2_000,
            "more than 500 parts",
        ),
    ],
    ids=range(12),
)  # fmt: skip
def test_what_is_too_much_is_refused_with_the_reason(raw: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_message(raw)


def html_of(page: bytes) -> bytes:
    return b"From: a@example.org\r\nContent-Type: text/html\r\n\r\n" + page


@pytest.mark.parametrize(
    "raw",
    [
        html_of(b"<div>" * 100_000 + b"word"),
        html_of(b"<blockquote>" * 20_000 + b"word"),
        html_of(b"<pre>" + b"word\n" * 300_000),
        html_of(b"<b>word </b>" * 300_000),
        b"From: " + b"(" * 9_000 + b"\r\n\r\nword",
        b"From: a@example.org\r\n\r\n" + b"word\n" * 300_000,
    ],
    ids=["deep", "quoted", "as it is", "one line", "comments", "long"],
)
def test_what_is_built_to_take_for_ever_is_read_as_far_as_it_is_a_body(raw: bytes) -> None:
    body = read_message(raw).body
    assert "word" in body
    assert len(body) <= LONGEST_BODY + 100


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ('"Example, Ada" <ada@x.example>', ("ada@x.example", "Example, Ada")),
        (r'"Ada \"the bridge\" Example" <ada@x.example>', ("ada@x.example", 'Ada "the bridge" Example')),
        ("Ada Example <ada@x.example> (at work)", ("ada@x.example", "Ada Example")),
        ("ada@x.example (Ada Example)", ("ada@x.example", "Ada Example")),
        ('"Ada Example" ada@x.example', ("ada@x.example", "Ada Example")),
        ("'Ada Example' <ada@x.example>", ("ada@x.example", "Ada Example")),
        ("<ada@x.example", ("ada@x.example", "")),
        ("Office <a@x.example>, Other <b@x.example>", ("a@x.example", "Office")),
        ("Ada Example", ("", "Ada Example")),
    ],
)  # fmt: skip
def test_a_sender_s_address_and_name_are_read_however_they_are_written(
    header: str, found: tuple[str, str]
) -> None:
    assert sender_of([header]) == found
    assert sender_of(["Nobody", header]) == (found if found[0] else ("", "Nobody"))


def test_a_sender_of_many_long_words_is_read_word_by_word() -> None:
    """Looked at anew from each letter, one mail of a few megabytes held all others up for a quarter of an hour."""
    assert sender_of(["a" * 10_000] * 1_000) == ("", "a" * 10_000)

"""Bytes that look like a mail, for laws."""

from __future__ import annotations

from hypothesis import strategies as st

HEADER = st.sampled_from(
    ["From", "Subject", "To", "Date", "Message-ID", "References", "Content-Type", "Received",
     "Content-Transfer-Encoding", "Content-Disposition", "Auto-Submitted", "MIME-Version"]
)  # fmt: skip
VALUE = st.one_of(
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=60),
    st.sampled_from(
        [b"=?utf-8?B?////?=", b"=?x?q?=ZZ=?=", b"=?iso-2022-jp?b?GyRC?=", b'multipart/mixed; boundary="b"',
         b"message/rfc822", b"message/delivery-status", b"text/html; charset=base64", b"<@><>,,;:",
         b'text/plain; charset="\xff"', b"attachment; filename*=utf-8''%ff%00", b"base64", b"x-uuencode",
         b"multipart/report; report-type=delivery-status; boundary=b", b"Mon, 99 Foo 99999 99:99:99 +9999"]
    ),
)  # fmt: skip
LINES = st.one_of(
    st.binary(max_size=80),
    st.sampled_from([b"--b", b"--b--", b"", b"Content-Type: text/html", b"<p>a<blockquote>b", b"begin 644 x"]),
)  # fmt: skip
MAIL_LIKE = st.builds(
    lambda headers, lines: b"\r\n".join(
        [*(name.encode() + b": " + value for name, value in headers), b"", *lines]
    ),
    st.lists(st.tuples(HEADER, VALUE), max_size=8),
    st.lists(LINES, max_size=12),
)

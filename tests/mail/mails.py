"""Mails made for a test, all of them of people who do not exist."""

from __future__ import annotations

from email.message import EmailMessage


def mail(
    body: str = "The bridge by the mill is closed.\nWhen does it open?",
    *,
    sender: str = "Ada Example <ada@example.org>",
    subject: str = "The bridge",
    message_id: str | None = "<m1@example.org>",
    html: str | None = None,
    attachments: dict[str, bytes] | None = None,
    **headers: str,
) -> bytes:
    """A mail as a mail program writes it; `headers` are named with `_` for `-`."""
    made = EmailMessage()
    made["From"] = sender
    made["To"] = "office@example.ca"
    made["Subject"] = subject
    made["Date"] = "Mon, 02 Mar 2026 08:00:00 -0400"
    if message_id is not None:
        made["Message-ID"] = message_id
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    if html is not None:
        made.add_alternative(html, subtype="html")
    for name, content in (attachments or {}).items():
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def bounce(
    returned: bytes, *, action: str = "failed", message_id: str = "<b1@mx.example>"
) -> bytes:
    """What a mail server sends back of a mail that it could not deliver."""
    return (
        b"From: MAILER-DAEMON@mx.example (Mail Delivery System)\r\n"
        b"To: office@example.ca\r\n"
        b"Subject: Undelivered Mail Returned to Sender\r\n"
        b"Auto-Submitted: auto-replied\r\n"
        b"Message-ID: " + message_id.encode() + b"\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="=b"\r\n\r\n'
        b"--=b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        b"--=b\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; mx.example\r\n\r\n"
        b"Final-Recipient: rfc822; gone@example.org\r\nAction: " + action.encode() + b"\r\n"
        b"Status: 5.1.1\r\n\r\n"
        b"--=b\r\nContent-Type: message/rfc822\r\n\r\n" + returned + b"\r\n--=b--\r\n"
    )


def returned(reference: str, *, sent: str = "<ours@example.ca>") -> bytes:
    """One of our notices, come back because it could not be delivered."""
    return bounce(mail(f"We need more time for {reference}.", message_id=sent))


MACHINES = {
    "auto_reply": mail(subject="Out of office", Auto_Submitted="auto-replied"),
    "vacation": mail(X_Autoreply="yes"),
    "generated": mail(Auto_Submitted="auto-generated (by cron)"),
    "bulk": mail(Precedence="bulk"),
    "auto_reply of old": mail(Precedence="auto_reply"),
    "receipt": mail().replace(
        b"Content-Type: text/plain",
        b"Content-Type: multipart/report; report-type=disposition-notification",
    ),
    "suppressed": mail(X_Auto_Response_Suppress="DR, OOF, AutoReply"),
    "list": mail(List_Id="<news.example.org>"),
    "daemon": mail(sender="MAILER-DAEMON@mx.example"),
    "return address": mail(sender="bounces+ada=example.org@agency.example"),
    "bounce": bounce(mail(message_id="<ours@example.ca>")),
    "bounce that says nothing": bounce(mail(message_id="<ours@example.ca>"), action=""),
    "delayed": bounce(mail(message_id="<ours@example.ca>"), action="delayed"),
    "no reply": mail(sender="No-Reply@agency.example"),
    "null path": mail(Return_Path="<>"),
    "ourselves": mail(sender="office@example.ca"),
}
"""What no person wrote, by what gives it away."""

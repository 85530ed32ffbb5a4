"""Bounces: a mail of ours came back, and a notice of the case went out by e-mail: it may not have arrived."""

from __future__ import annotations

from ledger.case.alarms import alarm
from ledger.case.state import Case
from ledger.commands import Circumstances

MAIL_BOUNCED = "mail_bounced"


def _notice_by_mail_stands(case: Case, around: Circumstances) -> bool:
    """Whether a notice went out by e-mail of which nobody has said yet that it failed."""
    channels = around.policies.in_force(around.now).policy.channels
    by_mail = {code for code, each in channels.items() if each.family == "email"}
    return any(each.failed_at is None and each.channel in by_mail for each in case.notices.values())


alarm(
    MAIL_BOUNCED,
    _notice_by_mail_stands,
    of="any",
    party=lambda case: "owner" if case.owner else "leader" if case.team else "dispatcher",
)

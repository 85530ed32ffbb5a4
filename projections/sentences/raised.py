"""Raised: why a case was escalated, in words: the alarm, or the reason that a person gave by its name in the policy."""

from __future__ import annotations

from ledger.policy.document.policy import Policy
from ledger.policy.values import Language
from projections.sentences.by_topic import CODES


def alarm_said(code: str, language: Language) -> str | None:
    """What an alarm is about; None for what is no alarm."""
    alarm = CODES.get(f"alarm.{code}")
    return None if alarm is None else alarm.say(language)


def reason_said(policy: Policy | None, code: str, language: Language) -> str:
    """The reason that a person gave; its code where the policy knows no such reason."""
    reason = policy.reasons.escalation.get(code) if policy is not None else None
    return code if reason is None else reason.say(language)

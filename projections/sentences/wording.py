"""Wording: the fields of a fact as words, with the labels that the policy of the time gives its codes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any, cast
from uuid import UUID

from ledger.case.clocks.extending import DutyOwed
from ledger.case.clocks.facts import ClockResumed
from ledger.case.clocks.restated import ClockRestated
from ledger.entry import Actor
from ledger.facts import ANSWERS, Answers, Concealed, Fact, PartlyErased
from ledger.ids import reference_of
from ledger.policy.calendars.zones import day_ended_by, zone_of
from ledger.policy.document.clocks import ClockTerms
from ledger.policy.document.policy import Policy
from ledger.policy.telling.days import day_in_words
from ledger.policy.telling.money import amount
from ledger.policy.values import Labelled, Language, Words
from ledger.registers.keeping.accesses import StreamOpened
from ledger.registers.keeping.disposals import DisposalItem
from ledger.times import EPOCH
from projections.sentences.by_topic import (
    CODES,
    CONCEALED,
    END_OF_DAY,
    FOR_TEAM,
    NAMED_MACHINE,
    NAMED_VALUE,
    NO,
    NOTHING,
    ON_BEHALF,
    SENTENCES,
    THE_BEGINNING,
    WORDS,
    YES,
)
from projections.sentences.clock import BEGUN_ANEW, RESTATED_STILL, SENTENCES_BY_SENSE
from projections.sentences.fields import DUE, SHOWN
from projections.sentences.sentence import Sentence
from projections.sentences.steps import step_said

_FIELD = re.compile(r"\{(\w+)\}")
_FILLED = re.compile(r"\{(\w+)\}(\.?)")
"""A field with the full stop that ends a sentence after it."""
_ENDS = (".", "?", "!", "…")
_INNERMOST = re.compile(r"\[([^\[\]]*)\]")
_TEAMS = frozenset({"team", "from_team", "to_team", "confirm_team", "proposed", "decided_for"})
_REASONS = {
    "CaseTransferred": "transfer",
    "TransferDeclined": "decline",
    "WaitingBegan": "wait",
    "CaseEscalated": "escalation",
    "CaseReopened": "reopen",
    "ClockExtended": "extension",
    "CaseSkipped": "skip",
    "CaseReturned": "returned",
    "CaseAdjudicated": "transfer",
    "TaskGivenBack": "transfer",
}
_ANSWER = "answers."
_CENTS = "_cents"
"""How the names of amounts end."""
_OF_CLOCKS = frozenset({"ClockStopped", "ApprovalAsked"})
"""Topics whose outcome is that of a clock."""
_COUNTED = frozenset({"entries", "evidence", "keys", "lines", "redactions", "sent"})
_BY_ABILITY = frozenset({"fits", "lacks"})
_CASES = frozenset({"about_case", "case_id", "cases", "held", "other_case"})
_CASE = re.compile(r"case/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
"""The stream of a case, which people know by its reference."""
_LEFT, _RIGHT = "\x01", "\x02"


@dataclass(frozen=True, slots=True)
class Wording:
    """A language, the policy whose labels are used, if there was one, and the zone of the office."""

    language: Language
    policy: Policy | None = None
    zone: tzinfo = UTC

    def sentence(self, fact: Fact, at: datetime | None = None) -> str:
        """What a fact says, in one or a few sentences; `at` is when it happened, where that is known."""
        return self.filled(
            self.template(fact, at),
            {name: self.field(fact, name) for name in type(fact).model_fields},
        )

    def template(self, fact: Fact, at: datetime | None = None) -> Sentence:
        """The sentence of such a fact, its fields still to be filled in."""
        if isinstance(fact, ClockRestated) and fact.due_at is None:
            return RESTATED_STILL
        clock = self._clock_of(fact)
        own = SENTENCES_BY_SENSE.get(clock.sense, {}) if clock is not None else {}
        if fact.topic in own:
            return own[fact.topic]
        if at is not None and isinstance(fact, ClockResumed) and fact.begins_anew(at):
            return BEGUN_ANEW
        return SENTENCES[fact.topic]

    def _clock_of(self, fact: Fact) -> ClockTerms | None:
        """The clock that a fact is of, as the policy has it."""
        code: Any = getattr(fact, "clock", None)
        return self.policy.clocks.get(code) if self.policy is not None and code else None

    def _clock_zone(self, fact: Fact) -> tzinfo:
        """Where the days of the clock end that a fact is of: at the office, unless the law says otherwise."""
        found = self._clock_of(fact)
        return zone_of(found.zone) if found is not None and found.zone else self.zone

    def _ended(self, fact: Fact, outcome: str) -> str:
        """What became of a clock: one before whose day something was done, or after what it warned of, was not late."""
        clock = self._clock_of(fact)
        if clock is not None and clock.sense == "not_before" and outcome == "breached":
            return "too_early"
        if clock is not None and clock.sense == "warning":
            by_act = outcome == "withdrawn" and getattr(fact, "cause", None) in clock.stops_on
            return "after_its_time" if by_act or outcome == "breached" else outcome
        return outcome

    def filled(self, sentence: Sentence, fields: Mapping[str, str]) -> str:
        """A sentence with its fields, words beside numbers as they fit; brackets around empty ones are left out."""
        said = sentence.fitting(self.language, fields)

        def field(match: re.Match[str]) -> str:
            value = fields[match[1]].replace("[", _LEFT).replace("]", _RIGHT)
            return value if value.endswith(_ENDS) else value + match[2]

        while found := _INNERMOST.search(said):
            inner, names = found[1], _FIELD.findall(found[1])
            kept = all(fields[name] or SHOWN.get(name) is not None for name in names)
            kept = kept and not any(fields[name] == _HIDDEN for name in names)
            shown = _FILLED.sub(field, inner) if kept else ""
            said = said[: found.start()] + shown + said[found.end() :]
        return _FILLED.sub(field, said).replace(_LEFT, "[").replace(_RIGHT, "]")

    def field(self, fact: Fact, name: str) -> str:
        """A field of a fact as words; nothing if it is absent."""
        value: Any = getattr(fact, name)
        if name in SHOWN:
            return "" if value == SHOWN[name] else _HIDDEN
        if name == "deposit_cents" and not value:
            return ""
        if name in _COUNTED:
            return str(len(value)) if value else ""
        if isinstance(value, Answers):
            return self._answers(value, frozenset(getattr(fact, "answered", ())))
        if fact.topic == "EntryCorrected" and name in ("fields", "values"):
            return self._corrected(value)
        if name == "outcome" and fact.topic in _OF_CLOCKS:
            return self.value(name, self._ended(fact, value))
        if name == "rung":
            clock = str(getattr(fact, "clock", ""))
            return step_said(self.policy, clock, str(value), self.language) or str(value)
        if name == "unit" and getattr(fact, "amount", None) == 1:
            return self.value("unit_of_one", value)
        if name in DUE and isinstance(value, datetime):
            return self._due(value, of=self._clock_zone(fact))
        listed = _REASONS.get(fact.topic) if name == "reason" else None
        if listed is None and name == "outcome" and fact.topic not in _OF_CLOCKS:
            listed = "close"
        return self.value(name, value, listed=listed)

    def unless_hidden(self, name: str, said: str) -> str:
        """What stands for a field that is not shown; nothing where a sentence only hints at its value."""
        return _HIDDEN if name in SHOWN else said

    def value(self, name: str, value: Any, *, listed: str | None = None) -> str:
        """A value of a field as words; `listed` is the list of reasons that its code is from."""
        match value:
            case None | "":
                return ""
            case Concealed():
                return CONCEALED[value].say(self.language)
            case PartlyErased(parts=parts):
                return " ".join(self.value(name, part).strip() for part in parts)
            case bool():
                return (YES if value else NO).say(self.language)
            case datetime() if name == "effective_from" and value <= EPOCH:
                return THE_BEGINNING.say(self.language)
            case datetime():
                return self._due(value) if name in DUE else self.instant(value)
            case date():
                return self.day(value)
            case UUID():
                return reference_of(value) if name in _CASES else str(value)
            case str() if (found := _CASE.fullmatch(value)) is not None:
                return reference_of(UUID(found[1]))
            case str() if name in _BY_ABILITY:
                return self._able(value)
            case str():
                return self._code(name, value, listed)
            case DutyOwed():
                return f"{self.value('party', value.party)} ({self.day(value.by_on)})"
            case DisposalItem():
                return (
                    f"{reference_of(value.case_id)} ({value.retention}, {self.day(value.due_on)})"
                )
            case StreamOpened():
                slots = ", ".join(
                    dict.fromkeys(slot for each in value.slots for slot in each.slots)
                )
                return f"{self.value(name, value.stream)} ({slots or value.upto_version})"
            case Mapping():
                pairs = cast("Mapping[str, Any]", value).items()
                if name == "passed_over":
                    told = ((self._able(key), str(each)) for key, each in pairs)
                    return ", ".join(self._pair(label, count) for label, count in told)
                say = self._one_answer if name == ANSWERS else self.value
                return ", ".join(self._named(key, say(key, each)) for key, each in pairs)
            case int() if name.endswith(_CENTS) or self._is_money(name):
                return self.money(value)
            case tuple() | list():
                several = cast("Sequence[Any]", value)
                return ", ".join(self.value(_SINGULAR.get(name, name), each) for each in several)
            case _:
                return str(value)

    def money(self, cents: int) -> str:
        """An amount in the currency of the office."""
        currency = None if self.policy is None else self.policy.office.currency
        return amount(cents, currency, self.language)

    def _one_answer(self, name: str, value: Any) -> str:
        slot = f"{_ANSWER}{name}"
        return self.value(slot if self._is_money(slot) else name, value)

    def _is_money(self, slot: str) -> bool:
        """Whether this is the slot of an answer that the policy takes as money; a field of a fact may have its name."""
        field = self.policy.fields.get(slot.removeprefix(_ANSWER)) if self.policy else None
        return field is not None and slot.startswith(_ANSWER) and field.kind == "money"

    def actor(self, actor: Actor) -> str:
        """Who acted, for which team, and on whose behalf."""
        said = actor.id
        if actor.kind == "machine":
            version = f" {actor.version}" if actor.version else ""
            said = NAMED_MACHINE.say(self.language).format(id=f"{actor.id}{version}")
        if actor.team:
            said += FOR_TEAM.say(self.language).format(team=self.value("team", actor.team))
        if actor.on_behalf_of:
            said += ON_BEHALF.say(self.language).format(whom=actor.on_behalf_of)
        return said

    def instant(self, at: datetime) -> str:
        """An instant as the office's clock shows it."""
        local = at.astimezone(self.zone)
        time = f"{local:%H:%M}" if self.language == "en" else f"{local.hour} h {local:%M}"
        joined = " at " if self.language == "en" else " à "
        return f"{self.day(local.date())}{joined}{time}"

    def _due(self, at: datetime, *, of: tzinfo | None = None) -> str:
        """An instant by which something is due: the last of a day, and the midnight after it, are that day's end."""
        zone = of or self.zone
        last = day_ended_by(at, zone)
        if last is None:
            return self.instant(at)
        said = END_OF_DAY.say(self.language).format(day=self.day(last))
        return said if str(zone) == str(self.zone) else f"{said} ({zone})"

    def day(self, on: date) -> str:
        """A date in words."""
        return day_in_words(on, self.language)

    def _corrected(self, said: Any) -> str:
        """What a correction names: a question of the policy by its title, a field of the entry's own by its name."""
        if isinstance(said, Mapping):
            pairs = cast("Mapping[str, Any]", said).items()
            told = (
                (key, self.value(key if self._is_money(key) else key.removeprefix(_ANSWER), each))
                for key, each in pairs
            )
            none = NOTHING.say(self.language)
            return ", ".join(self._pair(self._own_name(key), value or none) for key, value in told)
        if isinstance(said, tuple | list):
            return ", ".join(self._own_name(each) for each in cast("Sequence[str]", said))
        return self.value("values", said)

    def _able(self, criterion: str) -> str:
        """By what somebody may take a case, such as `skill:road`, in words."""
        kind, _, code = criterion.partition(":")
        known = CODES.get(f"able.{kind}")
        if known is None or not code:
            return criterion
        return known.say(self.language).format(what=self._code(kind, code, None))

    def _own_name(self, slot: str) -> str:
        answer = slot.removeprefix(_ANSWER)
        if answer != slot:
            return self._code("fields", answer, None)
        known = CODES.get(f"own.{slot}")
        return slot if known is None else known.say(self.language)

    def _named(self, name: str, value: str) -> str:
        return self._pair(self._code("fields", name, None), value)

    def _pair(self, label: str, value: str) -> str:
        if label.endswith("?"):
            return f"{label} {value}"
        return NAMED_VALUE.say(self.language).format(name=label, value=value)

    def _answers(self, answers: Answers, answered: frozenset[str]) -> str:
        """What was answered; what was not has no words, though it is sealed that it has none."""
        office = {name: each for name, each in answers.office.items() if each is not None}
        personal = {
            name: each
            for name, each in answers.personal.items()
            if each is not None and (name in answered or not isinstance(each, Concealed))
        }
        return self.value("answers", {**office, **personal})

    def _code(self, name: str, code: str, listed: str | None) -> str:
        """What a code is called: by the policy where it knows it, else by this ledger, else the code itself."""
        label = self._labels(name, listed).get(code)
        if label is not None:
            return label.say(self.language)
        known = CODES.get(f"{_SINGULAR.get(name, name)}.{code}")
        if known is not None:
            return known.say(self.language)
        if _SINGULAR.get(name) == "treated":
            return code.replace("words", WORDS.say(self.language))
        if name == "digest":
            return code[:12]
        return code

    def _labels(self, name: str, listed: str | None) -> Mapping[str, Labelled | Words]:
        policy = self.policy
        if policy is None:
            return {}
        if listed is not None:
            return getattr(policy.reasons, listed)
        if name in _TEAMS:
            return policy.teams
        return {
            "channel": policy.channels,
            "request_type": policy.types,
            "programme": policy.programmes,
            "region": policy.regions,
            "skill": policy.skills,
            "clock": policy.clocks,
            "chase": policy.chases,
            "fields": policy.fields,
            "missing": policy.fields,
            "answered": policy.fields,
            "held_there": policy.fields,
            "kind": policy.reasons.contact,
            "severity_criterion": policy.reasons.severity,
            "criterion": policy.reasons.severity,
            "flag": policy.flags,
            "milestone": policy.milestones,
            "cause": policy.milestones,
            "check": {
                check.code: check for kind in policy.types.values() for check in kind.checklist
            },
            "exemption": policy.exemptions,
            "exemptions": policy.exemptions,
            "rule": {rule.code: rule for rule in policy.routing},
        }.get(name, {})


_HIDDEN = "\x00"
_SINGULAR = {
    "before": "severity",
    "cases": "other_case",
    "answered_in": "language",
    "interview_language": "language",
    "exemptions": "exemption",
    "exemptions_before": "exemption",
    "exemptions_after": "exemption",
    "treated_before": "treated",
    "treated_after": "treated",
    "kinds": "kind",
    "parties": "party",
    "channels": "channel",
    "acts": "milestone",
    "undone": "milestone",
    "met": "check",
    "confirmed": "check",
    "overridden": "check",
}

"""The brief: one page for whoever decides a case, in either language, made from its verified entries alone.

Facts, evidence, clocks, contacts, the checklist with who overrode what, and who may decide. Personal
values stand in it as the entries give them: sealed, unless they were opened by the reader.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger.case import CASE
from ledger.case.contact.contacts import ContactLogged
from ledger.case.contact.filing import RecordItemAdded
from ledger.case.intake.information import InformationReceived
from ledger.case.intake.opening import CaseOpened
from ledger.case.known.timed import Clock
from ledger.case.outcome.deciding import DecisionRecorded
from ledger.case.outcome.readiness import (
    COMPLETE,
    CaseMarkedReady,
    ReadinessOverridden,
    readiness_of,
    standing_of,
)
from ledger.case.outcome.review import may_review
from ledger.case.state import Case
from ledger.entry import Entry
from ledger.facts import Concealed
from ledger.ids import reference_of
from ledger.policy.acting.authority import delegated_on, holders
from ledger.policy.flow.demand import demand_of
from ledger.policy.in_force import PolicyVersion
from ledger.policy.values import Language
from projections.sentences.sentence import Sentence
from projections.sentences.wording import Wording

_TITLES = {
    "case": Sentence("Case", "Dossier"),
    "facts": Sentence("Facts", "Faits"),
    "evidence": Sentence("Evidence", "Preuves"),
    "clocks": Sentence("Clocks", "Délais"),
    "contacts": Sentence("Contacts", "Contacts"),
    "checklist": Sentence("Checklist", "Liste de vérification"),
    "decision": Sentence("Decision", "Décision"),
}
_NAMES = {
    "type": Sentence("type", "type"),
    "received": Sentence("received", "reçu"),
    "complete": Sentence("complete since", "complet depuis"),
    "missing": Sentence("missing", "il manque"),
    "unmet_needs": Sentence("not confirmed", "non confirmé"),
    "region": Sentence("region", "région"),
    "language": Sentence("language", "langue"),
    "interview": Sentence("interview in", "entretien en"),
    "interpreter": Sentence("interpreter", "interprète"),
    "format": Sentence("format", "format"),
    "translates": Sentence("a translation", "une traduction"),
    "unreviewed": Sentence("not reviewed", "non révisée"),
    "severity": Sentence("severity", "gravité"),
    "criterion": Sentence("found by the criterion", "établie selon le critère"),
    "urgent": Sentence("said to be urgent", "dit urgent"),
    "by_them": Sentence("by the requester", "par la personne qui demande"),
    "flags": Sentence("care needed", "précautions"),
    "team": Sentence("team", "équipe"),
    "inbound": Sentence("to us", "reçus"),
    "outbound": Sentence("from us", "de notre part"),
    "failure": Sentence("of them failure demand", "dont évitables"),
    "heard": Sentence("last heard from us", "dernières nouvelles de nous"),
    "notices": Sentence("notices", "avis"),
    "decided": Sentence("decided before", "déjà tranché"),
    "may_decide": Sentence("may decide", "peuvent trancher"),
    "nobody": Sentence(
        "nobody: no delegation for it is valid", "personne : aucune délégation ne vaut pour cela"
    ),
    "met": Sentence("met", "satisfait"),
    "clock_met": Sentence("met", "à temps"),
    "unmet": Sentence("not met", "non satisfait"),
    "overridden": Sentence("overridden", "écarté"),
    "ready": Sentence("marked ready", "jugé prêt"),
    "running": Sentence("running", "en cours"),
    "paused": Sentence("paused", "suspendu"),
    "breached": Sentence("late", "en retard"),
    "due": Sentence("due", "échéance :"),
    "claimed": Sentence("late until it is approved", "en retard jusqu'à l'approbation"),
    "given": Sentence("given", "remis"),
    "sent": Sentence("sent", "envoyé"),
    "failed": Sentence("failed", "échoué"),
    "none": Sentence("none", "néant"),
    "pages": Sentence("pages", "pages"),
}


@dataclass(frozen=True, slots=True)
class BriefLine:
    """A name and what is said of it."""

    name: str
    said: str


@dataclass(frozen=True, slots=True)
class BriefSection:
    """A part of the brief under its title."""

    code: str
    title: str
    lines: tuple[BriefLine, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What whoever decides a case needs on one page; `ready` if it may be decided as it stands."""

    reference: str
    ready: bool
    sections: tuple[BriefSection, ...]


def brief_of(
    entries: Sequence[Entry], version: PolicyVersion, *, at: datetime, language: Language
) -> Brief:
    """The brief of a case at an instant; its entries in order, personal values opened or sealed."""
    case: Case = CASE.initial
    for entry in entries:
        case = CASE.evolve(case, entry)
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    writer = _Writer(case, entries, version, Wording(language, version.policy, days.zone), at)
    states = readiness_of(case, version.compiled)
    unready = any(each.state == "unmet" for each in states)
    return Brief(
        reference=reference_of(entries[0].subject_id),
        ready=case.status == "open" and not unready and (standing_of(case).marked or not states),
        sections=tuple(writer.sections()),
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """Puts each part of the brief into words."""

    case: Case
    entries: Sequence[Entry]
    version: PolicyVersion
    wording: Wording
    at: datetime

    def sections(self) -> Iterator[BriefSection]:
        """Each part that has something to say."""
        parts = {
            "case": self._case(),
            "facts": self._facts(),
            "evidence": self._evidence(),
            "clocks": self._clocks(),
            "contacts": self._contacts(),
            "checklist": self._checklist(),
            "decision": self._decision(),
        }
        for code, lines in parts.items():
            told = tuple(BriefLine(name, said) for name, said in lines if said)
            none = (BriefLine("", self._name("none")),)
            yield BriefSection(code, self.wording.filled(_TITLES[code], {}), told or none)

    def _name(self, code: str) -> str:
        return self.wording.filled(_NAMES[code], {})

    def _say(self, name: str, value: Any) -> str:
        return self.wording.value(name, value)

    def _when(self, at: datetime | None) -> str:
        return self.wording.instant(at) if at is not None else ""

    def _case(self) -> Iterator[tuple[str, str]]:
        case = self.case
        flags = self.version.policy.flags
        known = [
            flags[each].say(self.wording.language) for each in sorted(case.flags) if each in flags
        ]
        yield self._name("type"), self._say("request_type", case.request_type)
        yield self._name("received"), self._when(case.received_at)
        yield self._name("complete"), self._when(case.complete_at)
        yield self._name("missing"), self._say("missing", tuple(sorted(case.missing)))
        yield self._name("unmet_needs"), self._say("needs", self._unmet())
        yield self._name("region"), self._say("region", case.region)
        yield self._name("language"), self._say("language", case.language)
        yield self._name("interview"), self._say("language", case.spoken.interview_language)
        yield self._name("interpreter"), self._say("interpreter", case.spoken.interpreter)
        yield self._name("format"), self._say("format", case.spoken.format)
        yield self._name("severity"), self._say("severity", case.severity)
        yield self._name("criterion"), self._say("criterion", case.severity_criterion)
        yield self._name("urgent"), self._name("by_them") if case.urgency_stated else ""
        yield self._name("flags"), ", ".join(known)
        yield self._name("team"), self._say("team", case.team)

    def _unmet(self) -> tuple[str, ...]:
        """What the request is not complete without besides its fields: proof of who asks, or the fee."""
        kind = self.version.policy.types.get(self.case.request_type or "")
        waits = kind is not None and self.case.complete_at is None
        return kind.unmet(self.case.needs) if kind is not None and waits else ()

    def _facts(self) -> Iterator[tuple[str, str]]:
        """The latest answer to each field."""
        latest: dict[str, Any] = {}
        for entry in self.entries:
            if isinstance(entry.fact, CaseOpened | InformationReceived):
                answers = entry.fact.answers
                latest |= {
                    name: value
                    for name, value in {**answers.office, **answers.personal}.items()
                    if value is not None and _says_something(name, value, entry.fact.answered)
                }
        for name, value in sorted(latest.items()):
            yield self._say("fields", name), self._say(f"answers.{name}", value)

    def _evidence(self) -> Iterator[tuple[str, str]]:
        for entry in self.entries:
            item = entry.fact
            if isinstance(item, RecordItemAdded):
                pages = f", {item.pages} {self._name('pages')}" if item.pages else ""
                what = f"{item.media_type}{pages}{self._language_of(item)}"
                where = f"{what}; {item.custodian}, {item.place_kept}"
                yield self._say("title", item.title) or str(item.item_id), where

    def _language_of(self, item: RecordItemAdded) -> str:
        """Its language, and of a translation who or what made it and whether anybody reviewed it."""
        said = f", {language}" if (language := self._say("language", item.language)) else ""
        if item.translator is None:
            return said
        known = self.case.items[item.item_id]
        made = (self._say("translated_by", item.translated_by), item.translator)
        review = () if known.reviewers else (self._name("unreviewed"),)
        translates = self._name("translates")
        return f"{said} ({translates}: {', '.join((*made, *review))})"

    def _clocks(self) -> Iterator[tuple[str, str]]:
        for code, clock in self.case.clocks.items():
            ended = "clock_met" if clock.state == "met" else clock.state
            stands = "claimed" if clock.claimed is not None else ended
            late = clock.open and (clock.breached or self._has_run_out(clock))
            known = _NAMES.get("breached" if late else stands)
            state = self.wording.filled(known, {}) if known else self._say("outcome", clock.state)
            due = (
                f", {self._name('due')} {date}"
                if (date := self._say("due_at", clock.due_at))
                else ""
            )
            yield self._say("clock", code), f"{state}{due}"

    def _has_run_out(self, clock: Clock) -> bool:
        """Whether a deadline is over, though no watch has recorded that yet."""
        found = self.version.policy.clocks.get(clock.code)
        is_deadline = found is None or found.sense == "deadline"
        return is_deadline and clock.due_at is not None and clock.due_at <= self.at

    def _contacts(self) -> Iterator[tuple[str, str]]:
        told: Counter[str] = Counter()
        for entry in self.entries:
            if isinstance(entry.fact, ContactLogged):
                told[entry.fact.direction] += 1
                if entry.fact.direction == "inbound":
                    told[demand_of(self.version.policy, entry.fact.kinds)] += 1
        for name in ("inbound", "failure", "outbound"):
            yield self._name(name), str(told[name]) if told[name] else ""
        yield self._name("heard"), self._when(self.case.heard_at)
        notices = [
            f"{self._say('kind', each.kind)} ({self._name(_state_of(each.given_at, each.failed_at))})"
            for each in self.case.notices.values()
        ]
        yield self._name("notices"), ", ".join(notices)

    def _checklist(self) -> Iterator[tuple[str, str]]:
        """Each check with its state, and who set it aside or found the case ready."""
        by: dict[str, str] = {}
        marked = ""
        for entry in self.entries:
            if isinstance(entry.fact, ReadinessOverridden):
                reason = self._say("reason", entry.fact.reason)
                by[entry.fact.check] = f"{self.wording.actor(entry.actor)}: {reason}"
            if isinstance(entry.fact, CaseMarkedReady):
                marked = (
                    f"{self.wording.actor(entry.actor)}, {self._when(entry.context.effective_at)}"
                )
        for each in readiness_of(self.case, self.version.compiled):
            said = self._name(each.state)
            if each.state == "overridden":
                said = f"{said} ({by.get(each.code, '')})"
            check = self._say("check", each.code or COMPLETE)
            yield f"{check} ({each.code})" if each.code not in ("", COMPLETE) else check, said
        yield self._name("ready"), marked if standing_of(self.case).marked else ""

    def _decision(self) -> Iterator[tuple[str, str]]:
        policy = self.version.policy
        for entry in self.entries:
            if isinstance(entry.fact, DecisionRecorded):
                outcome = self.wording.value("outcome", entry.fact.outcome, listed="close")
                who = self.wording.actor(entry.actor)
                yield self._name("decided"), f"{outcome}, {entry.fact.legal_basis} ({who})"
        days = self.version.compiled.calendars.days_of(policy.office.zone)
        kind = policy.types.get(self.case.request_type or "")
        if kind is None:
            return
        nobody = True
        for code in delegated_on(policy, self.case.request_type or "", days.date_of(self.at)):
            held = holders(policy, policy.delegations[code])
            may = [each for each in held if may_review(self.case, kind, policy, each)]
            if may:
                nobody = False
                yield self._name("may_decide"), f"{', '.join(may)} ({code})"
        if nobody and kind.judgement:
            yield self._name("may_decide"), self._name("nobody")


def _says_something(name: str, value: Any, answered: Sequence[str]) -> bool:
    """Whether a value is an answer: a sealed one does not show it, but the entry names what was answered."""
    return not isinstance(value, Concealed) or name in answered


def _state_of(given_at: datetime | None, failed_at: datetime | None) -> str:
    return "failed" if failed_at else "given" if given_at else "sent"

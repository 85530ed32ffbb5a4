"""The ombudsman's file: what an inquiry's first letter asks, row by row, each answer citing the entries that show it.

Pure: made from verified entries of the cases in scope and of the inquiry, the policies, and what was
counted beside them. Privileged entries stand in their log alone. Personal values stand as the entries
give them. The rows are those of the practice table (disclosure.md, what an ombudsman asks first).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from ledger.case.contact.contacts import ContactLogged
from ledger.case.contact.filing import RecordItemAdded
from ledger.case.contact.notices import NoticeFailed, NoticeGiven, NoticeIssued
from ledger.case.contact.promises import ContactPromised
from ledger.case.contact.translations import TranslationReviewed
from ledger.case.custody.confirming import RoutingConfirmed
from ledger.case.intake.information import InformationReceived, InformationRequested
from ledger.case.intake.opening import CaseClassified, CaseOpened
from ledger.case.links import CaseLinked
from ledger.case.outcome.appealed import AppealEnded, DecisionAppealed
from ledger.case.outcome.deciding import DecisionRecorded
from ledger.case.outcome.review import ReviewOpened, ReviewRecorded
from ledger.case.people.care import AdjustmentNoted, FlagCleared
from ledger.case.people.safe_contact import SafeContactSet
from ledger.case.work.followups import FollowUpSet
from ledger.facts import Fact
from ledger.ids import reference_of
from ledger.policy.exact import shown
from ledger.policy.values import Language
from ledger.registers.inquiries.answering import QuestionAnswered, QuestionAsked
from ledger.registers.inquiries.marking import PrivilegeLogged, SharingMarked
from ledger.registers.inquiries.opening import InquiryOpened
from ledger.registers.inquiries.recommending import RecommendationAnswered, RecommendationMade
from ledger.sealing.reading import ReadEntry
from ledger.sealing.slots import b64u
from projections.flow.measured import lasted, timed
from projections.fold.told import told
from projections.inquiries.contents import (
    SUPPRESSED_BELOW,
    Cited,
    FileLine,
    FileRow,
    InquiryFile,
    Source,
    facts_of,
    privileged,
)
from projections.inquiries.words import ROWS, SAID, STANDS
from projections.one_case.trail import trail, wording_at
from projections.rows.spans import SPANS, SpanRow
from projections.sentences.sentence import Sentence


def inquiry_file(source: Source) -> InquiryFile:
    """The file that answers the first letter of an inquiry."""
    opened = next(each for each in facts_of(source.inquiry) if isinstance(each, InquiryOpened))
    making = _File(source)
    rows = tuple(
        FileRow(code, ROWS[code].en, ROWS[code].fr, tuple(said()))
        for code, said in making.rows().items()
    )
    return InquiryFile(
        source.inquiry_id,
        opened.office,
        opened.recipient,
        opened.purpose,
        source.at,
        rows,
        source.then,
    )


class _File:
    """The rows, each made when it is asked for."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._hidden = hidden = privileged(source)
        self._cases = {
            case_id: [each for each in entries if (case_id, each.entry.version) not in hidden]
            for case_id, entries in source.cases.items()
        }
        self._by_place = {
            (each.entry.stream, each.entry.version): each
            for entries in self._cases.values()
            for each in entries
        }
        self._worded = {
            language: {
                (entries[0].entry.stream, line.version): line.sentence
                for entries in self._cases.values()
                if entries
                for line in trail(entries, policies=source.policies, language=language)
            }
            for language in _LANGUAGES
        }
        self._inquiry = {each.entry.version: each for each in (*source.marks, *source.inquiry)}
        self._worded_inquiry = {
            language: {
                line.version: line.sentence
                for line in trail(
                    [*self._inquiry.values()], policies=source.policies, language=language
                )
            }
            for language in _LANGUAGES
        }

    def rows(self) -> dict[str, Callable[[], Iterator[FileLine]]]:
        """What answers each question, by its code, in the order of the letter."""
        return {
            "account": self._account,
            "chronology": self._chronology,
            "records": self._records,
            "policy": self._policy,
            "decided": lambda: self._worded_lines(DecisionRecorded, more=self._authority),
            "told": lambda: self._worded_lines(*_TOLD, only=_outbound),
            "delay": self._delay,
            "vulnerability": lambda: self._worded_lines(*_OF_CARE, only=_of_care),
            "complaint": lambda: self._worded_lines(*_OF_REVIEWS),
            "others": self._others,
            "complainant": lambda: self._marked(SharingMarked),
            "privilege": self._privileged,
            "commitments": self._commitments,
            "people": self._people,
            "unaltered": self._unaltered,
        }

    def _account(self) -> Iterator[FileLine]:
        """Each question with its latest answer, and the entries that the answer cites."""
        answers = {
            each.question_id: (version, each)
            for version, each in self._inquiry_facts()
            if isinstance(each, QuestionAnswered)
        }
        for version, asked in self._inquiry_facts():
            if not isinstance(asked, QuestionAsked):
                continue
            yield self._inquiry_line(version)
            if asked.question_id not in answers:
                yield _line("unanswered")
                continue
            number, answered = answers[asked.question_id]
            cites = [self._by_place.get((each.stream, each.version)) for each in answered.entries]
            shown = tuple(_cited(each) for each in cites if each is not None)
            yield self._inquiry_line(number, *shown)

    def _chronology(self) -> Iterator[FileLine]:
        for each in self._as_it_happened():
            yield self._line_of(each)

    def _as_it_happened(self) -> list[ReadEntry]:
        return sorted(
            self._by_place.values(),
            key=lambda each: (each.entry.context.effective_at, each.entry.position),
        )

    def _records(self) -> Iterator[FileLine]:
        yield from self._worded_lines(RecordItemAdded, TranslationReviewed)
        yield _line("completeness")

    def _policy(self) -> Iterator[FileLine]:
        """Every policy that was in force while something was recorded, with its whole text."""
        at = [each.entry.context.known_at for each in self._by_place.values()]
        numbers = {self._source.policies.in_force(each).number for each in at}
        for version in self._source.policies.versions:
            if version.number in numbers:
                values = {
                    "number": version.number,
                    "digest": version.digest,
                    "effective_from": version.effective_from,
                    "document": version.document,
                }
                yield _line("policy", values, number=version.number, digest=version.digest[:12])

    def _authority(self, each: ReadEntry) -> dict[str, Any]:
        """The instrument under which a decision was made, by the policy of the time."""
        fact: Any = each.entry.fact
        policy = self._source.policies.in_force(each.entry.context.known_at).policy
        delegation = policy.delegations.get(fact.delegation or "")
        return {
            "delegation": fact.delegation,
            "instrument": delegation.authority if delegation is not None else None,
            "decided_by": fact.decided_by,
            "evidence": list(fact.evidence),
        }

    def _delay(self) -> Iterator[FileLine]:
        """With whom the case was and why, span by span; the lengths add up to the elapsed time."""
        for case_id, entries in self._source.cases.items():
            rows = SPANS.after([told(each.entry) for each in entries])
            spans = timed(rows, self._source.at)
            for each in spans:
                span = each.span
                values = {
                    "case": reference_of(case_id),
                    "from_at": span.from_at,
                    "to_at": span.to_at,
                    "team": span.team,
                    "owner": span.owner,
                    "kind": span.kind,
                    "paused": span.paused,
                    "open": not span.resolved,
                    "seconds": each.seconds,
                }
                end = min(span.to_at or self._source.at, self._source.at)
                yield _line(
                    "span", values, case=reference_of(case_id), whom=_whom(span), kind=_stands(span),
                    begin=self._instant(span.from_at), end=self._instant(end),
                    hours=_hours(each.seconds),
                )  # fmt: skip
            total = lasted(spans)
            open_for = lasted(each for each in spans if not each.span.resolved)
            yield _line(
                "total",
                {"seconds": total, "open_seconds": open_for},
                case=reference_of(case_id),
                hours=_hours(total),
                open=_hours(open_for),
            )

    def _instant(self, at: datetime) -> Sentence:
        said = (wording_at(self._source.policies, at, each).instant(at) for each in _LANGUAGES)
        return Sentence(*said)

    def _others(self) -> Iterator[FileLine]:
        for each in self._source.counted:
            others = f"fewer than {SUPPRESSED_BELOW}" if each.others is None else str(each.others)
            autres = f"moins de {SUPPRESSED_BELOW}" if each.others is None else str(each.others)
            said = SAID["others"]
            fields = {
                "type": each.request_type or "-",
                "rule": each.rule or "-",
                "begin": each.from_on,
                "end": each.to_on,
            }
            en, fr = {**fields, "count": others}, {**fields, "count": autres}
            yield FileLine(
                said.fitting("en", en).format(**en), said.fitting("fr", fr).format(**fr), (), fields
            )

    def _commitments(self) -> Iterator[FileLine]:
        yield from self._worded_lines(FollowUpSet, only=_commitment)
        yield from self._of_inquiry(RecommendationMade, RecommendationAnswered)

    def _people(self) -> Iterator[FileLine]:
        """Who acted, for whom, how often, and whether they are still there; by their codes."""
        acted: dict[tuple[str, str, str | None, str | None], list[ReadEntry]] = {}
        for each in self._by_place.values():
            actor = each.entry.actor
            acted.setdefault((actor.id, actor.kind, actor.team, actor.role), []).append(each)
        policy = self._source.policies.in_force(self._source.at).policy
        today = self._source.at.date()
        for (member, kind, team, role), entries in sorted(acted.items(), key=str):
            there = member in policy.members and not self._source.directory.gone(member, today)
            values = {
                "member": member, "kind": kind, "team": team, "role": role, "acts": len(entries),
                "in_post": there,
            }  # fmt: skip
            name = "person" if there else "gone"
            yield _line(
                name if kind == "person" else "machine", values,
                member=f"{member} ({role})" if role else member,
                team=Sentence(f" for {team}", f" pour {team}") if team else "", acts=len(entries),
            )  # fmt: skip

    def _unaltered(self) -> Iterator[FileLine]:
        checkpoint = self._source.checkpoint
        if checkpoint is None:
            yield _line("no_checkpoint")
            return
        yield _line("checkpoint", {"note": checkpoint.note}, size=checkpoint.size)

    def _worded_lines(
        self,
        *kinds: type[Fact],
        only: Callable[[Any], bool] = lambda _fact: True,
        more: Callable[[ReadEntry], dict[str, Any]] = lambda _entry: {},
    ) -> Iterator[FileLine]:
        for each in self._as_it_happened():
            if isinstance(each.entry.fact, kinds) and only(each.entry.fact):
                yield self._line_of(each, more(each))

    def _line_of(self, each: ReadEntry, values: Mapping[str, Any] | None = None) -> FileLine:
        place = (each.entry.stream, each.entry.version)
        at = {"effective_at": each.entry.context.effective_at, "actor": each.entry.actor.id}
        return FileLine(
            self._worded["en"][place],
            self._worded["fr"][place],
            (_cited(each),),
            {**at, **(values or {})},
        )

    def _of_inquiry(self, *kinds: type[Fact]) -> Iterator[FileLine]:
        for version, fact in self._inquiry_facts():
            if isinstance(fact, kinds):
                yield self._inquiry_line(version)

    def _marked(self, kind: type[SharingMarked | PrivilegeLogged]) -> Iterator[FileLine]:
        """What stands marked now of the entries that the file is made of."""
        there = {
            (case_id, each.entry.version)
            for case_id, entries in self._source.cases.items()
            for each in entries
        }
        for each in self._source.marks:
            fact = each.entry.fact
            if isinstance(fact, kind) and (fact.case_id, fact.version) in there:
                yield self._inquiry_line(each.entry.version)

    def _privileged(self) -> Iterator[FileLine]:
        """What the privilege log says, and what was privileged when it was made and is not in the log yet."""
        yield from self._marked(PrivilegeLogged)
        logged = {
            (each.case_id, each.version)
            for each in facts_of(self._source.marks)
            if isinstance(each, PrivilegeLogged)
        }
        for case_id, version in sorted(self._hidden.keys() - logged):
            kind, on = self._hidden[case_id, version]
            said = {"case": reference_of(case_id), "version": version, "on": on}
            yield _line("privileged", {"kind": kind}, **said)

    def _inquiry_line(self, version: int, *cites: Cited) -> FileLine:
        en, fr = (self._worded_inquiry[each][version] for each in _LANGUAGES)
        return FileLine(en, fr, (_cited(self._inquiry[version]), *cites))

    def _inquiry_facts(self) -> list[tuple[int, Fact]]:
        return [(each.entry.version, each.entry.fact) for each in self._source.inquiry]


_LANGUAGES: tuple[Language, Language] = ("en", "fr")


def _line(code: str, values: Mapping[str, Any] | None = None, /, **fields: object) -> FileLine:
    said: Sentence = SAID[code]
    en, fr = (
        said.fitting(language, fields).format(
            **{name: _in(language, each) for name, each in fields.items()}
        )
        for language in _LANGUAGES
    )
    return FileLine(en, fr, (), values or {})


def _in(language: Language, value: object) -> object:
    return getattr(value, language) if isinstance(value, Sentence) else value


def _whom(span: SpanRow) -> str | Sentence:
    return "/".join(filter(None, (span.team, span.owner))) or Sentence("nobody", "personne")


def _hours(seconds: int) -> Sentence:
    said = shown(Fraction(seconds, 3600))
    return Sentence(said, said.replace(".", ","))


def _stands(span: SpanRow) -> Sentence:
    """How a case stood in a span, with the reason for which it waited, as the policy calls it."""
    kind, _, reason = span.kind.partition(":")
    said = STANDS[kind]
    return Sentence(f"{said.en} ({reason})", f"{said.fr} ({reason})") if reason else said


def _cited(each: ReadEntry) -> Cited:
    entry = each.entry
    return Cited(entry.stream, entry.version, entry.position, b64u(each.digest))


_TOLD = (
    InformationRequested, NoticeIssued, NoticeGiven, NoticeFailed, ContactLogged, ContactPromised,
)  # fmt: skip


def _outbound(fact: Any) -> bool:
    return not isinstance(fact, ContactLogged) or fact.direction == "outbound"


_OF_REVIEWS = (ReviewOpened, ReviewRecorded, DecisionAppealed, AppealEnded, CaseLinked)
_OF_CARE = (
    CaseOpened, CaseClassified, InformationReceived, AdjustmentNoted, SafeContactSet, RoutingConfirmed, FlagCleared,
)  # fmt: skip


def _of_care(fact: Any) -> bool:
    """What came in tells of it where it raised a flag; the others are about nothing else."""
    if isinstance(fact, InformationReceived):
        return bool(fact.flags_raised)
    return not isinstance(fact, CaseOpened | CaseClassified) or bool(fact.flags)


def _commitment(fact: Any) -> bool:
    return fact.kind == "commitment"

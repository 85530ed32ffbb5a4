"""Reviewing a disclosure from the command line: what the finder proposes, what a person decides of each slot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal
from uuid import UUID

from cyclopts import Parameter

from api.cli.disclosures.asking import Desk, Id, Why, desk, ids_meant
from api.cli.edge import DONE
from api.cli.reading.asked_at import AskedThen
from api.cli.showing import Column, named, number, show_json, show_table, words
from api.cli.wording.in_french import Spoken
from api.cli.wording.spoken import speaking, spoken
from api.cli.writing.acting import Acting
from api.verbs.disclosures.asked_of import purpose_of
from ledger.errors import InvalidCommand
from ledger.facts import PartlyErased
from ledger.ids import case_stream
from ledger.personal.opening import Reading
from ledger.registers.disclosures.review import ProposeWithholding, SlotTarget
from ledger.registers.disclosures.state import LINE, Proposal
from projections.disclosures.scope import personal_values, words_of
from projections.one_case.passages import passages_told, roles_on
from projections.sentences.by_topic import ERASED
from projections.sentences.wording import Wording

_PLACE = re.compile(r"^(\d+)(?::([A-Za-z_.0-9-]+))?(?:\[(\d+)-(\d+)\])?$")

Why_ = Annotated[Why, Parameter(name="*")]
Chosen = Annotated[
    tuple[str, ...],
    Parameter(name="PROPOSALS", help="Which proposals, by number or id as `proposals` shows them."),
]
All = Annotated[bool, Parameter(name="--all", negative="", help="All that wait for an answer.")]


def propose(id_: Id, /, *, acting: Acting = Acting()) -> int:
    """Lets the finder propose what to withhold: personal fields, known parties, numbers; a person decides."""
    with desk(id_, acting) as at:
        done = at.ask("propose")
        assert isinstance(done.command, ProposeWithholding)
        return at.show(done, found=len(done.command.found))


def proposals(
    id_: Id,
    /,
    *,
    all_: Annotated[bool, Parameter(name="--all", negative="")] = False,
    opened: Annotated[bool, Parameter(name="--open", negative="")] = False,
    purpose: str = "To decide what was proposed to be withheld.",
    language: Spoken = "en",
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
    acting: Acting = Acting(),
    asked: AskedThen = AskedThen(),
) -> int:
    """Shows what the finder proposed that waits for an answer.

    Parameters
    ----------
    all_
        Those too that were answered.
    opened
        With the words meant, and about whom they are; that they were read is recorded.
    purpose
        What they are read for.
    as_json
        Answer as JSON.
    """
    with speaking(language), desk(id_, acting, asked) as at:
        found = [
            (place, key, each)
            for place, (key, each) in enumerate(at.state.proposals.items(), 1)
            if all_ or not each.answered
        ]
        program = as_json or acting.as_json
        said = Wording("en" if program else spoken())
        meant = _meant(at, [each for *_, each in found], purpose, said) if opened and found else {}
        if program:
            show_json(
                [
                    {
                        "number": place,
                        "proposal_id": str(key),
                        **_proposal_json(each),
                        **meant.get(each, {}),
                    }
                    for place, key, each in found
                ]
            )
            return DONE
        more = [words("says"), words("about")] if meant else []
        show_table(
            "Proposed to be withheld",
            [
                number("no."), words("stream"), number("entry"), words("slot"), Column("words"),
                *more, Column("under"), Column("answered"), Column("proposal", spare=1),
            ],
            [
                (
                    place, named(each.stream), each.version, each.slot,
                    f"{each.words[0]}-{each.words[1]}" if each.words else "",
                    *meant.get(each, {}).values(), each.exemption, each.answered, key,
                )
                for place, key, each in found
            ],
            empty="Nothing waits for an answer. Let the finder look with `caseledger disclosure propose`.",
        )  # fmt: skip
    return DONE


def _meant(
    at: Desk, found: Sequence[Proposal], purpose: str, said: Wording
) -> dict[Proposal, dict[str, str]]:
    """What each proposal would withhold, opened, and about which party of the case it is known to be."""
    streams = tuple(dict.fromkeys(each.stream for each in found))
    reading = Reading(streams, purpose, purpose_of(at.state))
    opened = at.ledger.open_values(reading, actor=at.around.actor)
    meant = dict[Proposal, dict[str, str]]()
    for stream, entries in zip(streams, opened, strict=True):
        roles = roles_on(entries)
        for each in (proposal for proposal in found if proposal.stream == stream):
            read = entries[each.version - 1]
            value: Any = personal_values(read.entry.fact).get(each.slot)
            if isinstance(value, str | PartlyErased):
                first, end = each.words or (0, None)
                value = "".join(
                    word or f"{ERASED.say(said.language)} " for word in words_of(value)[first:end]
                ).strip()
            about = [
                ", ".join((*(_role(role, said) for role in passage.roles), str(passage.party)))
                for passage in passages_told(read, roles).get(each.slot, ())
                if passage.party and (not each.words or passage.first < each.words[1])
                and (not each.words or each.words[0] < passage.end)
            ]  # fmt: skip
            meant[each] = {"says": str(value or ""), "about": "; ".join(about)}
    return meant


def _role(code: str, said: Wording) -> str:
    """A role on a case: as commands take it in English, in words in French."""
    return code if said.language == "en" else said.value("role", code)


def _proposal_json(each: Proposal) -> dict[str, Any]:
    return {
        "stream": each.stream,
        "entry": each.version,
        "slot": each.slot,
        "words": each.words,
        "exemption": each.exemption,
        "answered": each.answered,
    }


def accept(
    id_: Id,
    chosen: Chosen = (),
    /,
    *,
    all_: All = False,
    why: Why_ = Why(),
    reason: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Withholds what the finder proposed, under the exemption that it proposed or another.

    Parameters
    ----------
    reason
        Why.
    """
    return _answer(id_, chosen, accepted=True, every=all_, why=why, reason=reason, acting=acting)


def reject(
    id_: Id,
    chosen: Chosen = (),
    /,
    *,
    all_: All = False,
    reason: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Releases after all what the finder would have withheld.

    Parameters
    ----------
    reason
        Why.
    """
    return _answer(id_, chosen, accepted=False, every=all_, why=Why(), reason=reason, acting=acting)


def _answer(
    id_: str,
    chosen: Sequence[str],
    *,
    accepted: bool,
    every: bool,
    why: Why,
    reason: str | None,
    acting: Acting,
) -> int:
    with desk(id_, acting) as at:
        waiting = [key for key, each in at.state.proposals.items() if not each.answered]
        if every and chosen:
            raise InvalidCommand("Name proposals, or say --all, and not both.")
        if every and not waiting:
            raise InvalidCommand("No proposal waits for an answer: there is nothing to decide.")
        if not every and not chosen:
            raise InvalidCommand(
                "Say which proposals: `caseledger disclosure proposals` lists them, --all takes them all."
            )
        answered = waiting if every else ids_meant(chosen, among=at.state.proposals)
        reasons = why.reasons(at)
        if reasons is None and accepted and why != Why():
            reasons = _as_proposed(at, answered, why)
        return at.show(
            at.ask(
                "accept" if accepted else "reject",
                proposals=answered,
                reasons=reasons,
                reason=at.text(reason, "--reason"),
            )
        )


def _as_proposed(at: Desk, chosen: Sequence[UUID], why: Why) -> Any:
    """What was said, for the exemption that was proposed; all of them must propose the same."""
    proposed = {at.state.proposals[key].exemption for key in chosen if key in at.state.proposals}
    if len(proposed) != 1:
        raise InvalidCommand("These propose several exemptions: say which with --under.")
    return replace(why, under=tuple(proposed)).reasons(at)


def decide(
    id_: Id,
    outcome: Annotated[
        Literal["release", "withhold"], Parameter(name="OUTCOME", help="What is decided of them.")
    ],
    places: Annotated[
        tuple[str, ...],
        Parameter(
            name="PLACES",
            help="ENTRY:SLOT, ENTRY:SLOT[FIRST-END] for words, or ENTRY for a whole line.",
        ),
    ] = (),
    /,
    *,
    case: str | None = None,
    slot: str | None = None,
    topic: str | None = None,
    rest: Annotated[bool, Parameter(negative="")] = False,
    why: Why_ = Why(),
    reason: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Decides whether slots, or words of them, are released or withheld, and why.

    Parameters
    ----------
    case
        The reference of the case, or the stream, that the places are in; needed where several are in scope.
    slot
        Every slot of this name that nobody has decided yet, instead of places.
    topic
        Only in entries of this kind.
    rest
        Every personal slot that nobody has decided yet.
    reason
        Why.
    """
    with desk(id_, acting) as at:
        reasons = why.reasons(at)
        targets = tuple(_targets(at, places, case=case, slot=slot, topic=topic, rest=rest))
        if not targets:
            raise InvalidCommand(
                "Nothing that was meant waits for a decision: all of it is decided, or is not in the scope."
                if rest or slot
                else "Say what is decided: ENTRY:SLOT, --slot NAME or --rest."
            )
        if outcome == "release" and (rest or slot):
            _refuse_unanswered(at, targets)
        done = at.ask(
            "decide",
            targets=targets,
            outcome=outcome,
            reasons=reasons,
            reason=at.text(reason, "--reason"),
        )
        return at.show(done, decided=len(targets))


def _refuse_unanswered(at: Desk, targets: Sequence[SlotTarget]) -> None:
    """What the finder would withhold whole is released by nobody who did not name it: it may not have been seen."""
    meant = {(each.in_stream, each.in_version, each.slot) for each in targets if each.words is None}
    waiting = [
        each
        for each in at.state.proposals.values()
        if not each.answered
        and each.words is None
        and (each.stream, each.version, each.slot) in meant
    ]
    if waiting:
        raise InvalidCommand(
            f"The finder would withhold {len(waiting)} of these: answer its proposals first, with `caseledger "
            "disclosure accept` or `reject`, or release each by its ENTRY:SLOT."
        )


def _targets(
    at: Desk,
    places: Sequence[str],
    *,
    case: str | None,
    slot: str | None,
    topic: str | None,
    rest: bool,
) -> Iterator[SlotTarget]:
    streams = [_stream(at, case)] if case else list(at.state.drawn)
    if places and len(streams) != 1:
        raise InvalidCommand("Several streams are in scope: say which with --case.")
    for each in places:
        yield _target(streams[0], each)
    if slot is None and not rest:
        return
    for stream in streams:
        drawn = at.state.drawn[stream]
        topics = _topics(at, stream) if topic else {}
        for version, name in drawn.undecided:
            if slot in (None, name) and (topic is None or topics.get(version) == topic):
                yield SlotTarget(in_stream=stream, in_version=version, slot=name)
        if slot is not None and not any(name == slot for _, name in drawn.pieces):
            yield from _office_slots(at, stream, slot, topic)


def _office_slots(at: Desk, stream: str, slot: str, topic: str | None) -> Iterator[SlotTarget]:
    """The slots of this name that lie in clear: nobody need decide them, but anybody may withhold them."""
    drawn = at.state.drawn[stream]
    for read in at.ledger.read(stream):
        entry = read.entry
        if entry.version not in drawn.versions or topic not in (None, entry.topic):
            continue
        if slot in ("actor", "context") or slot in type(entry.fact).plan.office:
            yield SlotTarget(in_stream=stream, in_version=entry.version, slot=slot)


def _topics(at: Desk, stream: str) -> dict[int, str]:
    return {each.entry.version: each.entry.topic for each in at.ledger.read(stream)}


def _stream(at: Desk, said: str) -> str:
    found = said if "/" in said else case_stream(at.ledger.find_case(said))
    if found not in at.state.drawn:
        raise InvalidCommand(
            f"{said} is not in the scope of this disclosure: draw the scope first."
        )
    return found


def _target(stream: str, said: str) -> SlotTarget:
    found = _PLACE.match(said)
    if found is None:
        raise InvalidCommand(
            f"'{said}' is no place: write ENTRY:SLOT such as 3:text, words as 3:text[4-7], or ENTRY."
        )
    version, slot, first, end = found.groups()
    return SlotTarget(
        in_stream=stream,
        in_version=int(version),
        slot=slot or LINE,
        first=None if first is None else int(first),
        end=None if end is None else int(end),
    )

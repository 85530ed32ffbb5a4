"""Passages: the texts of a command are put together as they are about whom, before the command is decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import wraps
from itertools import groupby
from typing import Any
from uuid import UUID

from ledger.case.in_words import CaseRole, InWords, Passage, texts_of
from ledger.case.state import Case, Decide
from ledger.commands import Circumstances, Command
from ledger.entry import Happened
from ledger.errors import InvalidCommand, Refusal
from ledger.facts import Answers, SharedText
from ledger.input.quoting import quoted
from ledger.policy.telling.templates import Filling
from ledger.sealing.slots import pieces, touched


def with_passages(decisions: Mapping[type[Command], Decide]) -> Mapping[type[Command], Decide]:
    """The decisions, each asked with the texts of its command as they are about whom."""
    return {
        command: _with_passages(by) if texts_of(command) else by
        for command, by in decisions.items()
    }


def _with_passages(by: Decide) -> Decide:
    @wraps(by)
    def decide(case: Case, asked: Any, around: Circumstances) -> Sequence[Happened]:
        return by(case, _put_together(case.known(), asked) if asked.passages else asked, around)

    return decide


def _put_together(case: Case, asked: InWords) -> InWords:
    """The command with each of its texts as it is about whom."""
    texts, about = texts_of(type(asked)), dict[str, list[Passage]]()
    for each in asked.passages:
        name = each.of or (texts[0] if len(texts) == 1 else "")
        if name not in texts:
            raise InvalidCommand(
                f"Say under 'of' in which text a passage is; there is {', '.join(texts)}."
            )
        about.setdefault(name, []).append(each)
    return asked.model_copy(
        update={
            name: shared(case, getattr(asked, name), passages, also=asked.concerned)
            for name, passages in about.items()
        }
    )


def shared(
    case: Case, text: str | None, passages: Sequence[Passage], *, also: Collection[UUID] = ()
) -> str | SharedText:
    """The text with these words about those parties; refused where one is not of the case, or words are not there.

    `also` are of the case besides those whom it concerns already.
    """
    words = pieces(text or "")
    whose = list[UUID | None]([None] * len(words))
    for each in passages:
        if not each.first < each.end <= len(words):
            raise InvalidCommand(
                f"The text ends after word {len(words)}, so {each.first}-{each.end} is no passage of it: count "
                "from 0, the end not included."
            )
        _mark(whose, range(each.first, each.end), _party(case, each.party, also))
    return _in_stretches(words, whose)


def shared_answers(case: Case, answers: Answers, passages: Sequence[Passage]) -> Answers:
    """The answers, with these words of personal ones about those parties."""
    about = dict[str, list[Passage]]()
    for each in passages:
        if not isinstance(answers.personal.get(each.of or ""), str):
            raise InvalidCommand(
                "A passage is of a text that is given as the answer to a personal field: say under 'of' "
                "which field that is."
            )
        about.setdefault(str(each.of), []).append(each)
    told = {name: shared(case, str(answers.personal[name]), of) for name, of in about.items()}
    return Answers(office=answers.office, personal={**answers.personal, **told})


def shared_notice(case: Case, filling: Filling, passages: Sequence[Passage]) -> str | SharedText:
    """The words of a notice, where passages of its values are about parties wherever the notice says them."""
    text = "".join(said for _, said in filling)
    if not passages:
        return text
    words = pieces(text)
    whose = list[UUID | None]([None] * len(words))
    at = 0
    for name, said in filling:
        for each in passages:
            if each.of == name:
                own = [len(word) for word in pieces(said)]
                begin, end = (at + sum(own[:word]) for word in (each.first, each.end))
                _mark(whose, touched(words, begin, end), _party(case, each.party))
        at += len(said)
    return _in_stretches(words, whose)


def refuse_not_there(values: Mapping[str, str], passages: Sequence[Passage]) -> None:
    """Refuses a passage of a value that is not given, or that has fewer words."""
    for each in passages:
        if each.of is None:
            raise InvalidCommand("Say under 'of' in which of the values a passage is.")
        if each.of not in values:
            raise InvalidCommand(
                f"No value {quoted(each.of, otherwise='so called')} is given, so no passage of it is about anybody."
            )
        count = len(pieces(values[each.of]))
        if not each.first < each.end <= count:
            raise InvalidCommand(
                f"{quoted(each.of)} ends after word {count}, so {each.first}-{each.end} is no passage of "
                "it: count from 0, the end not included."
            )


def _mark(whose: list[UUID | None], words: range, party: UUID) -> None:
    for number in words:
        if whose[number] is not None:
            raise InvalidCommand(
                f"Two passages have word {number} of the text in them: let each word be about one party."
            )
        whose[number] = party


def _in_stretches(words: Sequence[str], whose: Sequence[UUID | None]) -> str | SharedText:
    if not any(whose):
        return "".join(words)
    numbered = groupby(range(len(words)), whose.__getitem__)
    return SharedText(
        tuple((party, "".join(words[number] for number in numbers)) for party, numbers in numbered)
    )


def _party(case: Case, said: UUID | CaseRole, also: Collection[UUID] = ()) -> UUID:
    """The party meant, who is of the case; of a role its only one."""
    if isinstance(said, UUID):
        if said not in {case.requester, *also, *(party for party, _ in case.parties)}:
            raise Refusal(
                f"The party {said} is not of this case, so no passage is about them: say first that it "
                "concerns them (`concerns`), or name somebody whom it does.",
                rule="passage-about-a-party-of-the-case",
            )
        return said
    found = {party for party, role in case.parties if role == said}
    if said == "requester" and case.requester is not None:
        found.add(case.requester)
    if len(found) != 1:
        there = "nobody" if not found else f"{len(found)} parties"
        raise Refusal(
            f"The case has {there} in the role {said}: name the party by its id.",
            rule="passage-about-a-party-of-the-case",
        )
    return found.pop()

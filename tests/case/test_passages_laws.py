"""Laws of passages: to mark words of a text changes about whom they are, and nothing else of what happens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings

from ledger.case.in_words import InWords, Passage, texts_of
from ledger.case.state import changed
from ledger.facts import Fact, SharedText
from ledger.sealing.slots import pieces
from tests.case.asking import courses, nothing_yet
from tests.deciding import Asked, History, number

BOB = number(77)


def marked(asked: Asked, name: str) -> Asked | None:
    """The same, the last word of this text being about Bob; None where it has no words."""
    words = pieces(getattr(asked.command, name) or "")
    if not words:
        return None
    passage = Passage(party=BOB, first=len(words) - 1, end=len(words), of=name)
    return replace(asked, command=asked.command.model_copy(update={"passages": (passage,)}))


def with_bob(history: History[Any]) -> History[Any]:
    """The case, in which Bob is a witness if it is there."""
    case = history.state
    state = changed(case, parties=case.parties | {(BOB, "witness")}) if case.opened else case
    return replace(history, state=state)


def told(asked: Asked, history: History[Any]) -> tuple[tuple[Fact, ...], str]:
    outcome = history.when(
        asked.command, actor=asked.actor, at=asked.at, happened_at=asked.happened_at
    )
    return tuple(each.fact for each in outcome.happened), str(outcome.refused_by)


def plain(fact: Fact) -> dict[str, Any]:
    """What a fact says, whoever its words are about."""
    said = {name: getattr(fact, name) for name in type(fact).model_fields}
    return {
        name: "".join(text for _, text in value.stretches)
        if isinstance(value, SharedText)
        else value
        for name, value in said.items()
    }


@settings(max_examples=40)
@for_all(course=courses(at_most=15))
def test_marking_a_text_of_any_command_changes_about_whom_it_is_and_nothing_else(
    course: list[Asked],
) -> None:
    history = nothing_yet()
    for asked in course:
        history = with_bob(history)
        facts, refused = told(asked, history)
        for name in texts_of(type(asked.command)):
            other = marked(asked, name)
            if other is None or not history.state.opened:
                continue
            said, why = told(other, history)
            assert (why, [*map(plain, said)]) == (refused, [*map(plain, facts)])
            text = getattr(asked.command, name)
            for fact, before in zip(said, facts, strict=True):
                if getattr(before, name, None) == text:
                    assert getattr(fact, name).stretches[-1][0] == BOB
            assert not said or any(
                isinstance(getattr(fact, name, None), SharedText) for fact in said
            )
        if not refused or refused == "None":
            history = history.asked(asked)


def test_a_command_in_words_has_a_text_or_texts_by_name() -> None:
    def below(kind: type[InWords]) -> set[type[InWords]]:
        return {each for sub in kind.__subclasses__() for each in {sub, *below(sub)}}

    assert all(texts_of(each) or each.named for each in below(InWords))

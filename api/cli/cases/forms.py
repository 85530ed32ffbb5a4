"""Forms from the command line: what an intake officer asks of whoever calls, in order, with help and why."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE, FOUND
from api.cli.ledgers import office_days, opened
from api.cli.reading.asked_at import Asked
from api.cli.showing import Column, number, say, show_json, show_table, words
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking, spoken
from api.cli.writing.given_words import GivenWords
from api.cli.writing.in_kind import answers_in_kind, typed
from api.unwelcome import harmless
from ledger.case.known.answers import Answer, not_one_of
from ledger.errors import InvalidCommand
from ledger.input.quoting import quoted
from ledger.policies_then import version_then
from ledger.policy.in_force import PolicyVersion
from ledger.policy.telling.money import amount
from projections.policies.codes import codes as codes_of
from projections.policies.forms import (
    AnswersSoFar,
    Form,
    FormChecked,
    Prompt,
    PromptStanding,
    form_checked,
    forms,
)
from projections.policies.forms import form as form_of

_LINE_AT_MOST = 64 * 1024
_ASK = "Asked one by one: `caseledger form {type} --ask | caseledger open CHANNEL --request-type {type} --answer -`."
_NEXT = "Next: {question} ({field})"
_ALL_THERE = "Nothing is missing."
_AN_AMOUNT = "Give an amount such as 1250 or 1250.00."
_TAKEN = "Taken as {amount}."
_BLANK = "An empty line leaves a question out; what is missing is asked for later."


def form(
    request_type: Annotated[
        str | None, Parameter(help="A request type of the policy; those there are if left out.")
    ] = None,
    /,
    *,
    answer: Annotated[
        Sequence[str],
        Parameter(
            name="--answer",
            negative="",
            help="NAME=VALUE, what was answered so far; repeat for each. '-' or '@FILE' alone reads such pairs, "
            "a line each.",
        ),
    ] = (),
    channel: Annotated[str | None, Parameter(help="The channel by which it comes.")] = None,
    region: Annotated[str | None, Parameter(help="The region that it is about.")] = None,
    ask: Annotated[
        bool,
        Parameter(
            negative="",
            help="Put the questions one by one on stderr; the answers are printed as `open --answer -` reads them.",
        ),
    ] = False,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows what is asked for a request type, in order, with help and why; nothing of it is recorded."""
    with speaking(language), opened() as ledger:
        days = office_days(ledger.policies())
        when = asked.instants(days, now=ledger.clock())
        version = version_then(ledger, when.then, when.at)
    with speaking(language):
        if request_type is None:
            return _list(version, asked)
        found = form_of(version, request_type, spoken())
        if found is None:
            raise InvalidCommand(not_one_of("a request type", request_type, version.policy.types))
        given = answers_in_kind(GivenWords().pairs(answer, option="--answer"), version.policy)
        so_far = AnswersSoFar(answers=given, channel=channel, region=region)
        if ask:
            return _put(found, so_far, version, at=when.at)
        checked = _checked(found, so_far, version, at=when.at) if given else None
        if asked.as_json:
            show_json(checked or found)
        else:
            _show(found, checked)
    return FOUND if checked is not None and checked.wrong else DONE


def codes(
    which: Annotated[
        str | None, Parameter(name="LIST", help="One list of them alone, such as reasons.contact.")
    ] = None,
    /,
    *,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Lists what commands name by a code: channels, regions, teams, reasons and others, each with its words."""
    with speaking(language), opened() as ledger:
        when = asked.instants(office_days(ledger.policies()), now=ledger.clock())
        found = codes_of(version_then(ledger, when.then, when.at), spoken())
        lists = dict.fromkeys(each.list for each in found.codes)
        if which is not None and which not in lists:
            raise InvalidCommand(
                f"{quoted(which)} is not a list of codes; there are {', '.join(lists)}."
            )
        shown = tuple(each for each in found.codes if which in (None, each.list))
        if asked.as_json:
            show_json(replace(found, codes=shown))
        else:
            columns = [Column("list"), Column("code"), words("name")]
            rows = [(each.list, each.code, each.name) for each in shown]
            show_table("Codes that commands name", columns, rows, empty="None are.")
    return DONE


def _list(version: PolicyVersion, asked: Asked) -> int:
    found = forms(version, spoken())
    if asked.as_json:
        show_json(found)
    else:
        columns = [Column("type"), words("name"), words("programme"), number("questions")]
        rows = [
            (each.request_type, each.name, each.programme, each.prompts) for each in found.forms
        ]
        show_table("Request types", columns, rows, empty="None are.")
    return DONE


def _checked(
    found: Form, so_far: AnswersSoFar, version: PolicyVersion, *, at: datetime
) -> FormChecked:
    checked = form_checked(version, found.request_type, so_far, at=at, language=found.language)
    assert checked is not None
    return checked


def _show(found: Form, checked: FormChecked | None) -> None:
    columns = [words("question"), Column("field"), words("answer"), words("needed")]
    rows: list[tuple[object, ...]] = [
        (each.prompt, each.field, _kind(each), _needed(each)) for each in found.prompts
    ]
    if checked is None:
        columns += [words("help"), words("why we ask")]
        rows = [(*row, each.help, each.why) for row, each in zip(rows, found.prompts, strict=True)]
    else:
        columns.append(words("so far"))
        standings = zip(rows, checked.prompts, strict=True)
        rows = [(*row, _stands(each, checked)) for row, each in standings]
    show_table(f"{found.request_type} {found.name}", columns, rows, empty="None are.")
    if checked is None:
        say(told(_ASK, type=found.request_type))
        return
    say(*(f"{each.field}: {each.detail}" for each in checked.wrong))
    question = {each.field: each.prompt for each in found.prompts}
    if checked.next is not None:
        say(told(_NEXT, question=question[checked.next], field=checked.next))
    elif not checked.wrong:
        say(told(_ALL_THERE))


def _kind(each: Prompt) -> str:
    """What an answer is: one of its choices, or of its kind."""
    if each.choices:
        return ", ".join(f"{choice.code} ({choice.label})" for choice in each.choices)
    match each.kind:
        case "yes_no":
            return told("yes or no")
        case "number":
            return told("a whole number")
        case "money" if each.currency:
            return told("an amount in {currency}, such as 1250.00", currency=each.currency)
        case "money":
            return told("an amount, such as 1250.00")
        case "date":
            return told("a date")
        case "choice" | "text" | "item":
            return told("a text")


def _needed(each: Prompt) -> str:
    match each.need:
        case "required":
            need = told("needed")
        case "one_of":
            need = told("one of {fields}", fields=", ".join(each.one_of))
        case "optional":
            need = told("may be told")
    if not each.depends_on:
        return need
    facts = ", ".join(fact.partition(".")[2] or fact for fact in each.depends_on)
    return told("{need}, depending on {facts}", need=need, facts=facts)


def _stands(each: PromptStanding, checked: FormChecked) -> str:
    if any(wrong.field == each.field for wrong in checked.wrong):
        return told("wrong")
    if each.answered:
        return told("answered")
    if each.asked is False:
        return told("not asked")
    return told("missing") if each.missing else ""


def _put(found: Form, so_far: AnswersSoFar, version: PolicyVersion, *, at: datetime) -> int:
    """Puts each question that is asked on stderr, again while its answer cannot be taken, and prints the answers."""
    given = dict(so_far.answers)
    _tell(told(_BLANK))
    with suppress(EOFError):
        for each in found.prompts:
            known = replace(so_far, answers=given)
            if each.field in given or not _is_put(each, _checked(found, known, version, at=at)):
                continue
            answer = _answered(each, found, known, version, at=at)
            if answer is not None:
                given[each.field] = answer
    fields = version.policy.fields
    lines = (f"{name}={typed(value, of=fields[name].kind)}\n" for name, value in given.items())
    sys.stdout.write("".join(lines))
    return DONE


def _is_put(each: Prompt, checked: FormChecked) -> bool:
    """Whether a question is put: it is asked by what is known, and no other answer does in its place."""
    standing = next(prompt for prompt in checked.prompts if prompt.field == each.field)
    return standing.asked is not False and (each.need != "one_of" or standing.missing)


def _answered(
    each: Prompt, found: Form, so_far: AnswersSoFar, version: PolicyVersion, *, at: datetime
) -> Answer:
    """What is answered to a question that is put; None for an empty line."""
    _tell("", f"{each.prompt} [{_kind(each)}; {_needed(each)}]", each.help, each.why)
    while said := _line():
        try:
            answer = answers_in_kind([(each.field, said)], version.policy)[each.field]
        except InvalidCommand:
            if each.kind == "money":
                _tell(told(_AN_AMOUNT))
                continue
            answer = said
        tried = replace(so_far, answers={**so_far.answers, each.field: answer})
        wrong = _checked(found, tried, version, at=at).wrong
        detail = next((other.detail for other in wrong if other.field == each.field), None)
        if detail is None:
            if each.kind == "money" and isinstance(answer, int):
                _tell(told(_TAKEN, amount=amount(answer, each.currency, spoken())))
            return answer
        _tell(detail)
    return None


def _line() -> str:
    """The next line; EOFError where nobody answers any more."""
    sys.stderr.write("> ")
    sys.stderr.flush()
    raw = sys.stdin.buffer.readline(_LINE_AT_MOST)
    if not raw:
        raise EOFError
    return GivenWords().line(raw, option="--answer")


def _tell(*sentences: str | None) -> None:
    sys.stderr.write("".join(f"{harmless(each)}\n" for each in sentences if each is not None))

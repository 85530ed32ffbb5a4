"""A command of the ledger as a command of the command line: its fields become arguments and options."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from cyclopts import Parameter
from pydantic import AwareDatetime, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import to_jsonable_python

from api.cli.as_of_checkpoint import proofs_to_give_out
from api.cli.edge import DONE
from api.cli.ledgers import caught_up, office_days, opened_with_views_at_hand
from api.cli.progress import progress_bar
from api.cli.wording.spoken import spoken
from api.cli.writing.acting import Acting
from api.cli.writing.given_words import ANOTHER_WAY, ANOTHER_WAY_FOR_PAIRS, PERSONAL, GivenWords
from api.cli.writing.in_kind import answers_in_kind, corrected_in_kind
from api.cli.writing.marks import MARKS, refuse_marks, without_marks
from api.cli.writing.recording import recorded, show_receipt
from api.cli.writing.supposing import show_supposed
from api.cli.writing.unfitting import unfitting
from api.cli.writing.ways import told_as_it_is_done_here
from api.moments import moment_of
from api.shown.supposed import can_be_supposed
from api.verbs import Around, Verb, filled, with_cases_found
from api.verbs.field_words import HELP, option_of, said_of
from ledger.commands import Command, Request
from ledger.entry import Actor, Receipt
from ledger.input.fitting import first_of
from ledger.policy.values import Language
from ledger.sealing.slots import canonical
from ledger.service import Ledger

if TYPE_CHECKING:
    from projections.views import Views


def _by_name(name: str, default: object, kind: object, said: Parameter) -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, said]
    )


def _flag(name: str, said: str) -> inspect.Parameter:
    return _by_name(name, False, bool, Parameter(help=said, negative="", show_default=False))


_PASSAGES = "passages"
_TEAM = "team"
"""Whoever acts says for which team they do: a verb that finds it there does not ask a second time, under one name."""
"""The field that marks in a text fill in."""
_UNMARKED = "unmarked"
"""Says that nothing in the text is a mark."""
_TAKEN_AS_IT_STANDS = _flag(_UNMARKED, "Take '[[' and ']]' in the text as they stand.")
_WHAT_IF = "what_if"
_SHOWN_ALONE = _flag(
    _WHAT_IF, "Show what would be recorded and how the case would then stand; record nothing."
)
_WHAT_IF_LANGUAGE = "what_if_language"
_SHOWN_ALONE_IN = _by_name(
    _WHAT_IF_LANGUAGE,
    None,
    Language | None,
    Parameter(help="The same, in English (en) or French (fr)."),
)
_SHOWN_ANYWAY = ("case_id", "party_id")
"""Ids that a receipt shows by itself."""
Shown = Callable[[Around, Command], None]
ReceiptShown = Callable[[Around, Command, Receipt], None]


def as_command(
    verb: Verb,
    *,
    before: Shown | None = None,
    after: Shown | None = None,
    beside: ReceiptShown | None = None,
) -> Callable[..., int]:
    """The function that the command line calls for a verb.

    `before` and `after` show what is to be seen then, `beside` what people see under the receipt.
    """
    signature = inspect.Signature([*_parameters(verb)])

    def ask(*given_by_place: Any, **given_by_name: Any) -> int:
        bound = signature.bind(*given_by_place, **given_by_name)
        bound.apply_defaults()
        given = dict(bound.arguments)
        acting: Acting = given.pop("acting")
        alone = spoken() if given.pop(_WHAT_IF, False) else None
        what_if: Language | None = given.pop(_WHAT_IF_LANGUAGE, None) or alone
        if verb.of_a_case:
            given["case_id"] = given.pop("ref")
        return ask_verb(
            verb, acting, given, before=before, after=after, beside=beside, what_if=what_if
        )

    ask.__dict__["__signature__"] = signature
    ask.__doc__ = verb.command.__doc__
    return ask


def ask_verb(
    verb: Verb,
    acting: Acting,
    given: Mapping[str, Any],
    *,
    names: Mapping[str, str] | None = None,
    before: Shown | None = None,
    after: Shown | None = None,
    shown: ReceiptShown | None = None,
    beside: ReceiptShown | None = None,
    what_if: Language | None = None,
) -> int:
    """Asks a verb with what was given, None for what was left out, and shows its receipt.

    `names` says what fields are called where that is not as usual; `shown` shows what else there is in
    the receipt's place. `what_if` shows, in that language, what would come of it instead, and records nothing.
    """
    acting.named()
    with told_as_it_is_done_here(), opened_with_views_at_hand() as (ledger, open_views):
        around, values = _around(verb, acting, given, ledger, open_views, names or {})
        said = _as_said(verb, acting, around.actor, values)
        if (
            said is not None
            and what_if is None
            and (receipt := ledger.first_receipt(said)) is not None
        ):
            _show(verb, acting, receipt, values)
            return DONE
        filled(verb, around, values)
        command = _built(verb, values, around.named)
        if before is not None:
            before(around, command)
        request = acting.request(command, around.actor)
        if what_if is not None:
            show_supposed(around, request, language=what_if, as_json=acting.as_json)
            return DONE
        if said is not None:
            request = replace(request, asked=said.asked)
        receipt = recorded(ledger, request, verbose=acting.verbose, by=verb.by)
        if verb.refused is not None:
            verb.refused(ledger, receipt)
        if shown is not None:
            shown(around, command, receipt)
        else:
            _show(verb, acting, receipt, values)
        if beside is not None and not acting.as_json:
            beside(around, command, receipt)
        if after is not None:
            after(around, command)
    return DONE


def _show(verb: Verb, acting: Acting, receipt: Receipt, values: Mapping[str, Any]) -> None:
    made = {} if verb.own in (None, *_SHOWN_ANYWAY) else {verb.own: values[verb.own]}
    show_receipt(receipt, as_json=acting.as_json, **made)


def _as_said(verb: Verb, acting: Acting, actor: Actor, values: Mapping[str, Any]) -> Request | None:
    """What a command id of the asker's own stands for where what was left out is found: what they said themselves.

    What is found differs the next time, as the queue that a case was pulled from; None where nothing is.
    """
    if acting.command_id is None or not (verb.found or verb.told) or verb.by is not None:
        return None
    try:
        said = canonical(to_jsonable_python(values))
    except TypeError:  # a number that no entry could hold, as its own sentence says
        return None
    return replace(acting.request(verb.command.model_construct(), actor), asked=said)


def _around(
    verb: Verb,
    acting: Acting,
    given: Mapping[str, Any],
    ledger: Ledger,
    open_views: Callable[[], Views],
    names: Mapping[str, str],
) -> tuple[Around, dict[str, Any]]:
    """What lies around a command, and what was said of it."""

    def named(field: str) -> str:
        return names.get(field) or _name_of(verb, field)

    policies = ledger.policies()
    actor = acting.actor(ledger, policies)
    values: dict[str, Any] = {}
    around = Around(
        ledger,
        open_views,
        policies,
        actor,
        values,
        named,
        lambda: caught_up(open_views(), ledger),
        partial(proofs_to_give_out, ledger),
        progress_bar,
    )
    values |= _values(verb, given, around)
    with_cases_found(ledger, values)
    if verb.own is not None:
        its_own = verb.record_id(ledger, actor, values)
        values[verb.own] = its_own or verb.own_id(ledger, acting.own_command_id())
    return around, values


def _parameters(verb: Verb) -> list[inspect.Parameter]:
    by_place: list[inspect.Parameter] = []
    by_name: list[inspect.Parameter] = []
    if verb.of_a_case:
        ref = Annotated[str, Parameter(name="REF", help="The reference of the case.")]
        by_place.append(inspect.Parameter("ref", inspect.Parameter.POSITIONAL_ONLY, annotation=ref))
    for name, asked in verb.asked_for.items():
        if name == _PASSAGES or (name == _TEAM and name in verb.found):
            continue
        (by_place if name in verb.first else by_name).append(_parameter(verb, name, asked))
    if verb.marked:
        by_name.append(_TAKEN_AS_IT_STANDS)
    if can_be_supposed(verb):
        by_name += [_SHOWN_ALONE, _SHOWN_ALONE_IN]
    by_name.append(
        inspect.Parameter(
            "acting", inspect.Parameter.KEYWORD_ONLY, default=Acting(), annotation=Acting
        )
    )
    return [*by_place, *by_name]


def _parameter(verb: Verb, name: str, asked: FieldInfo) -> inspect.Parameter:
    placed = name in verb.first
    shown = Parameter(
        name=_name_of(verb, name),
        help=f"{_help_of(verb, name, asked)} {MARKS}"
        if name in verb.marked
        else _help_of(verb, name, asked),
        negative="" if asked.default is False or not _is(asked.annotation, bool) else None,
        show_default=False,
    )
    optional = not asked.is_required() or name in verb.found
    default = inspect.Parameter.empty
    if optional:
        several = _is(asked.annotation, tuple) or _is(asked.annotation, Mapping)
        default = () if several else asked.get_default() if not asked.is_required() else None
    kind = inspect.Parameter.POSITIONAL_ONLY if placed else inspect.Parameter.KEYWORD_ONLY
    annotation = Annotated[_given_as(name, asked.annotation, optional=optional), shown]
    return inspect.Parameter(name, kind, default=default, annotation=annotation)


def _help_of(verb: Verb, name: str, asked: FieldInfo) -> str:
    said = said_of(name, verb.words, asked)
    if name not in PERSONAL:
        return said
    if _is(asked.annotation, Mapping):
        return f"{said} {ANOTHER_WAY_FOR_PAIRS}"
    is_text = _given_as(name, asked.annotation, optional=False) is str
    return f"{said} {ANOTHER_WAY}" if is_text else said  # a choice and ids are as they are given


def _name_of(verb: Verb, name: str) -> str:
    """What a field is called on the command line, as the help of its verb shows it."""
    return name.upper() if name in verb.first else option_of(name)


def _given_as(name: str, annotation: Any, *, optional: bool) -> Any:
    """The type in which the command line takes a field; as text what may stand elsewhere or it cannot tell."""
    if _is(annotation, tuple) or _is(annotation, Mapping):
        return tuple[str, ...]
    for plain in (bool, int):
        if _is(annotation, plain) and name not in PERSONAL:
            return plain | None if optional else plain
    for part in _parts(annotation):
        if get_origin(part) is Literal:
            return part | None if optional else part
    return str | None if optional else str


def _parts(annotation: Any) -> list[Any]:
    """The alternatives of a type, annotations and None apart."""
    if get_origin(annotation) is Annotated:
        return _parts(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [part for each in get_args(annotation) for part in _parts(each)]
    return [] if annotation is NoneType else [annotation]


def _is(annotation: Any, kind: Any) -> bool:
    """Whether a field takes values of this kind."""
    found = [get_origin(part) or part for part in _parts(annotation)]
    return any(isinstance(each, type) and issubclass(each, kind) for each in found)


def _values(verb: Verb, given: Mapping[str, Any], around: Around) -> dict[str, Any]:
    """The fields of the command, from what was given; what was left out keeps its default."""
    values: dict[str, Any] = {}
    words = GivenWords()
    for name, value in given.items():
        if name == _UNMARKED:
            continue
        asked, option = verb.fields[name], around.named(name)
        if value is None or (value == () and not asked.is_required()):
            continue
        if name == "answers":
            value = answers_in_kind(words.pairs(value, option=option), around.policy)
        elif _is(asked.annotation, Mapping):
            pairs = words.pairs(value, option=option)
            corrects = "corrects" in given
            value = corrected_in_kind(pairs, around, of=given) if corrects else dict(pairs)
        elif name in PERSONAL and isinstance(value, str):
            value = words.text(value, option=option)
        elif _is(asked.annotation, AwareDatetime):
            value = moment_of(value, option=option, days=office_days(around.policies))
        values[name] = value
    if not verb.marked:
        _refuse_marks(values, around)
    elif not given.get(_UNMARKED):
        _take_marks(verb, values, around)
    return values


def _take_marks(verb: Verb, values: dict[str, Any], around: Around) -> None:
    """Takes the marks out of the texts of a command, and says beside them what was marked in which."""
    passages = list[dict[str, Any]]()
    for name in verb.marked:
        if name not in values:
            continue
        option = around.named(name)
        if isinstance(values[name], str):
            values[name], found = without_marks(values[name], option=option)
            passages += ({**passage, "of": name} for passage in found)
            continue
        for each, said in values[name].items():
            if isinstance(said, str):
                values[name][each], found = without_marks(said, option=f"{option} {each}")
                passages += ({**passage, "of": each} for passage in found)
    values[_PASSAGES] = passages


def _refuse_marks(values: Mapping[str, Any], around: Around) -> None:
    """Refuses marks in what takes none, where they would be recorded as they stand."""
    for name in PERSONAL & values.keys():
        option, value = around.named(name), values[name]
        texts = {option: value}
        if isinstance(value, Mapping):
            named: Mapping[str, Any] = value
            texts = {f"{option} {each}": said for each, said in named.items()}
        for where, said in texts.items():
            if isinstance(said, str):
                refuse_marks(said, option=where)


def _built(verb: Verb, values: Mapping[str, Any], named: Callable[[str], str]) -> Command:
    try:
        return verb.built(values)
    except ValidationError as error:
        name = first_of(error)[0].partition(".")[0]
        meant = HELP.get(name, "").partition(". ")[0].rstrip(".")
        raise unfitting(error, named(name), meant=meant) from error

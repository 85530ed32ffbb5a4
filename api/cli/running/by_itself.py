"""What runs by itself: the watch, in one pass or a loop, and the benchmarks."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import Annotated, NoReturn

from cyclopts import Parameter

from api.cli.edge import DONE, FOUND
from api.cli.ledgers import office_days, opened_with_views, warn_of_a_clock_set_back
from api.cli.showing import say, show_json, warn
from api.cli.stopping import interrupts_between_passes
from api.cli.wording.as_refused import as_spoken
from api.cli.wording.in_french import numbered, told
from api.environment import from_environment
from api.machines import machine
from api.outbox import deliver_owed
from api.outbox.alert import OutboxFolder
from api.watch import PARTS, WatchReport, goes_on, watch_once
from api.webhooks.settings import WebhookSettings
from api.witnesses.asking import ask_witnesses
from ledger.errors import InvalidCommand, LedgerUnavailable
from ledger.evidence.signing.checkpoints import make_checkpoint
from ledger.evidence.signing.notes import Checkpoint
from ledger.evidence.signing.signer import FOLDER, Signer
from ledger.evidence.signing.signing_state import signing_of
from ledger.evidence.trees.trees import Trees
from ledger.service import Ledger
from ledger.settings import Settings
from ledger.store import refuse_unwritable, turn_at
from projections.views import Views

_TRIES_AGAIN_SECONDS = 5
AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]


def watch(
    *,
    loop: Annotated[bool, Parameter(name="--loop", negative="")] = False,
    every: Annotated[int, Parameter(name="--every")] = 60,
    as_json: AsJson = False,
) -> int:
    """Records what time has brought, once, and delivers the alerts that are owed to the outbox.

    Parameters
    ----------
    loop
        Pass again and again until stopped. Of several on a ledger one passes, the others stand by and take over.
    every
        How many seconds lie between two passes.
    """
    if every < 1:
        raise InvalidCommand("--every must be at least 1 second.")
    if loop:
        with interrupts_between_passes() as rest:
            _watch_in_turn(rest, every=every, as_json=as_json)
    with opened_with_views() as (ledger, views):
        refuse_unwritable(ledger.store)
        _warn_before_passing(ledger)
        report = _pass(ledger, views, go_on=goes_on, as_json=as_json)
    return FOUND if report.refused else DONE


_TIME_STANDS = (
    "The last entry was recorded at {there}, and here it is {here}: a watch goes by the clock here, so nothing comes "
    "due until it has caught up; set this machine's clock."
)


def _watch_in_turn(rest: Callable[[float], None], *, every: int, as_json: bool) -> NoReturn:
    """Pass after pass for as long as this process has the turn; what cannot be reached for a while ends nothing."""
    turn, said, reached = turn_at(Settings().location, "watcher"), "", False

    def stand_by() -> None:
        nonlocal reached
        reached = True
        warn("Another process watches: this one stands by.")

    while True:
        try:
            with turn:
                turn.wait(rest, standing_by=stand_by)
                with opened_with_views() as (ledger, views):
                    reached = True
                    _warn_before_passing(ledger)
                    while True:
                        _pass(ledger, views, go_on=turn.refuse_lost, as_json=as_json)
                        said = ""
                        rest(every)
        except LedgerUnavailable as error:
            if not reached:
                raise
            if str(error) != said:
                said = str(error)
                warn("{why} The watch goes on once it can.", why=as_spoken(said))
            rest(min(every, _TRIES_AGAIN_SECONDS))


def _warn_before_passing(ledger: Ledger) -> None:
    """Says on stderr what a watch here cannot do: nothing else tells of it, for each pass is done as ever."""
    warn_of_a_clock_set_back(ledger, office_days(ledger.policies()), said=_TIME_STANDS)
    signer = Settings().master_key_file.parent / FOLDER
    if not signer.is_dir() and signing_of(ledger.store).in_force("checkpoint"):
        warn(
            "The signer is not here, so this watch signs nothing: put its folder back at {place}, unless another "
            "machine signs.",
            place=signer,
        )


def _pass(ledger: Ledger, views: Views, *, go_on: Callable[[], None], as_json: bool) -> WatchReport:
    ledger.vault.look()  # what another process erased since is held no longer, also where nothing is recorded
    report = watch_once(ledger, views, go_on=go_on)
    for refused in report.refused:
        warn(
            "Not recorded, though its time has come; a person must see to it. {why}",
            why=_refused(refused),
        )
    go_on()
    deliveries = deliver_owed(ledger, views, OutboxFolder(Settings().home / "outbox"))
    go_on()
    signed = _signed(ledger)
    if as_json:
        shown = {"watch": report.as_json(), "outbox": deliveries.as_json()}
        show_json(shown if signed is None else {**shown, "checkpoint": signed})
        return report
    sent = len(deliveries.cases) + len(deliveries.office)
    say(
        told("Recorded: {what}.", what=f"{_recorded(report)}{_to_nothing(report)}"),
        told(
            "Outbox: {alerts}, {held} held until the office opens. Up to date as of entry {position}.",
            alerts=numbered(sent, "{count} alert delivered", "{count} alerts delivered"),
            held=deliveries.held,
            position=deliveries.position,
        ),
    )
    if signed is not None:
        said = "Checkpoint: {entries}, as before{cosigned}."
        if signed["fresh"]:
            said = "Checkpoint: {entries}, signed now{cosigned}."
        entries = numbered(signed["size"], "{count} entry", "{count} entries")
        say(told(said, entries=entries, cosigned=_cosigned(signed["cosignatures"])))
    return report


def _refused(said: str) -> str:
    """What the watch was refused: a stream, and the sentence that says why."""
    stream, parted, why = said.partition(": ")
    return f"{stream}{parted}{as_spoken(why)}"


def _to_nothing(report: WatchReport) -> str:
    """How much of what was asked of the ledger it did not record, which had been before or is not called for."""
    if not report.already:
        return ""
    return told(
        "; {count} more came to nothing: recorded before, or not called for", count=report.already
    )


def _signed(ledger: Ledger) -> dict[str, int] | None:
    """A checkpoint where anything changed, if this machine signs: its first one is asked for by a person.

    Witnesses that have an address are asked to cosign it.
    """
    settings = Settings()
    signer = Signer.beside(settings.master_key_file)
    if not signer.is_here:
        return None
    with Trees.open(settings.location, ledger.store) as trees:
        found = make_checkpoint(ledger, trees, signer, actor=machine("signer"))
        for each in ask_witnesses(ledger, trees, signer, from_environment(WebhookSettings)):
            if each.failed is not None:
                warn(
                    "The witness {witness} has not cosigned: {why}.",
                    witness=each.witness,
                    why=as_spoken(each.failed),
                )
    kept = ledger.store.newest_checkpoint()
    return {
        "size": Checkpoint.read(found.note.text).size,
        "fresh": found.fresh,
        "cosignatures": kept.cosignatures if kept else 0,
    }


def _cosigned(count: int) -> str:
    if not count:
        return ""
    return numbered(count, ", cosigned by {count} witness", ", cosigned by {count} witnesses")


def _recorded(report: WatchReport) -> str:
    found = [
        f"{count} {told(part.one if count == 1 else part.several)}"
        for part in PARTS
        if (count := report.counts[part.name])
    ]
    return ", ".join(found) or told("nothing new")


def bench(
    *arguments: Annotated[
        str,
        Parameter(
            allow_leading_hyphen=True, help="What is measured: `bench -- --help` lists the options."
        ),
    ],
) -> int:
    """Measures against the budgets; takes the options of `python -m tests.benchmarks`."""
    if find_spec("tests") is None or find_spec("tests.benchmarks") is None:
        raise InvalidCommand(
            "The benchmarks come with the source, not with the program: run it from a checkout."
        )
    sys.argv = ["caseledger bench", *arguments]
    runpy.run_module("tests.benchmarks", run_name="__main__")
    return DONE

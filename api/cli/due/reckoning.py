"""When is it due, and why: a date reckoned without a case, from a clock's code and what happened when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from api.cli.due.law import law_at_hand
from api.cli.due.shown import show_due
from api.cli.due.typed import option_of, prolonged, waited
from api.cli.due.typed import reopened as as_reopened
from api.cli.edge import DONE
from api.cli.showing import show_json
from api.cli.wording.in_french import Spoken
from api.due.answer import due_reckoned
from api.due.asked import Happenings, found
from api.due.law import counted_by

Times = tuple[str, ...]


def due(
    clock: Annotated[str, Parameter(name="CLOCK")],
    /,
    *,
    received: str | None = None,
    reached_office: str | None = None,
    complete: str | None = None,
    event: str | None = None,
    wait: Times = (),
    notice: Times = (),
    extend: Times = (),
    reset: Times = (),
    reopened: Times = (),
    stopped: str | None = None,
    at: str | None = None,
    policy: str | None = None,
    calendar: str | None = None,
    language: Spoken = "en",
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Reckons when a clock is due, from what happened when, and lays out why, day by day.

    A date is enough where the clock counts days; a time always needs its offset from UTC.

    Parameters
    ----------
    clock
        The code of a clock, such as UK-FOIA, or of a pack, such as FOI-NS.
    received
        When the request reached the body.
    reached_office
        When it reached the right office of the same body, if later.
    complete
        When it was complete, if later.
    event
        When the act was done, or the date, that starts a clock which starts on an event.
    wait
        REASON:FROM..TO, a wait such as fee:2027-02-08..2027-02-24; without TO it lasts still. Repeat for each.
    notice
        When the notice of an extension was given; one for each --extend, in order.
    extend
        [AUTHORITY:]AMOUNT[@NOTICE], such as head:30@2027-03-10, in the clock's own unit. Repeat for each.
    reset
        When the answer came with which the clock began anew. Repeat for each.
    reopened
        STOPPED..REOPENED[=continue|resume|restart], if it had stopped and was opened again. Repeat for each.
    stopped
        When the act was done that stops it.
    at
        How it stood then; now if left out.
    policy
        A policy file, a pack file, or `published`; if left out, what is published if it knows the clock, else a pack.
    calendar
        Another calendar to count by.
    as_json
        Answer as JSON, with every day and the certificate.
    """
    law = counted_by(law_at_hand(clock, policy), calendar)
    said = Happenings(
        received,
        reached_office,
        complete,
        event,
        tuple(map(waited, wait)),
        prolonged(extend, notice),
        reset,
        tuple(map(as_reopened, reopened)),
        stopped,
        at,
        option_of,
    )
    answer = found(law, clock, said, now=datetime.now(UTC))
    if as_json:
        show_json(due_reckoned(answer))
    else:
        show_due(answer, language)
    return DONE

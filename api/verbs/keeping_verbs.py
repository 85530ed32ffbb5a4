"""The verbs of keeping: holds that stack, and erasures and disposals that a second person approves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic.fields import FieldInfo

from api.channels.archives import for_archives
from api.verbs.disposing import due_for_disposal, items_of, proposed_already
from api.verbs.verb import Around, Verb
from ledger.errors import UnlawfulTransition
from ledger.keeping import place_hold, release_hold
from ledger.personal.erasing import (
    beginning_of,
    carry_out,
    erasure_of,
    refuse_held,
    touched,
    touched_by,
)
from ledger.registers.keeping.erasures import (
    ApproveErasure,
    BeginErasure,
    ProposeErasure,
    RecordArchivesReceived,
)
from ledger.registers.keeping.holds import PlaceHold, ReleaseHold

_BEGINNING = frozenset(BeginErasure.model_fields) - {"erasure_id"}
_DISPOSING = frozenset({"authority", "party", "cases", "disposal", "instrument", "touched"})


def _nothing(_around: Around) -> None:
    return None


def _no_disposal(_around: Around) -> tuple[()]:
    return ()


def _touched(around: Around) -> tuple[UUID, ...]:
    party = around.given.get("party")
    return touched(
        around.ledger,
        party=None if party is None else UUID(str(party)),
        cases=around.given.get("cases", ()),
    )


def _touched_by_it(around: Around) -> tuple[UUID, ...]:
    return touched_by(around.ledger, UUID(str(around.given["erasure_id"])))


def _beginning(around: Around) -> Mapping[str, Any]:
    begins = beginning_of(around.ledger, UUID(str(around.given["erasure_id"])))
    return begins.model_dump(include={*_BEGINNING})


def _disposing(around: Around) -> Mapping[str, Any]:
    """What is due today, of the cases that are named or of all; whoever asks opens births only if they say so."""
    around.catch_up()
    reader = around.actor if around.given.get("open_births") else None
    found = due_for_disposal(around.ledger, around.views, reader=reader, progress=around.progress)
    items = items_of(
        found,
        only=around.given.get("only", ()),
        sample=around.given.get("to_archives", ()),
        proposed=proposed_already(around.ledger, but=around.given.get("erasure_id")),
    )
    reached = touched(around.ledger, cases=(each.case_id for each in items))
    rest: dict[str, Any] = dict.fromkeys(_DISPOSING)
    return rest | {
        "authority": "schedule", "cases": (), "disposal": items, "touched": reached
    }  # fmt: skip


def _archived(around: Around) -> Mapping[str, Any]:
    """What the archives get, made again; refused where that is not what they were given."""
    erasure = erasure_of(around.ledger, UUID(str(around.given["erasure_id"])))
    part = for_archives(around.ledger, erasure, actor=around.actor)
    if part.digest != around.given["digest"].lower():
        raise UnlawfulTransition(
            "What the archives get is not what has this SHA-256, since something was recorded on a case or "
            "another file was meant: download it again, and give them that.",
            rule="archived-as-it-stands",
        )
    return {"cases": part.cases, "size_bytes": len(part.raw), "digest": part.digest}


KEEPING_VERBS = {
    "hold-place": Verb(PlaceHold, own="hold_id", told={"inquiry": _nothing}, by=place_hold),
    "hold-release": Verb(ReleaseHold, first=("hold_id",), by=release_hold),
    "erasure-propose": Verb(
        ProposeErasure,
        own="erasure_id",
        told={"disposal": _no_disposal, "touched": _touched},
        words={"authority": "On what authority: what the case or the person is erased for."},
        refused=refuse_held,
    ),
    "erasure-dispose": Verb(
        ProposeErasure,
        own="erasure_id",
        together=(_DISPOSING, _disposing),
        more={
            "only": FieldInfo(annotation=tuple[UUID, ...], default=()),
            "to_archives": FieldInfo(annotation=tuple[UUID, ...], default=()),
            "open_births": FieldInfo(annotation=bool, default=False),
        },
        refused=refuse_held,
    ),
    "erasure-approve": Verb(
        ApproveErasure,
        first=("erasure_id",),
        told={"touched": _touched_by_it},
        refused=refuse_held,
    ),
    "erasure-transfer": Verb(
        RecordArchivesReceived,
        first=("erasure_id",),
        together=(frozenset({"cases", "size_bytes"}), _archived),
        words={
            "digest": "The SHA-256 of what they were given, which the download has as its ETag."
        },
    ),
    "erasure-carry-out": Verb(
        BeginErasure,
        first=("erasure_id",),
        together=(_BEGINNING, _beginning),
        by=carry_out,
        refused=refuse_held,
    ),
}
"""Each verb of keeping with its command."""

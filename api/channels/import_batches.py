"""Batches of an import: begun and finished by entries that name the file, the mapping, and what came of every row."""

from __future__ import annotations

from collections.abc import Mapping as Named
from hashlib import sha256

import orjson

from api.channels.event_log import Survey
from api.channels.import_report import ImportReport
from api.channels.mapping import Mapping
from api.channels.request_mapping import RequestMapping
from ledger.entry import Actor
from ledger.errors import IntegrityFailure
from ledger.registers.integrations.imports import BeginImport, FinishImport
from ledger.service import Ledger
from ledger.times import EPOCH


def begun(
    ledger: Ledger,
    survey: Survey,
    mapping: Mapping | RequestMapping,
    *,
    names: Named[str, str],
    actor: Actor,
) -> ImportReport:
    """The report of an import that is begun, or goes on where it stopped: its id comes from file and mapping."""
    source, digest = mapping.log.name, digest_of_mapping(mapping)
    batch = ledger.derived_id(EPOCH, "import-batch", source, survey.digest, digest)
    begin = BeginImport(
        batch=batch,
        source=source,
        mapping=source,
        mapping_digest=digest,
        format=survey.form,
        file_digest=survey.digest,
        names=names,
    )
    ledger.handle(begin, actor=actor)
    return ImportReport(batch, source, survey, digest)


def finished(ledger: Ledger, report: ImportReport, file: str, *, actor: Actor) -> ImportReport:
    """The report, which is recorded; IntegrityFailure where the numbers do not add up to the file's."""
    if not report.adds_up:
        raise IntegrityFailure(
            f"{file} changed while it was read, and its rows do not add up: "
            "import it again once it is at rest; what is recorded is not recorded twice."
        )
    finish = FinishImport(batch=report.batch, report=report.figures(), set_aside=report.reasons())
    ledger.handle(finish, actor=actor)
    return report


def digest_of_mapping(mapping: Mapping | RequestMapping) -> str:
    """The SHA-256 of what a mapping says, whatever its comments and order."""
    told = mapping.model_dump(mode="json")
    if mapping.csv.encoding == "utf-8":  # as before an encoding could be said
        del told["csv"]["encoding"]
    named = told["request" if isinstance(mapping, RequestMapping) else "case"]
    if not named["ids"]:  # as before several ids could be
        del named["ids"]
    said = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
    return sha256(said).hexdigest()

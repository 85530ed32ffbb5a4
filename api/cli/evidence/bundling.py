"""A whole case written out from the command line as a bundle that proves itself."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from api.cli.as_of_checkpoint import proofs_to_give_out
from api.cli.edge import DONE
from api.cli.ledgers import opened
from api.cli.reading.about_case import Opening
from api.cli.showing import say, show_json
from api.cli.wording.in_french import numbered, told
from api.cli.writing.acting import reader_of
from api.cli.writing.given_words import GivenWords
from api.new_files import give_name, new_file, refuse_taken
from api.verbs.case_bundles import LANGUAGES, CaseBundle, CaseGivenOut, give_case_out
from api.verifier import verify_bundle as verdict_on
from ledger.errors import InvalidCommand
from ledger.ids import case_stream
from ledger.policy.values import Language
from projections.releases.streams import Reader


def bundle(
    ref: Annotated[str, Parameter(name="REF", help="The reference of the case.")],
    /,
    *,
    out: Annotated[Path, Parameter(name="--out")],
    opening: Opening = Opening(),
    audience: Annotated[str, Parameter(name="--audience")] = "auditor",
    recipient: Annotated[str | None, Parameter(name="--recipient")] = None,
    since: Annotated[Path | None, Parameter(name="--since")] = None,
    language: Annotated[tuple[Language, ...], Parameter(name="--language")] = LANGUAGES,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Writes a case out whole, as of a signed checkpoint, and records it; every entry that it covers is proved.

    The file has its name only once it is recorded. The purpose stands in the bundle; personal values are
    withheld unless they are opened.

    Parameters
    ----------
    out
        A new zip file.
    audience
        For whom: auditor, ombudsman, ...
    recipient
        Whoever receives it, to be named inside; '-' reads it from standard input, '@FILE' from a file.
    since
        An earlier bundle: this one proves that nothing of the log was rewritten since.
    language
        English (en) or French (fr); both if left out. Repeatable.
    as_json
        Answer as JSON.
    """
    given = GivenWords()
    named = None if recipient is None else given.text(recipient, option="--recipient")
    earlier = None if since is None else _size_of(since)
    refuse_taken(out)
    with opened() as ledger:
        case_id = ledger.find_case(ref)
        actor, purpose = reader_of(opening.member, opening.purpose, ledger)
        reading = opening.reading(case_stream(case_id), purpose=purpose)
        asked = CaseBundle(
            case_id=case_id,
            opened=opening.opened,
            audience=audience,
            recipient=named,
            since=earlier,
            languages=language,
        )
        reader = Reader(actor, purpose, reading.purpose_code, reading.inquiry)
        with proofs_to_give_out(ledger) as proofs, unnamed(out) as part:

            def keep(made: Iterable[bytes]) -> Path:
                write_bundle(made, part)
                return part

            found = give_case_out(ledger, asked, reader=reader, proofs=proofs, keep=keep)
    _show(out, found, as_json=as_json)
    return DONE


def _show(out: Path, found: CaseGivenOut, *, as_json: bool) -> None:
    """Tells what was written, how it was verified, and where that it was given out is on record."""
    verdict, stream, later = found.verdict, found.receipt.stream, found.later
    if as_json:
        show_json(
            {
                "file": str(out),
                "verdict": verdict.word,
                "sha256": verdict.file,
                "stream": stream,
                "counted": verdict.counted,
                "recorded_later": later,
            }
        )
        return
    say(
        told(
            "{out}: {shown}, {withheld}; verified: {verdict}.",
            out=out,
            shown=numbered(verdict.counted.shown, "{count} entry shown", "{count} entries shown"),
            withheld=numbered(
                verdict.counted.slots_withheld, "{count} value withheld", "{count} values withheld"
            ),
            verdict=told(verdict.word),
        ),
        told(
            "SHA-256 of the file, to be told to whoever receives it: {digest}", digest=verdict.file
        ),
        told("That it was given out is recorded as {stream}.", stream=stream),
    )
    if later:
        say(
            told(
                "Not in it: {entries} of the case, recorded after the checkpoint that it cites.",
                entries=numbered(later, "{count} entry", "{count} entries"),
            )
        )


def _size_of(earlier: Path) -> int:
    """The size of the checkpoint of an earlier bundle; InvalidCommand if it is none."""
    found = verdict_on(earlier)
    if found.checkpoint is None:
        why = "" if found.failure is None else found.failure.sentence.rstrip(".").lower()
        raise InvalidCommand(
            f"{earlier} is no bundle to go on from ({why}): give one that verifies."
        )
    return found.checkpoint.size


@contextmanager
def unnamed(out: Path) -> Generator[Path]:
    """Where a file is made that gets its name after the block; nothing is left of a block that fails."""
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        yield part
        give_name(part, out)
    finally:
        part.unlink(missing_ok=True)


def write_bundle(made: Iterable[bytes], out: Path) -> None:
    """Writes a bundle into a new file."""
    with new_file(out) as file:
        file.writelines(made)

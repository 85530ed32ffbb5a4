"""After a release from the command line: delivered, published, and the withholding index that it carries."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from typing import Annotated, cast
from uuid import UUID

from cyclopts import Parameter

from api.cli.disclosures.asking import Desk, Id, desk, own_id_of
from api.cli.disclosures.documents import item_meant
from api.cli.edge import DONE
from api.cli.reading.asked_at import AskedThen
from api.cli.showing import Column, named, number, say, show_json, show_table, words
from api.cli.wording.coded import coded
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking
from api.cli.writing.acting import Acting
from api.spreadsheets import as_text
from api.verbs.disclosures.asked_of import entries_then
from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.registers.disclosures.delivering import DeliveryFailure, DeliveryMethod
from projections.disclosures.dossier import as_authorised, dossier
from projections.disclosures.index import WithholdingIndex, withholding_index
from projections.disclosures.index_lines import IndexAudience


def abandon(id_: Id, reason: str, /, *, acting: Acting = Acting()) -> int:
    """Says that a release that was authorised is not made after all.

    Parameters
    ----------
    reason
        Why.
    """
    with desk(id_, acting) as at:
        return at.show(at.ask("abandon", reason=at.text(reason, "REASON")))


def heads_up(
    id_: Id,
    office: str,
    /,
    *,
    told: str,
    items: Annotated[tuple[str, ...], Parameter(name="--item", negative="")] = (),
    number_: Annotated[int | None, Parameter(name="--release")] = None,
    words: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Records that an office was told ahead what is to be released; it must not name the applicant.

    No clock of the request stops or starts by it, and nothing that was approved is approved anew.

    Parameters
    ----------
    office
        The office, such as "The Minister's office". Kept for ever in clear: name nobody.
    told
        Who there was told, by a code such as chief-of-staff.
    items
        A document that they were shown, by number; repeat for each.
    number_
        The number of the release that they were shown.
    words
        What they were told; '-' or '@FILE' reads it.
    """
    with desk(id_, acting) as at:
        done = at.ask(
            "heads-up",
            office=office,
            told=told,
            items=tuple(item_meant(at, each) for each in items),
            release_id=_numbered(at, number_),
            words=at.text(words, "--words"),
        )
        return at.show(done, heads_up_id=own_id_of(done, "heads_up_id"))


def deliver(
    id_: Id,
    method: DeliveryMethod,
    /,
    *,
    acting: Acting = Acting(),
) -> int:
    """Records that the last release reached whom it was for; on the case access was then given.

    Parameters
    ----------
    method
        How.
    """
    with desk(id_, acting) as at:
        return at.show(at.ask("deliver", method=method))


def undelivered(
    id_: Id,
    failure: DeliveryFailure,
    /,
    *,
    words: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Records that the last release did not reach whom it was for; the case is brought before its leader.

    Parameters
    ----------
    failure
        What happened.
    words
        What is to be said of it.
    """
    with desk(id_, acting) as at:
        return at.show(at.ask("undelivered", failure=failure, words=at.text(words, "--words")))


def publish(
    id_: Id,
    decided: Annotated[str, Parameter(name="YES_OR_NO")],
    reason: str,
    /,
    *,
    acting: Acting = Acting(),
) -> int:
    """Decides whether the answer is published; what is, is a disclosure of its own, to everybody.

    Parameters
    ----------
    decided
        yes or no.
    reason
        Why.
    """
    if decided not in ("yes", "no"):
        raise InvalidCommand(f"'{decided}' is neither yes nor no: say whether it is published.")
    with desk(id_, acting) as at:
        return at.show(
            at.ask("publish", publish=decided == "yes", reason=at.text(reason, "REASON"))
        )


def index(
    id_: Id,
    /,
    *,
    audience: IndexAudience = "notice",
    number_: Annotated[int | None, Parameter(name="--release")] = None,
    language: Spoken = "en",
    as_csv: Annotated[bool, Parameter(name="--csv", negative="")] = False,
    purpose: str | None = None,
    acting: Acting = Acting(),
    asked: AskedThen = AskedThen(),
) -> int:
    """Shows the withholding index: the codes at their sites, the applicant's schedule, or the regulator's version.

    Parameters
    ----------
    audience
        For whom; all but the codes alone need --purpose, since they are read from what is sealed.
    number_
        That of a release, as it was issued then; what stands now if left out.
    as_csv
        Answer as CSV.
    purpose
        What it is read for; '-' or '@FILE' reads it.
    """
    with speaking(language), desk(id_, acting, asked) as at:
        if audience == "notice":
            entries = entries_then(at.ledger, at.disclosure_id, at.then)
        elif purpose is None:
            raise InvalidCommand(
                "The reasons are sealed: give --purpose, and who reads them with --as."
            )
        else:
            said = cast("str", at.text(purpose, "--purpose"))
            entries = at.own_entries(purpose=said)
        release_id = _numbered(at, number_)
        known = as_authorised(entries, release_id) if release_id else dossier(entries)
        found = withholding_index(
            known,
            at.around.policies,
            disclosure_id=at.disclosure_id,
            audience=audience,
            release_id=release_id,
            language=language,
        )
        if as_csv:
            sys.stdout.write(as_rows(found))
        elif acting.as_json:
            show_json(found)
        else:
            _show(found)
    return DONE


def _numbered(at: Desk, number_: int | None) -> UUID | None:
    if number_ is None:
        return None
    for key, each in at.state.releases.items():
        if each.number == number_:
            return key
    raise UnlawfulTransition(
        f"No release {number_} of this disclosure was made: it has {len(at.state.releases)}.",
        rule="of-a-release",
    )


def as_rows(found: WithholdingIndex) -> str:
    """An index as CSV: its columns, then a line each; what a spreadsheet would take for a formula is text."""
    said = io.StringIO()
    writer = csv.DictWriter(said, found.columns, lineterminator="\n")
    writer.writeheader()
    for line in found.lines:
        writer.writerow({n: as_text(v) if isinstance(v, str) else v for n, v in line.items()})
    return said.getvalue()


_SHOWN = (
    "stream",
    "entry",
    "slot",
    "words",
    "item",
    "pages",
    "exemption",
    "disposition",
    "interest",
)


def _show(found: WithholdingIndex) -> None:
    names: Sequence[str] = [
        name
        for name in _SHOWN
        if name in found.columns and any(each[name] is not None for each in found.lines)
    ]
    show_table(
        told(
            "Withheld, version {version}, for: {audience}",
            version=found.version,
            audience=told(found.audience),
        ),
        [number("line"), *(Column(each) if each == "exemption" else words(each) for each in names)],
        [(each["line"], *(_cell(name, each[name]) for name in names)) for each in found.lines],
        empty="Nothing is withheld.",
    )
    sums = found.sums
    of_texts = [each for each in found.lines if each["what"] == "words"]
    say(
        told(
            "Documents: {items}; pages: {pages} ({full} whole, {part} in part, {withheld} not given); duplicates: "
            "{duplicates}. Of the ledger, entries: {entries}, whole values: {slots}, words of other texts: {words}.",
            items=sums.items,
            pages=sums.pages,
            full=sums.pages_full,
            part=sums.pages_part,
            withheld=sums.pages_withheld,
            duplicates=sums.duplicates,
            entries=_lines(found, "entry"),
            slots=_lines(found, "slot"),
            words=sum(cast("int", each["words_withheld"]) for each in of_texts),
        ),
        found.statement,
    )


def _lines(found: WithholdingIndex, what: str) -> int:
    return sum(each["what"] == what for each in found.lines)


def _cell(name: str, value: object) -> object:
    """A case as a reference, what became of a document in words, anything else as the index has it."""
    if name == "stream" and value is not None:
        return named(str(value))
    return coded(name, str(value)) if name == "disposition" and value is not None else value

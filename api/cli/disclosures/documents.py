"""Documents of a disclosure from the command line: listed by digest, found to be versions, and decided page by page."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from api.cli.disclosures.asking import Desk, Id, Why, built, desk, own_id_of
from api.cli.writing.acting import Acting
from api.moments import date_of
from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.input.quoting import counted
from ledger.policy.document.disclosing import Audience
from ledger.registers.disclosures.dispositions import Disposition, Redaction, Shown
from ledger.registers.disclosures.items import Privilege

_CUT = re.compile(
    r"^(\d+)(?:-(\d+))?(?:@(\d+),(\d+),(\d+),(\d+))?:([A-Za-z0-9_.-]+(?:\+[A-Za-z0-9_.-]+)*)$"
)
_COLUMNS = ("page", "box", "exemption")
MAX_SCHEDULE_BYTES = 4 * 1024 * 1024


def item(
    id_: Id,
    description: str,
    /,
    *,
    digest: str,
    pages: int,
    media_type: str,
    custodian: str,
    dated_on: str | None = None,
    privilege: Privilege | None = None,
    title: str | None = None,
    author: str | None = None,
    recipients: str | None = None,
    source: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Lists a document that lies outside the ledger; the same bytes listed again point to the first, and count.

    Parameters
    ----------
    description
        A neutral description, which stands in the index where the title may not; '-' or '@FILE' reads it.
    digest
        Its SHA-256, in hex.
    pages
        How many pages it has.
    media_type
        Its media type, such as application/pdf.
    custodian
        Who keeps it, by a code: a team's, a member's, a system's.
    dated_on
        Its date, as 2026-03-02.
    privilege
        The kind of privilege that it is under, if one.
    title
        Its title.
    author
        Who wrote it.
    recipients
        To whom.
    source
        The system that it comes from.
    """
    with desk(id_, acting) as at:
        done = at.ask(
            "item",
            digest=digest,
            pages=pages,
            media_type=media_type,
            custodian=custodian,
            dated_on=date_of(dated_on, option="--dated-on") if dated_on else None,
            privilege=privilege,
            title=at.text(title, "--title"),
            description=at.text(description, "DESCRIPTION"),
            author=at.text(author, "--author"),
            recipients=at.text(recipients, "--recipients"),
            source=at.text(source, "--source"),
        )
        return at.show(done, item_id=own_id_of(done, "item_id"))


Number = Annotated[
    str, Parameter(name="ITEM", help="The document: its number in the list, or its id.")
]


def item_meant(at: Desk, said: str) -> object:
    """The document of this number or id."""
    if not said.isdecimal():
        return said
    if not 1 <= int(said) <= len(at.state.items):
        raise UnlawfulTransition(
            f"No document {said} is listed in this disclosure: it has {len(at.state.items)}.",
            rule="of-a-listed-item",
        )
    return list(at.state.items)[int(said) - 1]


def duplicate(
    id_: Id, number: Number, lead: Annotated[str, Parameter(name="LEAD")], reason: str, /, *,
    acting: Acting = Acting(),
) -> int:  # fmt: skip
    """Says that a document is a version of another, which leads; what becomes of it is decided there.

    Parameters
    ----------
    lead
        The document that leads.
    reason
        Why.
    """
    with desk(id_, acting) as at:
        return at.show(
            at.ask(
                "duplicate",
                item_id=item_meant(at, number),
                lead=item_meant(at, lead),
                reason=at.text(reason, "REASON"),
            )
        )


def dispose(
    id_: Id,
    number: Number,
    disposition: Annotated[Disposition, Parameter(name="DISPOSITION", help="What becomes of it.")],
    /,
    *,
    cuts: Annotated[
        tuple[str, ...],
        Parameter(
            name="--redact",
            negative="",
            help="PAGES:EXEMPTION, such as 3-4:NS-20, or 3@LEFT,TOP,RIGHT,BOTTOM:NS-20 in thousandths of "
            "the page; repeat for each.",
        ),
    ] = (),
    schedule: Path | None = None,
    why: Annotated[Why, Parameter(name="*")] = Why(),
    title_shown: Shown = "shown",
    author_shown: Shown = "shown",
    recipients_shown: Shown = "shown",
    publish_on: str | None = None,
    referred_to: str | None = None,
    where_public: str | None = None,
    reason: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Decides what becomes of a document.

    Parameters
    ----------
    schedule
        A CSV file of the redaction tool with the columns page, box and exemption.
    title_shown
        How the title stands in the index.
    author_shown
        How the author does.
    recipients_shown
        How the recipients do.
    publish_on
        The date on which it is to be published.
    referred_to
        The body that answers for it.
    where_public
        Where it can be had already.
    reason
        Why.
    """
    with desk(id_, acting) as at:
        redactions = (*map(_cut, cuts), *(_scheduled(schedule) if schedule else ()))
        done = at.ask(
            "dispose",
            item_id=item_meant(at, number),
            disposition=disposition,
            redactions=redactions,
            reasons=_reasons(at, why, redactions),
            title_shown=title_shown,
            author_shown=author_shown,
            recipients_shown=recipients_shown,
            publish_on=date_of(publish_on, option="--publish-on") if publish_on else None,
            referred_to=at.text(referred_to, "--referred-to"),
            where_public=at.text(where_public, "--where-public"),
            reason=at.text(reason, "--reason"),
        )
        return at.show(done)


def _reasons(at: Desk, why: Why, redactions: Sequence[Redaction]) -> object:
    """The reasons that were given, for the exemptions that the pages name if no other is."""
    if why.under or why == Why() or not redactions:
        return why.reasons(at)
    cited = tuple(dict.fromkeys(code for each in redactions for code in each.exemptions))
    said = {name: getattr(why, name) for name in Why.__dataclass_fields__}
    return Why(**{**said, "under": cited}).reasons(at)


def _cut(said: str) -> Redaction:
    found = _CUT.match(said)
    if found is None:
        raise InvalidCommand(
            f"'{said}' is nothing to cut: write PAGES:EXEMPTION such as 3-4:NS-20, or with a box "
            "3@100,250,900,300:NS-20."
        )
    first, last, *box, codes = found.groups()
    return _redaction(first, last or first, tuple(box) if box[0] else None, codes)


def _redaction(first: str, last: str, box: tuple[str, ...] | None, codes: str) -> Redaction:
    return built(
        Redaction,
        first_page=int(first),
        last_page=int(last),
        box=tuple(map(int, box)) if box else None,
        exemptions=tuple(codes.split("+")),
    )


def _scheduled(path: Path) -> Iterator[Redaction]:
    """What a redaction tool's schedule cuts, line by line."""
    if path.is_file() and path.stat().st_size > MAX_SCHEDULE_BYTES:
        raise InvalidCommand(f"{path.name} is too big for a schedule: more than 4 MiB.")
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidCommand(
            f"The schedule {path} cannot be read: give a CSV file in UTF-8."
        ) from error
    try:
        first, *rows = csv.reader(lines, strict=True)
    except (ValueError, csv.Error) as error:
        raise InvalidCommand(
            f"{path.name} is empty or no CSV, such as where a quote is never closed: fetch it again."
        ) from error
    if tuple(first) != _COLUMNS:
        raise InvalidCommand(
            f"The first line of {path.name} names other columns: it must be {','.join(_COLUMNS)}."
        )
    for number, row in enumerate(rows, 2):
        if not row:
            continue
        try:
            page, box, exemption = row
            yield _cut(f"{page}{'@' + box.replace(' ', ',') if box else ''}:{exemption}")
        except ValueError as error:
            raise InvalidCommand(
                f"Line {number} of {path.name} has {counted(len(row), 'value', 'values')} where there are three "
                "columns: put that right, or fetch the file again if it was cut off."
            ) from error
        except InvalidCommand as error:
            raise InvalidCommand(f"Line {number} of {path.name}: {error}") from error


def privilege(
    id_: Id,
    number: Number,
    audience: Audience,
    holder: str,
    /,
    *,
    words: str | None = None,
    recipient: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Records that the holder of a privilege waived it for an audience.

    Parameters
    ----------
    audience
        For whom.
    holder
        Who holds the privilege.
    words
        What was said.
    recipient
        Which regulator or court it is waived for. Kept for ever in clear: name nobody.
    """
    with desk(id_, acting) as at:
        return at.show(
            at.ask(
                "privilege",
                item_id=item_meant(at, number),
                audience=audience,
                holder=at.text(holder, "HOLDER"),
                words=at.text(words, "--words"),
                recipient=at.text(recipient, "--recipient"),
            )
        )

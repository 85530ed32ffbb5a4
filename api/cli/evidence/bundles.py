"""Bundles from the command line: verified with nothing but the file and a key, and the page that does the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE, FOUND, NOT_DONE
from api.cli.showing import say, show_json
from api.new_files import new_file
from api.verifier import Trusted, Verdict, trusted_keys
from api.verifier import verify_bundle as verdict_on
from api.verifier.notes import Key
from ledger.errors import InvalidCommand
from ledger.input.quoting import counted
from projections.releases.verify_page import page_digest
from projections.releases.verify_page import verify_page as page

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]

_LEADS = {
    "failed": "Failed: do not rely on this file; it is not what the office released, or it is damaged.",
    "consistent": "Consistent, key unconfirmed: everything shown follows from the checkpoint in the file, "
    "but whose that is was not checked; give --key with the office's published key.",
    "confirmed": "Confirmed: everything shown follows from a checkpoint that is signed with the key given.",
}
_FAILED_AT = {
    1: "Failed: do not rely on this file as it is; it does not bear the signatures that you ask for.",
    7: "Failed: this release is not shown to go on from the earlier one; keep both files, and ask the office to "
    "explain.",
}
"""What else is said of a release that fails at one of these steps."""
_CODES = {"failed": FOUND, "consistent": NOT_DONE, "confirmed": DONE}


def verify_bundle(
    file: Annotated[Path, Parameter(name="FILE", help="A release, or the folder it unpacks to.")],
    /,
    *,
    key: Annotated[tuple[str, ...], Parameter(name="--key")] = (),
    quorum: Annotated[int | None, Parameter(name="--quorum")] = None,
    since: Annotated[Path | None, Parameter(name="--since")] = None,
    as_json: AsJson = False,
) -> int:
    """Verifies a release with nothing but the file: the exit code is 0 confirmed, 1 failed, 2 key unconfirmed.

    Parameters
    ----------
    key
        The office's published key, NAME+ID+KEY, or a file of such lines; also keys of witnesses. Repeatable.
    quorum
        How many of the witnesses whose keys are given must have cosigned; all of them if left out.
    since
        An earlier release of the same office: was anything rewritten since?
    """
    keys = [found for said in key for found in _keys(said)]
    witnesses = {each.name for each in keys if each.of_witness}
    wanted = len(witnesses) if quorum is None else quorum
    if not 0 <= wanted <= len(witnesses):
        raise InvalidCommand(
            f"--quorum asks for {counted(wanted, 'witness', 'witnesses')}, and the keys of {len(witnesses)} were given."
        )
    verdict = verdict_on(file, Trusted(keys, wanted), since=since)
    if as_json:
        show_json(_as_json(verdict))
    else:
        say(*_sentences_of(verdict))
    return _CODES[verdict.word]


def verify_page(
    *, out: Annotated[Path | None, Parameter(name="--out")] = None, as_json: AsJson = False
) -> int:
    """Writes the page that verifies a release in a browser without a network, and says its SHA-256.

    Parameters
    ----------
    out
        A new file; left out, only the digest is said.
    """
    if out is not None:
        with new_file(out) as file:
            file.write(page())
    if as_json:
        show_json({"sha256": page_digest(), "file": None if out is None else str(out)})
    else:
        say(f"The verify page in every release has the SHA-256 {page_digest()}.")
    return DONE


def _keys(said: str) -> list[Key]:
    """The keys in a file, or the one that was given itself."""
    path = Path(said)
    try:
        return trusted_keys(path.read_text(encoding="utf-8") if path.is_file() else said)
    except ValueError as error:
        raise InvalidCommand(f"'{said}' is no file of keys, and no key: {error}") from error


def _sentences_of(verdict: Verdict) -> Iterator[str]:
    if verdict.failure is None:
        yield _LEADS[verdict.word]
    else:
        yield _FAILED_AT.get(verdict.failure.step, _LEADS[verdict.word])
        yield f"At step {verdict.failure.step}, in {verdict.failure.where}: {verdict.failure.sentence}"
        return
    assert verdict.release is not None
    assert verdict.checkpoint is not None
    found, release = verdict.counted, verdict.release
    yield ""
    yield "Proven:"
    yield f"  - Each value and word shown is as it was recorded, unaltered since {verdict.signed_at}."
    yield f"  - {_claimed(verdict)}"
    if verdict.since is not None:
        yield f"  - Nothing was rewritten since the earlier release, as of {_entries(verdict.since)}."
    for witness in verdict.witnesses:
        yield f"  - {witness.name} saw this checkpoint at {witness.at:%Y-%m-%dT%H:%M:%SZ}."
    yield "Not proven:"
    yield "  - That what was entered is true, or that everything was written down."
    yield "  - When something happened: that is what the office says."
    if release["claim"] != "whole_stream":
        yield "  - That there is nothing beyond what is shown: this release does not claim it."
    if found.unfollowed:
        yield (
            f"  - That what is withheld at the end of a record ({_entries(found.unfollowed)}) is of that record: "
            "it is in\n    the log, and no entry shown follows on it."
        )
    yield "  - The office's sentences, chronology, index and cover: they are its words. Compare the file's"
    yield "    SHA-256 with the one that the office recorded."
    yield ""
    if "recipient" in release:
        yield f"For {release['recipient']}, {release['audience']}: {release['purpose']}"
    else:
        yield f"For {release['audience']}: {release['purpose']}"
    yield (
        f"Withheld: {_entries(found.lines_withheld)}, {counted(found.slots_withheld, 'value', 'values')}, "
        f"{counted(found.words_withheld, 'word', 'words')}; erased: {counted(found.erased, 'value', 'values')}."
    )
    for exemption, times in sorted(found.by_exemption.items()):
        yield f"  {exemption}: {times}"
    yield f"Checkpoint: {verdict.checkpoint.origin}, {_entries(verdict.checkpoint.size)}."
    if verdict.file is not None:
        yield f"SHA-256 of the file: {verdict.file}"


def _entries(count: int) -> str:
    return counted(count, "entry", "entries")


def _claimed(verdict: Verdict) -> str:
    found = verdict.counted
    match verdict.release:
        case {"claim": "whole_stream"}:
            return (
                f"Each record ({found.streams}) is complete as of then: {_entries(found.shown)} shown, "
                f"{found.lines_withheld} withheld whole,\n    {found.out_of_scope} out of "
                "scope; there are no others."
            )
        case {"claim": "stated_scope"}:
            return (
                f"The {counted(found.shown, 'entry shown follows', 'entries shown follow')} on one another within "
                f"each record ({found.streams}); nothing between them was left out."
            )
        case _:
            return f"Each of the {_entries(found.shown)} shown is in the office's log."


def _as_json(verdict: Verdict) -> dict[str, object]:
    checkpoint, counted = verdict.checkpoint, verdict.counted
    return {
        "verdict": verdict.word,
        "failure": verdict.failure,
        "release": verdict.release,
        "checkpoint": checkpoint and {"origin": checkpoint.origin, "size": checkpoint.size},
        "signed_at": verdict.signed_at,
        "signers": verdict.signers,
        "witnesses": [{"name": each.name, "at": each.at} for each in verdict.witnesses],
        "counted": counted,
        "sha256": verdict.file,
        "since": verdict.since,
        "manifest_sha256": verdict.manifest,
        "page_sha256": verdict.page,
    }

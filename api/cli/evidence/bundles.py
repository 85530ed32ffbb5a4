"""Bundles from the command line: verified with nothing but the file and a key, and the page that does the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE, FOUND, NOT_DONE
from api.cli.evidence.bundle_words import said
from api.cli.showing import say, show_json
from api.cli.wording.in_french import Spoken, told
from api.new_files import new_file
from api.verifier import Trusted, Verdict, trusted_keys
from api.verifier import verify_bundle as verdict_on
from api.verifier.notes import Key
from ledger.errors import InvalidCommand
from ledger.input.quoting import counted
from ledger.policy.values import Language
from projections.releases.verify_page import page_digest
from projections.releases.verify_page import verify_page as page
from projections.sentences.wording import Wording

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]

_FAILED_AT = {1: "failed_signed", 7: "failed_since"}
"""What else is said of a release that fails at one of these steps."""
_CODES = {"failed": FOUND, "consistent": NOT_DONE, "confirmed": DONE}


def verify_bundle(
    file: Annotated[Path, Parameter(name="FILE", help="A release, or the folder it unpacks to.")],
    /,
    *,
    key: Annotated[tuple[str, ...], Parameter(name="--key")] = (),
    quorum: Annotated[int | None, Parameter(name="--quorum")] = None,
    since: Annotated[Path | None, Parameter(name="--since")] = None,
    language: Spoken = "en",
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
        say(*_sentences_of(verdict, language))
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
        say(
            told("The verify page in every release has the SHA-256 {digest}.", digest=page_digest())
        )
    return DONE


def _keys(said: str) -> list[Key]:
    """The keys in a file, or the one that was given itself."""
    path = Path(said)
    try:
        return trusted_keys(path.read_text(encoding="utf-8") if path.is_file() else said)
    except ValueError as error:
        raise InvalidCommand(f"'{said}' is no file of keys, and no key: {error}") from error


def _sentences_of(verdict: Verdict, language: Language) -> Iterator[str]:
    tell = partial(said, language=language)
    if verdict.failure is not None:
        failure = verdict.failure
        yield tell(_FAILED_AT.get(failure.step, "failed"))
        yield tell("failed_at", step=failure.step, where=failure.where, why=failure.sentence)
        return
    assert verdict.release is not None
    assert verdict.checkpoint is not None
    found, release = verdict.counted, verdict.release
    yield tell(verdict.word)
    yield ""
    yield tell("proven")
    yield f"  - {tell('unaltered', at=verdict.signed_at)}"
    yield f"  - {_claimed(verdict, language)}"
    if verdict.since is not None:
        yield f"  - {tell('since', size=verdict.since)}"
    for witness in verdict.witnesses:
        yield f"  - {tell('witness', name=witness.name, at=f'{witness.at:%Y-%m-%dT%H:%M:%SZ}')}"
    yield tell("unproven")
    yield f"  - {tell('true')}"
    yield f"  - {tell('when')}"
    if release["claim"] != "whole_stream":
        yield f"  - {tell('scope')}"
    if found.unfollowed:
        yield f"  - {tell('unfollowed', count=found.unfollowed)}"
    yield f"  - {tell('rendering')}"
    yield ""
    about = {"audience": _audience(release["audience"], language), "purpose": release["purpose"]}
    if "recipient" in release:
        yield tell("for_recipient", recipient=release["recipient"], **about)
    else:
        yield tell("for", **about)
    yield tell(
        "withheld",
        lines=found.lines_withheld,
        slots=found.slots_withheld,
        words=found.words_withheld,
        erased=found.erased,
    )
    for exemption, times in sorted(found.by_exemption.items()):
        yield tell("exemption", code=exemption, times=times)
    checkpoint = verdict.checkpoint
    yield tell("checkpoint", origin=checkpoint.origin, size=checkpoint.size)
    if verdict.file is not None:
        yield tell("digest", digest=verdict.file)


def _audience(code: str, language: Language) -> str:
    """For whom it was made: as the file has it in English, in words in French."""
    return code if language == "en" else Wording(language).value("audience", code)


def _claimed(verdict: Verdict, language: Language) -> str:
    assert verdict.release is not None
    found = verdict.counted
    return said(
        verdict.release["claim"],
        language,
        streams=found.streams,
        shown=found.shown,
        lines=found.lines_withheld,
        beyond=found.out_of_scope,
    )


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

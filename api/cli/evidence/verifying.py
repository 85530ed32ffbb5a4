"""Verification from the command line: every byte, every policy cited, every view, and the root over all entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE, FOUND
from api.cli.evidence.views_compared import views_as_rebuilt
from api.cli.progress import progress_bar
from api.cli.showing import number, say, show_json, show_table, words
from api.cli.wording.as_refused import as_spoken
from api.cli.wording.in_french import numbered, told
from ledger.errors import LedgerUnavailable, ReadAlone
from ledger.evidence.signing.signer import Signer
from ledger.evidence.verifying.examining import Finding
from ledger.evidence.verifying.verify import Verification
from ledger.evidence.verifying.verify import verify as verify_entries
from ledger.policy.document.stored import digest_policy
from ledger.registers.policies import POLICY, policy_id
from ledger.sealing.slots import from_b64u
from ledger.sealing.vault_at import vault_at
from ledger.settings import Settings
from ledger.store import LedgerStore, open_ledger_store
from ledger.then import office_state

_UNOPENED = (
    "The master key is not here: what is sealed was held against its digests, and not opened."
)


def verify(
    *,
    views: Annotated[bool, Parameter(name="--views", negative="--no-views")] = True,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Hashes every entry again, checks heads, versions, columns, sealed parts and policies, and rebuilds the views.

    Parameters
    ----------
    views
        Hold the views against a rebuild, too.
    as_json
        Answer as JSON.
    """
    settings = Settings()
    with (
        closing(open_ledger_store(settings.location, examining=True)) as store,
        closing(
            vault_at(
                settings.location,
                store.ledger_id,
                master_key=settings.master_key_file,
                shut=True,
            )
        ) as vault,
    ):
        with progress_bar("entries") as tell:
            found = verify_entries(
                store,
                vault,
                signer=Signer.beside(settings.master_key_file),
                location=settings.location,
                progress=tell,
            )
        findings = list(found.findings)
        not_compared: str | None = "which takes sound entries"
        unavailable: LedgerUnavailable | None = None
        if not findings:
            findings += _policies_as_published(store)
            if views:
                try:
                    differing, not_compared = _views_compared(settings, store)
                    findings += differing
                except LedgerUnavailable as error:
                    unavailable, not_compared = error, "which could not be done now"
    compared = views and not_compared is None
    if as_json:
        show_json(
            {
                "entries": found.entries,
                "streams": found.streams,
                "sealed_parts": found.sealed_parts,
                "erased_parts": found.erased_parts,
                "lost": found.lost,
                "checkpoints": found.checkpoints,
                "sealed_parts_opened": found.opened,
                "root": found.root,
                "views_compared": compared,
                "findings": findings,
            }
        )
    else:
        of_the_views = (
            told("The views were held against a rebuild.")
            if compared
            else told(
                "The views were not held against a rebuild, {why}.", why=told(not_compared or "")
            )
            if views
            else told("The views were left out.")
        )
        _show(findings)
        _show_counts(found, of_the_views)
    if unavailable is not None:
        raise LedgerUnavailable(
            f"Not all was verified, since the views were not held against a rebuild. {unavailable} Or leave them out "
            "with --no-views."
        ) from unavailable
    return FOUND if findings else DONE


def _show(findings: list[Finding]) -> None:
    if not findings:
        say(told("Clean: everything is as it was recorded."))
        return
    show_table(
        numbered(
            len(findings),
            "{count} finding: keep the files as they are",
            "{count} findings: keep the files as they are",
        ),
        [number("entry"), words("stream"), words("what"), words("says")],
        [
            (each.position or "", each.stream, each.code, as_spoken(each.sentence))
            for each in findings
        ],
        empty="",
    )


def _show_counts(found: Verification, of_the_views: str) -> None:
    say(
        told(
            "{entries} in {streams}, {parts}, {erased} of them erased.",
            entries=numbered(found.entries, "{count} entry", "{count} entries"),
            streams=numbered(found.streams, "{count} stream", "{count} streams"),
            parts=numbered(found.sealed_parts, "{count} sealed part", "{count} sealed parts"),
            erased=found.erased_parts,
        ),
        *(() if found.opened else (told(_UNOPENED),)),
        of_the_views,
        _held_against(found.checkpoints) + (f" {_lost(found.lost)}" if found.lost else ""),
        told("Root: {root}", root=from_b64u(found.root).hex()),
    )


def _held_against(checkpoints: int) -> str:
    """How many checkpoints it was held against, and without any what verification cannot know."""
    if not checkpoints:
        return told(
            "No checkpoint was signed here, so nobody can tell from it whether entries were cut off its end, or all "
            "was written anew: sign one with `caseledger checkpoint`, and keep it elsewhere."
        )
    return numbered(
        checkpoints,
        "{count} checkpoint was held against the log.",
        "{count} checkpoints were held against the log.",
    )


def _lost(entries: int) -> str:
    return numbered(
        entries, "{count} entry is lost as recorded.", "{count} entries are lost as recorded."
    )


def _views_compared(settings: Settings, store: LedgerStore) -> tuple[Sequence[Finding], str | None]:
    """What is not in the views as a rebuild makes it, or else why that was not compared."""
    try:
        with progress_bar("views") as tell:
            return views_as_rebuilt(settings.location, store, tell=tell), None
    except ReadAlone:
        return (), "which takes a database that can be written"


def _policies_as_published(store: LedgerStore) -> Iterator[Finding]:
    """Whether each published document still has the digest that decisions cite."""
    stream = f"policy/{policy_id(store.ledger_id)}"
    policies = office_state(POLICY, store.stream(stream))
    for version in policies.versions:
        if digest_policy(version.policy) != version.digest:
            yield Finding(
                "policy-altered",
                f"Policy {version.number} does not have the digest {version.digest[:12]} that it was "
                "published under.",
                stream=stream,
                version=version.number,
            )

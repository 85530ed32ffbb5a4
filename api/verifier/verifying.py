"""The steps of verification in their order; root and size only ever from the signed note."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from api.verifier.archive import Archive
from api.verifier.bags import Files
from api.verifier.coding import are_numbers, b64u, digest_of, shaped, sixteen_of
from api.verifier.failures import NotProven
from api.verifier.folders import Folder
from api.verifier.lines import is_instant, leaf, read_line, slots_shown
from api.verifier.notes import Key, cosigned_by, read_checkpoint, read_key, signers_of
from api.verifier.package import BASE, Package
from api.verifier.streams import Signed, StreamCheck
from api.verifier.trees import Member, is_consistent, root_by_inclusion
from api.verifier.verdict import Counted, Failure, Verdict

_ANCHOR = "data/proofs/anchor.json"
_INDEX = "data/index.json"
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Trusted:
    """Whom the verifier trusts: keys as they were published, and how many witnesses must have cosigned."""

    keys: Sequence[Key] = ()
    quorum: int = 0


def trusted_keys(said: str) -> list[Key]:
    """The keys in a text, one a line (empty lines and lines that begin with # apart); ValueError if one is none."""
    lines = [line.strip() for line in said.splitlines()]
    found = [read_key(line) for line in lines if line and not line.startswith("#")]
    if not found:
        raise ValueError(
            "There is no key in it: give the line NAME+ID+KEY that the office publishes."
        )
    return found


def verify_bundle(
    path: Path,
    trusted: Trusted = Trusted(),
    *,
    since: Path | None = None,
) -> Verdict:
    """The verdict on a release, a zip file or the folder that it unpacks to; OSError if it cannot be read.

    With `since`, an earlier release of the same office, also whether its log is how this one begins.
    """
    before = None if since is None else verify_bundle(since, trusted)
    if before is not None and before.failure is not None:
        told = before.failure
        return Verdict("failed", replace(told, where=f"the earlier release, {told.where}"))
    if path.is_dir():
        try:
            return _verdict(Folder(path), trusted, before)
        except NotProven as failure:
            return _failed(failure)
    with path.open("rb") as file:
        return verify_open(file, trusted, before=before)


def verify_open(
    file: BinaryIO, trusted: Trusted = Trusted(), *, before: Verdict | None = None
) -> Verdict:
    """The verdict on a release in a file that is open, which may have no name; `before` is that on an earlier one."""
    try:
        verdict = _verdict(_Below(Archive(file)), trusted, before)
    except NotProven as failure:
        return _failed(failure)
    file.seek(0)
    hashed = sha256()
    while chunk := file.read(_AT_ONCE):
        hashed.update(chunk)
    return replace(verdict, file=hashed.hexdigest())


def _failed(failure: NotProven) -> Verdict:
    return Verdict("failed", Failure(failure.step, failure.where, failure.sentence))


class _Below:
    """The files of an archive below the one folder that it unpacks to."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._names = [name.removeprefix(BASE) for name in archive.names()]
        if not all(name.startswith(BASE) for name in archive.names()):
            raise NotProven("It has a file outside its one folder.", step=0, where="the zip file")
        self.chunks = lambda name: archive.chunks(f"{BASE}{name}")

    def names(self) -> list[str]:
        return self._names

    def size(self, name: str) -> int:
        return self._archive.size(f"{BASE}{name}")


def _verdict(files: Files, trusted: Trusted, before: Verdict | None) -> Verdict:
    package = Package(files)
    release = package.release
    checkpoint = read_checkpoint(package.raw("data/proofs/checkpoint"))
    signers = signers_of(checkpoint, trusted.keys)
    witnesses = cosigned_by(checkpoint, trusted.keys, quorum=trusted.quorum)
    ledger = sixteen_of(release["ledger"], step=2, where="data/release.json")
    anchor = package.json(_ANCHOR, step=2)
    signed, signed_at = _anchored(anchor, ledger, checkpoint.size, checkpoint.root)
    if before is not None:
        _check_growth(anchor, signed, before)
    package.check_metadata(signed_at[:10])
    if isinstance(files, _Below):
        package.check_order()
    exemptions = _index(package)
    counted, cites, texts = Counted(), set[str](), set[str]()
    heads: dict[str, Member] = {}
    earlier = {} if before is None else before.heads
    for part in package.parts:
        check = StreamCheck(
            part,
            claim=release["claim"],
            signed=signed,
            exemptions=exemptions,
            counted=counted,
            earlier=earlier.get(part.stream),
        )
        shown = check.check(
            package.json(f"data/entries/{part.file}.json", step=3),
            package.json(f"data/proofs/{part.file}.json", step=3),
        )
        if not part.cited:
            _check_said(package, part.file, shown, release["languages"])
        if check.member is not None:
            heads[part.stream] = check.member
        cites |= check.cites
        texts |= check.texts_of_policies
    if cites != texts:
        raise NotProven(
            "It does not hold the text of each policy that is cited, and of no other.", step=6
        )
    return Verdict(
        "confirmed" if signers else "consistent",
        release=release,
        checkpoint=checkpoint,
        signed_at=signed_at,
        signers=signers,
        witnesses=witnesses,
        counted=counted,
        heads=heads,
        since=before.checkpoint.size if before and before.checkpoint else None,
        manifest=package.manifest,
        page=package.page,
    )


def _anchored(said: Any, ledger: bytes, size: int, root: bytes) -> tuple[Signed, str]:
    """Step 2: the anchor is the last leaf of what was signed, of this ledger, and covers the leaves before it."""
    must = {"line": str, "path": list, "slots": dict}
    anchor = shaped(said, must, {"earlier": list}, step=2, where=_ANCHOR)
    raw = anchor["line"].encode()
    line = read_line(raw, step=2, where=_ANCHOR)
    path = [digest_of(each, step=2, where=_ANCHOR) for each in anchor["path"]]
    if root_by_inclusion(size - 1, size, leaf(raw), path, step=2, where=_ANCHOR) != root:
        raise NotProven(
            "It is not the last entry of the log that was signed.", step=2, where=_ANCHOR
        )
    is_anchor = line["topic"] == "LogAnchored" and line["stream"].startswith("anchor/")
    if line["ledger"] != b64u(ledger) or not is_anchor:
        raise NotProven("It is of another ledger, or no anchor.", step=2, where=_ANCHOR)
    slots, hidden = slots_shown(anchor["slots"], line["content"], where=_ANCHOR)
    leaves, heads, signed_at = slots.get("leaves"), slots.get("heads"), slots.get("signed_at")
    if hidden or type(leaves) is not int or not is_instant(signed_at):
        raise NotProven("It does not say what an anchor says.", step=2, where=_ANCHOR)
    if not 0 < leaves < size:
        raise NotProven("It covers more than lies before it.", step=2, where=_ANCHOR)
    covered = digest_of(heads, step=2, where=_ANCHOR)
    return Signed(ledger, size, root, leaves, covered), str(signed_at)


def _check_growth(anchor: Mapping[str, Any], signed: Signed, before: Verdict) -> None:
    """Step 7: the log that was signed earlier is how this one begins."""
    earlier, release = before.checkpoint, before.release
    assert earlier is not None
    assert release is not None
    if release["ledger"] != b64u(signed.ledger):
        raise NotProven("It is of another ledger than the earlier release.", step=7, where=_ANCHOR)
    for each in anchor.get("earlier", []):
        match each:
            case [size, list() as path] if are_numbers(size) and size == earlier.size:
                digests = [digest_of(one, step=7, where=_ANCHOR) for one in path]
                if is_consistent(size, earlier.root, signed.size, signed.root, digests):
                    return
                raise NotProven(
                    "History was rewritten since the earlier release.", step=7, where=_ANCHOR
                )
    if (earlier.size, earlier.root) != (signed.size, signed.root):
        raise NotProven(
            "It does not prove how the log grew since the earlier release: ask for one that does.",
            step=7,
            where=_ANCHOR,
        )


def _index(package: Package) -> Mapping[int, str]:
    """The exemption of each line of the withholding index, which is the same as JSON and as CSV."""
    index = shaped(
        package.json(_INDEX, step=6), {"columns": list, "lines": list}, {}, step=6, where=_INDEX
    )
    columns = index["columns"]
    if not all(type(each) is str for each in columns):
        raise NotProven("A column of it has no name.", step=6, where=_INDEX)
    rows: list[list[str]] = [["number", "exemption", *columns]]
    found: dict[int, str] = {}
    for said in index["lines"]:
        line = shaped(
            said, {"exemption": str, "number": int, "said": list}, {}, step=6, where=_INDEX
        )
        if line["number"] in found or len(line["said"]) != len(columns):
            raise NotProven("Its lines are not each of their own number.", step=6, where=_INDEX)
        found[line["number"]] = line["exemption"]
        rows.append([str(line["number"]), line["exemption"], *map(_cell, line["said"])])
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    if package.raw("data/index.csv") != written.getvalue().encode():
        raise NotProven(
            "It says something else than the index as JSON.", step=6, where="data/index.csv"
        )
    return found


def _cell(value: Any) -> str:
    if type(value) is bool:
        return "true" if value else "false"
    if value is not None and type(value) not in (str, int):
        raise NotProven("A cell of it is neither words nor a number.", step=6, where=_INDEX)
    return "" if value is None else str(value)


def _check_said(
    package: Package, file: str, shown: Sequence[int], languages: Sequence[str]
) -> None:
    """The office's sentences: one in each language for every entry shown, and for no other."""
    where = f"data/said/{file}.json"
    said = shaped(package.json(where, step=6), {"entries": list}, {}, step=6, where=where)
    kinds = {"version": int, **dict.fromkeys(languages, str)}
    versions = [shaped(each, kinds, {}, step=6, where=where)["version"] for each in said["entries"]]
    if versions != list(shown):
        raise NotProven("It puts other entries into words than are shown.", step=6, where=where)

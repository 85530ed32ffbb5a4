"""A reader of BagIt bags (RFC 8493, and the drafts 0.93 to 0.97 before it) that says whether one is valid.

What the drafts allowed stays allowed for their versions. Where the RFC leaves a choice, the strict one
is taken: a reader of evidence has no use for a bag that two readers understand differently.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from api.verifier.failures import NotProven

_DECLARED = re.compile(
    r"BagIt-Version: (?P<version>\d+\.\d+)(?P<after>[ \t]*)\r?\n"
    r"Tag-File-Character-Encoding: (?P<encoding>[A-Za-z0-9._-]+)[ \t]*(?:\r\n|\r|\n)?"
)
_KNOWN = ("0.93", "0.94", "0.95", "0.96", "0.97", "1.0")
_MANIFEST = re.compile(r"(?P<tag>tag)?manifest-(?P<algorithm>[a-z0-9]+)\.txt")
_LISTED = re.compile(r"(?P<digest>[0-9A-Fa-f]+)(?:[ \t]+\*?)(?P<name>\S.*)")
_FETCHED = re.compile(r"(?P<address>\S+)[ \t]+(?:-|\d+)[ \t]+(?P<name>\S.*)")
_LABELLED = re.compile(r"[^\s:][^:]*?[ \t]*:.*")
_ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_LARGEST_TAG_FILE = 64 << 20


class Files(Protocol):
    """The files of a bag by their path with slashes, from wherever they lie."""

    def names(self) -> list[str]: ...
    def size(self, name: str) -> int: ...
    def chunks(self, name: str) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Bag:
    """A bag that is valid: its version, its payload files and its tag files, and the digests of those listed."""

    version: str
    payload: tuple[str, ...]
    tags: tuple[str, ...]
    digests: Mapping[str, Mapping[str, str]]


def whole(files: Files, name: str) -> bytes:
    """A tag file's bytes; NotProven if it is missing or absurdly large."""
    if name not in files.names():
        raise NotProven("It is missing.", step=0, where=name)
    if files.size(name) > _LARGEST_TAG_FILE:
        raise NotProven("It is far too large.", step=0, where=name)
    return b"".join(files.chunks(name))


def check_bag(files: Files) -> Bag:
    """The bag, every file of it hashed again; NotProven says which file is not as its manifests say."""
    version, encoding = _declaration(files)
    names = files.names()
    payload = tuple(name for name in names if name.startswith("data/"))
    tags = tuple(name for name in names if not name.startswith("data/"))
    if "bag-info.txt" in tags:
        _check_metadata(_decoded(whole(files, "bag-info.txt"), encoding, "bag-info.txt"))
    missing = set(_fetched(files, encoding)) - set(names)
    if missing:
        raise NotProven("It is to be fetched and is not here.", step=0, where=min(missing))
    listed: dict[str, dict[str, str]] = {}
    complete = 0
    for name in tags:
        found = _MANIFEST.fullmatch(name)
        if found is None:
            continue
        algorithm = found["algorithm"]
        if algorithm not in _ALGORITHMS:
            raise NotProven("Its digests are of a kind that is not known.", step=0, where=name)
        lines = _manifest(files, name, encoding, version)
        if found["tag"] is None:
            complete += 1
            _check_complete(lines, payload, name, version)
        elif any(each.startswith("data/") for each in lines):
            raise NotProven("It lists what is not a tag file.", step=0, where=name)
        for each, digest in lines.items():
            if each not in names:
                raise NotProven(f"It is listed in {name} and missing.", step=0, where=each)
            listed.setdefault(each, {})[algorithm] = digest
    if not complete:
        raise NotProven("It has no manifest of its files.", step=0)
    unlisted = set(payload) - listed.keys()
    if unlisted:
        raise NotProven("No manifest lists it.", step=0, where=min(unlisted))
    for name, digests in listed.items():
        _check_digests(files, name, digests)
    return Bag(version, payload, tags, listed)


def _declaration(files: Files) -> tuple[str, str]:
    raw = whole(files, "bagit.txt")
    said = _DECLARED.fullmatch(raw.decode("utf-8", errors="replace"))
    if (
        said is None
        or said["version"] not in _KNOWN
        or (said["after"] and said["version"] == "1.0")
    ):
        raise NotProven("It does not declare a bag of a known version.", step=0, where="bagit.txt")
    return said["version"], said["encoding"]


def _decoded(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        raise NotProven(f"It is not in the encoding {encoding}.", step=0, where=name) from error


def _lines(files: Files, name: str, encoding: str) -> Iterable[str]:
    return (
        line
        for line in re.split(r"\r\n|\r|\n", _decoded(whole(files, name), encoding, name))
        if line.strip()
    )


def _check_metadata(said: str) -> None:
    for line in re.split(r"\r\n|\r|\n", said):
        if line.strip() and not line.startswith((" ", "\t")) and not _LABELLED.fullmatch(line):
            raise NotProven("A line of it has no label.", step=0, where="bag-info.txt")


def _manifest(files: Files, name: str, encoding: str, version: str) -> Mapping[str, str]:
    """The digest of each file that a manifest lists."""
    known = files.names()
    found: dict[str, str] = {}
    for line in _lines(files, name, encoding):
        listed = _LISTED.fullmatch(line)
        if listed is None:
            raise NotProven("A line of it is no digest with a name.", step=0, where=name)
        path, digest = _inside(listed["name"], known, name), listed["digest"].lower()
        if path in found and (version == "1.0" or found[path] != digest):
            raise NotProven(f"It lists {path} twice.", step=0, where=name)
        found[path] = digest
    return found


def _fetched(files: Files, encoding: str) -> Iterable[str]:
    if "fetch.txt" not in files.names():
        return []
    found: list[str] = []
    for line in _lines(files, "fetch.txt", encoding):
        listed = _FETCHED.fullmatch(line)
        if listed is None:
            raise NotProven("A line of it is no address with a name.", step=0, where="fetch.txt")
        path = _inside(listed["name"], files.names(), "fetch.txt")
        if not path.startswith("data/"):
            raise NotProven("It fetches what is not payload.", step=0, where="fetch.txt")
        found.append(path)
    return found


def _inside(said: str, known: Iterable[str], where: str) -> str:
    """The path that a manifest means; NotProven for one that leads out of the bag."""
    path = said.removeprefix("./")
    if re.search(r"%0[AaDd]|%25", path) and path not in known:
        path = re.sub(r"%(0[AaDd]|25)", lambda found: chr(int(found[1], 16)), path)
    parts = path.split("/")
    if (
        path.startswith(("/", "~", "\\", "%HomeDrive%"))
        or "\\" in path
        or re.match(r"[A-Za-z]:", path)
        or any(part in ("", ".", "..") for part in parts)
    ):
        raise NotProven(f"It names a file outside the bag: {said!r}.", step=0, where=where)
    if path not in known:
        composed = {unicodedata.normalize("NFC", each): each for each in known}
        path = composed.get(unicodedata.normalize("NFC", path), path)
    return path


def _check_complete(
    lines: Mapping[str, str], payload: Iterable[str], name: str, version: str
) -> None:
    for each in lines:
        if not each.startswith("data/"):
            raise NotProven(f"It lists {each}, which is not payload.", step=0, where=name)
    if version == "1.0":
        unlisted = set(payload) - lines.keys()
        if unlisted:
            raise NotProven(f"It does not list {min(unlisted)}.", step=0, where=name)


def _check_digests(files: Files, name: str, digests: Mapping[str, str]) -> None:
    hashes = {each: hashlib.new(each, usedforsecurity=False) for each in digests}
    for chunk in files.chunks(name):
        for each in hashes.values():
            each.update(chunk)
    for algorithm, digest in digests.items():
        if hashes[algorithm].hexdigest() != digest:
            raise NotProven(
                f"Its {algorithm} is not the one that its manifest says.", step=0, where=name
            )

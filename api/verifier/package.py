"""The package of a release: a bag in which every file has its place, and nothing else is there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from api.verifier.bags import Bag, Files, check_bag
from api.verifier.coding import parsed, shaped
from api.verifier.failures import NotProven

BASE = "release/"
FORMAT = "caseledger.bundle/1"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAGES = frozenset(
    {
        "f7c0903361a35745153bea231416a8d33885d5fcfee61278e560b64cd70d82c0",
        "3c82f50c3f460793ebe02633ad5285542ea9e6431787a1844ab91dea40973fd0",
        "a262c9b9b202724cad2605757beb52728390c3a2eb1693e1787ed200e9e16370",
        "0a92ede9c645f2d163d6aa60287de3fed126249cadd1207ba0cc89d6dc151864",
        "8f66f79c49a852b878be3645dd6c571852d75412560c77b420f7b7a4bfe9d412",
        "174f54d0f4aa556c3de371939fddcbba69b0fd37e1fd7005e224ef00a03a4db7",
    }
)
"""SHA-256 of every verify page that was ever published."""
CLAIMS = ("whole_stream", "stated_scope", "none")
LANGUAGES = ("en", "fr")
_LARGEST_JSON = 64 << 20
_MOST_VOLUMES = 65_535
_TAGS = (
    "bagit.txt",
    "verify.html",
    "bag-info.txt",
    "manifest-sha256.txt",
    "tagmanifest-sha256.txt",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stream of a release: the number of its files, its name, and why it is there."""

    file: str
    stream: str
    cited: bool


class Package:
    """The files of a release, hashed again and each known by its place."""

    def __init__(self, files: Files) -> None:
        self._files = files
        bag = check_bag(files)
        if tuple(sorted(bag.tags)) != tuple(sorted(_TAGS)):
            raise NotProven("It has other files beside its payload than a release has.", step=0)
        if self.raw("bagit.txt") != DECLARATION:
            raise NotProven("It is not that of a release.", step=0, where="bagit.txt")
        self.manifest = self._listing("manifest-sha256.txt", bag, tuple(sorted(bag.payload)))
        self._listing("tagmanifest-sha256.txt", bag, _TAGS[:-1])
        self.page = bag.digests["verify.html"]["sha256"]
        if self.page not in PAGES:
            raise NotProven(
                "It is no verify page that this version knows: do not open it, and use a newer "
                "`caseledger` if the release is newer than this one.",
                step=0,
                where="verify.html",
            )
        self.release = self._release()
        self.parts = self._parts()
        self._refuse_what_has_no_place(bag.payload)

    def raw(self, name: str) -> bytes:
        """A file's bytes."""
        if name not in self._files.names():
            raise NotProven("It is missing.", step=0, where=name)
        if self._files.size(name) > _LARGEST_JSON:
            raise NotProven("It is far too large.", step=0, where=name)
        return b"".join(self._files.chunks(name))

    def json(self, name: str, *, step: int) -> Any:
        """What a file says in canonical JSON."""
        return parsed(self.raw(name), step=step, where=name)

    def _listing(self, name: str, bag: Bag, expected: tuple[str, ...]) -> str:
        """Whether a manifest is, byte for byte, the one that these files have; its own digest."""
        digests = (bag.digests.get(each, {}).get("sha256", "") for each in expected)
        lines = [f"{digest}  {each}\n" for digest, each in zip(digests, expected, strict=True)]
        said = self.raw(name)
        if "".join(lines).encode() != said:
            raise NotProven("It is not the exact list of the files.", step=0, where=name)
        return hashlib.sha256(said).hexdigest()

    def check_metadata(self, bagged_on: str) -> None:
        """Whether the bag says of itself what the release says of its files."""
        payload = [name for name in self._files.names() if name.startswith("data/")]
        size = sum(self._files.size(name) for name in payload)
        expected = (
            f"Bag-Software-Agent: caseledger\nBagging-Date: {bagged_on}\n"
            f"Payload-Oxum: {size}.{len(payload)}\n"
        )
        if self.raw("bag-info.txt") != expected.encode():
            raise NotProven("It is not that of this release.", step=6, where="bag-info.txt")

    def check_order(self) -> None:
        """Whether the files lie in the order in which a release is packed."""
        names = self._files.names()
        volumes = [name for name in names if name.startswith("data/chronology/")]
        others = [name for name in names if not name.startswith("data/chronology/")]
        expected = [_TAGS[0], *self._places(), *_TAGS[1:]]
        if others != expected or volumes != self._volumes():
            raise NotProven("Its files lie in another order than they were packed in.", step=6)

    def _release(self) -> dict[str, Any]:
        where = "data/release.json"
        release = shaped(
            self.json(where, step=0),
            {
                "audience": str, "claim": str, "format": str, "languages": list, "ledger": str,
                "purpose": str, "streams": list, "volumes": int,
            },
            {"recipient": str},
            step=0,
            where=where,
        )  # fmt: skip
        if release["format"] != FORMAT:
            raise NotProven(
                "It is of a format that this version does not know: use a newer verifier.",
                step=0,
                where=where,
            )
        languages = release["languages"]
        if (
            release["claim"] not in CLAIMS
            or not languages
            or languages != [each for each in LANGUAGES if each in languages]
            or release["volumes"] < 0
        ):
            raise NotProven("It claims what no release claims.", step=0, where=where)
        return release

    def _parts(self) -> list[Part]:
        where = "data/release.json"
        found: list[Part] = []
        for number, said in enumerate(self.release["streams"], 1):
            part = shaped(
                said, {"cited": bool, "file": str, "stream": str}, {}, step=0, where=where
            )
            if part["file"] != f"{number:06}":
                raise NotProven("Its streams are not numbered in order.", step=0, where=where)
            found.append(Part(part["file"], part["stream"], part["cited"]))
        if not found or len({(part.stream, part.cited) for part in found}) < len(found):
            raise NotProven("It names no stream, or one of them twice.", step=0, where=where)
        return found

    def _refuse_what_has_no_place(self, payload: tuple[str, ...]) -> None:
        strange = set(payload) ^ {*self._places(), *self._volumes()}
        if strange:
            raise NotProven(
                "It has no place in this release, or is missing.", step=6, where=min(strange)
            )

    def _places(self) -> list[str]:
        """Every payload file but the chronology, in the order in which they are packed."""
        found = [
            "data/index.json", "data/index.csv", "data/proofs/checkpoint", "data/proofs/anchor.json",
        ]  # fmt: skip
        for part in self.parts:
            found += [f"data/entries/{part.file}.json", f"data/proofs/{part.file}.json"]
            if not part.cited:
                found.append(f"data/said/{part.file}.json")
        return [*found, "data/release.json"]

    def _volumes(self) -> list[str]:
        return [
            f"data/chronology/{language}-{volume:04}.{form}"
            for volume in range(1, min(self.release["volumes"], _MOST_VOLUMES) + 1)
            for language in self.release["languages"]
            for form in ("html", "pdf")
        ]

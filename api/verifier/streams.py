"""One stream of a release: its lines in the log, its chain of heads, its count by the map, and all that it shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.verifier.coding import LARGEST_INTEGER, are_numbers, b64u, canonical, digest_of, shaped
from api.verifier.failures import NotProven
from api.verifier.lines import (
    first_head,
    is_text,
    leaf,
    next_head,
    read_line,
    slots_shown,
    words_shown,
)
from api.verifier.package import Part
from api.verifier.trees import Member, root_by_inclusion, root_by_membership
from api.verifier.verdict import Counted

_POLICY_SHOWN = {"digest", "document", "effective_from", "number", "tz_version"}


@dataclass(frozen=True, slots=True)
class Signed:
    """What the checkpoint and its anchor stand for, once they are checked."""

    ledger: bytes
    size: int
    root: bytes
    leaves: int
    heads: bytes


@dataclass(frozen=True, slots=True)
class Given:
    """One entry of a stream as the bundle gives it, with its digest."""

    version: int
    digest: bytes
    said: Mapping[str, Any]
    line: Mapping[str, Any] | None

    @property
    def in_scope(self) -> bool:
        return self.line is not None or "withheld" in self.said


class StreamCheck:
    """Steps 3 to 6 of the evidence format, for one stream of a release that makes a claim."""

    def __init__(
        self,
        part: Part,
        *,
        claim: str,
        signed: Signed,
        exemptions: Mapping[int, str],
        counted: Counted,
        earlier: Member | None = None,
    ) -> None:
        self._part = part
        self._claim = "none" if part.cited else claim
        self._signed = signed
        self._exemptions = exemptions
        self._counted = counted
        self._earlier = earlier
        self.member: Member | None = None
        self._where = f"data/entries/{part.file}.json"
        self.cites: set[str] = set()
        self.texts_of_policies: set[str] = set()

    def check(self, entries: Any, proofs: Any) -> list[int]:
        """Raises NotProven if anything does not follow; the versions of the lines shown."""
        said = shaped(
            entries, {"entries": list, "stream": str}, {"before": str}, step=3, where=self._where
        )
        if said["stream"] != self._part.stream:
            raise self._refused(4, "It is of another stream than the release says.")
        proved = shaped(proofs, {"entries": list}, {"map": dict}, step=3, where=self._proofs_where)
        given = list(self._given(said["entries"]))
        self._check_inclusion(given, proved["entries"])
        head = self._check_chain(given, said.get("before"))
        self._check_count(given, head, proved.get("map"))
        for each in given:
            self._check_shown(each)
        if self._claim == "stated_scope":
            shown = [number for number, each in enumerate(given, 1) if each.line is not None]
            self._counted.unfollowed += len(given) - max(shown, default=0)
        self._counted.streams += not self._part.cited
        return [each.version for each in given if each.line is not None]

    @property
    def _proofs_where(self) -> str:
        return f"data/proofs/{self._part.file}.json"

    def _refused(self, step: int, sentence: str, version: int | None = None) -> NotProven:
        at = "" if version is None else f", version {version} of {self._part.stream}"
        return NotProven(sentence, step=step, where=f"{self._where}{at}")

    def _given(self, said: Sequence[Any]) -> Iterator[Given]:
        """Each entry, its line read; step 3 as far as its line goes."""
        last = 0
        for each in said:
            if type(each) is not dict or type(each.get("version")) is not int:
                raise self._refused(3, "An entry in it has no version.")
            version = each["version"]
            if not last < version <= LARGEST_INTEGER:
                raise self._refused(3, "Its entries do not rise by version.", version)
            if self._claim != "none" and last and version != last + 1:
                raise self._refused(3, "An entry between others is missing.", version)
            last = version
            where = f"{self._where}, version {version} of {self._part.stream}"
            if "line" in each:
                shaped(
                    each,
                    {"line": str, "slots": dict, "texts": dict, "version": int},
                    {"erased": list, "withheld": dict},
                    step=3,
                    where=where,
                )
                raw = each["line"].encode()
                line = read_line(raw, step=3, where=where)
                yield Given(version, leaf(raw), each, line)
            else:
                shaped(
                    each, {"digest": str, "version": int}, {"withheld": dict}, step=3, where=where
                )
                yield Given(version, digest_of(each["digest"], step=3, where=where), each, None)
        if not last:
            raise self._refused(3, "It has no entry.")

    def _check_inclusion(self, given: Sequence[Given], proofs: Sequence[Any]) -> None:
        """Step 3: each is in the log before the anchor, later versions at later places."""
        proved = [each for each in given if each.in_scope]
        where = self._proofs_where
        if len(proofs) != len(proved):
            raise NotProven("It proves another number of entries.", step=3, where=where)
        last = -1
        for each, proof in zip(proved, proofs, strict=True):
            match proof:
                case [version, index, list() as path] if (
                    are_numbers(version, index) and version == each.version
                ):
                    digests = [digest_of(one, step=3, where=where) for one in path]
                case _:
                    raise NotProven("It proves other entries.", step=3, where=where)
            if not last < index < self._signed.leaves:
                raise NotProven(
                    f"Version {version} is not at a later place than those before it, or not before "
                    "the anchor.",
                    step=3,
                    where=where,
                )
            last = index
            root = root_by_inclusion(
                index, self._signed.size, each.digest, digests, step=3, where=where
            )
            if root != self._signed.root:
                raise self._refused(3, "It is not in the log that was signed.", version)

    def _check_chain(self, given: Sequence[Given], before: str | None) -> bytes | None:
        """Step 4: each line is the entry of this ledger and stream that its place says; the head after the last."""
        head, last = self._head_before(given, before), given[0].version - 1
        for each in given:
            line = each.line
            if each.version != last + 1:
                head = None
            last = each.version
            if line is not None:
                if head is None:
                    head = digest_of(line["previous"], step=4, where=self._at(each))
                if line["ledger"] != b64u(self._signed.ledger):
                    raise self._refused(4, "It is of another ledger.", each.version)
                if (line["stream"], line["version"]) != (self._part.stream, each.version):
                    raise self._refused(4, "Its line is that of another entry.", each.version)
                if line["previous"] != b64u(head):
                    raise self._refused(
                        4, "It does not follow on the entries before it.", each.version
                    )
            if head is not None:
                head = next_head(head, each.digest)
                self._check_earlier(each.version, head)
        return head

    def _check_earlier(self, version: int, head: bytes) -> None:
        """Step 7: what a stream was as of an earlier checkpoint is how it begins now."""
        earlier = self._earlier
        if earlier is not None and earlier.count == version and earlier.head != head:
            raise self._refused(7, "Its history is another than in the earlier release.", version)

    def _head_before(self, given: Sequence[Given], before: str | None) -> bytes | None:
        if (before is not None) != (self._claim == "stated_scope"):
            raise self._refused(4, "It gives what does not belong to its claim.")
        first = first_head(self._signed.ledger, self._part.stream)
        if self._claim == "whole_stream":
            if given[0].version != 1:
                raise self._refused(4, "Its first entries are missing.")
            return first
        if before is None:
            if any(each.line is None for each in given):
                raise self._refused(4, "It gives what does not belong to its claim.")
            return first if given[0].version == 1 else None
        if not (given[0].in_scope and given[-1].in_scope):
            raise self._refused(
                4, "It begins or ends with an entry out of scope, which nothing proves."
            )
        head = digest_of(before, step=4, where=self._where)
        if given[0].version == 1 and head != first:
            raise self._refused(4, "It does not begin as a stream begins.")
        return head

    def _check_count(self, given: Sequence[Given], head: bytes | None, said: Any) -> None:
        """Step 5: the last entry given is the last of the stream, where the release claims so."""
        where = self._proofs_where
        if (said is not None) != (self._claim == "whole_stream"):
            raise NotProven("It proves what does not belong to its claim.", step=5, where=where)
        if said is None:
            return
        proof = shaped(said, {"head": str, "n": int, "siblings": list}, {}, step=5, where=where)
        member = Member(proof["n"], digest_of(proof["head"], step=5, where=where))
        if member.count != given[-1].version or member.head != head:
            raise self._refused(5, "Its last entries are missing, or others were added.")
        siblings = [digest_of(each, step=5, where=where) for each in proof["siblings"]]
        root = root_by_membership(
            self._signed.ledger, self._part.stream, member, siblings, step=5, where=where
        )
        if root != self._signed.heads:
            raise self._refused(5, "Its count is not the one that was signed.")
        if self._earlier is not None and self._earlier.count > member.count:
            raise self._refused(7, "It has fewer entries than in the earlier release.")
        self.member = member

    def _check_shown(self, given: Given) -> None:
        """Step 6: every value and word shown is the recorded one, and everything withheld has its ground."""
        said, counted = given.said, self._counted
        withheld = said.get("withheld", {})
        if given.line is None:
            if "withheld" in said:
                shaped(withheld, {"line": int}, {}, step=6, where=self._at(given))
                self._count_ground(withheld["line"], given)
                counted.lines_withheld += 1
            else:
                counted.out_of_scope += 1
            return
        where = self._at(given)
        shown, hidden = slots_shown(said["slots"], given.line["content"], where=where)
        shaped(withheld, {}, {"pieces": dict, "slots": dict}, step=6, where=where)
        slots, pieces = withheld.get("slots", {}), withheld.get("pieces", {})
        erased = self._erased(said.get("erased", []), said["slots"], given)
        if not self._part.cited and (slots.keys() | erased) - shown.keys() != hidden:
            raise self._refused(6, "It hides a value without a ground.", given.version)
        if slots.keys() & (shown.keys() | erased) or (self._part.cited and "withheld" in said):
            raise self._refused(6, "It gives a ground for what it shows.", given.version)
        for line in slots.values():
            self._count_ground(line, given)
        partly = self._check_texts(given, shown, pieces, erased)
        if not erased <= hidden | partly:
            raise self._refused(6, "It marks as erased what it shows.", given.version)
        self._look_at_policies(given, shown)
        counted.slots_withheld += len(slots)
        counted.erased += len(erased)
        counted.shown += not self._part.cited

    def _at(self, given: Given) -> str:
        return f"{self._where}, version {given.version} of {self._part.stream}"

    def _erased(self, names: Any, slots: Mapping[str, Any], given: Given) -> set[str]:
        if type(names) is not list or not all(
            isinstance(name, str) and name in slots for name in names
        ):
            raise self._refused(6, "It marks as erased what is not there.", given.version)
        if names != sorted(set(names)):
            raise self._refused(6, "It marks something as erased twice.", given.version)
        return set(names)

    def _count_ground(self, line: Any, given: Given) -> None:
        exemption = self._exemptions.get(line) if type(line) is int else None
        if exemption is None:
            raise self._refused(
                6, "It withholds something on a ground that the index does not have.", given.version
            )
        self._counted.by_exemption[exemption] += 1

    def _check_texts(
        self,
        given: Given,
        shown: Mapping[str, Any],
        pieces: Mapping[str, Any],
        erased: set[str],
    ) -> set[str]:
        """The names of the texts of which a word is hidden."""
        partly = set[str]()
        texts = given.said["texts"]
        if texts.keys() != {name for name, value in shown.items() if is_text(value)}:
            raise self._refused(6, "It leaves out the words of a text.", given.version)
        if not pieces.keys() <= texts.keys():
            raise self._refused(6, "It withholds words where no text is.", given.version)
        for name, said in texts.items():
            words = words_shown(said, shown[name], where=self._at(given))
            ranges = pieces.get(name, [])
            if name in pieces and not ranges:
                raise self._refused(6, "It withholds words and names none.", given.version)
            grounded = self._withheld_words(ranges, len(words), given)
            hidden = {number for number, word in enumerate(words) if word is None}
            if not grounded <= hidden or (hidden - grounded and name not in erased):
                raise self._refused(6, "It hides a word without a ground.", given.version)
            self._counted.words_withheld += len(grounded)
            if hidden:
                partly.add(name)
        return partly

    def _withheld_words(self, ranges: Any, count: int, given: Given) -> set[int]:
        found: set[int] = set()
        last = 0
        for each in ranges if type(ranges) is list else [None]:
            match each:
                case [first, end, line] if (
                    are_numbers(first, end, line) and last <= first < end <= count
                ):
                    found |= set(range(first, end))
                    last = end
                    self._count_ground(line, given)
                case _:
                    raise self._refused(6, "Its withheld words are not in order.", given.version)
        return found

    def _look_at_policies(self, given: Given, shown: Mapping[str, Any]) -> None:
        """Notes which policies an entry cites; of a policy that is given, checks its text against its digest."""
        if not self._part.cited:
            cited = shown.get("policy")
            if isinstance(cited, str):
                self.cites.add(cited)
            return
        assert given.line is not None
        if given.line["topic"] != "PolicyPublished" or shown.keys() != _POLICY_SHOWN:
            raise self._refused(6, "It cites what is no policy.", given.version)
        digest = hashlib.sha256(canonical(shown["document"])).hexdigest()
        if digest != shown["digest"]:
            raise self._refused(6, "The policy's text is not that of its digest.", given.version)
        self.texts_of_policies.add(digest)
        self._counted.policies += 1

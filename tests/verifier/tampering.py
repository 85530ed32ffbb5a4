"""Tamperings with a bundle: bytes, files, entries, proofs, checkpoints; those that know the format pack it anew.

Whoever packs anew makes every manifest and sum right again, so that nothing but the proofs can tell.
"""

from __future__ import annotations

import base64
import io
import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zipfile import ZipFile

from ledger.evidence.notes import SignerKey
from projections.releases.packing import BASE, File, packed_bag
from tests.evidence import by_the_book as book

Files = dict[str, bytes]
Draw = random.Random


@dataclass(frozen=True)
class Tampering:
    """What was done, and the bytes that came of it."""

    what: str
    made: bytes


def unpacked(made: bytes) -> Files:
    """The payload of a bundle, and its verify page."""
    with ZipFile(io.BytesIO(made)) as archive:
        names = [name.removeprefix(BASE) for name in archive.namelist()]
        return {
            name: archive.read(BASE + name)
            for name in names
            if name.startswith("data/") or name == "verify.html"
        }


def packed(files: Mapping[str, bytes], *, bagged_on: date) -> bytes:
    """A bundle of these files in their order, all its manifests right."""
    payload = [File(name, content) for name, content in files.items() if name != "verify.html"]
    tags = [File("verify.html", files["verify.html"])] if "verify.html" in files else []
    return b"".join(packed_bag(payload, tags, bagged_on=bagged_on))


def byte_tamperings(made: bytes, draw: Draw, count: int) -> Iterator[Tampering]:
    """Bytes flipped, lost, doubled, put in and cut off, anywhere."""
    for _ in range(count):
        raw, at = bytearray(made), draw.randrange(len(made))
        kind = draw.choice(["flip"] * 6 + ["bit", "lose", "double", "insert", "cut", "append"])
        match kind:
            case "flip":
                raw[at] ^= draw.randrange(1, 256)
            case "bit":
                raw[at] ^= 1 << draw.randrange(8)
            case "lose":
                del raw[at : at + draw.randrange(1, 64)]
            case "double":
                raw[at:at] = raw[at : at + draw.randrange(1, 64)]
            case "insert":
                raw[at:at] = draw.randbytes(draw.randrange(1, 9))
            case "cut":
                del raw[at:]
            case _:
                raw += draw.randbytes(draw.randrange(1, 64))
        yield Tampering(f"{kind} at {at}", bytes(raw))


class Forger:
    """Changes what a bundle says and packs it anew."""

    def __init__(self, made: bytes, *, bagged_on: date, stranger: SignerKey) -> None:
        self._files = unpacked(made)
        self._bagged_on = bagged_on
        self._stranger = stranger
        self._entries = sorted(name for name in self._files if name.startswith("data/entries/"))

    def forged(self, draw: Draw, count: int) -> Iterator[Tampering]:
        """So many forgeries, each of a kind drawn, each another bundle than the true one."""
        kinds: list[Callable[[Files, Draw], bool]] = [
            self._entry_left_out,
            self._entry_doubled,
            self._entries_swapped,
            self._stream_cut,
            self._value_changed,
            self._salt_changed,
            self._disclosure_moved,
            self._disclosure_of_other_entry,
            self._slot_renamed,
            self._slot_left_out,
            self._slot_hidden,
            self._word_changed,
            self._words_swapped,
            self._word_left_out,
            self._word_hidden,
            self._line_changed,
            self._line_of_other_entry,
            self._path_changed,
            self._path_cut,
            self._index_changed,
            self._count_changed,
            self._map_changed,
            self._anchor_changed,
            self._size_changed,
            self._root_changed,
            self._own_root,
            self._signature_changed,
            self._claim_changed,
            self._ledger_changed,
            self._file_left_out,
            self._file_added,
            self._files_swapped,
            self._exemption_changed,
            self._policy_changed,
            self._proof_of_other_stream,
            self._head_of_other_stream,
            self._json_written_otherwise,
        ]
        done = 0
        while done < count:
            files, kind = dict(self._files), draw.choice(kinds)
            if (kind(files, draw) and files != self._files) or kind == self._files_swapped:
                done += 1
                made = packed(files, bagged_on=self._bagged_on)
                yield Tampering(kind.__name__.strip("_"), made)

    def _some(self, files: Files, draw: Draw, folder: str = "entries") -> tuple[str, Any]:
        """A file of a stream, and what it says."""
        name = draw.choice(self._entries).replace("entries", folder)
        return name, json.loads(files[name])

    def _shown(self, files: Files, draw: Draw) -> tuple[str, Any, Any]:
        """An entry whose line is shown, within what its file says."""
        name, said = self._some(files, draw)
        shown = [each for each in said["entries"] if "line" in each]
        return name, said, draw.choice(shown) if shown else None

    def _entry_left_out(self, files: Files, draw: Draw) -> bool:
        name, said = self._some(files, draw)
        at = draw.randrange(len(said["entries"]))
        version = said["entries"].pop(at)["version"]
        files[name] = book.canonical(said)
        self._forget(files, name, version)
        return bool(said["entries"])

    def _forget(self, files: Files, name: str, version: int) -> None:
        """Leaves an entry out of its proofs and its words as well."""
        for folder in ("proofs", "said"):
            other = name.replace("entries", folder)
            if other in files:
                said = json.loads(files[other])
                said["entries"] = [
                    each
                    for each in said["entries"]
                    if (each["version"] if isinstance(each, dict) else each[0]) != version
                ]
                files[other] = book.canonical(said)

    def _entry_doubled(self, files: Files, draw: Draw) -> bool:
        name, said = self._some(files, draw)
        at = draw.randrange(len(said["entries"]))
        said["entries"].insert(at, said["entries"][at])
        files[name] = book.canonical(said)
        return True

    def _entries_swapped(self, files: Files, draw: Draw) -> bool:
        name, said = self._some(files, draw)
        if len(said["entries"]) < 2:
            return False
        at = draw.randrange(len(said["entries"]) - 1)
        said["entries"][at : at + 2] = said["entries"][at : at + 2][::-1]
        if draw.random() < 0.5:  # their versions, too
            one, other = said["entries"][at : at + 2]
            one["version"], other["version"] = other["version"], one["version"]
        files[name] = book.canonical(said)
        return True

    def _stream_cut(self, files: Files, draw: Draw) -> bool:
        """The last entries of a stream are gone, its count with them."""
        name, said = self._some(files, draw)
        if len(said["entries"]) < 2 or "map" not in self._proofs(files, name):
            return False
        version = said["entries"].pop()["version"]
        files[name] = book.canonical(said)
        self._forget(files, name, version)
        proofs = self._proofs(files, name)
        proofs["map"]["n"] = said["entries"][-1]["version"]
        files[name.replace("entries", "proofs")] = book.canonical(proofs)
        return True

    def _proofs(self, files: Files, name: str) -> Any:
        return json.loads(files[name.replace("entries", "proofs")])

    def _value_changed(self, files: Files, draw: Draw) -> bool:
        name, said, entry = self._shown(files, draw)
        slots = [each for each in entry["slots"].values() if len(each) == 2] if entry else []
        if not slots:
            return False
        slot = draw.choice(slots)
        slot[1] = draw.choice([None, 1, "other", [], {}, True, [slot[1]]])
        files[name] = book.canonical(said)
        return True

    def _salt_changed(self, files: Files, draw: Draw) -> bool:
        name, said, entry = self._shown(files, draw)
        slots = list(entry["slots"].values()) if entry else []
        if not slots:
            return False
        slot = draw.choice(slots)
        slot[0] = book.b64u(draw.randbytes(16 if len(slot) == 2 else 32))
        files[name] = book.canonical(said)
        return True

    def _disclosure_moved(self, files: Files, draw: Draw) -> bool:
        name, said, entry = self._shown(files, draw)
        if entry is None:
            return False
        one, other = draw.sample(sorted(entry["slots"]), 2)
        slots = entry["slots"]
        slots[one], slots[other] = slots[other], slots[one]
        files[name] = book.canonical(said)
        return True

    def _disclosure_of_other_entry(self, files: Files, draw: Draw) -> bool:
        name, said, entry = self._shown(files, draw)
        _, _, other = self._shown(files, draw)
        both = entry["slots"].keys() & other["slots"].keys() if entry and other else set()
        if not both:
            return False
        slot = draw.choice(sorted(both))
        entry["slots"][slot] = other["slots"][slot]
        files[name] = book.canonical(said)
        return True

    def _slot_renamed(self, files: Files, draw: Draw) -> bool:
        name, said, entry = self._shown(files, draw)
        if entry is None:
            return False
        slot = draw.choice(sorted(entry["slots"]))
        entry["slots"][f"{slot}_too"] = entry["slots"].pop(slot)
        files[name] = book.canonical(said)
        return True

    def _slot_left_out(self, files: Files, draw: Draw) -> bool:
        name, said, entry = self._shown(files, draw)
        if entry is None:
            return False
        del entry["slots"][draw.choice(sorted(entry["slots"]))]
        files[name] = book.canonical(said)
        return True

    def _slot_hidden(self, files: Files, draw: Draw) -> bool:
        """A value gives way to its digest, for which there is no ground."""
        name, said, entry = self._shown(files, draw)
        slots = entry["slots"] if entry else {}
        shown = sorted(each for each, slot in slots.items() if len(slot) == 2)
        if not shown or name == self._entries[-1]:
            return False
        slot = draw.choice(shown)
        salted, value = slots[slot]
        slots[slot] = [book.b64u(book.slot_digest(book.bytes_of(salted), slot, value))]
        entry["texts"].pop(slot, None)
        files[name] = book.canonical(said)
        return True

    def _words(self, files: Files, draw: Draw) -> tuple[str, Any, list[Any]]:
        name, said, entry = self._shown(files, draw)
        texts = [words for words in entry["texts"].values() if words] if entry else []
        return name, said, draw.choice(texts) if texts else []

    def _word_changed(self, files: Files, draw: Draw) -> bool:
        name, said, words = self._words(files, draw)
        shown = [each for each in words if len(each) == 2]
        if not shown:
            return False
        draw.choice(shown)[1] += draw.choice([" ", "x", "\u0000"])
        files[name] = book.canonical(said)
        return True

    def _words_swapped(self, files: Files, draw: Draw) -> bool:
        name, said, words = self._words(files, draw)
        if len(words) < 2:
            return False
        at = draw.randrange(len(words) - 1)
        words[at : at + 2] = words[at : at + 2][::-1]
        files[name] = book.canonical(said)
        return True

    def _word_left_out(self, files: Files, draw: Draw) -> bool:
        name, said, words = self._words(files, draw)
        if not words:
            return False
        del words[draw.randrange(len(words))]
        files[name] = book.canonical(said)
        return True

    def _word_hidden(self, files: Files, draw: Draw) -> bool:
        name, said, words = self._words(files, draw)
        shown = [number for number, each in enumerate(words) if len(each) == 2]
        if not shown:
            return False
        at = draw.choice(shown)
        salted, word = words[at]
        words[at] = [book.b64u(book.piece_digest(book.bytes_of(salted), word))]
        files[name] = book.canonical(said)
        return True

    def _line_changed(self, files: Files, draw: Draw) -> bool:
        name, said, entry = self._shown(files, draw)
        if entry is None:
            return False
        line = json.loads(entry["line"])
        line |= draw.choice(
            [
                {"recorded_at": "2026-03-02T12:30:00.000001Z"},
                {"topic": "CaseSettled"},
                {"schema": line["schema"] + 1},
                {"version": line["version"] + 1},
                {"previous": book.b64u(draw.randbytes(32))},
                {"content": book.b64u(draw.randbytes(32))},
                {"ledger": book.b64u(draw.randbytes(16))},
            ]
        )
        entry["line"] = book.canonical(line).decode()
        files[name] = book.canonical(said)
        return True

    def _line_of_other_entry(self, files: Files, draw: Draw) -> bool:
        name, said, entry = self._shown(files, draw)
        _, _, other = self._shown(files, draw)
        if entry is None or other is None:
            return False
        for part in ("line", "slots", "texts"):
            entry[part] = other[part]
        files[name] = book.canonical(said)
        return True

    def _path_changed(self, files: Files, draw: Draw) -> bool:
        name, said = self._some(files, draw, "proofs")
        path = draw.choice(said["entries"])[2]
        path[draw.randrange(len(path))] = book.b64u(draw.randbytes(32))
        files[name] = book.canonical(said)
        return True

    def _path_cut(self, files: Files, draw: Draw) -> bool:
        name, said = self._some(files, draw, "proofs")
        path = draw.choice(said["entries"])[2]
        if draw.random() < 0.5:
            path.pop()
        else:
            path.append(path[-1])
        files[name] = book.canonical(said)
        return True

    def _index_changed(self, files: Files, draw: Draw) -> bool:
        name, said = self._some(files, draw, "proofs")
        draw.choice(said["entries"])[1] += draw.choice([-1, 1, 2, 1000, -1000])
        files[name] = book.canonical(said)
        return True

    def _count_changed(self, files: Files, draw: Draw) -> bool:
        name, said = self._some(files, draw, "proofs")
        if "map" not in said:
            return False
        said["map"]["n"] += draw.choice([-1, 1, 5])
        files[name] = book.canonical(said)
        return True

    def _map_changed(self, files: Files, draw: Draw) -> bool:
        name, said = self._some(files, draw, "proofs")
        siblings = said.get("map", {}).get("siblings", [])
        if not siblings:
            return False
        match draw.randrange(3):
            case 0:
                siblings[draw.randrange(len(siblings))] = book.b64u(draw.randbytes(32))
            case 1:
                siblings.pop()
            case _:
                said["map"]["head"] = book.b64u(draw.randbytes(32))
        files[name] = book.canonical(said)
        return True

    def _anchor_changed(self, files: Files, draw: Draw) -> bool:
        said = json.loads(files["data/proofs/anchor.json"])
        match draw.randrange(4):
            case 0:
                name = draw.choice(["heads", "leaves", "signed_at", "streams"])
                was = said["slots"][name][1]
                said["slots"][name][1] = was + 1 if isinstance(was, int) else f"{was[:-1]}A"
            case 1:
                said["path"][draw.randrange(len(said["path"]))] = book.b64u(draw.randbytes(32))
            case 2:
                salted, value = said["slots"]["heads"]
                said["slots"]["heads"] = [
                    book.b64u(book.slot_digest(book.bytes_of(salted), "heads", value))
                ]
            case _:
                line = json.loads(said["line"]) | {"recorded_at": "2030-01-01T00:00:00.000000Z"}
                said["line"] = book.canonical(line).decode()
        files["data/proofs/anchor.json"] = book.canonical(said)
        return True

    def _note(self, files: Files) -> tuple[list[str], str]:
        text, _, signed = files["data/proofs/checkpoint"].decode().rpartition("\n\n")
        return text.split("\n"), signed

    def _renote(self, files: Files, lines: list[str], signed: str) -> None:
        files["data/proofs/checkpoint"] = ("\n".join(lines) + "\n\n" + signed).encode()

    def _size_changed(self, files: Files, draw: Draw) -> bool:
        lines, signed = self._note(files)
        lines[1] = draw.choice(["0", "-1", "1", f"0{lines[1]}", str(int(lines[1]) + 1), "2"])
        self._renote(files, lines, signed)
        return True

    def _root_changed(self, files: Files, draw: Draw) -> bool:
        lines, signed = self._note(files)
        lines[2] = base64.b64encode(draw.randbytes(32)).decode()
        self._renote(files, lines, signed)
        return True

    def _signature_changed(self, files: Files, draw: Draw) -> bool:
        lines, signed = self._note(files)
        name, encoded = signed.removeprefix("\u2014 ").rstrip("\n").split(" ")
        raw = bytearray(base64.b64decode(encoded))
        raw[draw.randrange(len(raw))] ^= draw.randrange(1, 256)
        self._renote(files, lines, f"\u2014 {name} {base64.b64encode(raw).decode()}\n")
        return True

    def _own_root(self, files: Files, draw: Draw) -> bool:
        """A log of the forger's own, whole and in itself right, with a changed value, under another key."""
        name = "data/proofs/anchor.json"
        anchor = json.loads(files[name])
        lines, _ = self._note(files)
        size = draw.choice([1, int(lines[1])])
        if size == 1:
            anchor["path"] = []
            lines[1] = "1"
            lines[2] = base64.b64encode(book.leaf(anchor["line"].encode())).decode()
            files[name] = book.canonical(anchor)
        text = "\n".join(lines) + "\n"
        self._renote(files, lines, self._stranger.sign(text).line())
        return True

    def _claim_changed(self, files: Files, draw: Draw) -> bool:
        said = json.loads(files["data/release.json"])
        said["claim"] = draw.choice(["whole_stream", "stated_scope", "none", "all"])
        files["data/release.json"] = book.canonical(said)
        return True

    def _ledger_changed(self, files: Files, draw: Draw) -> bool:
        said = json.loads(files["data/release.json"])
        said["ledger"] = book.b64u(draw.randbytes(16))
        files["data/release.json"] = book.canonical(said)
        return True

    def _file_left_out(self, files: Files, draw: Draw) -> bool:
        del files[draw.choice(sorted(files))]
        return True

    def _file_added(self, files: Files, draw: Draw) -> bool:
        name = draw.choice(["data/entries/000099.json", "data/extra.txt", "data/said/note.txt"])
        files[name] = b"{}"
        return True

    def _files_swapped(self, files: Files, draw: Draw) -> bool:
        """The same files, packed in another order."""
        names = [name for name in files if name != "verify.html" and "chronology" not in name]
        at = draw.randrange(len(names) - 1)
        one, other = names[at : at + 2]
        order = [{one: other, other: one}.get(name, name) for name in files]
        contents = {name: files[name] for name in order}
        files.clear()
        files.update(contents)
        return True

    def _exemption_changed(self, files: Files, draw: Draw) -> bool:
        """An exemption in one of the two forms of the index, or a ground that it does not have."""
        if draw.random() < 0.5:
            said = json.loads(files["data/index.json"])
            if not said["lines"]:
                return False
            draw.choice(said["lines"])["exemption"] += "(9)"
            files["data/index.json"] = book.canonical(said)
        else:
            files["data/index.csv"] += b"9,s.99,more\r\n"
        return True

    def _policy_changed(self, files: Files, draw: Draw) -> bool:
        for name in self._entries:
            said = json.loads(files[name])
            published = [each for each in said["entries"] if "document" in each.get("slots", {})]
            if published:
                document = draw.choice(published)["slots"]["document"]
                document[1] = {**document[1], "office": {}}
                files[name] = book.canonical(said)
                return True
        return False

    def _proof_of_other_stream(self, files: Files, draw: Draw) -> bool:
        one, other = draw.choice(self._entries), draw.choice(self._entries)
        one, other = (name.replace("entries", "proofs") for name in (one, other))
        files[one], files[other] = files[other], files[one]
        return True

    def _head_of_other_stream(self, files: Files, draw: Draw) -> bool:
        name, said = self._some(files, draw, "proofs")
        _, other = self._some(files, draw, "proofs")
        if "map" not in said or "map" not in other:
            return False
        said["map"] = other["map"]
        files[name] = book.canonical(said)
        return True

    def _json_written_otherwise(self, files: Files, draw: Draw) -> bool:
        """The same values in another writing: a space, a repeated key, a number with a fraction."""
        name = draw.choice([name for name in sorted(files) if name.endswith(".json")])
        raw = files[name]
        match draw.randrange(3):
            case 0:
                files[name] = raw + b"\n"
            case 1:
                files[name] = raw.replace(b":", b": ", 1)
            case _:
                files[name] = b'{"a":1,' + raw[1:]
        return True

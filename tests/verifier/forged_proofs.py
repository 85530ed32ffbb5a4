"""Forgeries of what proves: paths, the map, the anchor, the checkpoint, and the files around them."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Sequence

from ledger.evidence.signing.notes import SignerKey
from tests.evidence import by_the_book as book
from tests.verifier.packing import Draw, Files, Forgeries, Forgery


class ForgedProofs(Forgeries):
    """Forgeries of the proofs of a bundle, by somebody with another key than the office."""

    def __init__(self, entries: Sequence[str], stranger: SignerKey) -> None:
        super().__init__(entries)
        self._stranger = stranger

    def kinds(self) -> list[Forgery]:
        """Each way to forge."""
        return [
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
            self._number_as_truth,
            self._volumes_fewer_than_none,
            self._column_without_a_name,
        ]

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

    def _number_as_truth(self, files: Files, draw: Draw) -> bool:
        """What many a language takes for the same: true for 1 and false for 0."""
        name, said = self._some(files, draw, "proofs")
        found = [
            (proof, place)
            for proof in said["entries"]
            for place in (0, 1)
            if proof[place] in (0, 1)
        ]
        if not found:
            return False
        proof, place = draw.choice(found)
        proof[place] = bool(proof[place])
        files[name] = book.canonical(said)
        return True

    def _volumes_fewer_than_none(self, files: Files, _draw: Draw) -> bool:
        said = json.loads(files["data/release.json"]) | {"volumes": -1}
        files["data/release.json"] = book.canonical(said)
        for name in [name for name in files if name.startswith("data/chronology/")]:
            del files[name]
        return True

    def _column_without_a_name(self, files: Files, _draw: Draw) -> bool:
        """A column of the index that is named by a number, the same in both of its forms."""
        said = json.loads(files["data/index.json"])
        said["columns"].append(7)
        for line in said["lines"]:
            line["said"].append(7)
        files["data/index.json"] = book.canonical(said)
        rows = list(csv.reader(io.StringIO(files["data/index.csv"].decode(), newline="")))
        written = io.StringIO(newline="")
        csv.writer(written).writerows([*row, "7"] for row in rows)
        files["data/index.csv"] = written.getvalue().encode()
        return True

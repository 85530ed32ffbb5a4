"""Forgeries of what is shown: entries, their slots and words, and the lines that stand for them."""

from __future__ import annotations

import json
from typing import Any

from tests.evidence import by_the_book as book
from tests.verifier.packing import Draw, Files, Forgeries, Forgery


class ForgedEntries(Forgeries):
    """Forgeries of the entries of a bundle."""

    def kinds(self) -> list[Forgery]:
        """Each way to forge."""
        return [
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
            self._entry_made_up_beyond,
            self._shown_and_said_to_be_erased,
            self._ground_beside_a_policy,
            self._optional_part_empty,
        ]

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

    def _entry_made_up_beyond(self, files: Files, draw: Draw) -> bool:
        """An entry after the last, which nobody recorded, counted as one out of scope."""
        name, said = self._some(files, draw)
        made_up = {
            "digest": book.b64u(draw.randbytes(32)),
            "version": said["entries"][-1]["version"] + 1,
        }
        said["entries"].append(made_up)
        files[name] = book.canonical(said)
        return True

    def _shown_and_said_to_be_erased(self, files: Files, draw: Draw) -> bool:
        """A value that anybody can read, marked as erased."""
        name, said, entry = self._shown(files, draw)
        if entry is None:
            return False
        whole = sorted(
            each
            for each, slot in entry["slots"].items()
            if len(slot) == 2 and all(len(word) == 2 for word in entry["texts"].get(each, []))
        )
        if not whole:
            return False
        entry["erased"] = sorted({*entry.get("erased", []), draw.choice(whole)})
        files[name] = book.canonical(said)
        return True

    def _ground_beside_a_policy(self, files: Files, draw: Draw) -> bool:
        """Something withheld in a stream that is cited alone: of a policy nothing is withheld on any ground."""
        streams = json.loads(files["data/release.json"])["streams"]
        cited = [each["file"] for each in streams if each["cited"]]
        if not cited:
            return False
        name = f"data/entries/{draw.choice(cited)}.json"
        said = json.loads(files[name])
        draw.choice(said["entries"])["withheld"] = {}
        files[name] = book.canonical(said)
        return True

    def _optional_part_empty(self, files: Files, draw: Draw) -> bool:
        """What may be left out is there and says nothing: a release has one form alone."""
        name, said, entry = self._shown(files, draw)
        where = draw.choice(["anchor", "release", "entry", "withheld", "words"])
        if where in ("anchor", "release"):
            name, part = {
                "anchor": ("data/proofs/anchor.json", {"earlier": []}),
                "release": ("data/release.json", {"recipient": ""}),
            }[where]
            files[name] = book.canonical({**part, **json.loads(files[name])})
            return True
        if entry is None:
            return False
        match where:
            case "entry":
                entry.setdefault(*draw.choice([("erased", []), ("withheld", {})]))
            case "withheld":
                part = draw.choice(["slots", "pieces"])
                entry.setdefault("withheld", {}).setdefault(part, {})
            case _:
                words = [each for each in entry["texts"] if "pieces" in entry.get("withheld", {})]
                if not words:
                    return False
                entry["withheld"]["pieces"].setdefault(draw.choice(words), [])
        files[name] = book.canonical(said)
        return True

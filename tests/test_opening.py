"""Personal values have one way out: whatever decrypts them is found in the code, and stands behind a record."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house import OURS, broken, tree_of

DECRYPTS = {
    "values_sealed",
    "sealed_names",
    "names_under",
    "sealed_about",
    "decrypted",
    "cipher",
    "key_for",
    "decrypt",
    "sound_cipher",
}
"""Calls that lead to what is sealed."""
OPENERS = {"verified_entry", "disclosed_entry", "opener"}
"""Calls that do where they are given a vault."""
MAY = {
    "ledger/sealing/reading.py": "opens one part under its key, for whoever recorded that first",
    "ledger/sealing/disclosing.py": "opens one entry with its salts, for whoever recorded that first",
    "ledger/sealing/whose.py": "tells whose a part is, and nothing of what it says",
    "ledger/sealing/sealing.py": "seals, and asks for the key to seal under",
    "ledger/sealing/wrapping.py": "unwraps keys",
    "ledger/personal/originals.py": "seals a mail as it came, and opens it for whoever recorded that first",
    "ledger/personal/opening.py": "records who reads what and why, and then opens it",
    "ledger/personal/seeking.py": "compares what was said for a search on record, and shows nobody what it compares",
    "api/http/reading/sealed_marks.py": "opens the mark at which an answer ended, which is of no entry",
    "ledger/evidence/verifying/behind.py": "after a loss of power tells from the names of slots whose key sealed them",
}
"""Where something may be decrypted, and why nobody sees it who was not recorded before."""


def decrypting(tree: ast.AST) -> Iterator[str]:
    """Every place in a module that leads to what is sealed."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Name("partial"), [ast.Name(name), *_], keywords) | ast.Call(
                ast.Attribute(attr=name) | ast.Name(id=name), keywords=keywords
            ):
                opens = name in OPENERS and any(each.arg == "vault" for each in keywords)
                if opens or name in DECRYPTS:
                    yield f"line {node.lineno} calls {name}"
            case _:
                continue


def test_nothing_is_decrypted_but_behind_a_record() -> None:
    found = broken(OURS, lambda path: decrypting(tree_of(path)))
    assert found.keys() == MAY.keys(), found


def test_what_is_opened_lies_in_no_file_with_a_name_that_a_killed_process_leaves_behind() -> None:
    """A bundle lay whole in the temporary folder while it was verified, and no erasure would have reached it there."""
    assert broken(OURS, lambda path: named_for_a_while(tree_of(path))) == {}


def named_for_a_while(tree: ast.AST) -> Iterator[str]:
    """Every place in a module that makes a temporary file which others can find."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                ast.Attribute(attr="NamedTemporaryFile" | "mkstemp")
                | ast.Name("NamedTemporaryFile" | "mkstemp")
            ):
                yield f"line {node.lineno} makes a temporary file with a name"
            case _:
                continue


@pytest.mark.parametrize(
    "code",
    [
        "found = verified_entry(row, ledger_id, blobs=blobs, vault=vault)",
        "names = sealed_names(blob, row, ledger_id, vault)",
        "names = names_under(cipher, blob, row, ledger_id)",
        "plain = vault.cipher(key_id).decrypt(iv, blob, None)",
        "vault.assignments.recover(tip, partial(sealed_about, store, vault))",
    ],
)
def test_the_search_sees_each_way_to_what_is_sealed(code: str) -> None:
    assert list(decrypting(ast.parse(code))) != []

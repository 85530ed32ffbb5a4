"""The verify page beside other evidence: an earlier release of the same office, and witnesses that cosigned."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe

from ledger.evidence.signing.notes import COSIGNATURE, Signature, SignerKey, read_note
from tests.browser.chromium import VerifyPage
from tests.verifier.histories import Histories, histories_in
from tests.verifier.packing import packed, unpacked
from tests.verifier.releases import Released, released_in

CHECKPOINT = "data/proofs/checkpoint"
OMBUDSMAN = SignerKey.from_secret("ombudsman.example", COSIGNATURE, b"o" * 32)
ARCHIVES = SignerKey.from_secret("archives.example", COSIGNATURE, b"a" * 32)
STRANGER = SignerKey.from_secret("ombudsman.example", COSIGNATURE, b"s" * 32)
SEEN_AT = 1_772_460_000
"""14:00 on 2 March 2026."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Histories:
    return histories_in(tmp_path_factory.mktemp("told"))


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Released]:
    with released_in(tmp_path_factory.mktemp("cosigned")) as found:
        yield found


def test_a_later_release_is_shown_to_go_on_from_an_earlier_one(
    page: VerifyPage, told: Histories
) -> None:
    assert page.verifies(told.grown, key=told.key, earlier=told.earlier) == "confirmed"
    said = f"Nothing was rewritten since the earlier release, when the log had {told.size} entries."
    assert said in page.says("#proof")
    page.page.click("#fr")
    assert "Rien n'a été récrit depuis la communication antérieure" in page.says("#proof")
    page.page.click("#en")
    assert page.verifies(told.grown, key=told.key) == "confirmed"
    assert "rewritten" not in page.says("#proof"), "without an earlier one nothing is said of it"
    assert page.verifies(told.grown, key=told.key, earlier=told.grown) == "confirmed"
    assert Axe().run(page.page).violations_count == 0
    assert [url for url in page.asked if not url.startswith("file:")] == []


def test_a_history_that_was_rewritten_in_between_is_refused_in_plain_words(
    page: VerifyPage, told: Histories
) -> None:
    assert page.verifies(told.rewritten, key=told.key) == "confirmed", "alone nobody can tell"
    assert page.verifies(told.rewritten, key=told.key, earlier=told.earlier) == "failed"
    assert "At step 7" in page.says("#verdict")
    assert "Keep both files, and ask the office to explain." in page.says("#verdict")
    assert "history was rewritten since the earlier release" in page.says("#verdict")
    assert not page.page.is_visible("#proof")


@pytest.mark.parametrize(
    ("earlier", "later", "said"),
    [
        ("earlier", "unproved", "it does not prove how the log grew since the earlier release"),
        ("grown", "earlier", "it does not prove how the log grew since the earlier release"),
        ("foreign", "grown", "it is of another ledger than the earlier release"),
    ],
)
def test_an_earlier_release_that_proves_nothing_is_refused_with_what_to_do(
    page: VerifyPage, told: Histories, earlier: str, later: str, said: str
) -> None:
    given = getattr(told, earlier)
    keys = f"{told.key}\n{told.foreign_key}"
    assert page.verifies(getattr(told, later), key=keys, earlier=given) == "failed"
    assert said in page.says("#verdict")


def test_an_earlier_release_that_is_damaged_is_the_one_that_is_named(
    page: VerifyPage, told: Histories
) -> None:
    assert page.verifies(told.grown, key=told.key, earlier=told.earlier[:-1]) == "failed"
    assert "in the earlier release, zip" in page.says("#verdict")


def cosigned(released: Released, *signatures: Signature) -> bytes:
    """The release with more signatures under its checkpoint, packed anew."""
    files = unpacked(released.made["whole_stream"])
    note = read_note(files[CHECKPOINT].decode()).with_signatures(signatures)
    files[CHECKPOINT] = str(note).encode()
    return packed(files, bagged_on=released.signed_on)


def checkpoint_of(released: Released) -> str:
    return read_note(unpacked(released.made["whole_stream"])[CHECKPOINT].decode()).text


def keys(released: Released, *witnesses: SignerKey) -> str:
    return "\n".join([released.key, *(str(each.verifier) for each in witnesses)])


def test_what_a_witness_cosigned_is_told_with_the_time_at_which_it_saw_it(
    page: VerifyPage, released: Released
) -> None:
    text = checkpoint_of(released)
    made = cosigned(released, OMBUDSMAN.cosign(text, SEEN_AT))
    assert page.verifies(made, key=keys(released, OMBUDSMAN)) == "confirmed"
    said = page.says("#proof")
    assert "ombudsman.example saw this checkpoint at March 2, 2026 at 2:00:00 p.m. UTC." in said
    assert page.verifies(made, key=released.key) == "confirmed"
    assert "ombudsman.example" not in page.says("#proof"), "whose key was not given is not believed"


def test_a_cosignature_that_the_witness_did_not_make_is_refused(
    page: VerifyPage, released: Released
) -> None:
    text = checkpoint_of(released)
    later = Signature(
        OMBUDSMAN.verifier.name,
        OMBUDSMAN.verifier.key_id,
        (SEEN_AT + 60).to_bytes(8, "big") + OMBUDSMAN.cosign(text, SEEN_AT).raw[8:],
    )
    of_another = OMBUDSMAN.cosign("other.example\n7\n" + "A" * 43 + "=\n", SEEN_AT)
    for forged in (later, of_another):
        assert page.verifies(cosigned(released, forged), key=keys(released, OMBUDSMAN)) == "failed"
        assert "a signature is not of this checkpoint" in page.says("#verdict")


def test_every_witness_whose_key_is_given_must_have_cosigned(
    page: VerifyPage, released: Released
) -> None:
    text = checkpoint_of(released)
    made = cosigned(released, OMBUDSMAN.cosign(text, SEEN_AT))
    for others in ((OMBUDSMAN, ARCHIVES), (ARCHIVES,), (STRANGER,)):
        assert page.verifies(made, key=keys(released, *others)) == "failed"
        assert "a witness whose key you gave has not cosigned it" in page.says("#verdict")
    both = cosigned(released, OMBUDSMAN.cosign(text, SEEN_AT), ARCHIVES.cosign(text, SEEN_AT))
    assert page.verifies(both, key=keys(released, OMBUDSMAN, ARCHIVES)) == "confirmed"

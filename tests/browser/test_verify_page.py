"""The verify page in a real Chromium, offline: the same verdicts as the verifier, for everybody to read."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from api.verifier import Trusted, trusted_keys, verify_bundle
from projections.releases.selection import Claim
from tests.browser.chromium import VerifyPage, opened
from tests.evidence import by_the_book as book
from tests.verifier.packing import packed, unpacked
from tests.verifier.releases import CLAIMS, Released, ending_withheld, released_in
from tests.verifier.tampering import Forger, byte_tamperings

A_CLAIM = 15


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Released]:
    with released_in(tmp_path_factory.mktemp("shown")) as found:
        yield found


@pytest.mark.parametrize("claim", CLAIMS)
def test_an_honest_release_is_confirmed_by_its_key_and_asks_for_nothing_from_outside(
    page: VerifyPage, released: Released, claim: Claim
) -> None:
    made = released.made[claim]
    assert page.verifies(made, key=released.key) == "confirmed"
    assert page.verifies(made) == "consistent"
    assert page.verifies(made, key=str(released.stranger.verifier)) == "failed"
    assert page.verifies(made, key="nonsense") == "failed"
    assert [url for url in page.asked if not url.startswith("file:")] == []
    assert len(page.asked) == 1


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_sample_of_tamperings_is_refused_like_by_the_verifier(
    page: VerifyPage, released: Released, claim: Claim
) -> None:
    made, draw = released.made[claim], random.Random(claim)
    forger = Forger(made, bagged_on=released.signed_on, stranger=released.stranger)
    tried = [*byte_tamperings(made, draw, A_CLAIM), *forger.forged(draw, A_CLAIM)]
    allowed = set[str]() if claim == "whole_stream" else {"entry_left_out"}
    passed = {
        each.what
        for each in tried
        if each.made != made and page.verifies(each.made, key=released.key) != "failed"
    }
    assert passed <= allowed
    assert page.verifies(made, key=released.key) == "confirmed"


@pytest.mark.parametrize(("within", "told"), [("\ufeff", "confirmed"), ("\u0085", "failed")])
def test_a_signature_of_somebody_unknown_is_passed_over_if_its_name_has_no_space(
    page: VerifyPage, released: Released, tmp_path: Path, within: str, told: str
) -> None:
    """What is a space is the same to the page and to the command, whose languages differ in it."""
    files = unpacked(released.made["none"])
    stranger = released.stranger.sign("")._replace(name=f"some{within}body")
    files["data/proofs/checkpoint"] += stranger.line().encode()
    made = packed(files, bagged_on=released.signed_on)
    file = tmp_path / "signed.zip"
    file.write_bytes(made)
    assert page.verifies(made, key=released.key) == told
    assert verify_bundle(file, Trusted(trusted_keys(released.key))).word == told


def test_as_many_signatures_as_the_command_takes_the_page_takes_too(
    page: VerifyPage, released: Released
) -> None:
    """Sixteen that no quantum computer forges come to more than half of what a note may have."""
    files = unpacked(released.made["none"])
    stranger = released.stranger.sign("")._replace(name="somebody", raw=bytes(4_900))
    files["data/proofs/checkpoint"] += 16 * stranger.line().encode()
    made = packed(files, bagged_on=released.signed_on)
    assert page.verifies(made, key=released.key) == "confirmed"


def test_it_says_what_is_proven_and_what_is_not_in_english_and_in_french(
    page: VerifyPage, released: Released
) -> None:
    page.verifies(released.made["whole_stream"], key=released.key)
    assert "there are no others" in page.says("#proof")
    assert "That what was entered is true." in page.says("#proof")
    page.page.click("#fr")
    assert "Confirmé" in page.says("#verdict")
    assert "Ce qui n'est pas prouvé" in page.says("#proof")
    assert page.page.get_attribute("html", "lang") == "fr"
    page.verifies(released.made["stated_scope"], key=released.key)
    assert "cette communication ne l'affirme pas" in page.says("#proof")


def test_what_is_withheld_behind_the_last_line_shown_is_said_to_be_proved_of_no_record(
    page: VerifyPage, released: Released
) -> None:
    page.verifies(released.made["stated_scope"], key=released.key)
    assert "is of that record" not in page.says("#proof")
    assert page.verifies(ending_withheld(released), key=released.key) == "confirmed"
    assert "withheld at the end of a record (entries: 4) is of that record" in page.says("#proof")


def test_languages_in_a_list_of_their_own_are_none(page: VerifyPage, released: Released) -> None:
    """A list in the list reads like what is in it once both are joined into words."""
    files = unpacked(released.made["none"])
    said = json.loads(files["data/release.json"])
    files["data/release.json"] = book.canonical({**said, "languages": [said["languages"]]})
    assert page.verifies(packed(files, bagged_on=released.signed_on)) == "failed"


def test_the_slider_shows_what_was_known_when_by_keyboard_alone(
    page: VerifyPage, released: Released
) -> None:
    page.verifies(released.made["whole_stream"], key=released.key)
    slider = page.page.locator("#instant")
    shown = page.page.locator("#entries article")
    everything = shown.count()
    assert everything == released.entries
    slider.focus()
    page.page.keyboard.press("Home")
    assert 0 < shown.count() < everything
    assert re.search(r"\d+ of \d+ entries were known then", page.says("#count"))
    assert slider.get_attribute("aria-valuetext")
    page.page.keyboard.press("End")
    assert shown.count() == everything


def test_withheld_words_are_shown_as_such_and_never_guessed(
    page: VerifyPage, released: Released
) -> None:
    page.verifies(released.made["whole_stream"], key=released.key)
    for summary in page.page.locator("article details summary").all():
        summary.click()
    said = page.says("#entries")
    assert "████" in said
    assert "withheld: s.20" in said
    assert "Withheld as a whole: s.14" in said


def test_it_can_be_used_by_keyboard_from_the_first_to_the_last_control(
    page: VerifyPage, released: Released
) -> None:
    page.verifies(released.made["whole_stream"], key=released.key)
    page.page.focus("#en")
    reached: list[str] = []
    for _ in range(10):
        reached.append(
            page.page.evaluate("document.activeElement.id || document.activeElement.tagName")
        )
        page.page.keyboard.press("Tab")
    assert reached[:5] == ["en", "fr", "file", "key", "earlier"]
    assert {"BUTTON", "record", "instant"} <= set(reached)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_before_and_after_whichever_the_colours(
    page: VerifyPage, released: Released, scheme: Literal["light", "dark"]
) -> None:
    page.page.emulate_media(color_scheme=scheme)
    for made in (None, released.made["whole_stream"], b"nothing"):
        if made is not None:
            page.verifies(made, key=released.key)
        found = Axe().run(page.page)
        assert found.violations_count == 0, found.generate_report()


def test_without_a_script_it_says_that_nothing_was_verified(
    browser: Browser, tmp_path: Path
) -> None:
    with opened(browser, tmp_path, scripts=False) as page:
        assert "Not verified" in page.says("body")
        assert "Non vérifié" in page.says("body")
        assert not page.page.is_visible("#form")


def test_where_the_browser_lacks_ed25519_the_signature_is_not_checked_and_nothing_is_green(
    browser: Browser, tmp_path: Path, released: Released
) -> None:
    lacking = (
        "crypto.subtle.importKey = () => "
        "Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'));"
    )
    with opened(browser, tmp_path, before=lacking) as page:
        made = released.made["whole_stream"]
        assert page.verifies(made, key=released.key) == "consistent"
        assert "Signature not checked" in page.says("#verdict")
        assert page.verifies(made[:-1], key=released.key) == "failed"

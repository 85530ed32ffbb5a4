"""The verify page as it is published: one file, closed to everything but its own script and style."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from api.verifier.package import PAGES
from projections.releases.verify_page import page_digest, verify_page

README = Path(__file__).resolve().parents[2] / "README.md"


def test_its_digest_is_the_one_that_the_readme_and_the_verifier_know() -> None:
    assert page_digest() in README.read_text(encoding="utf-8")
    assert page_digest() in PAGES


def test_only_its_own_script_and_style_may_run_and_nothing_may_be_loaded() -> None:
    page = verify_page().decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        (said,) = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(said.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_it_holds_no_address_and_never_writes_markup() -> None:
    page = verify_page().decode()
    assert re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]+|src=|href=|url\(", page) == []
    banned = "innerHTML|outerHTML|insertAdjacent|document.write|eval(|new Function|fetch(|XMLHttp|import("
    assert [word for word in banned.split("|") if word in page] == []

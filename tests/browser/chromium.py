"""A real Chromium without a network, and the verify page in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, sync_playwright

from projections.releases.verify_page import verify_page
from tests.patience import WITHIN_SECONDS

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_WITHIN_MILLISECONDS = 1_000.0 * WITHIN_SECONDS
_MISSING = "there is no Chromium: install the package chromium, or name one in CASELEDGER_CHROMIUM"


def chromium() -> str:
    """Where Chromium lies; where there is none the test is skipped with the reason, and fails in CI."""
    named = os.environ.get("CASELEDGER_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None and os.environ.get("CI"):
        pytest.fail(_MISSING)
    if found is None:
        pytest.skip(_MISSING)
    return found


@contextmanager
def started() -> Generator[Browser]:
    """Chromium, started with an empty profile and stopped after the block."""
    executable = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=list(_QUIET), timeout=_WITHIN_MILLISECONDS
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class VerifyPage:
    """The verify page as a person uses it, and every address that it asked for."""

    page: Page
    asked: list[str]

    def verifies(self, made: bytes, *, key: str = "", earlier: bytes | None = None) -> str:
        """Gives it a file, a key, perhaps an earlier file; tells its verdict: failed, consistent or confirmed."""
        for place, given in (("#file", made), ("#earlier", earlier)):
            file = FilePayload(name="release.zip", mimeType="application/zip", buffer=given or b"")
            self.page.set_input_files(place, files=[] if given is None else [file])
        self.page.fill("#key", key)
        self.page.evaluate("document.getElementById('verdict').className = 'asked'")
        self.page.click("#form button")
        self.page.wait_for_selector("#verdict:is(.failed, .consistent, .confirmed)")
        return self.page.get_attribute("#verdict", "class") or ""

    def says(self, place: str) -> str:
        """The text in a part of the page."""
        return self.page.inner_text(place)


@contextmanager
def opened(
    browser: Browser, folder: Path, *, scripts: bool = True, before: str | None = None
) -> Generator[VerifyPage]:
    """The verify page opened from a file, offline; `before` is a script that runs first."""
    file = folder / "verify.html"
    file.write_bytes(verify_page())
    context: BrowserContext = browser.new_context(
        offline=True,
        java_script_enabled=scripts,
        locale="en-CA",
        viewport={"width": 1000, "height": 900},
    )
    context.set_default_timeout(_WITHIN_MILLISECONDS)
    try:
        if before is not None:
            context.add_init_script(before)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: asked.append(f"error: {error}"))
        page.goto(file.as_uri())
        yield VerifyPage(page, asked)
    finally:
        context.close()

"""A browser for each module of tests, and a page of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import VerifyPage, opened, started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for a module."""
    with started() as found:
        yield found


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[VerifyPage]:
    """The verify page, opened anew."""
    with opened(browser, tmp_path) as found:
        yield found

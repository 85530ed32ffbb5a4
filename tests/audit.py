"""Asks for known vulnerabilities of what is locked. Exit code 0: none, 1: some, 3: nobody could be asked, and why."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

NONE, SOME, NOT_ASKED = 0, 1, 3
ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / ".venv" / "audit" / "bin" / "pip-audit"
SERVICES = ("pypi", "osv")
"""Who knows of vulnerabilities: the index itself by its JSON API, then the database of open-source advisories."""


def main(program: Path = PROGRAM, lock: Path = ROOT / "requirements.lock") -> int:
    """Asks one service after the other until one answers."""
    for service in SERVICES:
        found = asked(program, service, lock)
        if found is not None:
            lines = list(told(found))
            sys.stdout.write("".join(f"{each}\n" for each in lines))
            return SOME if lines else NONE
    sys.stdout.write(
        "No service that knows of vulnerabilities could be asked, so what is locked was not audited: say `make audit` "
        "where PyPI's JSON API or OSV is reached.\n"
    )
    return NOT_ASKED


def asked(program: Path, service: str, lock: Path) -> Sequence[Any] | None:
    """What a service says of every locked package; None if it cannot be asked about each of them."""
    command = [
        *(str(program), "--strict", "--vulnerability-service", service, "--disable-pip"),
        *("--require-hashes", "--requirement", str(lock), "--format", "json"),
        *("--progress-spinner", "off", "--timeout", "10"),
    ]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        return json.loads(ran.stdout)["dependencies"]
    except (OSError, ValueError):
        return None


def told(found: Sequence[Any]) -> Iterator[str]:
    """A line for each vulnerability: of what, which, and which version is without it."""
    for package in found:
        for each in package.get("vulns", ()):
            mended = ", ".join(each["fix_versions"]) or "none yet"
            yield f"{package['name']} {package['version']}: {each['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())

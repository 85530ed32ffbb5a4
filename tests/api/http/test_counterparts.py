"""What the command line does a program does over HTTP, or the README says why not: no command is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from cyclopts import App

from api.cli.menu import menu
from api.http.addresses import ADDRESSES
from api.http.matrix import asked_by_route

README = (Path(__file__).resolve().parents[3] / "README.md").read_text(encoding="utf-8")
ANSWERED_AT: Mapping[str, str] = {
    "board": "GET /v1/board",
    "queue": "GET /v1/queues/{team}",
    "sla": "GET /v1/exceptions",
    "cases": "GET /v1/cases",
    "workload": "GET /v1/teams/{team}/workload",
    "to-do": "GET /v1/teams/{team}/to-do",
    "escalations": "GET /v1/escalations",
    "acknowledge-all": "POST /v1/teams/{team}/escalations/acknowledge",
    "tray": "GET /v1/tray",
    "flow": "GET /v1/figures",
    "published": "GET /v1/published",
    "absences": "GET /v1/absences",
    "cover": "GET /v1/cover",
    "directory show": "GET /v1/members",
    "form": "GET /v1/forms/{request_type}",
    "codes": "GET /v1/codes",
    "find": "POST /v1/people/search",
    "due": "POST /v1/due",
    "case": "GET /v1/cases/{ref}",
    "trail": "GET /v1/cases/{ref}/trail",
    "owed": "GET /v1/teams/{team}/owed",
    "spans": "GET /v1/cases/{ref}/spans",
    "status": "GET /v1/cases/{ref}/status",
    "brief": "GET /v1/cases/{ref}/brief",
    "duplicates": "GET /v1/cases/{ref}/duplicates",
    "accesses": "GET /v1/accesses",
    "silence": "GET /v1/cases/{ref}/silence",
    "original": "GET /v1/cases/{ref}/original",
    "bundle": "POST /v1/cases/{ref}/bundle",
    "receipt": "GET /v1/cases/{ref}/receipt",
    "prove": "GET /v1/cases/{ref}/proof",
    "verify-page": "GET /verify.html",
    "keys show": "GET /v1/keys",
    "policy check": "POST /v1/policies/check",
    "policy show": "GET /v1/policies/{digest}",
    "policy replay": "POST /v1/policies/replay",
    "policy rehearse": "POST /v1/policies/rehearse",
    "rate show": "GET /v1/teams/{team}/rate",
    "calls show": "GET /v1/teams/{team}/calls",
    "calls log": "POST /v1/cases/{ref}/call",
    "sequence show": "GET /v1/sequence",
    "inquiry show": "GET /v1/inquiries/{inquiry_id}",
    "inquiry file": "GET /v1/inquiries/{inquiry_id}/file",
    "inquiry bundle": "GET /v1/inquiries/{inquiry_id}/bundle",
    "retention show": "GET /v1/retention",
    "retention propose": "POST /v1/retention/propose",
    "retention transfer": "GET /v1/erasures/{erasure_id}/archives",
    "erasure show": "GET /v1/erasures/{erasure_id}",
    "hold show": "GET /v1/holds",
    "webhook show": "GET /v1/webhooks",
    "webhook make": "POST /v1/webhooks",
    "webhook end": "DELETE /v1/webhooks/{webhook_id}",
    **{
        f"webhook {verb}": f"POST /v1/webhooks/{{webhook_id}}/{verb}"
        for verb in ("move", "renew-secret", "pause", "resume", "deliver-again")
    },
    "webhook topics": "GET /openapi.json",
    "disclosure show": "GET /v1/disclosures/{disclosure_id}",
    "disclosure proposals": "GET /v1/disclosures/{disclosure_id}",
    "disclosure trail": "GET /v1/disclosures/{disclosure_id}/trail",
    "disclosure statistics": "GET /v1/disclosures/statistics",
    "disclosure begin": "POST /v1/cases/{ref}/disclosures",
    "disclosure review": "POST /v1/disclosures/{disclosure_id}/seek-review",
    "disclosure index": "GET /v1/disclosures/{disclosure_id}/index",
}
"""Where that is read or done which a command does that is no verb of its own name."""


def commands(app: App, before: str = "") -> Iterator[str]:
    """Every command as it is typed."""
    for name in app:
        if name.startswith("-"):
            continue
        within = [each for each in app[name] if not each.startswith("-")]
        yield from commands(app[name], f"{before}{name} ") if within else [f"{before}{name}"]


def test_each_command_is_answered_over_http_or_the_readme_says_why_it_is_of_the_command_line() -> (
    None
):
    routes = {f"{each.method} {each.path}" for each in asked_by_route()}
    assert {*ANSWERED_AT.values()} <= routes
    alone = {
        each
        for each in commands(menu())
        if each not in ANSWERED_AT
        and each.replace(" ", "-") not in ADDRESSES
        and f"POST /v1/disclosures/{{disclosure_id}}/{each.removeprefix('disclosure ')}"
        not in routes
    }
    table = README[README.index("| Of the command line alone |") :].partition("\n\n")[0]
    told = {
        name
        for line in table.splitlines()[2:]
        for name in re.findall(r"`([^`]+)`", line.split("|")[1])
    }
    assert told == alone

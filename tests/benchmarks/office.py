"""The office that the benchmarks are about: four programmes in four regions, sixteen teams and an intake."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from ledger.commands import Request
from ledger.entry import Actor
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import digest_policy, document_of, split_names
from ledger.registers.policies import PublishPolicy
from ledger.times import EPOCH

PROGRAMMES = ("RDW", "INC", "HSG", "PRK")
REGIONS = ("HAL", "WES", "CAP", "NOR")
TEAMS = tuple(f"{programme}-{region}" for programme in PROGRAMMES for region in REGIONS)
TYPES = {f"{programme}-REQ": programme for programme in PROGRAMMES}
CHANNELS = ("web", "phone", "email", "desk")
MEMBERS_A_TEAM = 6
CALLED_BACK = ("RDW", "INC")
"""The programmes whose cases have two clocks; those of the others have one."""
PUBLISHER = Actor("person", "D-01", role="director")
DESK = Actor("machine", "desk", version="1")
"""The system that sends in over HTTP."""
AUDITOR = Actor("person", "A-01", role="auditor")

_FAMILIES = {"web": "web", "phone": "phone", "email": "email", "desk": "walk_in"}
_YEARS = range(2022, 2042)


def members_of(team: str) -> tuple[str, ...]:
    """Those who work in a team."""
    return tuple(f"{team}-{number}" for number in range(MEMBERS_A_TEAM))


def policy() -> Policy:
    """The policy in force: routing by programme and region, one or two clocks a type."""
    return Policy.model_validate(_document())


def publication(policy_id: UUID) -> Request:
    """The request that publishes the policy, in force from the beginning of time."""
    nameless, names = split_names(policy())
    command = PublishPolicy(
        policy_id=policy_id,
        digest=digest_policy(nameless),
        effective_from=EPOCH,
        tz_version="benchmark",
        document=document_of(nameless),
        names=names,
    )
    return Request(command, PUBLISHER)


def _words(text: str) -> dict[str, str]:
    return {"en": text, "fr": text}


def _document() -> dict[str, Any]:
    every_team = (*TEAMS, "INT")
    return {
        "format": "caseledger.policy/1",
        "office": {
            **_words("Benchmark office"),
            "zone": "America/Halifax",
            "languages": ["en", "fr"],
            "counting_calendar": "DAYS",
            "office_calendar": "HOURS",
            "asks": ["name", "contact", "description"],
            "director": members_of("INT")[0],
        },
        "calendars": _calendars(),
        "regions": {code: _words(f"Region {code}") for code in REGIONS},
        "channels": {
            code: {"family": _FAMILIES[code], **_words(f"By {code}")} for code in CHANNELS
        },
        "fields": {
            "name": {"tier": "personal", "kind": "text", **_words("Name")},
            "contact": {"tier": "personal", "kind": "text", **_words("Contact")},
            "description": {"tier": "personal", "kind": "text", **_words("What happened?")},
            "place": {"tier": "personal", "kind": "text", **_words("Where?")},
            "urgent": {"tier": "office", "kind": "yes_no", **_words("Is it urgent?")},
            "household": {"tier": "office", "kind": "number", **_words("How many people?")},
        },
        "programmes": {code: _words(f"Programme {code}") for code in PROGRAMMES},
        "reasons": {
            "transfer": {"workload": _words("Workload")},
            "decline": {"not-ours": _words("Not ours")},
            "wait": {"particulars": {"on": "requester", **_words("Particulars")}},
            "close": {"done": _words("Done"), "withdrawn": _words("Withdrawn")},
            "contact": {"chase": _words("Chase"), "new-information": _words("New information")},
        },
        "rungs": [
            {"code": "three-quarters", "percent": 75, "party": "owner"},
            {"code": "breach", "offset": 0, "party": "leader"},
        ],
        "clocks": {
            "CALL-8": {
                **_clock("business_hours", 8, "Call back"),
                "stops_on": ["contacted"],
            },
            "FIX-10": {
                **_clock("working_days", 10, "Settle"),
                "stops_on": ["done"],
                "counting_calendar": "DAYS",
                "effects": {"particulars": "pause"},
                "pause_limit": 20,
            },
        },
        "types": {
            code: {
                **_words(f"Request to {programme}"),
                "programme": programme,
                "required": ["place", "urgent"],
                "optional": ["household"],
                "effort_points": 2,
                "clocks": ["CALL-8", "FIX-10"] if programme in CALLED_BACK else ["FIX-10"],
            }
            for code, programme in TYPES.items()
        },
        "teams": {
            team: {
                **_words(f"Team {team}"),
                "wip": {"active": 100_000, "paused": 100_000},
                "leader": members_of(team)[0],
            }
            for team in every_team
        },
        "members": {
            member: {"name": f"Member {member}", "teams": [team], "points_a_day": 10}
            for team in every_team
            for member in members_of(team)
        }
        | {AUDITOR.id: {"name": "Auditor", "teams": ["INT"], "roles": ["auditor"]}}
        | {DESK.id: {"kind": "machine", "version": DESK.version, "teams": ["INT"]}},
        "routing": [
            *(
                {
                    "code": f"by-region-{programme}",
                    **_words(f"{programme} by region"),
                    "when": {"programme": programme},
                    "team": f"{programme}-{{region}}",
                }
                for programme in PROGRAMMES
            ),
            {"code": "triage", **_words("The rest to intake"), "default": True, "team": "INT"},
        ],
    }


def _clock(unit: str, amount: int, name: str) -> dict[str, Any]:
    return {
        **_words(name),
        "pack": "SERVICE",
        "version": "1",
        "citation": "Made up for the benchmark.",
        "unit": unit,
        "amount": amount,
        "starts_on": "reached_body",
    }


def _calendars() -> dict[str, Any]:
    spanned = {"begins_on": date(_YEARS[0], 1, 1), "ends_on": date(_YEARS[-1], 12, 31)}
    holidays = [
        {"on": date(year, month, day), **_words("Holiday")}
        for year in _YEARS
        for month, day in ((1, 1), (7, 1), (12, 25))
    ]
    opening = ["08:30-16:30"]
    return {
        "DAYS": {
            "kind": "counting",
            "citation": "Made up for the benchmark.",
            **spanned,
            "closed_weekdays": ["sat", "sun"],
            "holidays": holidays,
        },
        "HOURS": {
            "kind": "office",
            **spanned,
            "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), opening),
            "closed_on_holidays_of": "DAYS",
        },
    }

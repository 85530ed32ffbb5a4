"""What reaches the simulated office: matters of invented people, through every channel, some of them incomplete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from ledger.policy.conditions import Severity

Answer = str | int | bool | None
T = TypeVar("T")

_GIVEN = (
    "Agnes", "Boyd", "Celeste", "Dorval", "Elspeth", "Fabien", "Greta", "Hollis", "Ines", "Joris",
    "Kirsten", "Lionel", "Maren", "Noël", "Ottilie", "Perrin", "Quill", "Rosalie", "Sander", "Thyra",
)  # fmt: skip
_FAMILY = (
    "Abelard", "Brightwater", "Cormier-Vale", "Drayburn", "Estwick", "Fallowfield", "Gaudry",
    "Hartigan", "Islay", "Jessome", "Kellough", "Lanternier", "Merriden", "Northgate", "Oakes",
    "Pemberly", "Rivard", "Saltmarsh", "Tremont", "Wexcombe",
)  # fmt: skip
_PLACES = (
    "12 Harbour Lane",
    "45 Mill Road",
    "3 Lighthouse Way",
    "88 Station Street",
    "7 Elm Court",
)
_KINDS = {"RDW-POT": 30, "RDW-WIN": 4, "INC-APP": 24, "INC-CHG": 18, "GEN-ENQ": 24}
_CHANNELS = {"phone": 36, "web": 28, "email": 13, "desk": 12, "letter": 7, "referral": 4}
_INCOMPLETE_PERCENT = {"letter": 45, "email": 40, "web": 18, "referral": 25}
_REGIONS = {"HAL": 60, "WES": 28, "WES-CLARE": 12}
_MATTERS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "RDW-POT": {
        "en": ("A deep hole in the road by the bridge.", "The shoulder has washed away."),
        "fr": ("Un trou profond près du pont.", "L'accotement s'est affaissé."),
    },
    "RDW-WIN": {
        "en": ("The plough left a bank across my drive.",),
        "fr": ("La charrue a bloqué mon entrée.",),
    },
    "INC-APP": {
        "en": ("I lost my hours and the rent is due.", "I am applying for the first time."),
        "fr": ("J'ai perdu mes heures et le loyer arrive.", "C'est ma première demande."),
    },
    "INC-CHG": {
        "en": ("My daughter moved back in with me.", "I started a part-time job."),
        "fr": ("Ma fille est revenue vivre avec moi.", "J'ai commencé un emploi à temps partiel."),
    },
    "GEN-ENQ": {
        "en": ("Which office do I turn to for a permit?", "When are you open?"),
        "fr": ("À quel bureau demander un permis?", "Quelles sont vos heures d'ouverture?"),
    },
}


@dataclass
class Matter:
    """What somebody brings: what they say at first, what they could have said, and how it goes on."""

    case_id: UUID
    party_id: UUID
    name: str
    phone: str
    channel: str
    kind: str
    typed: bool
    language: str
    region: str
    severity: Severity
    criterion: str | None
    answers: dict[str, Answer]
    kept_back: dict[str, Answer]
    at: datetime
    repeat_of: UUID | None = None
    moved: int = 0


def weighted(chance: Random, weights: Mapping[T, int]) -> T:
    """One of these, each as often as its weight says."""
    return chance.choices([*weights], [*weights.values()])[0]


def happens(chance: Random, percent: int) -> bool:
    """Whether something happens that does so in so many of a hundred."""
    return chance.randrange(100) < percent


def arrivals(
    chance: Random, ids: Iterator[UUID], *, cases: int, opens: Sequence[datetime]
) -> list[Matter]:
    """So many matters, spread over the working days that open at these instants, as they arrive."""
    days = [chance.choice(opens) for _ in range(cases)]
    times = sorted(day + timedelta(minutes=chance.randrange(10, 440)) for day in days)
    found: list[Matter] = []
    for at in times:
        earlier = [each for each in found if each.at < at - timedelta(days=2)]
        found.append(_matter(chance, ids, at, earlier))
    return found


def _matter(chance: Random, ids: Iterator[UUID], at: datetime, earlier: Sequence[Matter]) -> Matter:
    channel = weighted(chance, _CHANNELS)
    if earlier and happens(chance, 6):
        before = chance.choice(earlier)
        answers = {**before.answers, **before.kept_back}
        return replace(
            before,
            case_id=next(ids),
            channel=channel,
            at=at,
            typed=True,
            answers=answers,
            kept_back={},
            repeat_of=before.case_id,
            moved=0,
        )
    kind = weighted(chance, _KINDS)
    language = "fr" if happens(chance, 27) else "en"
    severity, criterion = _severity(chance, kind)
    name = f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"
    phone = f"902-555-{chance.randrange(100, 200):04}"
    answers = _answers(chance, kind, language, name=name, phone=phone, severity=severity)
    kept_back: dict[str, Answer] = {}
    if happens(chance, _INCOMPLETE_PERCENT.get(channel, 12)):
        required = [each for each in answers if each not in ("name", "language", "danger_now")]
        for each in chance.sample(sorted(required), chance.choice((1, 1, 2))):
            kept_back[each] = answers.pop(each)
    return Matter(
        case_id=next(ids),
        party_id=next(ids),
        name=name,
        phone=phone,
        channel=channel,
        kind=kind,
        typed=channel == "web" or not happens(chance, 10),
        language=language,
        region=weighted(chance, _REGIONS),
        severity=severity,
        criterion=criterion,
        answers=answers,
        kept_back=kept_back,
        at=at,
    )


def _severity(chance: Random, kind: str) -> tuple[Severity, str | None]:
    drawn = chance.randrange(100)
    if kind == "RDW-POT" and drawn < 12:
        return "immediate_danger", "life"
    if kind == "INC-APP" and drawn < 15:
        return "harm_within_days", "shelter"
    if kind in ("INC-APP", "INC-CHG") and drawn < 40:
        return "rights_or_money_at_a_date", "income"
    return "other", None


def _answers(
    chance: Random, kind: str, language: str, *, name: str, phone: str, severity: Severity
) -> dict[str, Answer]:
    answers: dict[str, Answer] = {
        "name": name,
        "contact": phone,
        "language": language,
        "description": chance.choice(_MATTERS[kind][language]),
    }
    match kind:
        case "RDW-POT":
            danger = severity == "immediate_danger"
            answers |= {"civic_location": chance.choice(_PLACES), "danger_now": danger}
        case "RDW-WIN":
            answers |= {"civic_location": chance.choice(_PLACES), "since_when": _some_day(chance)}
        case "INC-APP":
            answers |= {"household_size": chance.randrange(1, 7)}
            answers |= {"income": 100 * chance.randrange(200, 2400)}
            if happens(chance, 10):
                answers["adjustment"] = "An interpreter." if language == "en" else "Un interprète."
        case "INC-CHG":
            answers |= {"account_no": f"C-{chance.randrange(10_000, 99_999)}"}
            answers |= {"since_when": _some_day(chance)}
        case _:
            pass
    return answers


def _some_day(chance: Random) -> str:
    return f"2026-{chance.randrange(4, 9):02}-{chance.randrange(1, 29):02}"

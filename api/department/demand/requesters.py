"""Invented people, and what they answer to the fields of a form. Nobody of these names is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from ledger.case.known.answers import Answer
from ledger.policy.document.policy import AskedField

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
_SAID: Mapping[str, Mapping[str, Sequence[str]]] = {
    "adjustment": {
        "en": ("An interpreter.", "A slower pace, please.", "Somebody beside me."),
        "fr": ("Un interprète.", "Plus lentement, s'il vous plaît."),
    },
    "safe_contact": {
        "en": ("No letters to the house.",),
        "fr": ("Pas de courrier à la maison.",),
    },
    "id_proof": {"en": ("driver's licence", "passport"), "fr": ("permis de conduire",)},
    "household": {"en": ("Myself and two children.", "Alone."), "fr": ("Moi et deux enfants.",)},
    "purpose": {"en": ("For work.", "On my doctor's advice."), "fr": ("Pour le travail.",)},
    "ground": {"en": ("The income was counted twice.",), "fr": ("Le revenu est compté deux fois.",)},
    "vehicle": {"en": ("A grey hatchback of 2019.",), "fr": ("Une berline grise de 2019.",)},
    "unit_no": {"en": ("Block C, 14", "Block A, 3"), "fr": ("Immeuble C, 14",)},
    "access_times": {"en": ("Any morning.",), "fr": ("Le matin.",)},
    "landlord": {"en": ("Harbour Rentals (invented)",), "fr": ("Locations du Port (inventé)",)},
    "tenancy_dates": {"en": ("From 2024-05-01, still.",), "fr": ("Depuis le 2024-05-01.",)},
    "event_place": {"en": ("Antwick", "Port Merrow"), "fr": ("Pointe-aux-Ormes",)},
    "activity": {"en": ("bakery", "street fair"), "fr": ("boulangerie", "fête de rue")},
    "substance": {"en": ("heating oil", "unknown, smells of fuel"), "fr": ("mazout",)},
    "quantity": {"en": ("about two hundred litres",), "fr": ("environ deux cents litres",)},
    "records_wanted": {"en": ("Reports and letters on the bridge.",), "fr": ("Mon dossier entier.",)},
    "date_range": {"en": ("2020-01-01 to today",), "fr": ("du 2020-01-01 à ce jour",)},
    "correction_text": {"en": ("It says Ann; it is Anne.",), "fr": ("Ann au lieu d'Anne.",)},
    "member": {"en": ("Member for Port Merrow (invented)",), "fr": ("Député de Clare (inventé)",)},
    "consent": {"en": ("By telephone, noted by the member's office.",), "fr": ("Par écrit.",)},
    "staff_concerned": {"en": ("The person at the counter.",), "fr": ("La personne au comptoir.",)},
    "representative": {"en": ("My sister acts for me.",), "fr": ("Ma sœur agit pour moi.",)},
    "interpreter": {"en": ("sign language",), "fr": ("langue des signes",)},
}  # fmt: skip
_NOTED = {"en": "As written on the form.", "fr": "Comme indiqué sur le formulaire."}
_EARLIER = (3, 60)
_AHEAD = (30, 150)


def a_name(chance: Random) -> str:
    """An invented name."""
    return f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"


def a_phone(chance: Random) -> str:
    """A number that is kept for fiction."""
    return f"902-555-{chance.randrange(100, 200):04}"


def answer_to(
    code: str, field: AskedField, chance: Random, *, kind: str, language: str, on: date
) -> Answer:
    """What somebody answers to a field on a date; a number is of cents or of an account."""
    match field.kind:
        case "yes_no":
            return code == "about_self"
        case "number" | "money":
            return 100 * chance.randrange(20, 2400)
        case "choice":
            return chance.choice([*field.choices])
        case "item":
            return f"{code}-{chance.randrange(1000, 10_000)}.jpg"
        case "date":
            return _a_date(code, chance, kind, on).isoformat()
        case "text":
            if code in ("civic_location", "address", "premises"):
                return chance.choice(_PLACES)
            if code in ("account_no", "business_no", "lot", "decision_ref"):
                return f"{code[0].upper()}-{chance.randrange(10_000, 99_999)}"
            said = _SAID.get(code, {}).get(language)
            return chance.choice(said) if said else _NOTED[language]


def _a_date(code: str, chance: Random, kind: str, on: date) -> date:
    if code == "dob":
        return on - timedelta(days=chance.randrange(16 * 365, 80 * 365))
    if code == "child_dob":
        return on - timedelta(days=chance.randrange(200, 5 * 365))
    if code == "start_date" or (code, kind) == ("event_date", "LIC-EVT"):
        return on + timedelta(days=chance.randrange(*_AHEAD))
    if (code, kind) == ("event_date", "LIC-CRT"):
        return on - timedelta(days=chance.randrange(365, 70 * 365))
    if code == "event_date":
        return on - timedelta(days=chance.randrange(5, 700))
    return on - timedelta(days=chance.randrange(*_EARLIER))

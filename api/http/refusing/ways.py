"""Ways: what a sentence tells whoever is refused to do, told as it is done over HTTP.

Sentences are written once, where their rule is: they name commands as the ledger or the command line has them. What
only whoever runs the service can do stays, and is called so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from api.http import addresses
from api.verbs import VERBS
from ledger.policy.values import Language

_DISCLOSURE = "/v1/disclosures/{disclosure_id}"
ADDRESSES: Mapping[str, str] = {
    "appeal": "POST /v1/cases/{ref}/appeal",
    "adjudicate": "POST /v1/cases/{ref}/adjudicate",
    "confirm": "POST /v1/cases/{ref}/confirm",
    "calls": "GET /v1/teams/{team}/calls",
    "disclosure": "GET /v1/disclosures",
    "disclosure begin": "POST /v1/cases/{ref}/disclosures",
    **{
        f"disclosure {verb}": f"POST {_DISCLOSURE}/{verb}"
        for verb in [
            "answer",
            "approve",
            "claim",
            "compare",
            "decide",
            "deliver",
            "explain",
            "item",
            "pay",
        ]
    },
    "disclosure release": f"POST {_DISCLOSURE}/make",
    "absent": "POST /v1/members/{member}/absent",
    "back": "POST /v1/members/{member}/back",
    "erasure": "GET /v1/erasures",
    "escalations": "GET /v1/escalations",
    "hold": "GET /v1/holds",
    "inquiry": "GET /v1/inquiries",
    "party": "POST /v1/parties",
    "rate set": "POST /v1/teams/{team}/rate",
    "retention": "GET /v1/retention",
    "trail": "GET /v1/cases/{ref}/trail",
    "tray": "GET /v1/tray",
    "webhook": "GET /v1/webhooks",
    "webhook topics": "GET /openapi.json",
}
"""Where that is asked for over HTTP which a command of the command line does."""
ASKED_AT: Mapping[str, str] = {
    VERBS[name].command.__name__: f"POST /v1{each.path}"
    for name, each in addresses.ADDRESSES.items()
}
"""Where each command of the ledger is asked."""
FIELDS: Mapping[str, str] = {
    "--due-on": "due_on",
    "--for": "factors_for",
    "--against": "factors_against",
    "--harm": "harm",
    "--nil-signed-by": "nil_signed_by",
    "--override": "override",
    "--override-reason": "override_reason",
    "--party": "party",
    "--publishes": "publishes",
    "--reason": "reason",
    "--reasons": "reasons",
    "--redact PAGES:EXEMPTION": "redactions",
    "--redact PAGES:EXCEPTION": "redactions",
    "--severability": "severability",
    "--words": "words",
}
"""The field of a body that an option of the command line gives."""
WHOEVER_RUNS_IT: Mapping[Language, str] = {
    "en": "That is for whoever runs this service.",
    "fr": "C'est à qui exploite ce service de le faire.",
}
COMMAND = re.compile(r"`caseledger ([^`]+)`")
_OF_THE_LEDGER = re.compile(rf"`({'|'.join(ASKED_AT)})`")
_OPTION = re.compile(
    "|".join(rf"(?<!\S){re.escape(each)}(?![\w-])" for each in sorted(FIELDS, reverse=True))
)


def said_over_http(sentence: str, language: Language) -> str:
    """The sentence as whoever asks over HTTP can do what it says, or hears who can."""
    if "--" in sentence:
        sentence = _OPTION.sub(lambda found: f"`{FIELDS[found[0]]}`", sentence)
    if "`" not in sentence:
        return sentence
    sentence = _OF_THE_LEDGER.sub(lambda found: f"`{ASKED_AT[found[1]]}`", sentence)
    told = COMMAND.sub(lambda found: address_of(found[1]) or found[0], sentence)
    return f"{told} {WHOEVER_RUNS_IT[language]}" if COMMAND.search(told) else told


def address_of(command: str) -> str | None:
    """Where the same is asked for, of a command with or without what it takes; None where only a shell can."""
    words = command.split()
    named = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    found = next((ADDRESSES[each] for each in named if each in ADDRESSES), None)
    return None if found is None else f"`{found}`"

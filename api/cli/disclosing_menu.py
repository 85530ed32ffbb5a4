"""The words of the menu about disclosures, by the phases of a request for information."""

from __future__ import annotations

PHASES = {
    "Look": {
        "show": "Which disclosures there are or, of one, how it stands and what it waits for.",
        "trail": "What happened on a disclosure, as sentences that cite their entries.",
        "statistics": "What the access office did: received, completed, on time, exemptions, days.",
    },
    "Open, scope and search": {
        "begin": "Begin the answer to a request, which is a case.",
        "end": "End one that was begun by mistake and answered nobody.",
        "clarify": "Ask the applicant what is meant.",
        "scope": "Say what it covers, and draw that from the ledger.",
        "search": "Log what a custodian searched and found.",
        "time": "Log staff time spent.",
    },
    "Fee": {
        "estimate": "Estimate the fee, line by line.",
        "waiver": "Record that a waiver of the fee is asked for, or decide it.",
        "pay": "Record that something was paid.",
        "refund": "Record that something was given back.",
        "settle": "Record what it really took, beside the estimate.",
    },
    "Documents": {
        "item": "List a document that lies outside the ledger.",
        "duplicate": "Say that a document is a version of another.",
        "dispose": "Decide what becomes of a document, page by page.",
        "privilege": "Record that a privilege was waived.",
    },
    "Consult": {
        "consult": "Give notice to a third party or another body.",
        "heard": "Take in what somebody who was consulted answers.",
        "conclude": "Decide a consultation, and say before when nothing is released.",
        "review": "Record that a consultation's decision is reviewed, or how that ended.",
    },
    "Review and withhold": {
        "propose": "Let the finder propose what to withhold.",
        "proposals": "What was proposed and waits for an answer.",
        "accept": "Withhold what was proposed.",
        "reject": "Release after all what was proposed to be withheld.",
        "decide": "Decide on slots, or words of them.",
        "index": "The withholding index, for the notice, the applicant or a regulator.",
    },
    "Claim, compare and approve": {
        "claim": "Decide what the release claims of completeness.",
        "compare": "Compare with what was released before to the same audience.",
        "explain": "Say why something is treated otherwise than before.",
        "approve": "Approve what is to be released, as the second person.",
        "refuse": "Do not approve it, and say why.",
        "answer": "Record that the applicant was given the decision.",
    },
    "Release, deliver and publish": {
        "heads-up": "Record that an office was told ahead, without a word of who asked.",
        "release": "Make a release of what was approved, and record it.",
        "abandon": "Say that a release that was authorised is not made.",
        "deliver": "Record that a release reached whom it was for.",
        "undelivered": "Record that it did not.",
        "publish": "Decide whether the answer is published.",
    },
}
DISCLOSURE = {name: said for names in PHASES.values() for name, said in names.items()}
PHASE_OF = {name: phase for phase, names in PHASES.items() for name in names}

"""The words of the menu about disclosures, by the phases of a request for information."""

from __future__ import annotations

from api.cli.menu_lines import Lines

DISCLOSURE = (
    Lines(
        "api.cli.disclosures.showing",
        {
            "show": "Which disclosures there are or, of one, how it stands and what it waits for.",
            "trail": "What happened on a disclosure, as sentences that cite their entries.",
        },
        "Look",
    ),
    Lines(
        "api.cli.disclosures.statistics",
        {
            "statistics": "What the access office did: received, completed, on time, exemptions, days.",
        },
        "Look",
    ),
    Lines(
        "api.cli.disclosures.opening",
        {
            "begin": "Begin the answer to a request, which is a case.",
            "end": "End a disclosure that was begun by mistake and answered nobody.",
            "clarify": "Ask the applicant what is meant.",
            "scope": "Say what a disclosure covers, and draw that from the ledger.",
            "search": "Log what a custodian searched and found.",
            "time": "Log staff time that was spent on a request.",
        },
        "Open, scope and search",
    ),
    Lines(
        "api.cli.disclosures.fees",
        {
            "estimate": "Estimate the fee, line by line.",
            "waiver": "Record that a waiver of the fee is asked for, or decide it.",
            "pay": "Record that the fee was paid, or a part of it.",
            "refund": "Record that a fee was given back, or a part of it.",
            "settle": "Record what a request really took, beside the estimate.",
        },
        "Fee",
    ),
    Lines(
        "api.cli.disclosures.documents",
        {
            "item": "List a document that lies outside the ledger.",
            "duplicate": "Say that a document is a version of another.",
            "dispose": "Decide what becomes of a document, page by page.",
            "privilege": "Record that the holder of a privilege waived it.",
        },
        "Documents",
    ),
    Lines(
        "api.cli.disclosures.consulting",
        {
            "consult": "Give notice to a third party or another body.",
            "heard": "Take in what somebody who was consulted answers.",
            "conclude": "Decide a consultation, and say before when nothing is released.",
            "review": "Record that a consultation's decision is reviewed, or how that ended.",
        },
        "Consult",
    ),
    Lines(
        "api.cli.disclosures.reviewing",
        {
            "propose": "Let the finder propose what to withhold.",
            "proposals": "What was proposed and waits for an answer.",
            "accept": "Withhold what was proposed.",
            "reject": "Release after all what was proposed to be withheld.",
            "decide": "Decide on slots, or words of them.",
        },
        "Review and withhold",
    ),
    Lines(
        "api.cli.disclosures.releasing",
        {
            "index": "The withholding index, for the notice, the applicant or a regulator.",
        },
        "Review and withhold",
    ),
    Lines(
        "api.cli.disclosures.approving",
        {
            "claim": "Decide what the release claims of completeness.",
            "compare": "Compare with what was released before, and what is published with its answer.",
            "explain": "Say why something is treated otherwise than before.",
            "approve": "Approve what is to be released, as the second person.",
            "refuse": "Refuse to approve what is to be released, and say why.",
            "answer": "Record that the applicant was given the decision.",
        },
        "Claim, compare and approve",
    ),
    Lines(
        "api.cli.disclosures.releasing",
        {
            "heads-up": "Record that an office was told ahead, without a word of who asked.",
        },
        "Release, deliver and publish",
    ),
    Lines(
        "api.cli.disclosures.making",
        {
            "release": "Make a release of what was approved, and record it.",
        },
        "Release, deliver and publish",
    ),
    Lines(
        "api.cli.disclosures.releasing",
        {
            "abandon": "Say that a release that was authorised is not made.",
            "deliver": "Record that a release reached whom it was for.",
            "undelivered": "Record that a release did not reach whom it was for.",
            "publish": "Decide whether the answer to a request is published.",
        },
        "Release, deliver and publish",
    ),
)

"""The words of the menu about inquiries."""

from __future__ import annotations

from api.cli.menu_lines import Lines

INQUIRY = (
    Lines(
        "api.cli.inquiries.conducting",
        {
            "show": "How each inquiry stands, or one with its questions and recommendations.",
            "open": "Open an inquiry about named cases, with its hold.",
            "extend": "Record that more time was given for the reply.",
            "ask": "Record a question of the office that inquires.",
            "answer": "Answer a question, and cite the entries that show it.",
            "file": "Write the file that answers the first letter, row by row.",
            "close": "Close an inquiry, and release its hold.",
        },
    ),
    Lines(
        "api.cli.inquiries.report",
        {
            "draft": "Record that a draft report came.",
            "comment": "Record what was said of a draft report.",
            "recommend": "Record a recommendation.",
            "respond": "Accept a recommendation, or refuse it.",
            "done": "Record that what was accepted is done.",
            "mark": "Say whether the complainant may be shown an entry.",
            "privileged": "Enter an entry in the privilege log.",
        },
    ),
    Lines(
        "api.cli.inquiries.bundles",
        {
            "bundle": "Write its cases out as a bundle that proves itself.",
        },
    ),
)

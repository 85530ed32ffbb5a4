"""The commands that read one case, or what is asked of whoever opens one, as the menu lists them."""

from __future__ import annotations

ONE_CASE = {
    "case": "One case as it stands.",
    "trail": "What happened on a case, as sentences that cite their entries.",
}
ACCOUNTABLE = {
    "spans": "Who was accountable for a case, and why, from when until when.",
}
ALIKE = {
    "duplicates": "Which cases may be of the same matter, which records of one person.",
}
FORMS = {
    "form": "What to ask for a request type, in order, with help and why; `--ask` puts it question by question.",
    "codes": "What commands name by a code: channels, regions, teams, reasons and others.",
}
LOOKING_UP = {
    "find": "Who is calling without a number: their cases, by name, telephone number or e-mail.",
}
OWED = {
    "owed": "Who is still to be told of an extension, a lapse or a decision, and by when.",
}
TELLING = {
    "status": "What the requester of a case may be told, in plain words.",
    "brief": "One page for whoever decides a case.",
}

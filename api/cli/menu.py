"""The commands of `caseledger` by chapter; what lies behind each is imported only when it is called."""

from __future__ import annotations

from importlib.metadata import version
from itertools import count

from cyclopts import App, Group

READ = Group("Read", sort_key=1)
WORK = Group("Work a case", sort_key=2)
KEEP = Group("Keep the ledger", sort_key=3)
OTHER = Group("Other", sort_key=9)

READING = {
    "board": "Each team's day: incoming, waiting, processed.",
    "queue": "What waits for a team, in the order in which it is to be taken.",
    "sla": "How the clocks stand: running, due soon, overdue, met, ended late.",
    "flow": "What came, moved and went, day by day.",
}
ONE_CASE = {
    "case": "One case as it stands.",
    "trail": "What happened on a case, as sentences that cite their entries.",
    "spans": "Who was accountable for a case, and why, from when until when.",
}
OWED = {
    "owed": "Who is still to be told of an extension, a lapse or a decision, and by when.",
}
RECKONING = {
    "due": "Reckon when a clock is due, from what happened when, and why, day by day.",
}
TELLING = {
    "status": "What the requester of a case may be told, in plain words.",
    "brief": "One page for whoever decides a case.",
}
WORKING = {
    "open": "Open a case from whatever channel, with whatever is known so far.",
    "party": "Record a person or an organisation.",
    "party-contact": "Take in another name, language or way to reach somebody.",
    "identify": "Say how surely it is known who somebody is, and by what evidence.",
    "same-person": "Decide whether two records are of the same person.",
    "represent": "Record who may act for somebody.",
    "represent-no-more": "Record that somebody acts for another no more.",
    "born": "Record when somebody was born.",
    "died": "Record that somebody has died.",
    "concerns": "Say who else is concerned in a case, and in which role.",
    "concerns-not": "Say that somebody is not concerned in a case in this role.",
    "classify": "Settle the request type of a case and what follows from it.",
    "ask": "Ask the requester for what is missing.",
    "receive": "Take in what the requester gave.",
    "severity": "Say how severe a matter is, and by which criterion.",
    "adjust": "Note what would make it easier for somebody.",
    "clear-flag": "Ask that a flag be cleared, or agree to it as the second person.",
    "route": "Route a case by the rules in force.",
    "confirm": "Confirm what the rules propose for a case that needs care.",
    "pull": "Take the next case of a team's queue.",
    "transfer": "Hand a case over to a team or a person.",
    "accept": "Take over a case that was handed to your team.",
    "decline": "Decline a case that was handed to your team.",
    "wait": "Say that a case waits, and for what.",
    "resume": "Say that a wait is over.",
    "extend": "Extend a clock, by notice given inside its time.",
    "told": "Say that somebody was told of an extension who had to be.",
    "lapse": "Let a clock lapse after its notice and its period.",
    "correct-start": "Correct when a request reached us or was complete.",
    "milestone": "Say that an act was done which clocks start or stop on.",
    "contact": "Log a contact with the requester.",
    "promise": "Promise the requester that they will hear from us by a date.",
    "safe-contact": "Say how the requester must not be contacted.",
    "notice": "Send a notice from a template of the policy.",
    "given": "Record that a notice reached its recipient.",
    "failed": "Record that a notice did not reach its recipient.",
    "note": "Put a note on a case.",
    "item": "List a document or recording by its digest.",
    "link": "Say how a case stands to another.",
    "escalate": "Escalate a case to a party.",
    "acknowledge": "Answer an escalation with what will be done.",
    "confirm-need": "Confirm that proof of identity was seen, or the fee paid.",
    "ready": "Say that a case is ready to be decided.",
    "override": "Set aside one check of readiness, with the reason.",
    "decide": "Record the decision of a case.",
    "resolve": "Resolve a case with a coded outcome.",
    "reopen": "Open a resolved case again.",
    "settle": "Let a resolution stand, its quiet window being over.",
    "return": "Decide whether a contact after the resolution is a return, a new matter, or thanks.",
    "review": "Open the review of another case's decision.",
    "finding": "Record what a review found of the decision.",
    "correct": "Correct an earlier entry of a case.",
}
POLICY = {
    "check": "List what is wrong in a policy file, or could be better.",
    "publish": "Publish a policy file into the ledger.",
    "show": "Show the policy in force.",
    "schema": "Print the JSON schema of a policy.",
    "replay": "Decide every recorded routing again and compare.",
    "rehearse": "List each open clock with its date today and by another law.",
}
KEEPING = {
    "init": "Make a new ledger.",
    "import": "Bring in the history of another system from an event log.",
    "export": "Write all cases out, as JSON lines, CSV or XES.",
    "rebuild": "Make the views anew from the ledger.",
    "rekey": "Put a new master key in the place of the old one.",
}
PROVING = {
    "verify": "Hash everything again, hold it against what was recorded, and say what is wrong.",
}
RUNNING = {
    "watch": "Record what time has brought, and deliver the alerts that are owed.",
    "demo": "Run a small simulated office and show its board, SLA and one trail.",
    "bench": "Measure against the budgets (from a checkout).",
}
CHAPTERS = (
    (READ, "api.cli.reading", READING),
    (READ, "api.cli.one_case", ONE_CASE),
    (READ, "api.cli.due", RECKONING),
    (READ, "api.cli.notices_owed", OWED),
    (READ, "api.cli.telling", TELLING),
    (WORK, "api.cli.working", WORKING),
    (KEEP, "api.cli.keeping", KEEPING),
    (KEEP, "api.cli.proving", PROVING),
    (KEEP, "api.cli.running", RUNNING),
)


def menu() -> App:
    """The application; building it imports nothing of the ledger."""
    policy = App(
        name="policy",
        help="Check, publish, show, and try policies against history.",
        group=KEEP,
        sort_key=99,
    )
    for name, sentence in POLICY.items():
        policy.command(f"api.cli.policies:{name}", name=name, help=sentence)
    app = App(
        name="caseledger",
        help="A case ledger for public offices: what happened, what it means, and the proof.",
        help_epilogue="The ledger lies in CASELEDGER_HOME (.caseledger if unset), or in PostgreSQL at "
        "CASELEDGER_DATABASE_URL.\n\nExit codes: 0 done, 1 something was found, 2 it was not done.",
        help_format="plaintext",
        version=lambda: version("caseledger"),
        group_commands=OTHER,
        suppress_keyboard_interrupt=False,
    )
    places = count()
    for group, module, names in CHAPTERS:
        for name, sentence in names.items():
            path = f"{module}:{_function(name)}"
            app.command(path, name=name, help=sentence, group=group, sort_key=next(places))
    app.command(policy)
    return app


def _function(name: str) -> str:
    """`import` is a word of Python's own."""
    return "import_" if name == "import" else name

"""The commands of `caseledger` by chapter; what lies behind each is imported only when it is called."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from itertools import count
from typing import Annotated

from cyclopts import App, Group, Parameter

from api.cli.cases.menu import (
    ACCOUNTABLE,
    ALIKE,
    FORMS,
    LOOKING_UP,
    ONE_CASE,
    OWED,
    TELLING,
)
from api.cli.disclosures.menu import DISCLOSURE
from api.cli.evidence.menu import EVIDENCE, KEPT_WITHIN, SIGNING
from api.cli.flow.menu import BASELINE, CALLS, FLOW, PUBLISHED, RATE, SEQUENCE
from api.cli.inquiries.menu import INQUIRY
from api.cli.keeping.menu import BACKUPS, ERASURE, HOLD, RETENTION
from api.cli.menu_lines import Lines, default_shown
from api.cli.named_settings import serving_epilogue
from api.cli.office.menu import (
    ANSWERING,
    ASIDE,
    ATTENDANCE,
    BOARD,
    ESCALATED,
    FINDING,
    MAIL,
    MORNING,
    PRESENCE,
    QUEUES,
    TO_DO,
    TRAY,
)
from api.cli.running.menu import (
    ACCESS,
    API_KEYS,
    DEMONSTRATING,
    RUNNING,
    SERVING,
    WEBHOOKS,
)
from api.cli.whole_numbers import refuse_fractions
from api.cli.wording.in_help import SpokenHelp, in_help

READ = Group("Read", sort_key=1)
WORK = Group("Work a case", sort_key=2)
KEEP = Group("Keep the ledger", sort_key=3)
OTHER = Group("Other", sort_key=9)

RECORDED = {
    "accesses": "Who opened personal values, of what and why, or that the ledger records no opening.",
    "silence": "For how long no contact from us is recorded on a case, and no opening of it.",
}
RECKONING = {
    "due": "Reckon when a clock is due, from what happened when, and why, day by day.",
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
    "died-not": "Say that a death was recorded by mistake.",
    "party-safe-contact": "Say how somebody must not be contacted on any of their cases.",
    "concerns": "Say who else is concerned in a case, and in which role.",
    "concerns-not": "Say that somebody is not concerned in a case in this role.",
    "external-id": "Say what another system or office calls a case, which can have several ids.",
    "classify": "Settle the request type of a case and what follows from it.",
    "ask": "Ask the requester for what is missing.",
    "receive": "Take in what the requester gave.",
    "stop-chase": "Stop chasing what is missing, and say why.",
    "severity": "Say how severe a matter is, and by which criterion.",
    "adjust": "Note what would make it easier for somebody.",
    "clear-flag": "Ask that a flag be cleared, or agree to it as the second person.",
    "speak": "Settle how to speak with a requester: language, interpreter, format.",
    "route": "Route a case by the rules in force.",
    "confirm": "Confirm what the rules propose for a case that needs care.",
    "pull": "Take the next case of a team's queue.",
    "assign": "Give a queued case to a member of its team, by expertise.",
    "skip": "Pass over a case of your team's queue, with a reason.",
    "transfer": "Hand a case over to a team or a person.",
    "accept": "Take over a case that was handed to your team.",
    "decline": "Decline a case that was handed to your team.",
    "return": "Give back a case that the rules routed to your team, as misrouted.",
    "adjudicate": "Say where a case belongs that was returned twice or moved three times.",
    "recuse": "Step back from a case; no reason is asked for.",
    "task": "Add a task to a case.",
    "take": "Take a task of your team.",
    "give-back": "Give a task back to its team, which finds it among what nobody has.",
    "complete": "Say that a task is done.",
    "cancel": "Call off a task.",
    "follow-up": "Bring a case forward on a date, or record a promise.",
    "followed-up": "Say that what was to be followed up is done.",
    "reassign": "Give a follow-up to another member.",
    "refer": "Send a case, or a question about it, to another body.",
    "received-there": "Record that another body has what was sent.",
    "referral-end": "Say that a referral came to nothing; what was sent is with us as before.",
    "wait": "Say that a case waits, and for what.",
    "resume": "Say that a wait is over.",
    "extend": "Extend a clock, by notice given inside its time.",
    "told": "Say that somebody was told of an extension who had to be.",
    "lapse": "Let a clock lapse after its notice and its period.",
    "correct-start": "Correct when a request reached us or was complete.",
    "incomplete": "Say that a request which was taken for complete never was.",
    "approve": "Approve, as a second person, what is dated back across a breach.",
    "refuse-approval": "Say, as a second person, that a time was not kept, and why.",
    "milestone": "Say that an act was done which clocks start or stop on.",
    "contact": "Log a contact with the requester.",
    "promise": "Promise the requester that they will hear from us by a date.",
    "safe-contact": "Say how the requester must not be contacted on one case.",
    "notice": "Send a notice from a template of the policy.",
    "given": "Record that a notice reached its recipient.",
    "failed": "Record that a notice did not reach its recipient.",
    "note": "Put a note on a case.",
    "item": "List a document or recording by its digest.",
    "reviewed": "Say that you reviewed a translation, and stand by it.",
    "link": "Say how a case stands to another.",
    "escalate": "Escalate a case to a party.",
    "acknowledge": "Answer an escalation with what will be done.",
    "confirm-need": "Confirm that proof of identity was seen, or the fee paid: as of now, unless --at says when.",
    "ready": "Say that a case is ready to be decided.",
    "override": "Set aside one check of readiness, with the reason.",
    "decide": "Record the decision of a case.",
    "resolve": "Resolve a case with a coded outcome.",
    "reopen": "Open a resolved case again.",
    "settle": "Let a resolution stand, its quiet window being over.",
    "decide-return": "Decide whether a contact after the resolution is a return, a new matter, or thanks.",
    "review": "Open the review of another case's decision.",
    "finding": "Record what a review found of the decision.",
    "appeal": "Say that a decision was taken to a regulator or a court; it holds the case.",
    "appeal-end": "Say how ended what a decision was taken to, and release its hold.",
    "correct": "Say what an earlier entry of a case should have said; no route or date changes by it.",
    "tray-put": "Put a machine's mail into the tray.",
    "tray-handle": "Say what follows from a machine's mail.",
}
POLICY = (
    Lines(
        "api.cli.policies.publishing",
        {
            "check": "List what is wrong in a policy file, or could be better.",
            "publish": "Publish a policy file into the ledger.",
            "show": "Show the policy in force.",
            "schema": "Print the JSON schema of a policy.",
            "replay": "Decide every recorded routing again and compare.",
        },
    ),
    Lines(
        "api.cli.policies.rehearsing",
        {"rehearse": "List each open clock with its date today and by another law."},
    ),
)
KEEPING = {
    "init": "Make a new ledger.",
    "import": "Bring in the history of another system, or requests that it exports.",
    "export": "Write all cases out, or one: as JSON lines, CSV, XES, OCEL or PROV.",
    "rebuild": "Make the views anew from the ledger.",
    "rekey": "Put a new master key in the place of the old one.",
}
DROPPING = {
    "drop": "Import what another system puts into a folder, once or again and again.",
}
ACCOUNTS = {
    "roles": "Give database accounts no more rights than they need.",
}
PROVING = {
    "verify": "Hash everything again, hold it against what was recorded, and say what is wrong.",
}
BUNDLING = {
    "bundle": "Write one case out as a bundle that proves itself, for an auditor or an ombudsman.",
}
VERIFYING = {
    "verify-bundle": "Verify a release with nothing but the file and the office's published key.",
    "verify-page": "Write the page that verifies a release in a browser, and say its SHA-256.",
}
DIRECTORY = {
    "show": "Who is a member, of which teams and in which roles, and who has left.",
    "import": "Take in who joined, changed and left, from SCIM or CSV.",
    "proposals": "Whom the directory's system proposes, and a policy with them.",
}
WITHIN = (
    (
        "directory",
        "The members of the office, as the system that knows the staff has them.",
        (Lines("api.cli.office.directory", DIRECTORY),),
    ),
    (
        "rate",
        "What a team clears a day to reach a target, and what is done if it does not.",
        (Lines("api.cli.flow.rates", RATE),),
    ),
    (
        "calls",
        "Five requesters a day: drawn, called, and their words kept.",
        (Lines("api.cli.flow.calls", CALLS),),
    ),
    ("sequence", "Backlogs, cleared queue by queue.", (Lines("api.cli.flow.sequences", SEQUENCE),)),
    (
        "inquiry",
        "An ombudsman's questions about named cases.",
        INQUIRY,
    ),
    (
        "retention",
        "How long cases are kept, and what is due.",
        (Lines("api.cli.keeping.retention", RETENTION),),
    ),
    (
        "erasure",
        "What is erased, on which authority.",
        (Lines("api.cli.keeping.erasures", ERASURE),),
    ),
    (
        "api-key",
        "With which keys other systems ask over HTTP.",
        (Lines("api.cli.running.api_keys", API_KEYS),),
    ),
    (
        "webhook",
        "Which other systems are told of entries as they come.",
        (Lines("api.cli.running.webhooks", WEBHOOKS),),
    ),
    (
        "hold",
        "What keeps cases from being erased or disposed of.",
        (Lines("api.cli.keeping.holds", HOLD),),
    ),
    (
        "disclosure",
        "Requests for information: scope, review, approval, release.",
        DISCLOSURE,
    ),
)
"""Menus within the menu: what they are called, what they are for, and their lines; `show` if nothing more is said."""
CHAPTERS = (
    (READ, "api.cli.office.morning", MORNING),
    (READ, "api.cli.office.board", BOARD),
    (READ, "api.cli.office.queues", QUEUES),
    (READ, "api.cli.office.finding", FINDING),
    (READ, "api.cli.office.to_do", TO_DO),
    (READ, "api.cli.office.escalated", ESCALATED),
    (READ, "api.cli.office.tray", TRAY),
    (READ, "api.cli.office.mail", ASIDE),
    (READ, "api.cli.flow.flows", FLOW),
    (READ, "api.cli.flow.baseline", BASELINE),
    (READ, "api.cli.flow.publishing", PUBLISHED),
    (READ, "api.cli.office.attendance", PRESENCE),
    (READ, "api.cli.cases.forms", FORMS),
    (READ, "api.cli.cases.looking_up", LOOKING_UP),
    (READ, "api.cli.cases.one_case", ONE_CASE),
    (READ, "api.cli.due.reckoning", RECKONING),
    (READ, "api.cli.cases.notices_owed", OWED),
    (READ, "api.cli.cases.accountable", ACCOUNTABLE),
    (READ, "api.cli.cases.telling", TELLING),
    (READ, "api.cli.cases.duplicates", ALIKE),
    (READ, "api.cli.keeping.accesses", RECORDED),
    (WORK, "api.cli.office.mail", MAIL),
    (WORK, "api.cli.cases.working", WORKING),
    (WORK, "api.cli.office.escalated", ANSWERING),
    (WORK, "api.cli.office.attendance", ATTENDANCE),
    (KEEP, "api.cli.keeping.making", KEEPING),
    (KEEP, "api.cli.keeping.dropping", DROPPING),
    (KEEP, "api.cli.keeping.backups", BACKUPS),
    (KEEP, "api.cli.keeping.roles", ACCOUNTS),
    (KEEP, "api.cli.evidence.verifying", PROVING),
    (KEEP, "api.cli.evidence.checkpointing", SIGNING),
    (KEEP, "api.cli.evidence.proofs", EVIDENCE),
    (KEEP, "api.cli.evidence.bundling", BUNDLING),
    (KEEP, "api.cli.evidence.bundles", VERIFYING),
    (KEEP, "api.cli.running.by_itself", RUNNING),
    (KEEP, "api.cli.running.demonstration", DEMONSTRATING),
    (KEEP, "api.cli.running.serving", SERVING),
    (KEEP, "api.cli.running.access", ACCESS),
)

_CODES = "Exit codes: 0 done, 1 something was found, 2 it was not done."
_EPILOGUE = (
    "The ledger lies in CASELEDGER_HOME (.caseledger if unset), or in PostgreSQL at "
    "CASELEDGER_DATABASE_URL. CASELEDGER_LANGUAGE=fr answers and refuses in French.\n\n"
    f"{_CODES}"
)
_POLICY = "policy"
_NAMED = frozenset(
    [
        _POLICY,
        *(name for _, _, names in CHAPTERS for name in names),
        *(name for name, _, _ in (*WITHIN, *KEPT_WITHIN)),
    ]
)
"""What the first word of a command may be."""
_WITNESS = f"A witness lies in CASELEDGER_WITNESS (.caseledger-witness if unset).\n\n{_CODES}"


def menu_for(words: Sequence[str]) -> App:
    """The application with the command that is asked and no other, if the first word names one.

    What it takes to read a command grows with all that could have been asked instead.
    """
    return menu(words[0]) if words and words[0] in _NAMED else menu()


def menu(only: str | None = None) -> App:
    """The application, whole or with one command, its help as the language is set; it imports nothing of the ledger."""
    app = App(
        name="caseledger",
        help="A case ledger for public offices: what happened, what it means, and the proof.",
        help_epilogue=in_help(_EPILOGUE),
        help_format="plaintext",
        help_formatter=SpokenHelp(),
        version=lambda: version("caseledger"),
        group_commands=OTHER,
        default_parameter=Parameter(negative_iterable=(), show_default=default_shown),
        config=refuse_fractions,
        suppress_keyboard_interrupt=False,
    )
    places = count()
    for group, module, names in CHAPTERS:
        for name, sentence in names.items():
            place = next(places)
            if only not in (None, name):
                continue
            path = f"{module}:{_function(name)}"
            more = (
                {"help_epilogue": f"{serving_epilogue()}\n\n{in_help(_EPILOGUE)}"}
                if names is SERVING
                else {}
            )
            app.command(path, name=name, help=sentence, group=group, sort_key=place, **more)
    if only in (None, _POLICY):
        app.command(_policies())
    for group, menus in ((READ, WITHIN), (KEEP, KEPT_WITHIN)):
        for name, sentence, chapters in menus:
            place = next(places)
            if only in (None, name):
                within = _within(app, name, sentence, chapters, group=group)
                within.sort_key = place
                app.command(within)
    return app


def _policies() -> App:
    """The menu of policies, in which nothing is shown unless it is asked for."""
    policy = App(
        name=_POLICY,
        help="Check, publish, show, and try policies against history.",
        group=KEEP,
        sort_key=99,
    )
    _list(policy, POLICY)
    return policy


def _within(app: App, name: str, sentence: str, chapters: Sequence[Lines], *, group: Group) -> App:
    """A menu of its own, which shows how things stand where no command of it is named."""
    epilogue = _WITNESS if name == "witness" else _EPILOGUE
    menu = App(name=name, help=sentence, group=group, help_epilogue=in_help(epilogue))
    _list(menu, chapters)

    @menu.default
    def shown(
        *words: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    ) -> object:
        return app(
            [name, "show", *words],
            exit_on_error=False,
            print_error=False,
            result_action="return_value",
        )

    return menu


def _list(menu: App, chapters: Sequence[Lines]) -> None:
    """Puts the commands into a menu: those of a phase under it in their order, others as they sort."""
    phases: dict[str, Group] = {}
    places = count()
    for module, names, phase in chapters:
        for name, said in names.items():
            path = f"{module}:{_function(name)}"
            if phase:
                under = phases.setdefault(phase, Group(phase, sort_key=len(phases)))
                menu.command(path, name=name, help=said, group=under, sort_key=next(places))
            else:
                menu.command(path, name=name, help=said)


def _function(name: str) -> str:
    """`import` and `set` are words of Python's own, and no name of Python's has a hyphen."""
    return f"{name}_" if name in ("import", "set") else name.replace("-", "_")

"""Requests for information answered from the command line, from their scope to the release and after."""

from __future__ import annotations

from api.cli.disclosures.approving import answer, approve, claim, compare, explain, refuse
from api.cli.disclosures.consulting import conclude, consult, heard, review
from api.cli.disclosures.documents import dispose, duplicate, item, privilege
from api.cli.disclosures.fees import estimate, pay, refund, settle, waiver
from api.cli.disclosures.making import release
from api.cli.disclosures.opening import begin, clarify, end, scope, search, time
from api.cli.disclosures.releasing import abandon, deliver, heads_up, index, publish, undelivered
from api.cli.disclosures.reviewing import accept, decide, proposals, propose, reject
from api.cli.disclosures.showing import show, trail
from api.cli.disclosures.statistics import statistics

__all__ = [
    "abandon",
    "accept",
    "answer",
    "approve",
    "begin",
    "claim",
    "clarify",
    "compare",
    "conclude",
    "consult",
    "decide",
    "deliver",
    "dispose",
    "duplicate",
    "end",
    "estimate",
    "explain",
    "heads_up",
    "heard",
    "index",
    "item",
    "pay",
    "privilege",
    "proposals",
    "propose",
    "publish",
    "refund",
    "refuse",
    "reject",
    "release",
    "review",
    "scope",
    "search",
    "settle",
    "show",
    "statistics",
    "time",
    "trail",
    "undelivered",
    "waiver",
]

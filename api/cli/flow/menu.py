"""The words of the menu about the flow of work: its figures, rates, calls and the sequence of backlogs."""

from __future__ import annotations

FLOW = {
    "flow": "What came, moved and went, day by day, and the figures of these days.",
}
BASELINE = {
    "baseline": "The same figures before and after a day, over this ledger or a log.",
}
PUBLISHED = {
    "published": "The tables of a month that are told outside the office, small counts hidden.",
}
RATE = {
    "show": "What each team's rate asks of the day and the hour.",
    "set": "Set the rate of a team: how many may wait on which date.",
    "drop": "Drop the rate of a team.",
    "answer": "Say why a day was missed, and what is done about it.",
    "close": "Close a countermeasure, and say whether it worked.",
    "effort": "Record the staff time of a team, for the loop gauge.",
}
CALLS = {
    "show": "Whom a team calls on a day, and what became of it.",
    "draw": "Draw the five requesters of a team who are called today.",
    "check": "Draw again and compare.",
    "log": "Log a call to a requester who was drawn.",
}
SEQUENCE = {
    "show": "The queues in the order in which they are cleared.",
    "set": "Set the order in which backlogs are cleared.",
    "advance": "Say that a queue moves on, and why.",
}

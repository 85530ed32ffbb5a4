"""The commands of the office as a whole, as the menu lists them: its boards, its mail, who is there."""

from __future__ import annotations

BOARD = {
    "board": "Each team's day: incoming, waiting, processed; on a screen, on the wall, on paper.",
}
QUEUES = {
    "queue": "What waits for a team, in the order in which it is to be taken.",
    "sla": "How the clocks stand: running, due soon, overdue, met, ended late.",
}
MORNING = {
    "morning": "A team's morning on one page: what came, is due, is nobody's, who is away or has too much.",
}
FINDING = {
    "cases": "Which cases there are: of a team, of somebody, of nobody, since when, due by when.",
    "workload": "What each member has in hand, how much of it is late, and what those who left still have.",
}
TO_DO = {
    "to-do": "Tasks, follow-ups, promised contacts, receipts and rulings owed on cases: by a team, somebody or nobody "
    "yet, due by when.",
}
ESCALATED = {
    "escalations": "What was escalated and waits for an answer, over all cases.",
}
ANSWERING = {
    "acknowledge-all": "Answer every open escalation of a team or of a reason at once.",
}
TRAY = {
    "tray": "Mail from machines that waits for a person, by kind and age.",
}
ASIDE = {
    "set-aside": "Mail that was not taken in, and why.",
}
MAIL = {
    "mail": "Take mail in from standard input, a Maildir, an mbox or IMAP.",
    "original": "Write out an original that is kept here, such as a mail or an attachment.",
}
PRESENCE = {
    "absences": "Who is absent or has left, and who stands in.",
    "cover": "Which request types have fewer than two people there who can do them.",
}
ATTENDANCE = {
    "absent": "Record that a member is absent, and who stands in.",
    "back": "Record that a member is back.",
    "leaver": "Record that a member leaves, and give all that they have to somebody else.",
}

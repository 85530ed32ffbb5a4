"""The smallest policy that says something of everything, as text to be changed by tests."""

from __future__ import annotations

from ledger.policy.compiled.policy import CompiledPolicy, compile_policy
from ledger.policy.reading.toml import read_policy
from tests.policy.law import changed

TEXT = """\
format = "caseledger.policy/1"

[office]
en = "Office"
fr = "Bureau"
zone = "America/Halifax"
counting_calendar = "WORK"
office_calendar = "HOURS"
asks = ["name"]

[calendars.WORK]
kind = "counting"
citation = "A list."
begins_on = 2026-01-01
ends_on = 2028-12-31
holidays = [{ on = 2026-12-25, en = "Christmas Day", fr = "Noël" }]

[calendars.HOURS]
kind = "office"
begins_on = 2026-01-01
ends_on = 2028-12-31
hours = { mon = ["08:30-16:30"], tue = ["08:30-16:30"], wed = ["08:30-16:30"] }
closed_on_holidays_of = "WORK"

[regions]
NOR = { en = "North", fr = "Nord" }
NOR-EAST = { en = "North, east", fr = "Nord, est", within = "NOR" }
SOU = { en = "South", fr = "Sud" }
ISL = { en = "Islands", fr = "Îles" }

[channels]
phone = { family = "phone", en = "Telephone", fr = "Téléphone" }
web = { family = "web", en = "Web", fr = "Web", categories = { "Road" = "RDW-POT" } }

[skills]
fr = { en = "French", fr = "Français" }

[flags]
adjustment = { en = "adjustment", fr = "adaptation" }

[fields]
name = { tier = "personal", kind = "text", en = "Name", fr = "Nom" }
danger_now = { tier = "office", kind = "yes_no", en = "Danger?", fr = "Danger?" }
people = { tier = "office", kind = "number", en = "How many people?", fr = "Combien?" }
event_date = { tier = "office", kind = "date", en = "Date of the event", fr = "Date" }
vehicle = { tier = "personal", kind = "text", en = "Vehicle", fr = "Véhicule", when = { type = "RDW-POT" } }
unit_no = { tier = "personal", kind = "text", en = "Unit", fr = "Logement" }
address = { tier = "personal", kind = "text", en = "Address", fr = "Adresse" }

[fields.form]
tier = "office"
kind = "choice"
en = "Form"
fr = "Forme"
choices = { paper = { en = "Paper", fr = "Papier" }, audio = { en = "Audio", fr = "Audio" } }

[programmes]
RDW = { en = "Roads", fr = "Routes" }
INC = { en = "Income", fr = "Revenu" }
LIC = { en = "Licences", fr = "Licences" }

[[rungs]]
code = "breach"
offset = 0
party = "leader"

[clocks.ACK]
en = "Acknowledge"
fr = "Accuser réception"
pack = "SERVICE"
version = "1"
citation = "Standard."
unit = "working_days"
amount = 2
starts_on = "reached_body"
stops_on = ["acknowledged"]
counting_calendar = "WORK"

[clocks.SAFE]
en = "Make safe"
fr = "Sécuriser"
pack = "SERVICE"
version = "1"
citation = "Standard."
unit = "elapsed_hours"
amount = 4
starts_on = "reached_body"
stops_on = ["made_safe"]

[clocks.DEC]
en = "Decide"
fr = "Décider"
pack = "SERVICE"
version = "1"
citation = "Standard."
unit = "working_days"
amount = 15
starts_on = "complete"
stops_on = ["decision_given"]
counting_calendar = "WORK"
effects = { fee = "pause" }

[types.RDW-POT]
en = "Pothole"
fr = "Nid-de-poule"
programme = "RDW"
required = ["danger_now"]
optional = ["vehicle"]
clocks = [{ clock = "SAFE", when = { answers = { danger_now = true } } }, { clock = "ACK", months = [11, 12, 1] }]

[types.INC-APP]
en = "Application"
fr = "Demande"
programme = "INC"
required = ["people"]
one_of = [["unit_no", "address"]]
effort_points = 5
clocks = ["ACK", "DEC"]

[types.LIC-EVT]
en = "Event permit"
fr = "Permis d'événement"
programme = "LIC"
required = ["event_date"]
clocks = [{ clock = "DEC", not_after = { field = "event_date", offset = -10, unit = "working_days" } }]

[teams]
INT = { en = "Intake", fr = "Accueil", skills = ["fr"], wip = { active = 2, paused = 3 } }
RDW-NOR = { en = "Depot North", fr = "Dépôt Nord", wip = { active = 2, paused = 3 } }
RDW-SOU = { en = "Depot South", fr = "Dépôt Sud", wip = { active = 2, paused = 3 } }
INC-A = { en = "Income A", fr = "Revenu A", skills = ["fr"], wip = { active = 2, paused = 3 } }
INC-B = { en = "Income B", fr = "Revenu B", wip = { active = 2, paused = 3 } }

[members]
i1 = { name = "Ann", teams = ["INT"], points_a_day = 10 }
a1 = { name = "Bo", teams = ["INC-A", "INT"], points_a_day = 10, fte_percent = 50 }
a2 = { name = "Cy", teams = ["INC-A"], points_a_day = 5 }
b1 = { name = "Di", teams = ["INC-B"], points_a_day = 20 }
bot = { kind = "machine", version = "1", teams = ["INC-B"], points_a_day = 99 }

[[routing]]
code = "care"
en = "A person confirms"
fr = "Une personne confirme"
when = { flags = ["adjustment"] }
confirm = { team = "INT" }

[[routing]]
code = "danger"
en = "Danger first"
fr = "Danger d'abord"
when = { answers = { danger_now = true } }
team = "RDW-{region}"
lane = "immediate"

[[routing]]
code = "roads"
en = "Roads by region"
fr = "Routes par région"
when = { programme = "RDW" }
team = "RDW-{region}"

[[routing]]
code = "big-households"
en = "Big households"
fr = "Grands ménages"
when = { type = "INC-APP", answers = { people = { at_least = 6 } } }
team = "INC-B"
exclude = ["decider"]

[[routing]]
code = "french"
en = "Income in French"
fr = "Revenu en français"
when = { programme = "INC", language = "fr" }
skill = "fr"
by = "load"

[[routing]]
code = "income"
en = "Income"
fr = "Revenu"
when = { any = [{ programme = "INC" }, { region = "ISL", family = ["web"] }] }
team = "INC-A"
overflow = { to = ["INC-B"], above_percent = 120 }

[[routing]]
code = "triage"
en = "Triage"
fr = "Triage"
default = true
team = "INT"

[reasons.wait]
fee = { on = "requester", en = "Fee", fr = "Droits" }
"""


def with_changes(*changes: tuple[str, str]) -> str:
    """The text with pieces replaced."""
    return changed(TEXT, *changes)


def compiled(*changes: tuple[str, str]) -> CompiledPolicy:
    """The policy ready for use, as version 7."""
    return compile_policy(read_policy(with_changes(*changes), file="office.toml"), version=7)

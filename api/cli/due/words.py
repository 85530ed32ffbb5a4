"""What `caseledger due` says, in English and in French."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from ledger.policy.telling.days import day_in_words
from ledger.policy.values import Language
from projections.sentences.sentence import Sentence

WEEKDAYS: Final = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
SHORT_WEEKDAYS: Final = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "fr": ("lun", "mar", "mer", "jeu", "ven", "sam", "dim"),
}
UNITS: Final = {
    "elapsed_hours": (("hour", "hours"), ("heure", "heures")),
    "business_hours": (("business hour", "business hours"), ("heure ouvrable", "heures ouvrables")),
    "working_days": (("working day", "working days"), ("jour ouvrable", "jours ouvrables")),
    "calendar_days": (("calendar day", "calendar days"), ("jour civil", "jours civils")),
    "weeks": (("week", "weeks"), ("semaine", "semaines")),
    "months": (("month", "months"), ("mois", "mois")),
    "years": (("year", "years"), ("an", "ans")),
}
SAID: Final[dict[str, tuple[str, str]]] = {
    "due": ("Due by {when}.", "À faire au plus tard le {when}."),
    "not_before": ("Not before {when}.", "Pas avant le {when}."),
    "warning": ("Ends at {when}.", "Prend fin le {when}."),
    "end_of": ("the end of {day}", "{day}, en fin de journée"),
    "paused": (
        "Stands still since {since}: {left} left. If it ran on now it would be due by {when}.",
        "Suspendu depuis le {since} : il reste {left}. Repris maintenant, à faire au plus tard le {when}.",
    ),
    "from": (
        "{amount} after {start}{by}.",
        "{amount} après le {start}{by}.",
    ),
    "with": (
        "{amount} beginning with {start}{by}.",
        "{amount} à compter du {start}{by}, ce jour compris.",
    ),
    "by": (", counted by the calendar {code}", ", selon le calendrier {code}"),
    "rolled_by": (
        ", the last day moved off closed days of {code}",
        ", le dernier jour reporté hors des jours fermés de {code}",
    ),
    "capped": (
        "In any case by the end of {on}, which the type reckons from a date of the request.",
        "En tout cas au plus tard le {on}, que le type calcule d'après une date de la demande.",
    ),
    "left_out": ("Did not count: {what}.", "N'ont pas compté : {what}."),
    "weekend_days": ("{n} {n:day|days} of weekends", "{n} {n:jour|jours} de fin de semaine"),
    "holidays": ("holidays ({names})", "jours fériés ({names})"),
    "closed_days": (
        "{n} {n:day|days} closed until it was opened again",
        "{n} {n:jour fermé|jours fermés} jusqu'à la réouverture",
    ),
    "waiting_days": (
        "{n} {n:day|days} of waiting ({names})",
        "{n} {n:jour|jours} d'attente ({names})",
    ),
    "day_of": (
        "On {on}: day {k} of {n}, {left} left.",
        "Le {on} : jour {k} sur {n}, reste {left}.",
    ),
    "hours_of": (
        "At {on}: {k} of {n} used, {left} left.",
        "Au {on} : {k} sur {n} écoulées, reste {left}.",
    ),
    "not_started": ("On {on} it has not begun.", "Le {on}, il n'a pas commencé."),
    "overdue": (
        "On {on} it is breached: {n} over{waiting}.",
        "Le {on}, il est dépassé de {n}{waiting}.",
    ),
    "overdue_waiting": (", {n} without the waiting since", ", {n} sans l'attente depuis"),
    "stopped.met": ("Stopped on {on}, in time.", "Arrêté le {on}, à temps."),
    "stopped.breached": ("Stopped on {on}, late.", "Arrêté le {on}, en retard."),
    "stopped.late_by": (
        "Stopped on {on}, late by {n}{waiting}.",
        "Arrêté le {on}, en retard de {n}{waiting}.",
    ),
    "stopped.too_early": ("Stopped on {on}, too early.", "Arrêté le {on}, trop tôt."),
    "stopped.otherwise": (
        "Stopped on {on}, neither in time nor late.",
        "Arrêté le {on}, ni à temps ni en retard.",
    ),
    "claimed": (
        "It is said to have ended in time, on {on}: it counts as late until a second person approves that.",
        "Il aurait pris fin à temps, le {on} : en retard tant qu'une deuxième personne ne l'a pas approuvé.",
    ),
    "day_by_day": ("Day by day", "Jour par jour"),
    "week_of": ("week of", "semaine du"),
    "notes": ("notes", "remarques"),
    "legend": (
        "A number is a day that counted; S the start, · a day off, H a holiday, w waiting, > moved on.",
        "Un nombre est un jour compté; S le début, · jour chômé, H férié, w attente, > reporté.",
    ),
    "many_weeks": ("{n} {n:week|weeks} likewise", "{n} {n:semaine|semaines} de même"),
    "day": ("day", "jour"),
    "counted_from": ("counted", "compté"),
    "used": ("used", "écoulé"),
    "so_far": ("so far", "en tout"),
    "closed": ("closed", "fermé"),
    "wait": (
        "Waiting for {reason}, {from_on} to {to_on}: {effect}.",
        "Attente de {reason}, du {from_on} au {to_on} : {effect}.",
    ),
    "wait_open": (
        "Waiting for {reason} since {from_on}: {effect}.",
        "Attente de {reason} depuis le {from_on} : {effect}.",
    ),
    "effect.none": ("this clock runs on", "ce délai court toujours"),
    "effect.pause": ("the clock stands still", "le délai est suspendu"),
    "effect.toll": (
        "the clock stands still, so often as the law allows",
        "le délai est suspendu, autant de fois que la loi le permet",
    ),
    "effect.suspend": ("the clock is suspended", "le délai est suspendu"),
    "effect.reset": (
        "with the answer the clock begins anew",
        "avec la réponse, le délai recommence à zéro",
    ),
    "effect.late": (
        "it began after the breach and stops nothing",
        "elle a commencé après le dépassement et ne suspend rien",
    ),
    "extended": (
        "Extended by {amount} ({authority}), notice given {on}.",
        "Prolongé de {amount} ({authority}), avis donné le {on}.",
    ),
    "duty": ("To be told by {on}: {party}.", "À informer au plus tard le {on} : {party}."),
    "generation": (
        "Generation {n} ended on {on} with {elapsed} elapsed.",
        "La génération {n} a pris fin le {on}, {elapsed} écoulés.",
    ),
    "reopened": (
        "Stopped on {stopped}, opened again on {on}: {mode}.",
        "Arrêté le {stopped}, rouvert le {on} : {mode}.",
    ),
    "mode.continue": ("it never stopped", "il n'a jamais cessé de courir"),
    "mode.resume": (
        "the time in between does not count",
        "le temps écoulé entre-temps ne compte pas",
    ),
    "mode.restart": ("it begins anew", "il recommence à zéro"),
    "assumed_complete": (
        "Taken as complete on receipt: give --complete if it was not.",
        "Considérée comme complète à la réception : indiquez --complete sinon.",
    ),
    "assumed_office": (
        "Taken as received at the right office at once: give --reached-office if it was not.",
        "Considérée comme parvenue aussitôt au bon bureau : indiquez --reached-office sinon.",
    ),
    "marks": ("Not read in an official text", "Non vérifié dans un texte officiel"),
    "status.verified": ("verified", "vérifié"),
    "status.second_hand": ("second-hand", "de seconde main"),
    "status.reported": ("reported", "rapporté"),
    "status.unverified": ("not verified", "non vérifié"),
    "status.assumed": ("assumed", "supposé"),
    "law": ("{citation}. Pack {pack}, version {version}.", "{citation}. Recueil {pack}, version {version}."),
    "source.pack": (
        "From the pack {name} that comes with the program; a person with authority confirms it.",
        "Tiré du recueil {name} fourni avec le programme; une personne autorisée le confirme.",
    ),
    "source.pack_file": ("From the pack file {name}.", "Tiré du fichier de recueil {name}."),
    "source.file": ("From the policy file {name}.", "Tiré du fichier de politique {name}."),
    "source.published": (
        "From policy {name}, in force.",
        "Tiré de la politique {name}, en vigueur.",
    ),
    "source.case": ("From policy {name}, which governs it.", "Tiré de la politique {name}, qui le régit."),
    "counted_by": (
        "Its days are counted by policy {name}, which revised its calendars.",
        "Ses jours sont comptés selon la politique {name}, qui a révisé ses calendriers.",
    ),
    "recorded": ("Recorded for it: {clock}", "Consigné pour lui : {clock}"),
    "recorded_in": ("entry", "inscription"),
    "recorded_at": ("when", "quand"),
    "recorded_what": ("what", "quoi"),
    "recorded_due": ("due", "échéance"),
    "recorded_holds": ("certificate", "certificat"),
    "holds": ("holds", "juste"),
    "holds_not": ("DOES NOT HOLD", "NE TIENT PAS"),
    "date.armed": ("began to run", "a commencé à courir"),
    "date.paused": ("stands still from here on", "est suspendu dès lors"),
    "date.resumed": ("runs on", "reprend"),
    "date.anew": ("begins anew", "recommence"),
    "date.extended": ("extended", "prolongé"),
    "date.restated": ("reckoned anew", "recalculé"),
    "no_clock": (
        "No clock of ours was ever reckoned for this case.",
        "Aucun délai n'a été calculé pour ce dossier.",
    ),
    "checked": (
        "Zone {zone}, time-zone data {tz}. Counted again day by day: the same.",
        "Fuseau {zone}, données {tz}. Recompté jour par jour : même résultat.",
    ),
}  # fmt: skip
"""Each sentence in both languages."""


class DueWords:
    """Sentences, dates and amounts in one language, in the zone of one clock."""

    def __init__(self, language: Language, zone: tzinfo) -> None:
        self.language: Language = language
        self.zone = zone
        self._place = 0 if language == "en" else 1

    def say(self, sentence: str, /, **fields: object) -> str:
        """A sentence with its fields."""
        return Sentence(*SAID[sentence]).fitting(self.language, fields).format(**fields)

    def day(self, on: date) -> str:
        """A date with its weekday, such as `Friday 11 December 2026`."""
        return f"{WEEKDAYS[self.language][on.weekday()]} {day_in_words(on, self.language)}"

    def at(self, instant: datetime) -> str:
        """An instant on the clock of the zone."""
        local = instant.astimezone(self.zone)
        hour = f"{local:%H:%M}" if self.language == "en" else f"{local.hour} h {local:%M}"
        return f"{self.day(local.date())}, {hour}"

    def by(self, instant: datetime, *, day_clock: bool) -> str:
        """An instant by which something is due: the midnight that ends a day belongs to it."""
        local = instant.astimezone(self.zone)
        if day_clock and local.time() == time.min:
            last = (instant - timedelta(microseconds=1)).astimezone(self.zone).date()
            return self.say("end_of", day=self.day(last))
        return self.at(instant)

    def amount(self, n: int, unit: str) -> str:
        """So much of a unit, such as `20 working days`."""
        one, several = UNITS[unit][self._place]
        return f"{n} {one if n == 1 or (n == 0 and self.language == 'fr') else several}"

    def hours(self, seconds: int) -> str:
        """A length of time in hours and minutes."""
        hours, rest = divmod(seconds, 3600)
        return f"{hours} h {rest // 60:02d}"

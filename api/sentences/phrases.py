"""Phrases: what can stand in a sentence as a value and is words of English, each with its French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from api.sentences import findings, importing, machine, proving
from ledger.input import fitting
from ledger.policy import access
from ledger.policy.acting.acts import REFUSED
from ledger.policy.document.notices import NoticeKind
from projections.sentences.by_topic import CODES

_WHY_NOT: Mapping[str, str] = {
    access.REFUSED["not-a-member"]: "n'est pas membre selon la politique en vigueur",
    access.REFUSED["role-not-held"]: "n'a pas le rôle au titre duquel la demande est faite",
    access.REFUSED["recused"]: "s'est récusé de ce dossier",
    access.REFUSED["other-team"]: "est d'une autre équipe que celle qui a ce dossier",
    access.REFUSED["no-such-purpose"]: "n'a aucun rôle où ceci s'ouvre à cette fin",
    access.REFUSED["not-of-this-task"]: (
        "n'en peut ouvrir que ce qu'il faut avant de contacter quelqu'un"
    ),
    access.REFUSED["inquiry-expired"]: "ne peut plus lire, car l'enquête a expiré",
    access.REFUSED["inquiry-outside"]: "ne peut lire ceci, car l'enquête ne le nomme pas",
    access.REFUSED[
        "inquiry-elsewhere"
    ]: "ne peut lire ceci, car l'enquête est celle d'un autre organisme",
    REFUSED["out-of-scope"]: "avec une clé qui n'a pas été délivrée pour cela",
    REFUSED["by-a-key"]: (
        "qui a présenté une clé, par laquelle une personne regarde et rien de plus : elle agit après s'être connectée"
    ),
    REFUSED["no-such-task"]: "qui n'a aucun rôle où cela se fait",
    REFUSED["not-theirs"]: "dont le rapport à ceci ne le permet pas",
    REFUSED["recused"]: "qui s'est récusé de ce dossier",
    REFUSED["not-by-its-rules"]: "que les règles de ce qui est demandé refusent",
    REFUSED["not-a-member"]: "qui n'est pas membre selon la politique en vigueur",
    REFUSED["left"]: "qui a quitté le bureau",
    REFUSED["role-not-held"]: "dans un rôle qui n'est pas le sien",
    REFUSED["not-of-that-team"]: "pour une équipe qui n'est pas la sienne",
    REFUSED["not-in-their-stead"]: "à la place d'une personne sans la suppléer",
}
_ASKED_FOR: Mapping[str, str] = {
    "answer a recommendation": "répondre à une recommandation",
    "answer an inquiry": "répondre à une enquête",
    "approve an erasure": "approuver un effacement",
    "carry out an erasure": "procéder à un effacement",
    "close an inquiry": "clore une enquête",
    "comment on the draft of a report": "commenter un projet de rapport",
    "let another system act": "laisser agir un autre système",
    "mark entries for an inquiry": "marquer des inscriptions pour une enquête",
    "open an inquiry": "ouvrir une enquête",
    "place a hold": "décider une mise en réserve",
    "place the hold of an inquiry": "décider la mise en réserve d'une enquête",
    "propose an erasure": "proposer un effacement",
    "record a question of an inquiry": "consigner une question d'une enquête",
    "record a recommendation": "consigner une recommandation",
    "record that a recommendation is carried out": "consigner qu'une recommandation est suivie",
    "record that more time was given": "consigner un délai supplémentaire",
    "record the draft of a report": "consigner un projet de rapport",
    "release a hold": "lever une mise en réserve",
    "transfer to the archives": "verser aux archives",
}
_RATES: Mapping[str, str] = {
    "closes a countermeasure": "clôt une contre-mesure",
    "drops a rate": "abandonne une cadence",
    "records a countermeasure": "consigne une contre-mesure",
    "records staff time": "consigne le temps du personnel",
    "sets a rate": "fixe une cadence",
}
_A_MACHINE: Mapping[str, str] = {
    "abandons no release": "n'abandonne aucune remise",
    "answers no request": "ne répond à aucune demande",
    "asks for no waiver": "ne demande aucune dispense",
    "asks no applicant what is meant": "ne demande à personne de préciser sa demande",
    "claims nothing of completeness": "n'affirme rien quant à l'intégralité",
    "consults nobody": "ne consulte personne",
    "decides no consultation": "ne tranche aucune consultation",
    "decides no proposal": "ne tranche aucune proposition",
    "decides nothing that is withheld or released": (
        "ne décide de rien qui soit retenu ou communiqué"
    ),
    "decides what becomes of no document": "ne décide du sort d'aucun document",
    "delivers nothing": "ne remet rien",
    "draws no scope": "n'établit aucune portée",
    "ends no disclosure": "ne met fin à aucune communication",
    "ends no review": "ne met fin à aucune révision",
    "estimates no fee": "n'estime aucuns droits",
    "explains no difference": "n'explique aucune différence",
    "finds no versions of a document": "ne reconnaît aucune version d'un document",
    "gives no heads-up": "ne prévient aucun bureau",
    "gives no money back": "ne rembourse rien",
    "logs no search": "ne consigne aucune recherche",
    "publishes nothing": "ne publie rien",
    "records no review": "ne consigne aucune révision",
    "releases nothing": "ne communique rien",
    "says not what a disclosure covers": "ne dit pas ce qu'une communication couvre",
    "settles no fee": "ne règle aucuns droits",
    "spends no staff time": "n'emploie pas le temps du personnel",
    "takes in no representations": "ne reçoit aucune observation",
    "takes no money": "n'encaisse rien",
    "tells nobody a decision": "n'annonce de décision à personne",
    "waives no fee": "ne dispense de rien",
    "waives no privilege": "ne renonce à aucun privilège",
}
LETTERS: Mapping[str, str] = {
    f"{{id}} ({said.en} of {{at}})": f"{{id}} ({said.fr} du {{at}})"
    for said in (CODES[f"kind.{kind}"] for kind in get_args(NoticeKind))
}
"""Of several letters each, as whoever must say which is told of them."""
PHRASES: Mapping[str, str] = {
    **findings.PHRASES,
    **importing.PHRASES,
    **machine.PHRASES,
    **proving.PHRASES,
    **dict(fitting.SENTENCES.values()),
    **_WHY_NOT,
    **_ASKED_FOR,
    **_RATES,
    **_A_MACHINE,
    # Words in the place of a code that is not repeated
    "This": "Ceci",
    "this": "ceci",
    "that": "cela",
    "them": "une autre personne",
    "so called": "de ce nom",
    "a key": "une clé",
    "that is named": "nommé",
    "named": "indiquée",
    "none": "néant",
    "nothing": "rien",
    "none is open": "aucune n'est ouverte",
    "none, and needs one with reviews = true": "néant, et il lui en faut un avec reviews = true",
    # How often, how many
    "once": "une fois",
    "{count} times": "{count} fois",
    "1 entry": "1 inscription",
    "{count} entries": "{count} inscriptions",
    # What a value must be
    "yes or no (true or false)": "oui ou non (true ou false)",
    "a whole number": "un nombre entier",
    "whole cents, such as 500 for 5.00": "des cents entiers, tels que 500 pour 5,00",
    "an amount such as 1250 or 1250.00": "un montant tel que 1250 ou 1250,00",
    "yes or no": "oui ou non",
    "a smaller number": "un nombre plus petit",
    "a date that exists, written as 2026-07-01": "une date qui existe, écrite comme 2026-07-01",
    "a date that does not lie in the future": "une date qui n'est pas dans l'avenir",
    "a text": "un texte",
    "one of {known}": "l'une de ces valeurs : {known}",
    # What somebody or something is, or what became of it
    "a supervisor": "une personne de la supervision",
    "begins on {date}": "commence le {date}",
    "lapsed on {date}": "a expiré le {date}",
    "cleared or waiting": "cleared ou waiting",
    "holding or clearing": "holding ou clearing",
    "the time was over before its notice was given": "le délai était écoulé avant que l'avis soit donné",
    "it has ended": "elle a pris fin",
    "no channel is left, so set one of the instructions anew": (
        "il n'en reste aucun, révisez donc l'une des consignes"
    ),
    "use one other than {channels}": "employez-en un autre que {channels}",
    "nothing is recorded until `caseledger recover`.": (
        "rien n'est consigné avant `caseledger recover`."
    ),
    # What is wrong with a field, as a validator of ours says it
    "ends before it begins: give the pages in order": (
        "finit avant de commencer : donnez les pages dans l'ordre"
    ),
    "has a box that is no region of a page: give thousandths of it": (
        "a un cadre qui n'est pas une région d'une page : donnez-le en millièmes"
    ),
    "must be an instant that exists in UTC too": "doit être un instant qui existe aussi en UTC",
    "{value} is not a whole number": "{value} n'est pas un nombre entier",
    "has {values} where the header has {columns}": "a {values} là où l'en-tête a {columns}",
    "is no user": "n'en est pas un",
    "has neither {name} nor userName, so nobody can tell who it is": (
        "n'a ni {name} ni userName, nul ne peut donc dire qui c'est"
    ),
    "holds a text that is none, is too long, or has control characters": (
        "contient un texte qui n'en est pas un, est trop long, ou a des caractères de commande"
    ),
    "says of `active` neither true nor false: say one of the two": (
        "ne dit de `active` ni true ni false : dites l'un des deux"
    ),
    "says groups or roles that are no list": "donne groups ou roles qui ne sont pas une liste",
    "says a date of leaving that is none, such as 2026-03-31": (
        "donne une date de départ qui n'en est pas une, telle que 2026-03-31"
    ),
    # Why a date is not enough
    "counts hours": "compte des heures",
    "has a cut-off at {hour}": "a une heure limite, {hour}",
    "is due at the close of business": "échoit à la fermeture des bureaux",
    # Where something stands in the ledger, and what it lies in
    "Entry {position}": "Inscription {position}",
    "Entry {position} ({stream} version {version})": (
        "Inscription {position} ({stream} version {version})"
    ),
    "The database {name}": "La base de données {name}",
    "The database of this account": "La base de données de ce compte",
    "The database {name} (schema {schema})": "La base de données {name} (schéma {schema})",
    "The disk of the ledger": "Le disque du registre",
    "The master key": "La clé maîtresse",
    "The signing key {file}": "La clé de signature {file}",
    "The signer's last head ({file})": "La dernière tête du signataire ({file})",
    "The signer's memory ({file})": "La mémoire du signataire ({file})",
    "The body": "Le corps",
    "Standard input": "L'entrée standard",
    "Line {line} of what {option} reads": "La ligne {line} de ce que {option} lit",
    "Another process": "Un autre processus",
    "The process {process}": "Le processus {process}",
}
"""What can stand in any of its sentences' holes; and what is wrong with a field."""
WORDS: Mapping[str, Mapping[str, str]] = {
    "answer": {"accepted": "acceptée", "refused": "refusée"},
    "purpose": {"checkpoint": "points de contrôle", "receipt": "reçus", "witness": "témoin"},
    "state": {"completed": "accomplie", "cancelled": "annulée"},
    "unit": {
        code.removeprefix("unit.").replace("_", " "): sentence.fr
        for code, sentence in CODES.items()
        if code.startswith("unit.")
    },
}
"""Codes that are told in words, by the hole in which they are; elsewhere they are codes that somebody sends."""

"""One case in French: how it stands, what would come of a command, what is written and withheld, beside its English."""

from __future__ import annotations

from collections.abc import Mapping

OF_A_CASE: Mapping[str, str] = {
    # How it stands
    "Nothing was known of {reference} then: ask about a later instant.": (
        "On ne savait rien de {reference} alors : interrogez sur un instant ultérieur."
    ),
    "Case {reference}": "Dossier {reference}",
    "{at} by {channel}": "{at} par {channel}",
    "What happened on {reference}": "Ce qui s'est passé sur {reference}",
    "See no. {version}.": "Voir nº {version}.",
    "Recorded only on {when}.": "Consigné seulement le {when}.",
    "Nothing was known of it then.": "On n'en savait rien alors.",
    "digest": "empreinte",
    "region": "région",
    "language": "langue",
    "interview in": "entretien en",
    "interpreter": "interprète",
    "format": "format",
    "severity": "gravité",
    "{level}, by the criterion {criterion}": "{level}, selon le critère {criterion}",
    "said to be urgent": "dit urgent",
    "by the requester": "par la personne qui demande",
    "flags": "à ménager",
    "in transit to": "en transit vers",
    "to be confirmed": "à confirmer",
    "by {team}, until {at}: `caseledger confirm`": "par {team}, avant {at} : `caseledger confirm`",
    "{what}, since {at}": "{what}, depuis le {at}",
    "{what}, {at}": "{what}, le {at}",
    "a clock ended late": "un délai fini en retard",
    "{relation} case {other}": "{relation} dossier {other}",
    "since {at}": "depuis le {at}",
    "missing": "manque",
    "had our reply": "réponse de nous",
    "not yet": "pas encore",
    "not asked now": "pas demandé maintenant",
    "no longer needed": "sans objet désormais",
    "quiet until": "période d'attente",
    "settled": "règlement définitif",
    "return proposed": "retour proposé",
    "next contact by": "prochain contact avant",
    "on hold": "mis en réserve",
    "disposed of": "éliminé",
    "its content is erased": "son contenu est effacé",
    "what was about one person": "ce qui concernait une personne",
    "all that was personal": "tout ce qui était personnel",
    "{what}, {at}, on the authority of {authority}": "{what}, le {at}, en vertu de : {authority}",
    "decided": "tranché",
    "{outcome} by {whom}, {at}": "{outcome} par {whom}, le {at}",
    "corrected": "corrigé",
    "no. {versions}: `caseledger trail` says what is right": "nº {versions} : `caseledger trail` dit ce qui est exact",
    "safe contact": "contact sûr",
    "was settled: whoever contacts somebody is shown it": "a été réglé : qui joint quelqu'un le voit",
    "reopened": "rouvert",
    "reviewed": "révisé",
    "appealed": "recours",
    "to {taken_to}, {body}, {at}": "devant {taken_to}, {body}, {at}",
    "in case {reference}": "dans le dossier {reference}",
    "1 time": "1 fois",
    "{count} times": "{count} fois",
    "from": "provenance",
    "the history of another system": "l'historique d'un autre système",
    "version": "version",
    "People": "Personnes",
    "role": "rôle",
    "name": "nom",
    "how to reach them": "comment les joindre",
    "to heed": "à observer",
    "identity": "identité",
    "record": "fiche",
    "never by {channels}": "jamais par {channels}",
    "times: {times}": "heures : {times}",
    "names not to use: {names}": "noms à ne pas employer : {names}",
    "Clocks": "Délais",
    "state": "état",
    "promised": "promis",
    "breached": "dépassé",
    "None runs: the request type arms none, or the case is not classified yet.": (
        "Aucun ne court : ce type de demande n'en a pas, ou le dossier n'est pas encore classé."
    ),
    "None has started.": "Aucun n'a commencé.",
    # What would come of a command
    "What would be recorded on {reference}; nothing is": "Ce qui serait consigné sur {reference}; rien ne l'est",
    "Nothing would be: there is nothing to add.": "Rien ne le serait : il n'y a rien à ajouter.",
    "Its clocks then; the case would be {status}": "Ses délais alors; état du dossier : {status}",
    "None would have started.": "Aucun n'aurait commencé.",
    "{clock} has not started: it waits for '{moment}'.": (
        "{clock} n'a pas commencé; ce qui le fait courir : « {moment} »."
    ),
    "{clock} has not started: it does once the request is complete.": (
        "{clock} n'a pas commencé; il court dès que la demande est complète."
    ),
    "Not there yet: {needs}.": "Il manque encore : {needs}.",
    "running": "court",
    "stands still": "suspendu",
    "ended too early": "fini trop tôt",
    "its time is over": "délai écoulé",
    "ended after its time": "fini après son délai",
    "ended too late": "fini trop tard",
    "superseded": "remplacé",
    "lapsed": "caduc",
    "transferred": "transféré",
    "withdrawn": "retiré",
    "reset": "reparti à zéro",
    "{state}, to be approved": "{state}, à approuver",
    "not before {at}": "pas avant le {at}",
    "{clock} is said to have ended in time ({at}): a second person approves it with `caseledger approve {reference} "
    "{clock}`, or refuses it with `caseledger refuse-approval {reference} {clock} --reason -`.": (
        "{clock} aurait pris fin à temps ({at}) : une deuxième personne l'approuve par `caseledger approve {reference} "
        "{clock}`, ou le refuse par `caseledger refuse-approval {reference} {clock} --reason -`."
    ),
    "Chase by the plan {plan}": "Relances selon le plan {plan}",
    "Chase by the plan {plan}, stopped": "Relances selon le plan {plan}, arrêtées",
    "step": "étape",
    "when": "quand",
    "reached": "atteinte",
    "A person must decide whether the request lapses: `resolve {ref} lapsed`, or `stop-chase {ref}`.": (
        "Une personne doit décider si la demande se périme : `resolve {ref} lapsed` ou `stop-chase {ref}`."
    ),
    "It needs care, so it does not lapse by itself: a person decides.": (
        "Elle demande des égards : elle ne se périme pas d'elle-même, une personne en décide."
    ),
    "Owed": "À faire",
    "what": "quoi",
    "kind": "nature",
    "by": "par",
    "id": "id",
    "task": "tâche",
    "follow up": "suivi",
    "referral": "renvoi",
    "promise": "contact promis",
    "judgement": "jugement",
    "adjudication": "à trancher",
    "preparatory": "préparation",
    "bring forward": "rappel",
    "commitment": "engagement",
    "transfer": "transfert",
    "transfer in part": "transfert d'une partie",
    "consultation": "consultation",
    "Escalations": "Signalements",
    "to": "à",
    "answer": "réponse",
    # What is written on it
    "What exists in which language": "Ce qui existe en quelle langue",
    "parts": "parties",
    "request": "demande",
    "requests": "demandes",
    "question": "question",
    "questions": "questions",
    "{count} piece of information": "{count} renseignement",
    "{count} pieces of information": "{count} renseignements",
    "contact": "contact",
    "contacts": "contacts",
    "call": "appel",
    "calls": "appels",
    "note": "note",
    "notes": "notes",
    "item": "pièce",
    "items": "pièces",
    "notice": "avis",
    "notices": "avis",
    "decision": "décision",
    "decisions": "décisions",
    "finding": "conclusion",
    "findings": "conclusions",
    "resolution": "règlement",
    "resolutions": "règlements",
    "Record items": "Pièces",
    "entry": "inscription",
    "no.": "nº",
    "pages": "pages",
    "translates": "traduit",
    "translated by": "traduit par",
    "reviewed by": "révisé par",
    "no. {version}": "nº {version}",
    "person": "personne",
    "machine": "machine",
    "nobody yet": "personne encore",
    "What is personal is sealed, or was erased: --open --purpose WHY --as MEMBER shows what is left of it, and records "
    "that it was read.": (
        "Ce qui est personnel est scellé, ou a été effacé : --open --purpose WHY --as MEMBER montre ce qui en reste, "
        "et consigne que cela a été lu."
    ),
    "Personal values; that they were read is recorded": (
        "Valeurs personnelles; leur lecture est consignée"
    ),
    "field": "champ",
    "value": "valeur",
    "about others": "sur d'autres",
    "words {first}-{end}: {whose}": "mots {first}-{end} : {whose}",
    "erased": "effacé",
    "lost": "perdu",
    "The last entry was recorded at {there}, and here it is {here}: what follows mixes the two; set this machine's "
    "clock, or give --known-at {on}.": (
        "La dernière inscription a été consignée le {there}, et ici nous sommes le {here} : ce qui suit mêle les deux; "
        "réglez l'horloge de cette machine, ou donnez --known-at {on}."
    ),
    # Requests for information
    "Requests for information, {first} to {last}": "Demandes d'accès à l'information, {first} au {last}",
    "Days are calendar days from receipt to the answer.": (
        "Les jours sont des jours civils, de la réception à la réponse."
    ),
    # The withholding index
    "Withheld, version {version}, for: {audience}": "Retenu, version {version}, pour : {audience}",
    "Nothing is withheld.": "Rien n'est retenu.",
    "applicant": "le demandeur",
    "regulator": "l'organisme de contrôle",
    "line": "ligne",
    "stream": "dossier ou suite",
    "slot": "champ",
    "words": "mots",
    "exemption": "exception",
    "disposition": "sort",
    "interest": "intérêt public",
    "Documents: {items}; pages: {pages} ({full} whole, {part} in part, {withheld} not given); duplicates: "
    "{duplicates}. Of the ledger, entries: {entries}, whole values: {slots}, words of other texts: {words}.": (
        "Documents : {items}; pages : {pages} (entières : {full}, en partie : {part}, non remises : {withheld}); "
        "doubles : {duplicates}. Du registre, inscriptions : {entries}, valeurs entières : {slots}, mots d'autres "
        "textes : {words}."
    ),
    "It is for a case of its own: `caseledger open` it, then `caseledger link` that one to {reference}.": (
        "C'est pour un dossier à part : ouvrez-le par `caseledger open`, puis liez-le à {reference} par "
        "`caseledger link`."
    ),
    # Routings
    "Where the rules sent {reference}": "Où les règles ont acheminé {reference}",
    "Looked at: {facts}.": "Regardé : {facts}.",
    "The rules have sent it nowhere.": "Les règles ne l'ont acheminé nulle part.",
    # Forms and codes
    "Request types": "Types de demande",
    "needed": "nécessaire",
    "one of {fields}": "l'un de {fields}",
    "may be told": "facultatif",
    "{need}, depending on {facts}": "{need}, selon {facts}",
    "help": "aide",
    "why we ask": "pourquoi nous le demandons",
    "so far": "jusqu'ici",
    "wrong": "à corriger",
    "not asked": "non demandé",
    "yes or no": "oui ou non",
    "a whole number": "un nombre entier",
    "an amount in {currency}, such as 1250.00": "un montant en {currency}, tel que 1250,00",
    "an amount, such as 1250.00": "un montant, tel que 1250,00",
    "Give an amount such as 1250 or 1250.00.": "Donnez un montant tel que 1250 ou 1250,00.",
    "Taken as {amount}.": "Compris : {amount}.",
    "a date": "une date",
    "a text": "un texte",
    "Next: {question} ({field})": "Ensuite : {question} ({field})",
    "Nothing is missing.": "Rien ne manque.",
    "An empty line leaves a question out; what is missing is asked for later.": (
        "Une ligne vide laisse une question de côté; ce qui manque se demande plus tard."
    ),
    "Asked one by one: `caseledger form {type} --ask | caseledger open CHANNEL --request-type {type} --answer -`.": (
        "Pour les poser une à une : "
        "`caseledger form {type} --ask | caseledger open CHANNEL --request-type {type} --answer -`."
    ),
    "Codes that commands name": "Codes que nomment les commandes",
    "list": "liste",
    "code": "code",
}

"""What is kept, erased, opened and inquired into, in French, beside its English."""

from __future__ import annotations

from collections.abc import Mapping

_HOLDS: Mapping[str, str] = {
    "Cases on hold": "Dossiers mis en réserve",
    "hold": "mise en réserve",
    "None is. `caseledger hold place REF --ground litigation` keeps a case.": (
        "Aucun. `caseledger hold place REF --ground litigation` met un dossier en réserve."
    ),
}
_RETENTION: Mapping[str, str] = {
    "Due for disposal by {until}": "À éliminer au plus tard le {until}",
    "outcome": "issue",
    "class": "classe",
    "then": "ensuite",
    "Nothing is due.": "Rien n'est échu.",
    "destroy": "destruction",
    "sample to archives": "échantillon aux archives",
    "index to archives": "index aux archives",
    "transfer to archives": "versement aux archives",
    "keep": "conservation permanente",
    "as original": "comme le dossier d'origine",
    "{then}, but on hold": "{then}, mais mis en réserve",
    "{due}, {held}, of {looked_at}.": "{due}, {held}, sur {looked_at}.",
    "{count} is due": "{count} est échu",
    "{count} are due": "{count} sont échus",
    "{count} more is due and on hold": "{count} autre est échu et mis en réserve",
    "{count} more are due and on hold": "{count} autres sont échus et mis en réserve",
    "{count} closed case that was looked at": "{count} dossier clos examiné",
    "{count} closed cases that were looked at": "{count} dossiers clos examinés",
    "{cases}: {why}.": "{cases} : {why}.",
    "{count} closed case has no date yet": "{count} dossier clos est encore sans date",
    "{count} closed cases have no date yet": "{count} dossiers clos sont encore sans date",
    "the event from which they are kept has not been recorded": (
        "l'événement à partir duquel on les conserve n'est pas consigné"
    ),
    "the policy gives their type no retention class": (
        "la politique ne donne à leur type aucune classe de conservation"
    ),
    "their resolution has not settled": "leur règlement n'est pas définitif",
    "they are not resolved": "ils ne sont pas réglés",
    "when the youngest person comes of age is not known, or was not opened (--open)": (
        "on ne sait pas quand la plus jeune personne sera majeure, ou cela n'a pas été ouvert (--open)"
    ),
    "the file of the decision under review is not there": (
        "le dossier de la décision révisée n'est pas là"
    ),
    "nothing says that the time to appeal is over": "rien ne dit que le délai d'appel est écoulé",
}
_ERASURES: Mapping[str, str] = {
    "Erasures and disposals": "Effacements et éliminations",
    "erasure": "effacement",
    "authority": "fondement",
    "proposed": "proposé",
    "approved by": "approuvé par",
    "approved": "approuvé",
    "begun": "commencé",
    "carried out": "exécuté",
    "not proposed": "non proposé",
    "refused: 1 case on hold": "refusé : 1 dossier mis en réserve",
    "refused: {held} cases on hold": "refusé : {held} dossiers mis en réserve",
    "None was proposed.": "Aucun n'a été proposé.",
    "That its words were opened is recorded.": "Le fait que ses mots ont été ouverts est consigné.",
    "Its instrument and its reason are sealed: --open --purpose WHY --as MEMBER shows them, and records that they were "
    "read.": (
        "Son acte et son motif sont scellés : --open --purpose WHY --as MEMBER les montre, et consigne qu'ils ont été "
        "lus."
    ),
    "It reaches {keys} in {streams}.": "Il atteint {keys} dans {streams}.",
    "{count} key": "{count} clé",
    "{count} keys": "{count} clés",
    "{count} stream": "{count} suite",
    "{count} streams": "{count} suites",
    "{count} entry": "{count} inscription",
    "{count} entries": "{count} inscriptions",
    "Where words about them are marked in texts about others, those words go and the rest stays ({entries}).": (
        "Là où des mots à son sujet sont marqués dans des textes sur d'autres, ces mots disparaissent et le reste "
        "demeure ({entries})."
    ),
    "Notes and other words about the cases themselves stay ({cases}): name a case with --case to have all that is "
    "personal in it erased.": (
        "Les notes et autres mots sur les dossiers mêmes demeurent ({cases}) : nommez un dossier par --case pour "
        "effacer tout ce qu'il a de personnel."
    ),
    "A second records officer approves it: `caseledger erasure approve`.": (
        "Une deuxième personne parmi les archivistes l'approuve : `caseledger erasure approve`."
    ),
    "Erased: {keys}, {parts} (entry {position}). What happened stays recorded; it is not anonymous.": (
        "Effacé : {keys}, {parts} (inscription {position}). Ce qui s'est passé reste consigné; ce n'est pas anonyme."
    ),
    "{count} key is destroyed": "{count} clé détruite",
    "{count} keys are destroyed": "{count} clés détruites",
    "{count} sealed part deleted": "{count} partie scellée supprimée",
    "{count} sealed parts deleted": "{count} parties scellées supprimées",
    "Backups made before can be read with the former master key until {until}.": (
        "Les sauvegardes antérieures restent lisibles avec l'ancienne clé maîtresse jusqu'au {until}."
    ),
    "The policy does not say how long backups are kept (`keeping.backup_days`).": (
        "La politique ne dit pas combien de temps les sauvegardes sont conservées (`keeping.backup_days`)."
    ),
    "Given out before, and reached by no key: {releases}.": (
        "Remis auparavant, et hors d'atteinte de toute clé : {releases}."
    ),
    "Nothing of it was given out before through the ledger.": (
        "Rien n'en a été remis auparavant par le registre."
    ),
    "The vault is wrapped under the master key of epoch {epoch}, {file}: back it up, and destroy every copy of the one "
    "before.": (
        "Le coffre est scellé sous la clé maîtresse de l'époque {epoch}, {file} : sauvegardez-la, et détruisez toute "
        "copie de la précédente."
    ),
}
_ACCESSES: Mapping[str, str] = {
    "Openings of personal values": "Ouvertures de valeurs personnelles",
    "values": "valeurs",
    "opened": "ouvert",
    "sought": "cherché",
    "refused: {ground}": "refusé : {ground}",
    "None is recorded.": "Aucune n'est consignée.",
    "None was refused.": "Aucune n'a été refusée.",
    "{what} refused.": "Refusé : {what}.",
    "{count} reading": "{count} lecture",
    "{count} readings": "{count} lectures",
    "{count} other act": "{count} autre acte",
    "{count} other acts": "{count} autres actes",
    "{one} and {other}": "{one} et {other}",
    "any stream": "quelque suite que ce soit",
    "{what} by {reader}": "{what} par {reader}",
    "{what} by {reader}, compartments apart,": "{what} par {reader}, compartiments à part,",
    "between {began} and {ended}": "(période : {began} – {ended})",
    "its beginning": "début",
    "The ledger records no opening of {what} {said}, under access recording version {version}; it cannot know of "
    "prints, exports, database administrators or other copies.": (
        "Le registre ne consigne aucune ouverture de {what} {said}, selon la version {version} de la consignation des "
        "ouvertures; il ne peut rien savoir des impressions, des exportations, des administrateurs de la base de "
        "données ni d'autres copies."
    ),
    "The ledger records {openings} of {what} {said}, of {values}, by {readers}, under access recording version "
    "{version}.": (
        "Le registre consigne {openings} de {what} {said}, sur {values}, par {readers}, selon la version {version} de "
        "la consignation des ouvertures."
    ),
    "{count} opening": "{count} ouverture",
    "{count} openings": "{count} ouvertures",
    "{count} value": "{count} valeur",
    "{count} values": "{count} valeurs",
    "{count} reader": "{count} personne",
    "{count} readers": "{count} personnes",
    # Without contact
    "No contact from us recorded on {reference}": "Aucun contact de notre part consigné sur {reference}",
    "days": "jours",
    "between entries": "entre les inscriptions",
    "The ledger records no outbound contact for {days}, from {first} to {last}.": (
        "Le registre ne consigne aucun contact de notre part pendant {days} ({first} – {last})."
    ),
}
_INQUIRIES: Mapping[str, str] = {
    "Inquiries": "Enquêtes",
    "inquiry": "enquête",
    "expires": "expire",
    "reply by": "réponse avant",
    "open recommendations": "recommandations en cours",
    "None was opened.": "Aucune n'a été ouverte.",
    "{count} of {all}": "{count} sur {all}",
    "reply": "réponse",
    "expiry": "expiration",
    "comments": "commentaires",
    "recommendation": "recommandation",
    "What happened in the inquiry": "Ce qui s'est passé dans l'enquête",
    "No such inquiry was opened, or not by then.": "Aucune enquête de ce nom n'était alors ouverte.",
    "said in English": "dit en anglais",
    "said in French": "dit en français",
    "entries": "inscriptions",
    "Nothing is recorded.": "Rien n'est consigné.",
    "The file is in {out}: {lines} in {rows}.": "Le dossier d'enquête est dans {out} : {lines} en {rows}.",
    "{count} line": "{count} ligne",
    "{count} lines": "{count} lignes",
    "{count} row": "{count} rubrique",
    "{count} rows": "{count} rubriques",
    "{out}: {entries} shown, {withheld} withheld in its index; verified: {verdict}.": (
        "{out} : {entries} de montrées, {withheld} retenues à son bordereau; vérification : {verdict}."
    ),
    "SHA-256 of its list of files, to be told to whoever receives it: {digest}": (
        "SHA-256 de sa liste de fichiers, à dire à qui la reçoit : {digest}"
    ),
}
OF_KEEPING: Mapping[str, str] = {**_HOLDS, **_RETENTION, **_ERASURES, **_ACCESSES, **_INQUIRIES}

"""Sentences about contact with people: what is logged, asked, promised, sent as a notice, and how not to reach them."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Contacts and calls
    "Say what kind of contact it was: give at least one kind.": (
        "Dites de quel genre de contact il s'agissait : donnez au moins un genre."
    ),
    "{given} is not a kind of contact; the policy knows {known}.": (
        "{given} n'est pas un genre de contact; la politique connaît : {known}."
    ),
    "A machine asks nobody how it went: let a person call.": (
        "Une machine ne demande à personne comment cela s'est passé : qu'une personne appelle."
    ),
    "Safe contact is set for this requester, who is not to be called about the service: leave them out.": (
        "Des consignes de contact sûr valent pour cette personne, qu'il ne faut pas appeler au sujet du "
        "service : omettez-la."
    ),
    "Nobody was reached, so nobody said anything: leave the words out.": (
        "Personne n'a été joint, personne n'a donc rien dit : omettez le texte."
    ),
    "They were reached already about the draw of {day}: call somebody else.": (
        "Cette personne a déjà été jointe au sujet du tirage du {day} : appelez-en une autre."
    ),
    "This case was not drawn: call those who were, see `caseledger calls TEAM`.": (
        "Ce dossier n'a pas été tiré au sort : appelez ceux qui l'ont été, voyez `caseledger calls TEAM`."
    ),
    "A promise is of a time to come: give a later one.": (
        "Une promesse porte sur un moment à venir : donnez-en un plus tardif."
    ),
    # How to speak, and how not to reach somebody
    "Say what was settled: the language of interviews, the interpreter, or the format.": (
        "Dites ce qui fut convenu : la langue des entretiens, l'interprète, ou le format."
    ),
    "The {what} must be {wanted}: say which.": (
        "Le champ {what} doit être {wanted} : dites lequel."
    ),
    "Say what must not be used: a channel, times, or names.": (
        "Dites ce qu'il ne faut pas employer : un canal, des heures, ou des noms."
    ),
    "Every channel would be forbidden and nobody could answer: leave one that is safe.": (
        "Tous les canaux seraient interdits et personne ne pourrait répondre : laissez-en un qui est sûr."
    ),
    "Safe contact forbids the channel {channel} for this person: {cure}.": (
        "Les consignes de contact sûr interdisent le canal {channel} pour cette personne : {cure}."
    ),
    "The requester told how not to contact them, and nobody has said yet which channels, times or names that forbids: "
    "read it on the case and say it (`safe-contact`) first.": (
        "La personne qui demande a dit comment ne pas la joindre, et personne n'a encore dit quels canaux, moments ou "
        "noms cela interdit : lisez-le au dossier et dites-le (`safe-contact`) d'abord."
    ),
    "Whoever this would go to acts for nobody on this case any more: write to the person themselves, or "
    "record what else their part in the case is.": (
        "La personne à qui ceci irait n'agit plus pour personne dans ce dossier : écrivez à la personne "
        "elle-même, ou consignez quelle autre part elle y a."
    ),
    "Whoever this would go to has died: record who acts for the estate (`represent`, such as an executor) "
    "and write to them, or close the case.": (
        "La personne à qui ceci irait est décédée : consignez qui agit pour la succession (`represent`, par "
        "exemple un exécuteur) et écrivez-lui, ou fermez le dossier."
    ),
    # Information asked for
    "Say what is asked for: name the fields, or put it in words.": (
        "Dites ce qui est demandé : nommez les champs, ou mettez-le par écrit."
    ),
    "The reply is asked for by a time that has passed: give a later one.": (
        "La réponse est demandée pour un moment déjà passé : donnez-en un plus tardif."
    ),
    "No such request for information is open on this case: leave it out if it was not asked for.": (
        "Cette demande de renseignements n'est pas en cours dans ce dossier : omettez-la si rien ne fut "
        "demandé."
    ),
    "Say what came in: answer at least one field, or log a contact.": (
        "Dites ce qui est arrivé : répondez à au moins un champ, ou consignez un contact."
    ),
    # Notices
    "The template {template} is for {types}: use one for this type of case.": (
        "Le gabarit {template} vaut pour {types} : employez-en un pour ce type de dossier."
    ),
    "Cases of this type have rights of their own: use {own} instead of {template}.": (
        "Les dossiers de ce type comportent des droits particuliers : employez {own} au lieu de {template}."
    ),
    "The template {template} does not exist in {languages}: publish it in every language of the office before "
    "it is used.": (
        "Le gabarit {template} n'existe pas en {languages} : publiez-le dans chaque langue du bureau avant "
        "de l'employer."
    ),
    "The template does not ask for {name}; it asks for {known}.": (
        "Le gabarit ne demande pas {name}; il demande : {known}."
    ),
    "The notice says by when we are to answer, and that date is over: use a template that names none, or extend the "
    "clock first.": (
        "L'avis dit avant quand nous devons répondre, et cette date est passée : employez un gabarit qui n'en nomme "
        "aucune, ou prolongez d'abord le délai."
    ),
    "The notice says {names}, and the case has none: use another template, or settle it first.": (
        "L'avis dit {names}, et le dossier n'en a pas : employez un autre gabarit, ou convenez-en "
        "d'abord."
    ),
    "The notice says until when the clock is extended, which is reckoned: say by how much (`extends_by`), in the "
    "clock's own unit, once the clock runs.": (
        "L'avis dit jusqu'à quand le délai est prorogé, ce qui se calcule : dites de combien (`extends_by`), dans "
        "l'unité du délai, une fois qu'il court."
    ),
    "Extended by that much the clock is due on {day}, and the notice would promise another date: leave the date out, "
    "or say by how much it is extended (`extends_by`).": (
        "Prorogé d'autant, le délai échoit le {day}, et l'avis promettrait une autre date : ne donnez pas la date, ou "
        "dites de combien il est prorogé (`extends_by`)."
    ),
    "The notice is not of an extension: leave out by how much (`extends_by`), or use a template that is.": (
        "L'avis n'est pas celui d'une prorogation : ne dites pas de combien (`extends_by`), ou employez un gabarit qui "
        "l'est."
    ),
    "The clock is extended by nobody: answer in its time, or name another clock.": (
        "Personne ne proroge ce délai : répondez dans le temps imparti, ou nommez un autre délai."
    ),
    "Name the clock that the notice extends (`clock`): of this case that can be {known}.": (
        "Nommez le délai que l'avis proroge (`clock`) : de ce dossier, ce peut être {known}."
    ),
    "The notice tells that clock {clock} is extended by {amount}, and the date in it follows from that: extend it by "
    "as much, or issue another notice.": (
        "L'avis dit que le délai {clock} est prorogé de {amount}, et la date qu'il donne en découle : prorogez-le "
        "d'autant, ou envoyez un autre avis."
    ),
    "The notice says {names}, and nothing was given for it: give it (`values`).": (
        "L'avis dit {names}, et rien n'a été donné pour cela : donnez-le (`values`)."
    ),
    "The case was received later, so no notice went out then: give a later time.": (
        "Le dossier a été reçu plus tard, aucun avis n'est donc parti alors : donnez un moment plus tardif."
    ),
    "The case was opened again since its decision was given: record the decision that stands now, the same or "
    "another, and issue its notice; a copy of the former one names that decision (`about`), and ends no clock.": (
        "Le dossier a été rouvert depuis que sa décision a été communiquée : inscrivez la décision qui vaut "
        "maintenant, la même ou une autre, et envoyez-en l'avis; une copie de l'avis d'avant nomme cette décision "
        "(`about`), et ne met fin à aucun délai."
    ),
    "The case is not decided, so there is no decision to give notice of: record it first.": (
        "Le dossier n'est pas tranché, il n'y a donc aucune décision dont donner avis : consignez-la "
        "d'abord."
    ),
    "The notice is about a request or a decision that is not on this case: name one that is.": (
        "L'avis porte sur une demande ou une décision qui n'est pas dans ce dossier : nommez-en une qui y "
        "est."
    ),
    "{language} is not a language of the office; it writes {known}.": (
        "{language} n'est pas une langue du bureau; il écrit : {known}."
    ),
    "The language of correspondence of this case is {language}: leave the language out, or classify the case "
    "anew with the other one.": (
        "La langue de correspondance de ce dossier est {language} : omettez la langue, ou classez le "
        "dossier de nouveau avec l'autre."
    ),
    "No such notice was issued on this case: name one that was.": (
        "Cet avis n'a pas été émis dans ce dossier : nommez-en un qui l'a été."
    ),
    "This notice failed: issue another one, and record that that one was given.": (
        "Cet avis a échoué : émettez-en un autre, et consignez que celui-là fut donné."
    ),
    "A notice is given or fails after it was sent, not before: give a later time.": (
        "Un avis est donné ou échoue après l'envoi, non avant : donnez un moment plus tardif."
    ),
    "No notice of this case waits to be given: issue one first.": (
        "Aucun avis de ce dossier n'attend d'être donné : émettez-en un d'abord."
    ),
    "No notice of this case could have failed: none was issued, or all failed.": (
        "Aucun avis de ce dossier n'a pu échouer : aucun n'a été émis, ou tous ont échoué."
    ),
}

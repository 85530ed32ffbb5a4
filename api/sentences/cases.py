"""Sentences about cases: opening, answers, corrections, flags, links, passages, translations."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Opening
    "Nobody has said yet what kind of request this is: classify it first, then it is compared with others of its "
    "type.": (
        "Personne n'a encore dit de quel genre de demande il s'agit : classez-la d'abord, puis elle est comparée à "
        "d'autres de son type."
    ),
    "A category of a form stands in the place of a request type: give one of the two.": (
        "Une catégorie de formulaire tient lieu de type de demande : donnez l'un des deux."
    ),
    "This case is open already: use a new case id.": (
        "Ce dossier est déjà ouvert : employez un nouvel identifiant de dossier."
    ),
    "This record opened the case {reference} before, and what was said then was something else: send what is new on "
    "that case, or give a record of another matter another id (`external_id`).": (
        "Cet enregistrement a déjà ouvert le dossier {reference}, et ce qui était dit alors était autre chose : "
        "envoyez ce qui est nouveau sur ce dossier, ou donnez à un enregistrement d'une autre affaire un autre "
        "identifiant (`external_id`)."
    ),
    "This id (`external_id`) is one of the case {reference}: send what is new on that case, or give a record of "
    "another matter another id.": (
        "Cet identifiant (`external_id`) est l'un de ceux du dossier {reference} : envoyez ce qui est nouveau sur ce "
        "dossier, ou donnez à un enregistrement d'une autre affaire un autre identifiant."
    ),
    "This id (`external_id`) is one of the case {reference}: if both are of one matter, link the two.": (
        "Cet identifiant (`external_id`) est l'un de ceux du dossier {reference} : si les deux concernent la même "
        "affaire, liez-les."
    ),
    "This reference is already taken: ask again with a new id.": (
        "Cette référence est déjà prise : redemandez avec un nouvel identifiant."
    ),
    "A request reaches the body before its case is opened, and not in the future: give such a time.": (
        "Une demande parvient à l'organisme avant l'ouverture de son dossier, et non dans l'avenir : donnez "
        "un tel moment."
    ),
    "A request reaches the office after it reached the body, and not in the future: give such a time.": (
        "Une demande parvient au bureau après être parvenue à l'organisme, et non dans l'avenir : donnez un "
        "tel moment."
    ),
    "A request reaches the body, then the office, then is complete, and none of it in the future; recorded is "
    "{others}: give a time that fits, or correct that first.": (
        "Une demande parvient à l'organisme, puis au bureau, puis est complète, et rien de cela dans l'avenir; est "
        "consigné {others} : donnez un moment qui convient, ou corrigez cela d'abord."
    ),
    "No request comes in the future: give a time that has been.": (
        "Aucune demande ne vient de l'avenir : donnez un moment passé."
    ),
    "The case has no request type yet: classify it first.": (
        "Le dossier n'a pas encore de type de demande : classez-le d'abord."
    ),
    "The case is resolved: reopen it first (`ReopenCase`), or open a new case and link it.": (
        "Le dossier est réglé : rouvrez-le d'abord (`ReopenCase`), ou ouvrez un nouveau dossier et liez-le."
    ),
    "The case was received at {instant}, so this cannot have happened before: give a later time.": (
        "Le dossier a été reçu le {instant}, ceci n'a donc pu arriver avant : donnez un moment plus tardif."
    ),
    "The case came to where it is at {instant}, so this cannot have happened before: give a later time.": (
        "Le dossier est venu là où il est le {instant}, ceci n'a donc pu arriver avant : donnez un moment "
        "plus tardif."
    ),
    "A fact cannot be recorded before it happens: give a time that has passed.": (
        "Un fait ne peut être consigné avant d'arriver : donnez un moment passé."
    ),
    "The time says no offset from UTC: give it with one, like 2026-07-01T09:30:00-03:00.": (
        "Ce moment ne dit pas son décalage d'UTC : donnez-le avec lui, comme 2026-07-01T09:30:00-03:00."
    ),
    "The time {instant} names no zone: give it with its offset, or in UTC with Z.": (
        "Le moment {instant} ne nomme aucun fuseau : donnez-le avec son décalage, ou en UTC avec Z."
    ),
    "{name} holds a number that is too big to be recorded: give a whole number smaller than 2^53.": (
        "{name} contient un nombre trop grand pour être consigné : donnez un nombre entier inférieur à 2^53."
    ),
    "This holds something that cannot be recorded: give whole numbers smaller than 2^53, and texts without "
    "half characters.": (
        "Ceci contient ce qui ne peut être consigné : donnez des nombres entiers inférieurs à 2^53, et des "
        "textes sans demi-caractères."
    ),
    "The command id {id} was used for another command: use a new id.": (
        "L'identifiant de commande {id} a servi à une autre commande : employez-en un nouveau."
    ),
    "Others have gone on with this since, so nothing follows from it any more: look whether the case waits as "
    "it is to, and say so there.": (
        "D'autres ont poursuivi depuis, plus rien n'en découle donc : voyez si le dossier attend comme il "
        "le doit, et dites-le là."
    ),
    # From another system
    "This case was opened here: bring the source's case in under a reference of its own.": (
        "Ce dossier a été ouvert ici : faites entrer celui de la source sous sa propre référence."
    ),
    "This case is in the ledger already, from another import with other content: import under another source "
    "name.": (
        "Ce dossier est déjà dans le registre, d'une autre importation au contenu différent : importez sous "
        "un autre nom de source."
    ),
    "The source says that something happened which is still to come: set this case aside, or correct its "
    "times.": (
        "La source dit arrivé ce qui est encore à venir : mettez ce dossier de côté, ou corrigez ses "
        "moments."
    ),
    "This import was never begun: begin it first.": (
        "Cette importation n'a jamais commencé : commencez-la d'abord."
    ),
    # Answers to fields
    "The answer to {field} must be {wanted}: ask for it again.": (
        "La réponse à {field} doit être {wanted} : redemandez-la."
    ),
    "The answer to {field} must be {wanted}: say what is right.": (
        "La réponse à {field} doit être {wanted} : dites ce qui est juste."
    ),
    # Entered afterwards
    "This lies further back than the policy lets things be entered afterwards (days: {days} of at most {limit}): "
    "record it from today and say in a note what happened before.": (
        "Ceci remonte plus loin que la politique ne laisse consigner après coup (jours : {days}, au plus {limit}) : "
        "consignez-le d'aujourd'hui et dites dans une note ce qui s'est passé avant."
    ),
    "What happened at {instant}, before today, is entered on evidence: list it as a record item of the case and "
    "name it.": (
        "Ce qui est arrivé le {instant}, avant aujourd'hui, se consigne sur preuve : inscrivez-la comme pièce "
        "du dossier et nommez-la."
    ),
    "The case lists no record item {item}: add it first, or name another.": (
        "Le dossier n'a pas de pièce {item} : ajoutez-la d'abord, ou nommez-en une autre."
    ),
    "{member} is no person of the policy in force: name a member who approves this.": (
        "{member} n'est pas une personne de la politique en vigueur : nommez un membre qui approuve ceci."
    ),
    # Corrections
    "The case has entries 1 to {entries}, by their number within the case: name one of them.": (
        "Le dossier a les inscriptions 1 à {entries}, par leur numéro dans le dossier : nommez l'une d'elles."
    ),
    "Say what is right: name at least one field with its value.": (
        "Dites ce qui est juste : nommez au moins un champ avec sa valeur."
    ),
    "When a request reached us or was complete moves its clocks: correct that by its own command, which "
    "restates them (`CorrectStart`).": (
        "Le moment où une demande nous est parvenue ou fut complète déplace ses délais : corrigez-le par sa "
        "propre commande, qui les recalcule (`CorrectStart`)."
    ),
    "An entry {topic} has no field {field}; it has {known}.": (
        "Une inscription {topic} n'a pas de champ {field}; elle a : {known}."
    ),
    "The field {field} of an entry {topic} cannot be that: it {wrong}.": (
        "Le champ {field} d'une inscription {topic} ne peut être cela : il {wrong}."
    ),
    "A machine corrects no start: let a person who saw the evidence do it.": (
        "Une machine ne corrige aucun début : confiez-le à une personne qui a vu la preuve."
    ),
    "The case still lacks {missing}: take that in first.": (
        "Il manque encore au dossier : {missing}; recueillez-le d'abord."
    ),
    # Flags
    "Classifying clears no flag, since it takes two people: ask that it be cleared (`ClearFlag`).": (
        "Classer ne retire aucun indicateur, puisqu'il y faut deux personnes : demandez qu'il soit retiré "
        "(`ClearFlag`)."
    ),
    "The case has no flag {flag}: there is nothing to clear.": (
        "Le dossier n'a pas d'indicateur {flag} : il n'y a rien à retirer."
    ),
    "A machine clears no flag: let two people decide that it is not needed any more.": (
        "Une machine ne retire aucun indicateur : que deux personnes décident qu'il n'est plus nécessaire."
    ),
    # Links
    "A case is not linked with itself: name the other case.": (
        "Un dossier ne se lie pas à lui-même : nommez l'autre dossier."
    ),
    "A machine may propose that cases belong together: let a person decide it.": (
        "Une machine peut proposer que des dossiers vont ensemble : qu'une personne en décide."
    ),
    "The other case is not in this ledger: check its reference.": (
        "L'autre dossier n'est pas dans ce registre : vérifiez sa référence."
    ),
    # People of a case
    "The case has a requester already: remove that one first, or give this person another role.": (
        "Le dossier a déjà une personne qui demande : retirez-la d'abord, ou donnez un autre rôle à "
        "celle-ci."
    ),
    "Nobody of this id has that role on the case: name one who has.": (
        "Personne de cet identifiant n'a ce rôle dans le dossier : nommez quelqu'un qui l'a."
    ),
    # Passages about other parties
    "Say under 'of' in which text a passage is; there is {texts}.": (
        "Dites sous « of » dans quel texte est le passage; il y a : {texts}."
    ),
    "Say under 'of' in which of the values a passage is.": (
        "Dites sous « of » dans laquelle des valeurs est le passage."
    ),
    "A passage is of a text that is given as the answer to a personal field: say under 'of' which field that "
    "is.": (
        "Un passage est d'un texte donné en réponse à un champ personnel : dites sous « of » quel est ce "
        "champ."
    ),
    "The text ends after word {count}, so {first}-{end} is no passage of it: count from 0, the end not included.": (
        "Le texte s'arrête au mot {count}, {first}-{end} n'en est donc pas un passage : comptez à partir de 0, la "
        "fin non comprise."
    ),
    "{value} ends after word {count}, so {first}-{end} is no passage of it: count from 0, the end not included.": (
        "{value} s'arrête au mot {count}, {first}-{end} n'en est donc pas un passage : comptez à partir de 0, la fin "
        "non comprise."
    ),
    "No value {value} is given, so no passage of it is about anybody.": (
        "Aucune valeur {value} n'est donnée, aucun passage n'y concerne donc personne."
    ),
    "Two passages have word {number} of the text in them: let each word be about one party.": (
        "Deux passages contiennent le mot {number} du texte : que chaque mot ne concerne qu'une partie."
    ),
    "The party {party} is not of this case, so no passage is about them: say first that it concerns them "
    "(`concerns`), or name somebody whom it does.": (
        "La partie {party} n'est pas de ce dossier, aucun passage ne la concerne donc : dites d'abord qu'il "
        "la concerne (`concerns`), ou nommez une partie qu'il concerne."
    ),
    "The case has nobody in the role {role}: name the party by its id.": (
        "Le dossier n'a personne dans le rôle {role} : nommez la partie par son identifiant."
    ),
    "The case has {count} parties in the role {role}: name the party by its id.": (
        "Le dossier a {count} parties dans le rôle {role} : nommez la partie par son identifiant."
    ),
    # Translations
    "Say what it is the translation of, another record item (`translation_of`) or an entry of the case "
    "(`translates`), or leave out who translated.": (
        "Dites de quoi c'est la traduction, d'une autre pièce (`translation_of`) ou d'une inscription du "
        "dossier (`translates`), ou omettez qui a traduit."
    ),
    "A record item is the translation of another one or of an entry: name one of the two.": (
        "Une pièce est la traduction d'une autre ou d'une inscription : nommez l'une des deux."
    ),
    "A translation is in a language of its own: say in which (`language`).": (
        "Une traduction est dans une langue à elle : dites laquelle (`language`)."
    ),
    "Say whether a person or a machine translated it (`translated_by`), and which one by a code "
    "(`translator`): a member's, a firm's, or a machine's with its version.": (
        "Dites si une personne ou une machine l'a traduite (`translated_by`), et laquelle par un code "
        "(`translator`) : celui d'un membre, d'un cabinet, ou d'une machine avec sa version."
    ),
    "Nothing is its own translation: name the item that it translates.": (
        "Rien n'est sa propre traduction : nommez la pièce qu'elle traduit."
    ),
    "The record item {item} is not on this case: list what was translated first.": (
        "La pièce {item} n'est pas dans ce dossier : inscrivez d'abord ce qui fut traduit."
    ),
    "What was translated is in {language} already: a translation is in another language.": (
        "Ce qui fut traduit est déjà en {language} : une traduction est dans une autre langue."
    ),
    "The case has entries 1 to {entries}, by their number within the case: name the one that was translated.": (
        "Le dossier a les inscriptions 1 à {entries}, par leur numéro dans le dossier : nommez celle qui fut traduite."
    ),
    "Entry {version} has no words that could be translated: name one that has.": (
        "L'inscription {version} n'a pas de texte à traduire : nommez-en une qui en a."
    ),
    "No translation {item} is on this case: list it first, and say what it translates.": (
        "La traduction {item} n'est pas dans ce dossier : inscrivez-la d'abord, et dites ce qu'elle "
        "traduit."
    ),
    "A machine reviews no translation: let a person do it who reads both languages.": (
        "Une machine ne révise aucune traduction : confiez-le à une personne qui lit les deux langues."
    ),
    "{member} made this translation: let somebody review it who did not.": (
        "{member} a fait cette traduction : qu'une autre personne la révise."
    ),
    "By the policy {member} does not read {language}: let somebody review it who reads both languages.": (
        "Selon la politique, {member} ne lit pas {language} : qu'une personne qui lit les deux langues la "
        "révise."
    ),
    # Erasures and holds that reach a case
    "No such hold keeps this case: place one that names it.": (
        "Aucune mise en réserve de cet identifiant ne retient ce dossier : décidez-en une qui le nomme."
    ),
    "The hold keeps this case still: a records officer releases it.": (
        "La mise en réserve retient encore ce dossier : un ou une archiviste la lève."
    ),
    "No such erasure reached this case: check its id.": (
        "Aucun effacement de cet identifiant n'a atteint ce dossier : vérifiez-le."
    ),
}

"""Sentences about what of a disclosure is withheld, under what, and what is released, made, given and published."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # What is withheld, and under what
    "No proposal {proposal} was made in this disclosure: name one that was.": (
        "La proposition {proposal} n'a pas été faite dans cette communication : nommez-en une qui l'a été."
    ),
    "What is withheld is withheld under an exemption: name it.": (
        "Ce qui est retenu l'est en vertu d'une exception : nommez-la."
    ),
    "What is released needs no exemption: leave it out.": (
        "Ce qui est communiqué n'exige aucune exception : omettez-la."
    ),
    "What is not withheld needs no exemption: leave it out.": (
        "Ce qui n'est pas retenu n'exige aucune exception : omettez-la."
    ),
    "Entry {version} of {stream} is not in the scope of this disclosure: draw the scope first.": (
        "L'inscription {version} de {stream} n'est pas dans la portée de cette communication : établissez "
        "d'abord la portée."
    ),
    (
        "Entry {version} of {stream} is privileged: withhold it or, where the holder of the privilege waives it, list "
        "the document itself and record the waiver."
    ): (
        "L'inscription {version} de {stream} est privilégiée : retenez-la ou, si le titulaire du privilège y renonce, "
        "inscrivez le document lui-même et consignez la renonciation."
    ),
    "Entry {version} of {stream} holds nothing in {slot}: name one of those that it has, {holds}.": (
        "L'inscription {version} de {stream} n'a rien dans {slot} : nommez l'un des champs qu'elle a, {holds}."
    ),
    "Entry {version} of {stream} holds nothing in {slot}: name a slot as its entry has it.": (
        "L'inscription {version} de {stream} n'a rien dans {slot} : nommez un champ tel que son inscription "
        "le porte."
    ),
    "Give the first word and the end, both, or neither.": (
        "Donnez le premier mot et la fin, les deux, ou aucun."
    ),
    "{slot} of entry {version} ends after word {count}, so {first}-{end} is no part of it: count from 0, the end "
    "not included.": (
        "{slot} de l'inscription {version} s'arrête au mot {count}, {first}-{end} n'en est donc pas une partie : "
        "comptez à partir de 0, la fin non comprise."
    ),
    "{exemption} withholds nothing from the audience '{audience}': cite another exemption, or release it.": (
        "{exemption} ne retient rien au public « {audience} » : citez une autre exception, ou "
        "communiquez-le."
    ),
    "Where the public interest prevails the value is given: release it, and say so in the reason.": (
        "Là où l'intérêt public l'emporte, la valeur est donnée : communiquez-la, et dites-le dans le "
        "motif."
    ),
    "All of it is withheld and only part of it may need to be: withhold the words or pages that are exempt, "
    "or say with --severability why none of it can be given.": (
        "Tout est retenu alors qu'une partie seule pourrait devoir l'être : retenez les mots ou les pages "
        "visés par l'exception, ou dites par --severability pourquoi rien ne peut être donné."
    ),
    "{exemption} is a ground of harm: say with --harm which harm is foreseen and how it follows.": (
        "{exemption} est fondée sur un préjudice : dites par --harm quel préjudice est prévu et comment il "
        "en découle."
    ),
    "{exemption} withholds for {years} years, and this document, of {date}, was as old when it was asked for: "
    "cite another exemption, or release it.": (
        "{exemption} protège pendant {years} ans, et ce document, du {date}, avait cet âge quand il a été demandé : "
        "citez une autre exception, ou divulguez-le."
    ),
    "{exemption} is discretionary: say with --for and --against what spoke for giving it and what against.": (
        "{exemption} est discrétionnaire : dites par --for et --against ce qui plaidait pour la "
        "communication et contre elle."
    ),
    "The public interest can set {exemption} aside: say with --override whether it does, and with "
    "--override-reason why.": (
        "L'intérêt public peut écarter {exemption} : dites par --override s'il l'écarte, et par "
        "--override-reason pourquoi."
    ),
    "The public interest was weighed, and nobody says how: give --override-reason.": (
        "L'intérêt public fut pesé, et nul ne dit comment : donnez --override-reason."
    ),
    "The policy has no exemption of personal information for the finder to propose: say which with `personal` "
    "under [disclosure].": (
        "La politique n'a aucune exception de renseignements personnels que le repérage puisse proposer : "
        "dites laquelle par `personal` sous [disclosure]."
    ),
    # Documents
    "What is given to somebody about themselves shows who asked, so no office is told of it ahead: give no "
    "heads-up.": (
        "Ce qui est donné à quelqu'un à son propre sujet montre qui l'a demandé, et aucun bureau n'en est "
        "donc prévenu : ne prévenez personne."
    ),
    "Say what they were told: name the documents or the release that they were shown, or give --words.": (
        "Dites ce qui leur a été dit : nommez les documents ou la remise qui leur ont été montrés, ou donnez "
        "--words."
    ),
    "No document {item} is listed in this disclosure: list it first.": (
        "Le document {item} n'est pas inscrit dans cette communication : inscrivez-le d'abord."
    ),
    "A document is no duplicate of itself: name the one that leads.": (
        "Un document n'est pas son propre double : nommez celui qui fait foi."
    ),
    "One document leads and the others point to it: name the lead of both.": (
        "Un seul document fait foi et les autres y renvoient : nommez celui des deux."
    ),
    "This document is a duplicate: what becomes of it is decided at its lead.": (
        "Ce document est un double : son sort se décide à celui qui fait foi."
    ),
    "No release of that disclosure was thought to have reached whoever asked by this case and did not: record there "
    "that it failed.": (
        "Aucune remise de cette communication n'a passé pour parvenue à qui l'a demandée par ce dossier sans "
        "l'être : consignez là-bas qu'elle a échoué."
    ),
    "No answer to this case is to be published that was delivered: decide it in its disclosure first.": (
        "Aucune réponse à ce dossier qui a été remise n'est à publier : décidez-en d'abord dans sa communication."
    ),
    "The holder waives it for one regulator or court, not for whichever: name it as the recipient; whoever asked, and "
    "everybody, need no name.": (
        "Le titulaire y renonce pour un organisme ou un tribunal, non pour n'importe lequel : nommez-le comme "
        "destinataire; qui a fait la demande, et tout le monde, n'ont pas à l'être."
    ),
    "This document is not marked as privileged: there is nothing to waive.": (
        "Ce document n'est pas marqué comme privilégié : il n'y a rien à quoi renoncer."
    ),
    "What is shown holds a privileged document, which an office that is told ahead sees only if the holder of the "
    "privilege waived it for everybody ('publication'): leave it out, and say in words what is to come.": (
        "Ce qui est montré contient un document privilégié, qu'un bureau prévenu d'avance ne voit que si le titulaire "
        "du privilège y a renoncé pour tous (« publication ») : omettez-le, et dites en mots ce qui vient."
    ),
    "A document that is to be given was listed again as privileged: record the holder's waiver, or decide the document "
    "anew.": (
        "Un document à communiquer a été inscrit de nouveau comme privilégié : consignez la renonciation du titulaire, "
        "ou décidez à nouveau du document."
    ),
    "This document is privileged: it is given to nobody before the holder of the privilege waives it for "
    "them, so record the waiver or withhold it.": (
        "Ce document est privilégié : il n'est donné à personne avant que le titulaire du privilège y "
        "renonce à son égard, consignez donc la renonciation ou retenez-le."
    ),
    "Pages are cut from what is released in part alone: leave them out.": (
        "Des pages ne se retranchent que de ce qui est communiqué en partie : omettez-les."
    ),
    "Say what is cut from the document: give --redact PAGES:EXEMPTION.": (
        "Dites ce qui est retranché du document : donnez --redact PAGES:EXCEPTION."
    ),
    "{disposition} says more: give {option}.": "{disposition} en dit plus : donnez {option}.",
    "What is to be published later than in 90 days is answered now: decide on it.": (
        "Ce qui doit paraître dans plus de 90 jours reçoit réponse maintenant : décidez-en."
    ),
    "The document ends with page {pages}, so nothing can be cut from page {page}.": (
        "Le document s'arrête à la page {pages}, rien ne peut donc être retranché de la page {page}."
    ),
    "Every page is cut, so nothing of the document is released: withhold it in full.": (
        "Chaque page est retranchée, rien du document n'est donc communiqué : retenez-le en entier."
    ),
    "No difference {difference} was found in this disclosure: compare it first.": (
        "La différence {difference} n'a pas été relevée dans cette communication : comparez-la d'abord."
    ),
    "Nothing differs that nobody has explained: compare first.": (
        "Il n'y a aucune différence inexpliquée : comparez d'abord."
    ),
    # The release
    "The release is not approved: let a second person approve it with `caseledger disclosure approve`.": (
        "La remise n'est pas approuvée : qu'une deuxième personne l'approuve par `caseledger disclosure "
        "approve`."
    ),
    "Nobody compared this with what was released before: run `caseledger disclosure compare`.": (
        "Personne n'a comparé ceci à ce qui fut communiqué auparavant : lancez `caseledger disclosure "
        "compare`."
    ),
    "The applicant was not given the decision: record it with `caseledger disclosure answer`.": (
        "La décision n'a pas été donnée à la personne qui demande : consignez-la par `caseledger disclosure "
        "answer`."
    ),
    "A review of what was decided on a consultation is open: wait for its end.": (
        "Une révision de ce qui fut tranché à une consultation est en cours : attendez-en la fin."
    ),
    "A third party may ask for a review until {day}: release from {from_day} on.": (
        "Un tiers peut demander une révision jusqu'au {day} : remettez à partir du {from_day}."
    ),
    "The answer was not delivered to the applicant yet: they have it before everybody has.": (
        "La réponse n'est pas encore parvenue à la personne qui demande : elle l'a avant le public."
    ),
    "It was decided that this answer is not published: decide otherwise first, with its reason, by "
    "`caseledger disclosure publish`.": (
        "Il a été décidé que cette réponse n'est pas publiée : décidez d'abord autrement, avec le motif, par "
        "`caseledger disclosure publish`."
    ),
    "The answer is published from {day} on and not before: wait until then.": (
        "La réponse se publie à partir du {day} et non avant : attendez jusque-là."
    ),
    "{stream} has {entries} now and had {drawn} when it was drawn: draw the scope again, so that the "
    "claim of whole streams is true.": (
        "{stream} a maintenant {entries} et en avait {drawn} quand la portée fut établie : "
        "établissez-la de nouveau, pour que l'affirmation de suites entières soit vraie."
    ),
    "A release of this disclosure is being made: finish it with `caseledger disclosure release`, then change "
    "what the next one shows.": (
        "Une remise de cette communication est en cours : achevez-la par `caseledger disclosure release`, "
        "puis changez ce que montre la suivante."
    ),
    "No release of this disclosure is being made: there is nothing to abandon.": (
        "Aucune remise de cette communication n'est en cours : il n'y a rien à abandonner."
    ),
    "No release of this disclosure was made yet: make one first.": (
        "Aucune remise de cette communication n'est encore faite : faites-en une d'abord."
    ),
    "No release of this disclosure is authorised and waits to be made: authorise one first.": (
        "Aucune remise de cette communication n'est autorisée et n'attend d'être faite : autorisez-en une "
        "d'abord."
    ),
    "No such release of this disclosure was authorised: name one that was.": (
        "Cette remise de cette communication n'a pas été autorisée : nommez-en une qui l'a été."
    ),
    "No release {number} of this disclosure was made: it has {known}.": (
        "La remise {number} de cette communication n'a pas été faite : elle en a {known}."
    ),
    "No such release of this disclosure was made.": (
        "Cette communication n'a pas été remise sous ce numéro."
    ),
    "This release was made with another bundle: make a new release.": (
        "Cette remise a été faite avec un autre paquet : faites-en une nouvelle."
    ),
    "This release was made: a later one can only supersede it.": (
        "Cette remise est faite : une suivante peut seulement la remplacer."
    ),
    "This release was not made yet, so it reached nobody: make it first.": (
        "Cette remise n'est pas encore faite, elle n'est donc parvenue à personne : faites-la d'abord."
    ),
    "Nothing was released yet, so there is nothing to publish: release it first.": (
        "Rien n'est encore communiqué, il n'y a donc rien à publier : remettez-le d'abord."
    ),
    "The release that was made does not verify, so it was thrown away and nothing is recorded of it: run "
    "`caseledger verify`.": (
        "La remise qui fut faite ne se vérifie pas, elle est donc jetée et rien n'en est consigné : lancez "
        "`caseledger verify`."
    ),
    "This release cannot be made again to the bytes that were released, since something that it shows was "
    "erased or this is another version of the software: give out the file that was kept, or make a new "
    "release.": (
        "Cette remise ne peut être refaite à l'octet près, puisque quelque chose qu'elle montre fut effacé "
        "ou que cette version du logiciel est autre : remettez le fichier conservé, ou faites une nouvelle "
        "remise."
    ),
    "The purpose or the recipient of this release was erased, so it cannot be made: abandon it.": (
        "Le but ou le destinataire de cette remise fut effacé, elle ne peut donc être faite : "
        "abandonnez-la."
    ),
    "No checkpoint is cosigned by as many witnesses as must yet ({quorum}): send them one with `caseledger checkpoint "
    "--for-witness`, and take in what comes back with --cosigned.": (
        "Aucun point de contrôle n'est encore cosigné par autant de témoins qu'il en faut ({quorum}) : envoyez-leur-en "
        "un par `caseledger checkpoint --for-witness`, et recueillez ce qui revient par --cosigned."
    ),
    # The bundle
    "Name the languages of the release, each once: en, fr or both.": (
        "Nommez les langues de la remise, chacune une fois : en, fr ou les deux."
    ),
    "The scope selects nothing: widen it, or answer that there is nothing.": (
        "La portée ne retient rien : élargissez-la, ou répondez qu'il n'y a rien."
    ),
    "A stream is selected twice: name each once.": (
        "Une suite est retenue deux fois : nommez chacune une fois."
    ),
    "The entries of {stream} must be selected once each, in order, from 1 to {version}.": (
        "Les inscriptions de {stream} doivent être retenues une fois chacune, dans l'ordre, de 1 à "
        "{version}."
    ),
    "The words withheld in '{slot}' of {stream} version {version} must be given as ranges in order that do "
    "not overlap.": (
        "Les mots retenus dans « {slot} » de {stream} version {version} doivent être donnés par tranches "
        "dans l'ordre, sans chevauchement."
    ),
    "The lines of the withholding index must each have a number of its own and all the same columns.": (
        "Les lignes du bordereau des retenues doivent avoir chacune son numéro et toutes les mêmes "
        "colonnes."
    ),
    "What is withheld of {stream} version {version} on '{exemption}' has no line {line} of that exemption in "
    "the index: add it.": (
        "Ce qui est retenu de {stream} version {version} en vertu de « {exemption} » n'a pas de ligne "
        "{line} de cette exception au bordereau : ajoutez-la."
    ),
    "{where} has no slot '{slot}' that could be withheld.": (
        "{where} n'a pas de champ « {slot} » qui puisse être retenu."
    ),
    "The slot '{slot}' of {where} is withheld whole: not word by word.": (
        "Le champ « {slot} » de {where} se retient en entier : non mot par mot."
    ),
    "The slot '{slot}' of {where} holds no text: withhold it whole.": (
        "Le champ « {slot} » de {where} ne contient pas de texte : retenez-le en entier."
    ),
    "The text '{slot}' of {where} ends after word {count}: no more can be withheld.": (
        "Le texte « {slot} » de {where} s'arrête au mot {count} : il ne peut en être retenu davantage."
    ),
    "Entries of {stream} that are selected: {selected}, and the checkpoint covers {covered}: sign a new one by "
    "`caseledger checkpoint`, and where witnesses must cosign have it cosigned.": (
        "Inscriptions retenues de {stream} : {selected}, et le point de contrôle en couvre {covered} : signez-en un "
        "nouveau par `caseledger checkpoint`, et là où des témoins doivent cosigner, faites-le cosigner."
    ),
    "{stream} has fewer entries than are selected.": (
        "{stream} a moins d'inscriptions qu'il n'en est retenu."
    ),
    "An entry cites a policy that the checkpoint does not cover: run `caseledger verify`.": (
        "Une inscription cite une politique que le point de contrôle ne couvre pas : lancez `caseledger "
        "verify`."
    ),
    "Nothing of it would be shown: answer without a bundle.": (
        "Rien n'en serait montré : répondez sans paquet."
    ),
    "The release is too large for one bundle: split its scope.": (
        "La remise est trop grande pour un seul paquet : divisez sa portée."
    ),
}

"""Sentences of the command line alone: who asks, what for, and of what."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Settings and numbers
    "{name} takes {kind}: '{value}' is none.": "{name} prend {kind} : « {value} » n'en est pas un.",
    "{setting} is no setting, and nothing was done: is {meant} meant?": (
        "{setting} n'est pas un réglage, et rien ne fut fait : est-ce {meant}?"
    ),
    "{setting} is en or fr, and not '{value}': set one of the two.": (
        "{setting} est en ou fr, et non « {value} » : donnez l'un des deux."
    ),
    # Who acts, and what for
    "Say who acts: give --as MEMBER, or set CASELEDGER_ACTOR to your code.": (
        "Dites qui agit : donnez --as MEMBRE, ou mettez votre code dans CASELEDGER_ACTOR."
    ),
    "Say what the personal values are read for: give --purpose.": (
        "Dites à quelle fin les valeurs personnelles sont lues : donnez --purpose."
    ),
    "'{code}' is not a member of the policy in force; it knows {known}.": (
        "« {code} » n'est pas membre selon la politique en vigueur; elle connaît {known}."
    ),
    "'{code}' is not a member of this policy, and whoever publishes the first one is; it knows {known}.": (
        "« {code} » n'est pas membre selon cette politique, et qui publie la première l'est; elle connaît {known}."
    ),
    "--command-id '{id}' is not a UUID.": "--command-id « {id} » n'est pas un UUID.",
    # Words that are given
    "{name} {key} is given twice: say once what it is.": (
        "{name} {key} est donné deux fois : dites une seule fois ce que c'est."
    ),
    "{name} @{file} cannot be read ({why}): give the path of a text file, or write @@ for a text that begins with @.": (
        "{name} @{file} est illisible ({why}) : donnez le chemin d'un fichier de texte, ou écrivez @@ pour un texte "
        "qui commence par @."
    ),
    "{name} holds the control character U+{code}, which makes a text look other than it is: give it without.": (
        "{name} contient le caractère de commande U+{code}, qui fait paraître un texte autre qu'il n'est : donnez-le "
        "sans lui."
    ),
    "{name} is empty: give {what} its text there, or leave it out.": (
        "{name} est vide : donnez-y le texte de {what}, ou omettez-le."
    ),
    "{said} is not NAME=VALUE: write it as {option} {example}.": (
        "{said} n'est pas NOM=VALEUR : écrivez {option} {example}."
    ),
    "{file} is not UTF-8 text: save it as UTF-8.": (
        "{file} n'est pas un texte en UTF-8 : enregistrez-le en UTF-8."
    ),
    "{what} is not UTF-8 text: write it as UTF-8.": (
        "{what} n'est pas un texte en UTF-8 : écrivez-le en UTF-8."
    ),
    "{what} is too long for {option}: more than 1 MiB.": (
        "{what} est trop long pour {option} : plus de 1 Mio."
    ),
    "Standard input is read for {first} already: give {other} as @FILE.": (
        "L'entrée standard est déjà lue pour {first} : donnez {other} par @FICHIER."
    ),
    "--answer {name}={said}: this field takes {kind}.": (
        "--answer {name}={said} : ce champ prend {kind}."
    ),
    "{option} {name}={said}: this field takes {kind}.": (
        "{option} {name}={said} : ce champ prend {kind}."
    ),
    "{option}: '{party}' is no party: give its id, or its role on the case ({roles}).": (
        "{option} : « {party} » n'est pas une partie : donnez son identifiant, ou son rôle dans le dossier ({roles})."
    ),
    "{option}: '[[' begins words about another party, written as [[witness|the words]] or with the party's id: finish "
    "it, or take the text as it stands with --unmarked.": (
        "{option} : « [[ » commence des mots sur une autre partie, écrits [[witness|les mots]] ou avec l'identifiant "
        "de la partie : finissez-les, ou prenez le texte tel quel avec --unmarked."
    ),
    "{option}: [[{party}|]] marks no words: put some into it.": (
        "{option} : [[{party}|]] ne marque aucun mot : mettez-en."
    ),
    "{option}: words about another party cannot be marked here, since there is no case yet that they are of: leave the "
    "mark out, or say it in a note on the case.": (
        "{option} : des mots sur une autre partie ne peuvent être marqués ici, car il n'y a pas encore de dossier "
        "auquel ils appartiennent : omettez la marque, ou dites-le dans une note au dossier."
    ),
    # What a question is about
    "{sentence} Is {reference} meant?": "{sentence} Est-ce {reference}?",
    "{sentence} Is {reference} or {other} meant?": "{sentence} Est-ce {reference} ou {other}?",
    "{stream} is no stream: give a case's reference, or KIND/ID such as case/0198...": (
        "{stream} n'est pas une suite : donnez la référence d'un dossier, ou GENRE/ID tel que case/0198..."
    ),
    "{stream} is no stream of this ledger: give the reference of a case, `policy`, `directory`, or a stream such as "
    "party/ID, as `export --format jsonl` names it.": (
        "{stream} n'est pas une suite de ce registre : donnez la référence d'un dossier, `policy`, `directory`, ou une "
        "suite telle que party/ID, comme `export --format jsonl` la nomme."
    ),
    "What is kept apart is told by its own command: {command}.": (
        "Ce qui est tenu à part se dit par sa propre commande : {command}."
    ),
    "Personal values are opened of a case, or of a record such as party/ID: leave --open out.": (
        "Les valeurs personnelles s'ouvrent d'un dossier, ou d'une fiche telle que party/ID : omettez --open."
    ),
    "'{code}' is no alarm, and no rung or reason of any policy published here; there are {known}.": (
        "« {code} » n'est ni une alarme, ni un palier ou un motif d'une politique publiée ici; il y a {known}."
    ),
    "'{code}' is not a member of any policy published here; there are {known}.": (
        "« {code} » n'est membre selon aucune politique publiée ici; il y a {known}."
    ),
    "{given} is not a list of codes; there are {known}.": (
        "{given} n'est pas une liste de codes; il y a {known}."
    ),
    "'{code}' is not a request type of any policy published here; there are {known}.": (
        "« {code} » n'est un type de demande d'aucune politique publiée ici; il y a {known}."
    ),
    "'{code}' is not a team of any policy published here; there are {known}, and 'unrouted'.": (
        "« {code} » n'est une équipe d'aucune politique publiée ici; il y a {known}, et « unrouted »."
    ),
    "--limit must be from 1 to 100000.": "--limit va de 1 à 100000.",
    "--limit must be from 1 to {most}.": "--limit va de 1 à {most}.",
    "--limit must be at least 1.": "--limit est d'au moins 1.",
    "Give --days from 1 to {most}.": "Donnez --days de 1 à {most}.",
    "Give --days of at least 1, and --at-least from 1 to 1000.": (
        "Donnez --days d'au moins 1, et --at-least de 1 à 1000."
    ),
    'Say one to {most} things that are theirs, of at most {letters} letters: caseledger find "Ada Tremblay" '
    "902-555-0147.": (
        "Dites de une à {most} choses qui sont à la personne, d'au plus {letters} lettres : caseledger find \"Ada "
        'Tremblay" 902-555-0147.'
    ),
    "Give --owner or --nobody: what somebody has nobody lacks.": (
        "Donnez --owner ou --nobody : ce que quelqu'un a n'est pas à personne."
    ),
    "What no team has is open and unrouted: leave --standing out.": (
        "Ce qui n'est à aucune équipe est ouvert et non acheminé : omettez --standing."
    ),
    "No such escalation waits for an answer: `caseledger escalations` lists those that do.": (
        "Aucun signalement de ce nom n'attend de réponse : `caseledger escalations` montre ceux qui en attendent une."
    ),
    "Say which are answered at once: give --team, --reason, or both.": (
        "Dites à quels signalements répondre d'un coup : donnez --team, --reason, ou les deux."
    ),
    "No absence of {member} is recorded: there is none to end.": (
        "Aucune absence de {member} n'est consignée : il n'y en a pas à finir."
    ),
    "--policy and --out go together: the file as it is, and the proposal.": (
        "--policy et --out vont ensemble : le fichier tel qu'il est, et la proposition."
    ),
    "{file} cannot be changed line by line: write each member on a line of their own under [members], or make the "
    "changes by hand.": (
        "{file} ne peut être changé ligne par ligne : écrivez chaque membre sur sa propre ligne sous [members], ou "
        "faites les changements à la main."
    ),
    "{file} cannot be read ({why}): give users in SCIM, or CSV.": (
        "{file} est illisible ({why}) : donnez des membres en SCIM, ou un CSV."
    ),
    "Name one source: --maildir, --mbox, --imap or --set-aside.": (
        "Nommez une seule source : --maildir, --mbox, --imap ou --set-aside."
    ),
    # Figures, rates and calls
    "'{code}' is not a {kind} of any policy published here, nor of any case; there are {known}.": (
        "« {code} » n'est le code ({kind}) d'aucune politique publiée ici, ni d'aucun dossier; il y a {known}."
    ),
    "--from must not be after --until, nor more than ten years before it.": (
        "--from n'est ni après --until, ni plus de dix ans avant."
    ),
    "--until {day} is still to come: figures are of days up to the one asked about, {today}.": (
        "--until {day} est encore à venir : les chiffres vont jusqu'au jour dont il s'agit, {today}."
    ),
    "--until is before --from: give the dates in order.": (
        "--until est avant --from : donnez les dates dans l'ordre."
    ),
    "--mapping is for a FILE: name the file, or leave the mapping out.": (
        "--mapping est pour un FICHIER : nommez le fichier, ou omettez la correspondance."
    ),
    "--split {day} leaves nothing on one side: name a day after {first} and before {last}.": (
        "--split {day} ne laisse rien d'un côté : nommez un jour après le {first} et avant le {last}."
    ),
    "--until must be after --from: there must be days before and after.": (
        "--until vient après --from : il faut des jours avant et après."
    ),
    "All that happened lies on {day}: name days before and after with --from and --until, or wait for some.": (
        "Tout s'est passé le {day} : nommez des jours avant et après par --from et --until, ou attendez-en."
    ),
    "Say how the file is read: give --mapping receipt, or one of your own.": (
        "Dites comment lire le fichier : donnez --mapping receipt, ou une correspondance à vous."
    ),
    "{sentence} Left out: {left_out}.": "{sentence} Laissés de côté : {left_out}.",
    "A draw is told as it was known: give --known-at instead of --as-of.": (
        "Un tirage se dit tel qu'on le savait : donnez --known-at au lieu de --as-of."
    ),
    "A rate is told as it was known: give --known-at instead of --as-of.": (
        "Une cadence se dit telle qu'on la savait : donnez --known-at au lieu de --as-of."
    ),
    "Nobody of {team} was drawn: there is nothing to check.": (
        "Personne de {team} n'a été tiré au sort : il n'y a rien à vérifier."
    ),
    "'{said}' is no queue: write TEAM:HOURS, such as RDW:40, or RDW:40:10:2026-06-30.": (
        "« {said} » n'est pas une file : écrivez ÉQUIPE:HEURES, tel que RDW:40, ou RDW:40:10:2026-06-30."
    ),
    "Name at least one queue, such as RDW:40:10:2026-06-30.": (
        "Nommez au moins une file, telle que RDW:40:10:2026-06-30."
    ),
    # Inquiries, holds and erasures
    "Inquiries are for link officers and the office that inquires: ask one of them.": (
        "Les enquêtes sont pour les agents de liaison et l'organisme qui enquête : adressez-vous à l'un d'eux."
    ),
    "Why cases are on hold is for records officers, access officers, link officers and auditors: ask one of them, or "
    "see `caseledger case REF`.": (
        "Pourquoi des dossiers sont en réserve ne se dit qu'aux archivistes, aux agents d'accès, aux agents de liaison "
        "et aux vérificateurs : demandez-leur, ou voyez `caseledger case REF`."
    ),
    "No erasure {id} was asked for: check its id with `caseledger erasure`.": (
        "Aucun effacement {id} n'a été demandé : vérifiez l'identifiant par `caseledger erasure`."
    ),
    "Personal values are opened of one erasure: name it, as `caseledger erasure` lists it.": (
        "Les valeurs personnelles s'ouvrent d'un seul effacement : nommez-le, comme `caseledger erasure` le montre."
    ),
    "This erasure was not carried out: carry it out first.": (
        "Cet effacement n'a pas été exécuté : exécutez-le d'abord."
    ),
    "Say which original is meant; kept here are: {ids}.": (
        "Dites de quel original il s'agit; on conserve ici : {ids}."
    ),
    "The file {file} is not here: put it back from the backup of the home folder.": (
        "Le fichier {file} n'est pas là : remettez-le à partir de la sauvegarde du répertoire du registre."
    ),
    "The file {file} is not what was listed: keep it, and put back the copy of the backup.": (
        "Le fichier {file} n'est pas celui qui fut inscrit : gardez-le, et remettez la copie de la sauvegarde."
    ),
    "The key of this original is lost, and no erasure destroyed it: put the vault back that holds it.": (
        "La clé de cet original est perdue, et aucun effacement ne l'a détruite : remettez le coffre qui la contient."
    ),
    "This original was erased: its key was destroyed.": (
        "Cet original a été effacé : sa clé fut détruite."
    ),
    "The checkpoint of {entries} that would be cited covers nothing of this case: sign a new one by `caseledger "
    "checkpoint`, and have it cosigned by your witnesses.": (
        "Le point de contrôle de {entries} qui serait cité ne couvre rien de ce dossier : signez-en un nouveau par "
        "`caseledger checkpoint`, et faites-le cosigner par vos témoins."
    ),
    # The board as a page
    "--every writes the page as it is now: give --page FILE with it, and no --json, --known-at or --as-of.": (
        "--every écrit la page telle qu'elle est maintenant : donnez avec elle --page FICHIER, et ni --json, ni "
        "--known-at, ni --as-of."
    ),
    "--every must be at least 1 second.": "--every est d'au moins 1 seconde.",
    "--page is opened in a browser: give it a name that ends in .html.": (
        "--page s'ouvre dans un navigateur : donnez-lui un nom qui finit par .html."
    ),
    "{file} is no board: give another name, or move it away.": (
        "{file} n'est pas un tableau : donnez un autre nom, ou déplacez-le."
    ),
    # Files
    "{file} cannot be written: {why}.": "{file} ne peut être écrit : {why}.",
    "{file} cannot be written: {why}; nothing was left there.": (
        "{file} ne peut être écrit : {why}; rien n'y fut laissé."
    ),
    "There is a file {file} already: give another name, or move it away.": (
        "Il y a déjà un fichier {file} : donnez un autre nom, ou déplacez-le."
    ),
    "The policy {file} cannot be read ({why}): give the path of a TOML file.": (
        "La politique {file} est illisible ({why}) : donnez le chemin d'un fichier TOML."
    ),
    "{file} is not UTF-8 text: save the policy as UTF-8.": (
        "{file} n'est pas un texte en UTF-8 : enregistrez la politique en UTF-8."
    ),
    "{file} is too big for a policy: more than 4 MiB.": (
        "{file} est trop grand pour une politique : plus de 4 Mio."
    ),
}

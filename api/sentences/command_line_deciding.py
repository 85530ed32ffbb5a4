"""Sentences of the command line alone, about disclosures and about when a clock is due."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Which disclosure, which document, which proposal
    "No disclosure answers {reference} yet: begin one with `caseledger disclosure begin {same}`.": (
        "Aucune communication ne répond encore à {reference} : commencez-en une par `caseledger disclosure begin "
        "{same}`."
    ),
    "Several disclosures answer {reference}: say which by its id: {ids}.": (
        "Plusieurs communications répondent à {reference} : dites laquelle par son identifiant : {ids}."
    ),
    "Each is named by its number or its id, as the list of them shows: give that.": (
        "Chacun se nomme par son numéro ou son identifiant, comme la liste les montre : donnez-le."
    ),
    "No document {number} is listed in this disclosure: it has {count}.": (
        "Aucun document {number} n'est inscrit dans cette communication : elle en a {count}."
    ),
    "--paragraph must be 100 characters at most: cite the paragraph, and say the rest in --harm.": (
        "--paragraph compte 100 caractères au plus : citez l'alinéa, et dites le reste dans --harm."
    ),
    "Say who reviews it: give --body.": "Dites qui la révise : donnez --body.",
    "{file} is empty or no CSV, such as where a quote is never closed: fetch it again.": (
        "{file} est vide ou n'est pas un CSV, comme là où un guillemet n'est jamais fermé : allez le chercher "
        "de nouveau."
    ),
    "{file} is too big for a schedule: more than 4 MiB.": (
        "{file} est trop grand pour une liste de documents : plus de 4 Mio."
    ),
    "'{said}' is nothing to cut: write PAGES:EXEMPTION such as 3-4:NS-20, or with a box 3@100,250,900,300:NS-20.": (
        "« {said} » n'est rien à retrancher : écrivez PAGES:EXCEPTION tel que 3-4:NS-20, ou avec un cadre "
        "3@100,250,900,300:NS-20."
    ),
    "Line {line} of {file} has {count} where there are three columns: put that right, or fetch the file again if it "
    "was cut off.": (
        "La ligne {line} de {file} en a {count} là où il y a trois colonnes : corrigez cela, ou allez chercher de "
        "nouveau le fichier s'il fut coupé."
    ),
    "Line {line} of {file}: {why}": "Ligne {line} de {file} : {why}",
    "The first line of {file} names other columns: it must be {columns}.": (
        "La première ligne de {file} nomme d'autres colonnes : ce doit être {columns}."
    ),
    "The schedule {file} cannot be read: give a CSV file in UTF-8.": (
        "La liste de documents {file} est illisible : donnez un fichier CSV en UTF-8."
    ),
    "'{said}' is no line of a fee: write BASIS:QUANTITY:UNIT:CENTS, such as copying:138:page:20.": (
        "« {said} » n'est pas une ligne de droits : écrivez BASE:QUANTITÉ:UNITÉ:CENTS, tel que copying:138:page:20."
    ),
    "{file} is there already: choose another name.": "{file} est déjà là : choisissez un autre nom.",
    "{bundle} is no bundle to go on from ({why}): give one that verifies.": (
        "{bundle} n'est pas un paquet à poursuivre ({why}) : donnez-en un qui se vérifie."
    ),
    "Say whom the release is for and what for: give --recipient and --purpose.": (
        "Dites à qui va la remise et à quelle fin : donnez --recipient et --purpose."
    ),
    "'{said}' is neither yes nor no: say whether it is published.": (
        "« {said} » n'est ni yes ni no : dites si cela se publie."
    ),
    "The reasons are sealed: give --purpose, and who reads them with --as.": (
        "Les motifs sont scellés : donnez --purpose, et qui les lit par --as."
    ),
    "{stream} is not in the scope of this disclosure: draw the scope first.": (
        "{stream} n'est pas dans la portée de cette communication : établissez d'abord la portée."
    ),
    "'{said}' is no place: write ENTRY:SLOT such as 3:text, words as 3:text[4-7], or ENTRY.": (
        "« {said} » n'est pas un endroit : écrivez INSCRIPTION:CHAMP tel que 3:text, des mots comme 3:text[4-7], ou "
        "INSCRIPTION."
    ),
    "Name proposals, or say --all, and not both.": (
        "Nommez des propositions, ou dites --all, et non les deux."
    ),
    "No proposal waits for an answer: there is nothing to decide.": (
        "Aucune proposition n'attend de réponse : il n'y a rien à décider."
    ),
    "Nothing that was meant waits for a decision: all of it is decided, or is not in the scope.": (
        "Rien de ce qui est visé n'attend de décision : tout est décidé, ou n'est pas dans la portée."
    ),
    "Say what is decided: ENTRY:SLOT, --slot NAME or --rest.": (
        "Dites ce qui est décidé : INSCRIPTION:CHAMP, --slot NOM ou --rest."
    ),
    "Say which proposals: `caseledger disclosure proposals` lists them, --all takes them all.": (
        "Dites quelles propositions : `caseledger disclosure proposals` les montre, --all les prend toutes."
    ),
    "Several streams are in scope: say which with --case.": (
        "Plusieurs suites sont dans la portée : dites laquelle par --case."
    ),
    "The finder would withhold {count} of these: answer its proposals first, with `caseledger disclosure accept` or "
    "`reject`, or release each by its ENTRY:SLOT.": (
        "Le repérage retiendrait {count} de ceux-ci : répondez d'abord à ses propositions, par `caseledger disclosure "
        "accept` ou `reject`, ou communiquez chacun par son INSCRIPTION:CHAMP."
    ),
    "These propose several exemptions: say which with --under.": (
        "Celles-ci proposent plusieurs exceptions : dites laquelle par --under."
    ),
    # When a clock is due
    "--extend '{said}' names no amount: write 30, or head:30@2027-03-10 with its notice.": (
        "--extend « {said} » ne dit pas de combien : écrivez 30, ou head:30@2027-03-10 avec son avis."
    ),
    "--reopened '{said}' needs both times: write 2027-02-08..2027-03-01=resume.": (
        "Il faut à --reopened « {said} » les deux moments : écrivez 2027-02-08..2027-03-01=resume."
    ),
    "{option} '{said}' says no span: write it as 2027-02-08..2027-02-24, and leave out the second date while it "
    "lasts.": (
        "{option} « {said} » ne dit pas de durée : écrivez 2027-02-08..2027-02-24, et omettez la seconde date tant que "
        "cela dure."
    ),
    "--reopened '{said}': after = write {choices}.": "--reopened « {said} » : après = écrivez {choices}.",
    "--wait '{said}' names no reason: write it as fee:2027-02-08..2027-02-24.": (
        "--wait « {said} » ne nomme aucun motif : écrivez fee:2027-02-08..2027-02-24."
    ),
}

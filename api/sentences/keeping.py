"""Sentences about inquiries, holds, erasures and disposals, and who may see to them."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "Only somebody with the role '{role}' may {what}: let such a member act, or name them under `roles` in "
    "the policy.": (
        "Seule une personne ayant le rôle « {role} » peut {what} : qu'un tel membre agisse, ou nommez-le "
        "sous `roles` dans la politique."
    ),
    # Inquiries
    "No such inquiry was opened: check its id with `caseledger inquiry`.": (
        "Cette enquête n'a pas été ouverte : vérifiez son identifiant par `caseledger inquiry`."
    ),
    "No inquiry {id} was opened here: check its id.": (
        "Aucune enquête {id} n'a été ouverte ici : vérifiez son identifiant."
    ),
    "This inquiry is closed: open another, which names it.": (
        "Cette enquête est close : ouvrez-en une autre, qui la nomme."
    ),
    "The scope selects nothing: name the cases that the inquiry is about.": (
        "La portée ne retient rien : nommez les dossiers sur lesquels porte l'enquête."
    ),
    "A case of the inquiry is not in this ledger: check each reference.": (
        "Un dossier de l'enquête n'est pas dans ce registre : vérifiez chaque référence."
    ),
    "The inquiry would have expired at {instant}: give a time to come.": (
        "L'enquête aurait expiré le {instant} : donnez un moment à venir."
    ),
    "{day} is no later than before: give the day until which there is more time.": (
        "Le {day} n'est pas plus tardif qu'auparavant : donnez le jour jusqu'auquel le délai est prolongé."
    ),
    "Say why the complainant may not be shown it: give the reason.": (
        "Dites pourquoi la partie plaignante ne peut le voir : donnez le motif."
    ),
    "Entry {version} of that case is not within this inquiry: name one of a case in its scope.": (
        "L'inscription {version} de ce dossier n'est pas dans cette enquête : nommez-en une d'un dossier de "
        "sa portée."
    ),
    "No such question was asked in this inquiry: record the question first.": (
        "Cette question n'a pas été posée dans cette enquête : consignez d'abord la question."
    ),
    "{stream} version {version} is no entry of a case in this inquiry: cite one that is there.": (
        "{stream} version {version} n'est pas une inscription d'un dossier de cette enquête : citez-en une "
        "qui y est."
    ),
    "{option}: {given} names no entry: write it as REF:VERSION.": (
        "{option} : {given} ne nomme aucune inscription : écrivez-la comme REF:VERSION."
    ),
    "No such draft came in this inquiry: record it first.": (
        "Ce projet de rapport n'est pas venu dans cette enquête : consignez-le d'abord."
    ),
    "This recommendation was {answer} already: record what was done instead.": (
        "Cette recommandation a déjà été {answer} : consignez plutôt ce qui fut fait."
    ),
    "Say by when it will be done: give --due-on.": (
        "Dites pour quand ce sera fait : donnez --due-on."
    ),
    "Say why it is refused: give --reasons.": (
        "Dites pourquoi elle est refusée : donnez --reasons."
    ),
    "This recommendation was not accepted: accept it first, by when it will be done.": (
        "Cette recommandation n'a pas été acceptée : acceptez-la d'abord, avec la date où ce sera fait."
    ),
    "No such recommendation was made in this inquiry: record it first.": (
        "Cette recommandation n'a pas été faite dans cette enquête : consignez-la d'abord."
    ),
    # Holds
    "No such hold was placed: check its id with `caseledger hold`.": (
        "Cette mise en réserve n'a pas été décidée : vérifiez son identifiant par `caseledger hold`."
    ),
    "A hold of an inquiry names it, and no other does: place one by opening the inquiry.": (
        "La mise en réserve d'une enquête la nomme, et nulle autre ne le fait : décidez-la en ouvrant "
        "l'enquête."
    ),
    "This inquiry asked for no such hold: it places its own when it is opened.": (
        "Cette enquête n'a pas demandé cette mise en réserve : elle décide la sienne à son ouverture."
    ),
    "A case that is to be held is not in this ledger: check each reference.": (
        "Un dossier à mettre en réserve n'est pas dans ce registre : vérifiez chaque référence."
    ),
    "The inquiry that placed this hold is open: close it, and with it its hold is released.": (
        "L'enquête qui a décidé cette mise en réserve est ouverte : mettez fin à l'enquête, et sa mise en "
        "réserve est levée avec elle."
    ),
    # Erasures and disposals
    "This selects nothing: name a party, cases, or cases that are due.": (
        "Ceci ne retient rien : nommez une partie, des dossiers, ou des dossiers échus."
    ),
    "The schedule is the authority for cases that are due, and for nothing else: name the order, the error or "
    "the consent that an erasure rests on.": (
        "Le calendrier de conservation autorise à effacer les dossiers échus, et rien d'autre : nommez "
        "l'ordonnance, l'erreur ou le consentement sur quoi repose un effacement."
    ),
    "A case that is to be erased is not in this ledger: check it.": (
        "Un dossier à effacer n'est pas dans ce registre : vérifiez-le."
    ),
    "A case that is disposed of is resolved, and kept by a class of the policy: see `caseledger retention`.": (
        "Un dossier dont on dispose est réglé, et conservé selon une catégorie de la politique : voyez "
        "`caseledger retention`."
    ),
    "A case is kept until {day}: propose it once it is due.": (
        "Un dossier est conservé jusqu'au {day} : proposez-le une fois échu."
    ),
    "Cases of this that were opened again since it was proposed: {count} ({cases}); propose what is due still "
    "without them.": (
        "Dossiers rouverts depuis la proposition : {count} ({cases}); proposez sans eux ce qui "
        "reste échu."
    ),
    "The content of this case was erased, and what is written on it now would be kept for ever: open a new case, and "
    "link the two (`LinkCase`).": (
        "Le contenu de ce dossier a été effacé, et ce qui s'y écrirait maintenant serait conservé pour toujours : "
        "ouvrez un nouveau dossier, et reliez les deux (`LinkCase`)."
    ),
    "Nothing is due and free of holds: see `caseledger retention`.": (
        "Rien n'est échu et libre de mise en réserve : voyez `caseledger retention`."
    ),
    "Cases that were named and are not due, or are on hold: {count}; see `caseledger retention`.": (
        "Dossiers nommés qui ne sont pas échus, ou sont mis en réserve : {count}; voyez `caseledger retention`."
    ),
    "This is proposed for disposal already, as {erasure}: let a second records officer approve that with "
    "`caseledger erasure approve`.": (
        "L'élimination en est déjà proposée ({erasure}) : qu'une deuxième personne parmi les archivistes "
        "l'approuve par `caseledger erasure approve`."
    ),
    "{day} is too early to ask about: name a later day.": (
        "Le {day} est trop tôt pour le demander : nommez un jour plus tardif."
    ),
    "Whoever proposed an erasure does not approve it: let a second records officer do it.": (
        "Qui a proposé un effacement ne l'approuve pas : confiez-le à une deuxième personne parmi les "
        "archivistes."
    ),
    "This erasure is not approved: a second records officer approves it first.": (
        "Cet effacement n'est pas approuvé : une deuxième personne parmi les archivistes l'approuve "
        "d'abord."
    ),
    "Cases of which the archives lack what is theirs: {count}; transfer it first.": (
        "Dossiers dont il manque aux archives ce qui leur revient : {count}; versez-le d'abord."
    ),
    "The archives get nothing of this, or have it already: carry it out.": (
        "Rien de ceci ne revient aux archives, ou elles l'ont déjà : procédez à l'effacement."
    ),
    "What the archives get is not what has this SHA-256, since something was recorded on a case or another "
    "file was meant: download it again, and give them that.": (
        "Ce qui revient aux archives n'est pas ce qui a ce SHA-256, puisque quelque chose fut consigné à un "
        "dossier ou qu'un autre fichier était visé : téléchargez-le de nouveau, et versez-leur cela."
    ),
    "This erasure was not begun: begin it first.": (
        "Cet effacement n'a pas commencé : commencez-le d'abord."
    ),
    "This erasure was refused because of holds: propose it again once they are released.": (
        "Cet effacement a été refusé à cause de mises en réserve : proposez-le de nouveau une fois qu'elles "
        "sont levées."
    ),
    "No such erasure was proposed: check its id with `caseledger erasure`.": (
        "Cet effacement n'a pas été proposé : vérifiez son identifiant par `caseledger erasure`."
    ),
    "No erasure {id} was asked for: check its id.": (
        "Aucun effacement {id} n'a été demandé : vérifiez son identifiant."
    ),
    "Of the cases that this reaches some are on hold ({cases}), so nothing of it is erased, and that it was "
    "asked is recorded: wait until the holds are released.": (
        "Parmi les dossiers que ceci atteint, certains sont mis en réserve ({cases}), rien n'est donc "
        "effacé, et la demande est consignée : attendez que les mises en réserve soient levées."
    ),
}

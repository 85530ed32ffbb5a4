"""Sentences about the office: its policy, directory, keys of other systems, webhooks, and the tray of machine mail."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # The policy
    "No policy is in force: publish one with `caseledger policy publish FILE`.": (
        "Aucune politique n'est en vigueur : publiez-en une par `caseledger policy publish FILE`."
    ),
    "No policy with the digest {digest} was published.": (
        "Aucune politique d'empreinte {digest} n'a été publiée."
    ),
    "A policy cannot take effect before it is published, since decisions already made cite the one then in "
    "force: give a time from now on.": (
        "Une politique ne peut prendre effet avant d'être publiée, puisque des décisions déjà prises citent "
        "celle qui était alors en vigueur : donnez un moment à partir de maintenant."
    ),
    "The policy document cannot be used as it is.": (
        "Le document de politique ne peut servir tel quel."
    ),
    "This document is not a policy: see what is wrong with it by `caseledger policy check`.": (
        "Ce document n'est pas une politique : voyez ce qui n'y va pas par `caseledger policy check`."
    ),
    "The digest is not this document's: give the one that it has.": (
        "L'empreinte n'est pas celle de ce document : donnez celle qu'il a."
    ),
    "The document holds members' names: give them apart, in `names`.": (
        "Le document contient des noms de membres : donnez-les à part, dans `names`."
    ),
    # The directory
    "Nobody takes somebody off the directory but the system that the policy names as `directory_system` under "
    "[office]: let that one do it.": (
        "Nul ne retire quelqu'un de l'annuaire hormis le système que la politique nomme `directory_system` sous "
        "[office] : laissez-le faire."
    ),
    "{member} has not left: say first that they leave, or do not join.": (
        "{member} n'est pas parti : dites d'abord que la personne part, ou n'arrive pas."
    ),
    "An absence ends on the day it began or later: give such a date.": (
        "Une absence finit le jour où elle a commencé ou plus tard : donnez une telle date."
    ),
    "{member} has left by {day}: there is nothing to stand in for.": (
        "{member} n'est plus là le {day} : il n'y a rien à suppléer."
    ),
    "{member} has left by {day}: name somebody else.": (
        "{member} n'est plus là le {day} : nommez une autre personne."
    ),
    "{member} is absent from {day} already: end that absence first.": (
        "{member} est déjà en absence à partir du {day} : mettez d'abord fin à cette absence."
    ),
    "{substitute} is absent too, and substitutes lead back to {member}: name somebody who is there.": (
        "{substitute} est en absence aussi, et les suppléances ramènent à {member} : nommez une personne "
        "qui est là."
    ),
    "No such absence of {member} is recorded: name one that is.": (
        "Cette absence de {member} n'est pas consignée : nommez-en une qui l'est."
    ),
    "Nobody proposes members but the system that the policy names as `directory_system` under [office]: let "
    "that one do it, or publish a policy with the member.": (
        "Nul ne propose de membres hormis le système que la politique nomme `directory_system` sous "
        "[office] : laissez-le faire, ou publiez une politique avec le membre."
    ),
    "Nobody says by which id a member goes elsewhere but the system that the policy names as `directory_system` "
    "under [office]: let that one do it.": (
        "Nul ne dit sous quel identifiant un membre est connu ailleurs hormis le système que la politique nomme "
        "`directory_system` sous [office] : laissez-le faire."
    ),
    "Nobody is known here by this code: propose them first.": (
        "Personne n'est connu ici sous ce code : proposez d'abord cette personne."
    ),
    "{member} is a system in the policy, not a person: give another code.": (
        "{member} est un système dans la politique, non une personne : donnez un autre code."
    ),
    "{member} has left, and history goes on naming them: give whoever returns another code.": (
        "{member} n'est plus là, et l'histoire continue de nommer ce code : donnez-en un autre à qui "
        "revient."
    ),
    "Nobody stands in for themselves: name somebody else.": (
        "Nul ne se supplée soi-même : nommez une autre personne."
    ),
    "{substitute} is of no team of {member}'s: name somebody of {teams}.": (
        "{substitute} n'est d'aucune équipe de {member} : nommez quelqu'un de : {teams}."
    ),
    "{substitute} lacks the skill {skill} that {member} has: name somebody who has it.": (
        "{substitute} n'a pas la compétence {skill} qu'a {member} : nommez une personne qui l'a."
    ),
    "{member} may not say that {whom} leaves: let the leader of a team of theirs or the director do it.": (
        "{member} ne peut consigner le départ de {whom} : confiez-le à qui dirige l'une de ses équipes ou à "
        "la direction."
    ),
    # Keys of other systems
    "This key was issued already: issue a new one.": (
        "Cette clé a déjà été délivrée : délivrez-en une nouvelle."
    ),
    "A key must expire at a time that is to come: give a later one.": (
        "Une clé doit expirer à un moment à venir : donnez-en un."
    ),
    "{scope} is not a scope: give an act such as case.open, a kind of acts such as case.*, or *.": (
        "{scope} n'est pas une portée de clé : donnez un acte tel que case.open, un genre d'actes tel que "
        "case.*, ou *."
    ),
    "No such key was issued: `caseledger api-key show` lists them.": (
        "Cette clé n'a pas été délivrée : `caseledger api-key show` les donne."
    ),
    # Webhooks
    "This subscription was made already: make a new one.": (
        "Cet abonnement est déjà fait : faites-en un nouveau."
    ),
    "{member} has {most} subscriptions already: end one that is needed no longer.": (
        "{member} a déjà {most} abonnements : mettez fin à l'un d'eux qui ne sert plus."
    ),
    "{member} would be told nothing, since within these scopes no entry is shown: add case.entries to them.": (
        "{member} n'entendrait rien, puisque dans ces portées aucune inscription n'est montrée : "
        "ajoutez-y case.entries."
    ),
    "{member} is shown no entries of the topic {topics}, by its roles and within these scopes: leave it out.": (
        "Aucune inscription du sujet {topics} n'est montrée à {member}, selon ses rôles et dans ces portées : "
        "ôtez-le."
    ),
    "{member} may not follow the log: it is for auditors and for other systems, within the scopes of their "
    "keys.": (
        "{member} ne peut suivre le journal : il est pour la vérification et pour d'autres systèmes, dans "
        "la portée de leurs clés."
    ),
    "No feed shows entries of the topic {topics}: name others, as `caseledger webhook topics` lists them.": (
        "Aucun flux ne montre d'inscriptions du sujet {topics} : nommez-en d'autres, que donne "
        "`caseledger webhook topics`."
    ),
    "Two secrets sign already, until {instant}: renew it again then.": (
        "Deux secrets signent déjà, jusqu'au {instant} : renouvelez-le de nouveau alors."
    ),
    "No delivery of entry {positions} was given up here: look at what was, or read the feed from there.": (
        "Aucun envoi de l'inscription {positions} n'a été abandonné ici : voyez lesquels l'ont été, ou "
        "lisez-les dans le flux à partir de là."
    ),
    "This subscription has ended: make a new one.": (
        "Cet abonnement a pris fin : faites-en un nouveau."
    ),
    "No such subscription was made: `caseledger webhook` lists them.": (
        "Cet abonnement n'a pas été fait : `caseledger webhook` les donne."
    ),
    "No such subscription is in this ledger: `caseledger webhook` lists them.": (
        "Cet abonnement n'est pas dans ce registre : `caseledger webhook` les donne."
    ),
    "Deliveries do not go there.": "Les envois ne vont pas là.",
    "Deliveries go out encrypted: give an address with https://, or let whoever runs the service set "
    "CASELEDGER_WEBHOOK_ALLOW_HTTP.": (
        "Les envois partent chiffrés : donnez une adresse en https://, ou faites régler "
        "CASELEDGER_WEBHOOK_ALLOW_HTTP par qui administre le service."
    ),
    "{host} is an address inside, or has one: deliveries go to public addresses, and to networks that whoever "
    "runs the service names in CASELEDGER_WEBHOOK_ALLOWED_NETWORKS.": (
        "{host} est une adresse interne, ou en a une : les envois vont à des adresses publiques, et aux "
        "réseaux que qui administre le service nomme dans CASELEDGER_WEBHOOK_ALLOWED_NETWORKS."
    ),
    "Somebody else delivers this subscription by now: they go on, and what was just sent may be sent again.": (
        "Un autre processus envoie désormais pour cet abonnement : il poursuit, et ce qui vient de partir "
        "peut repartir."
    ),
    "{place} is damaged: take it away, and deliveries go on from what the ledger says of them, some of them "
    "once more.": (
        "{place} a subi des dommages : retirez ces données, et les envois reprennent d'après ce que le "
        "registre en dit, certains une fois de plus."
    ),
    # The tray
    "No such item is in the tray: check its id with `caseledger tray`.": (
        "Cet élément n'est pas dans la corbeille : vérifiez son identifiant par `caseledger tray`."
    ),
    "A machine handles no machine's mail: let a person look at it.": (
        "Une machine ne traite pas le courrier d'une machine : qu'une personne le regarde."
    ),
    "Where nothing follows from a mail, no case is named: leave it out, or say what was done.": (
        "Là où rien ne découle d'un courriel, aucun dossier n'est nommé : omettez-le, ou dites ce qui fut "
        "fait."
    ),
    "The mail names no case that is known: say which case this is about.": (
        "Le courriel ne nomme aucun dossier connu : dites de quel dossier il s'agit."
    ),
    "This item was handled already ('{handling}'): put what is to be added on the case.": (
        "Cet élément a déjà été traité (« {handling} ») : mettez au dossier ce qu'il faut ajouter."
    ),
}

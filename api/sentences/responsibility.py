"""Sentences about whose a case is: routing, queues, transfers, returns, adjudication, escalations and recusal."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Routing
    "Somebody has this case already: transfer it, with the reason.": (
        "Quelqu'un a déjà ce dossier : transférez-le, avec le motif."
    ),
    "The rules would give the case to {team} again, which returned it: classify it first, or transfer it.": (
        "Les règles donneraient de nouveau le dossier à {team}, qui l'a rendu : classez-le d'abord, ou "
        "transférez-le."
    ),
    "Nothing is to be confirmed on this case: transfer it if it is to move.": (
        "Il n'y a rien à confirmer pour ce dossier : transférez-le s'il doit changer de place."
    ),
    "The team {team} confirms this routing: let one of its people do it.": (
        "L'équipe {team} confirme cet acheminement : confiez-le à l'un de ses membres."
    ),
    "The rules propose {proposed}: say why the case goes to {team} instead.": (
        "Les règles proposent {proposed} : dites pourquoi le dossier va plutôt à {team}."
    ),
    "The team {team} is to confirm where this case goes: let one of its people confirm it first.": (
        "L'équipe {team} doit confirmer où va ce dossier : qu'un de ses membres le confirme d'abord."
    ),
    # Queues
    "Nothing waits in the queue of {team}: there is nothing to pull.": (
        "Rien n'attend dans la file de {team} : il n'y a rien à prendre."
    ),
    "Nothing that {member} may take waits in the queue of {team}, where what waits takes {lacking}: ask a "
    "dispatcher to assign a case.": (
        "Rien de ce que {member} peut prendre n'attend dans la file de {team}, où ce qui attend demande "
        "{lacking} : demandez à la répartition d'attribuer un dossier."
    ),
    "{member} passed over, or stepped back from, all that waits in the queue of {team} and that they may take: ask a "
    "dispatcher to assign it to somebody else.": (
        "{member} a passé tout ce qui attend dans la file de {team} et que cette personne peut prendre, ou s'en est "
        "récusé : demandez à la répartition de l'attribuer à quelqu'un d'autre."
    ),
    "{reference} is next in the queue of {team} and is to be confirmed before anybody takes it: let somebody of "
    "{duty} confirm where it goes with `caseledger confirm`, then pull again.": (
        "{reference} est le prochain dossier de la file de {team} et doit être confirmé avant que quiconque le "
        "prenne : qu'une personne de {duty} confirme où il va avec `caseledger confirm`, puis prenez de nouveau."
    ),
    "{reference} is next in the queue of {team} and stands still until it is adjudicated: let {adjudicator} say where "
    "it belongs with `caseledger adjudicate`, or a dispatcher assign it meanwhile.": (
        "{reference} est le prochain dossier de la file de {team} et ne bouge plus avant qu'on ait tranché : que "
        "{adjudicator} dise de qui il relève avec `caseledger adjudicate`, ou que la répartition l'attribue "
        "entre-temps."
    ),
    "Nothing of what was offered waits any more: pull again.": (
        "Rien de ce qui était offert n'attend plus : prenez de nouveau."
    ),
    "This case no longer waits in that queue: pull again.": (
        "Ce dossier n'attend plus dans cette file : prenez de nouveau."
    ),
    "The case waits in no queue: transfer it, with the reason.": (
        "Le dossier n'attend dans aucune file : transférez-le, avec le motif."
    ),
    "The case waits in no queue, so there is nothing to skip: transfer it if it is not yours.": (
        "Le dossier n'attend dans aucune file, il n'y a donc rien à passer : transférez-le s'il n'est pas à "
        "vous."
    ),
    "{given} is not a reason to skip; the policy knows {known}.": (
        "{given} n'est pas un motif pour passer un dossier; la politique connaît : {known}."
    ),
    "{member} neither dispatches for {team} nor leads it: let somebody assign who does.": (
        "{member} ne répartit pas pour {team} ni ne dirige cette équipe : que quelqu'un qui le fait "
        "attribue le dossier."
    ),
    "{owner} may not take this case, which needs the language {code}: pull again, or ask a dispatcher to "
    "assign it.": (
        "{owner} ne peut prendre ce dossier, qui exige la langue {code} : prenez de nouveau, ou demandez à "
        "la répartition de l'attribuer."
    ),
    "{owner} may not take this case, which needs the region {code}: pull again, or ask a dispatcher to assign "
    "it.": (
        "{owner} ne peut prendre ce dossier, qui exige la région {code} : prenez de nouveau, ou demandez à "
        "la répartition de l'attribuer."
    ),
    "{owner} may not take this case, which needs the skill {code}: pull again, or ask a dispatcher to assign "
    "it.": (
        "{owner} ne peut prendre ce dossier, qui exige la compétence {code} : prenez de nouveau, ou "
        "demandez à la répartition de l'attribuer."
    ),
    "{owner} has {immediate} case of immediate danger in hand and the limit is {limit}: let somebody else "
    "take this one.": (
        "{owner} a en main des dossiers de danger immédiat ({immediate}) et la limite est de {limit} : que "
        "quelqu'un d'autre prenne celui-ci."
    ),
    "{owner} has {active} active cases and the limit is {limit}: finish, pause or hand over one first.": (
        "{owner} a {active} dossiers actifs et la limite est de {limit} : terminez-en un, suspendez-le ou "
        "transmettez-le d'abord."
    ),
    "{owner} has {paused} paused cases and the limit is {limit}: bring one to its end, or hand it over, "
    "first.": (
        "{owner} a {paused} dossiers suspendus et la limite est de {limit} : menez-en un à son terme, ou "
        "transmettez-le, d'abord."
    ),
    "A machine takes no case from a queue: let a person pull it.": (
        "Une machine ne prend aucun dossier dans une file : qu'une personne le prenne."
    ),
    "{member} may not pull a case for {owner}: pull it yourself, or ask a dispatcher.": (
        "{member} ne peut prendre un dossier pour {owner} : prenez-le pour vous-même, ou adressez-vous à la "
        "répartition."
    ),
    # Transfers
    "The case is in transit already: it is to be accepted or declined first.": (
        "Le dossier est déjà en transit : il faut d'abord l'accepter ou le refuser."
    ),
    "The case is in transit: it is to be accepted or declined before it is resolved.": (
        "Le dossier est en transit : il faut l'accepter ou le refuser avant de le régler."
    ),
    "The case is in transit: it is to be accepted or declined before it is returned.": (
        "Le dossier est en transit : il faut l'accepter ou le refuser avant de le rendre."
    ),
    "The case is not in transit: there is nothing to answer.": (
        "Le dossier n'est pas en transit : il n'y a rien à répondre."
    ),
    "The case is there already: name another team or person.": (
        "Le dossier y est déjà : nommez une autre équipe ou une autre personne."
    ),
    "No such transfer is open on this case: name the one by which it was handed over.": (
        "Ce transfert n'est pas en cours pour ce dossier : nommez celui par lequel il fut transmis."
    ),
    "This transfer was accepted before: transfer the case anew if it is to move.": (
        "Ce transfert a déjà été accepté : transférez le dossier de nouveau s'il doit changer de place."
    ),
    "This transfer was declined before: transfer the case anew if it is to move.": (
        "Ce transfert a déjà été refusé : transférez le dossier de nouveau s'il doit changer de place."
    ),
    "{given} is not a reason to transfer; the policy knows {known}.": (
        "{given} n'est pas un motif de transfert; la politique connaît : {known}."
    ),
    "{given} is not a reason to decline; the policy knows {known}.": (
        "{given} n'est pas un motif de refus d'un transfert; la politique connaît : {known}."
    ),
    "{given} is not a reason to return a case; the policy knows {known}.": (
        "{given} n'est pas un motif pour rendre un dossier; la politique connaît : {known}."
    ),
    "{given} is not a reason to adjudicate; the policy knows {known}.": (
        "{given} n'est pas un motif pour trancher; la politique connaît : {known}."
    ),
    "The case was handed to the team {team}: let one of its members answer for it.": (
        "Le dossier a été transmis à l'équipe {team} : qu'un de ses membres en réponde."
    ),
    "{member} is not a member of the team {team}: name one of its members.": (
        "{member} n'est pas membre de l'équipe {team} : nommez l'un de ses membres."
    ),
    "{member} is a machine, and only a person is accountable for a case: name a person.": (
        "{member} est une machine, et seule une personne répond d'un dossier : nommez une personne."
    ),
    "{member} is recused from this case: name somebody else of the team.": (
        "{member} s'est récusé de ce dossier : nommez une autre personne de l'équipe."
    ),
    "{member} has left: name somebody else.": (
        "{member} n'est plus là : nommez une autre personne."
    ),
    "{member} has left: name {substitute}, who stands in, or the team {team} alone.": (
        "{member} n'est plus là : nommez {substitute}, qui assure la suppléance, ou l'équipe {team} seule."
    ),
    "{member} has left, and nobody stands in: name another, or the team {team} alone.": (
        "{member} n'est plus là, et personne n'assure la suppléance : nommez une autre personne, ou "
        "l'équipe {team} seule."
    ),
    "{member} is absent: name {substitute}, who stands in, or the team {team} alone.": (
        "{member} est en absence : nommez {substitute}, qui assure la suppléance, ou l'équipe {team} seule."
    ),
    "{member} is absent, and nobody stands in: name another, or the team {team} alone.": (
        "{member} est en absence, et personne n'assure la suppléance : nommez une autre personne, ou "
        "l'équipe {team} seule."
    ),
    "{member} is absent until {until}: name {substitute}, who stands in, or the team {team} alone.": (
        "{member} est en absence jusqu'au {until} : nommez {substitute}, qui assure la suppléance, ou "
        "l'équipe {team} seule."
    ),
    "{member} is absent until {until}, and nobody stands in: name another, or the team {team} alone.": (
        "{member} est en absence jusqu'au {until}, et personne n'assure la suppléance : nommez une autre "
        "personne, ou l'équipe {team} seule."
    ),
    # Returns as misrouted, and adjudication
    "A machine returns no case: let a member of the team say it is misrouted.": (
        "Une machine ne rend aucun dossier : qu'un membre de l'équipe dise qu'il est mal acheminé."
    ),
    "No rule has given this case to the team {team}: transfer it, with the reason.": (
        "Aucune règle n'a donné ce dossier à l'équipe {team} : transférez-le, avec le motif."
    ),
    "The team {team} sorts what is misrouted, so it returns nothing: transfer the case.": (
        "L'équipe {team} trie ce qui est mal acheminé, elle ne rend donc rien : transférez le dossier."
    ),
    "A case is returned within two working days, which ended with {until}: transfer it.": (
        "Un dossier se rend dans les deux jours ouvrables, et ce délai a pris fin avec le {until} : "
        "transférez-le."
    ),
    "The case was returned twice or moved three times, so it stands still until {adjudicator} adjudicates it: "
    "ask for that (`AdjudicateCase`).": (
        "Le dossier a été rendu deux fois ou a changé trois fois d'équipe, il est donc immobilisé jusqu'à "
        "ce que {adjudicator} tranche : demandez-le (`AdjudicateCase`)."
    ),
    "The case was adjudicated, which binds until the end of {until}: work on it here, or have it adjudicated anew.": (
        "Il a été tranché à qui revient le dossier, et cela vaut jusqu'à la fin du {until} : traitez-le ici, ou "
        "faites trancher de nouveau."
    ),
    "The case lies in the compartment {compartment}, which {team} has no part in: classify it anew if it is something "
    "else, or hand it to {teams}.": (
        "Le dossier est dans le compartiment {compartment}, auquel {team} n'a aucune part : classez-le de nouveau si "
        "c'est autre chose, ou transférez-le à {teams}."
    ),
    "The case moves freely, so there is nothing to adjudicate: transfer it.": (
        "Rien n'immobilise le dossier, il n'y a donc rien à trancher : transférez-le."
    ),
    "A machine adjudicates nothing: let the adjudicator decide.": (
        "Une machine ne tranche rien : laissez la personne qui en est chargée décider."
    ),
    "{member} stands in for {whom}: adjudicate on behalf of {whom}, as the trail then says.": (
        "{member} supplée {whom} : tranchez au nom de {whom}, comme l'historique le dira alors."
    ),
    "{member} may not adjudicate: let {adjudicator} decide.": (
        "{member} ne peut trancher : laissez {adjudicator} décider."
    ),
    "{member} may not adjudicate: let {adjudicator} or the director decide.": (
        "{member} ne peut trancher : laissez décider {adjudicator} ou la direction."
    ),
    # Referral to another body
    "A machine refers nothing to another body: let a person do it.": (
        "Une machine ne renvoie rien à un autre organisme : confiez-le à une personne."
    ),
    "Without the requester's consent a provision must allow it: name it (`legal_basis`).": (
        "Sans le consentement de la personne qui demande, une disposition doit le permettre : nommez-la "
        "(`legal_basis`)."
    ),
    "The record item {item} is not on this case: add it first, or leave it out.": (
        "La pièce {item} n'est pas dans ce dossier : ajoutez-la d'abord, ou omettez-la."
    ),
    "The case was transferred to another body before, and goes to no third: consult instead.": (
        "Le dossier a déjà été transmis à un autre organisme, et ne va pas à un troisième : consultez "
        "plutôt."
    ),
    "The receipt is to be confirmed by a time to come: give a later one.": (
        "La réception doit être confirmée à un moment à venir : donnez-en un plus tardif."
    ),
    "No such referral is on this case: name one that was made.": (
        "Ce renvoi n'est pas dans ce dossier : nommez-en un qui a été fait."
    ),
    "Nothing of this case was transferred to another body: refer it (`ReferCase`) and record that they have it, or "
    "close it otherwise.": (
        "Rien de ce dossier n'a été transmis à un autre organisme : renvoyez-le (`ReferCase`) et consignez qu'il l'a, "
        "ou réglez-le autrement."
    ),
    "Only a part of this case was transferred to another body: answer what stayed here, or transfer that too "
    "(`ReferCase`) and record that they have it.": (
        "Une partie seulement de ce dossier a été transmise à un autre organisme : répondez à ce qui est resté ici, ou "
        "transmettez-le aussi (`ReferCase`) et consignez qu'il l'a."
    ),
    "The other body has not confirmed that it has the case: record its receipt first (`ConfirmReferral`), or that it "
    "came to nothing (`EndReferral`).": (
        "L'autre organisme n'a pas confirmé qu'il a le dossier : consignez d'abord sa réception (`ConfirmReferral`), "
        "ou que le renvoi est resté sans suite (`EndReferral`)."
    ),
    "This referral came to nothing before: refer it anew (`ReferCase`) if the other body has it after all.": (
        "Ce renvoi est resté sans suite : renvoyez de nouveau (`ReferCase`) si l'autre organisme l'a finalement."
    ),
    "A machine ends no referral: let a person say what came of it.": (
        "Une machine ne met fin à aucun renvoi : laissez une personne dire ce qu'il en est advenu."
    ),
    "The other body has the whole case: close it as referred, and reopen it (`ReopenCase`) if it comes back.": (
        "L'autre organisme a tout le dossier : réglez-le comme renvoyé, et rouvrez-le (`ReopenCase`) s'il revient."
    ),
    "It came to nothing after it was sent: give a later time.": (
        "Il est resté sans suite après l'envoi : donnez un moment plus tardif."
    ),
    "A wait that ended before today is ended on evidence: end it first (`EndWaiting`), then say what came of the "
    "referral.": (
        "Une attente qui a pris fin avant aujourd'hui se termine sur preuve : mettez-y d'abord fin (`EndWaiting`), "
        "puis dites ce qu'il est advenu du renvoi."
    ),
    "The other body has it after it was sent, and not in the future: give such a time.": (
        "L'autre organisme l'a reçu après l'envoi, et non dans l'avenir : donnez un tel moment."
    ),
    "No referral of this case can come to nothing.": (
        "Aucun renvoi de ce dossier ne peut rester sans suite."
    ),
    "No referral of this case waits for its confirmation.": (
        "Aucun renvoi de ce dossier n'attend sa confirmation."
    ),
    # Escalations
    "{party} is nobody to escalate to: name a member, or one of {known}.": (
        "{party} n'est personne à qui signaler un dossier : nommez un membre, ou l'une de ces valeurs : "
        "{known}."
    ),
    "{given} is not a reason to escalate; the policy knows {known}.": (
        "{given} n'est pas un motif de signalement; la politique connaît : {known}."
    ),
    "No such escalation is on this case: name one that was raised on it.": (
        "Ce signalement n'est pas dans ce dossier : nommez-en un qui y a été fait."
    ),
    "A machine acknowledges nothing: let a person answer the escalation.": (
        "Une machine n'accuse réception de rien : qu'une personne réponde au signalement."
    ),
    "Say by when you will act: give a time to come (`act_by`).": (
        "Dites pour quand vous agirez : donnez un moment à venir (`act_by`)."
    ),
    "Accepting a breach takes a reason: put it in words.": (
        "Accepter un dépassement exige un motif : mettez-le par écrit."
    ),
    "No escalation of this case waits for an answer.": (
        "Aucun signalement de ce dossier n'attend de réponse."
    ),
    "{given} is not an alarm; the ledger knows {known}.": (
        "{given} n'est pas une alarme; le registre connaît : {known}."
    ),
    # Recusal
    "{member} is not a member of the policy in force: recuse yourself by your code.": (
        "{member} n'est pas membre selon la politique en vigueur : récusez-vous par votre code."
    ),
    "Nobody recuses another from a case: let {member} do it, or transfer the case.": (
        "Nul ne récuse une autre personne d'un dossier : laissez {member} le faire, ou transférez le "
        "dossier."
    ),
    # Tasks and follow-ups
    "No team has this case yet: say which team does the task (`team`).": (
        "Aucune équipe n'a encore ce dossier : dites quelle équipe accomplit la tâche (`team`)."
    ),
    "{given} is not a skill; the policy knows {known}.": (
        "{given} n'est pas une compétence; la politique connaît : {known}."
    ),
    "The task would be due by a time that has passed: give a later one.": (
        "La tâche serait due à un moment déjà passé : donnez-en un plus tardif."
    ),
    "{member} has this task already: let them do it or give it back (`GiveBackTask`), or call it off and "
    "add another.": (
        "{member} a déjà cette tâche : laissez-la-lui, faites-la rendre (`GiveBackTask`), ou annulez-la et ajoutez-en "
        "une autre."
    ),
    "A machine gives no task back: let a person say that it cannot be done so.": (
        "Une machine ne rend aucune tâche : qu'une personne dise qu'elle ne peut être faite ainsi."
    ),
    "{given} is not a reason to give a task back; the policy knows {known}.": (
        "{given} n'est pas un motif pour rendre une tâche; la politique connaît : {known}."
    ),
    "Nobody has a task of this case: there is none to give back.": (
        "Personne n'a de tâche de ce dossier : il n'y en a aucune à rendre."
    ),
    "A machine calls no task off: let a person say it is not needed.": (
        "Une machine n'annule aucune tâche : qu'une personne dise qu'elle n'est pas nécessaire."
    ),
    "Judgement tasks of this case are open ({count}): complete or cancel them first.": (
        "Des tâches de jugement de ce dossier sont ouvertes ({count}) : accomplissez-les ou annulez-les "
        "d'abord."
    ),
    "No such task is on this case: name one that was added.": (
        "Cette tâche n'est pas dans ce dossier : nommez-en une qui y a été ajoutée."
    ),
    "No task of this case is open.": "Aucune tâche de ce dossier n'est ouverte.",
    "This task was {state} before: add another if more is to be done.": (
        "Cette tâche a déjà été {state} : ajoutez-en une autre s'il reste à faire."
    ),
    "{member} lacks the skill {skill} that this task asks for: let somebody do it who has it.": (
        "{member} n'a pas la compétence {skill} que cette tâche exige : confiez-la à une personne qui l'a."
    ),
    "A machine makes no judgement: let a person do this task.": (
        "Une machine ne porte aucun jugement : confiez cette tâche à une personne."
    ),
    "This task needs delegated authority: name the delegation you act under.": (
        "Cette tâche exige un pouvoir délégué : nommez la délégation en vertu de laquelle vous agissez."
    ),
    "A follow-up is due at a time to come: give a later one (`due_at`).": (
        "Un suivi est dû à un moment à venir : donnez-en un plus tardif (`due_at`)."
    ),
    "No such decision is on this case: name the one in which this was promised.": (
        "Cette décision n'est pas dans ce dossier : nommez celle où ceci fut promis."
    ),
    "This follow-up is done: set another if more is to be done.": (
        "Ce suivi est fait : fixez-en un autre s'il reste à faire."
    ),
    "A machine gives nobody a follow-up: let a person do it.": (
        "Une machine ne confie de suivi à personne : confiez-le à une personne."
    ),
    "No such follow-up is on this case: name one that was set.": (
        "Ce suivi n'est pas dans ce dossier : nommez-en un qui a été fixé."
    ),
    "{member} is no person of the policy in force: name one who answers for it.": (
        "{member} n'est pas une personne de la politique en vigueur : nommez-en une qui en répond."
    ),
    "Nothing is to be followed up on this case.": (
        "Il n'y a aucun suivi à donner dans ce dossier."
    ),
}

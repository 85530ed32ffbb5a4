"""Sentences about decisions, delegations, resolutions, returns after them, reviews, and readiness to decide."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Readiness
    "The case is not ready to be decided ({unmet}): meet each check and mark the case ready, or override it "
    "with its reason.": (
        "Le dossier n'est pas prêt à être tranché ({unmet}) : satisfaites à chaque vérification et déclarez "
        "le dossier prêt, ou écartez-la avec son motif."
    ),
    "Nobody has found the case ready to be decided: mark it ready first.": (
        "Personne n'a jugé le dossier prêt à être tranché : déclarez-le prêt d'abord."
    ),
    "The case is not ready ({unmet}): meet each check, confirm those that are a person's to confirm, or "
    "override them.": (
        "Le dossier n'est pas prêt ({unmet}) : satisfaites à chaque vérification, confirmez celles qu'une "
        "personne doit confirmer, ou écartez-les."
    ),
    "{check} is not a check that a person confirms; there is {known}.": (
        "{check} n'est pas une vérification qu'une personne confirme; il y a : {known}."
    ),
    "{check} is not a check of this type; it has {known}.": (
        "{check} n'est pas une vérification de ce type; il a : {known}."
    ),
    "A machine finds no case ready to be decided: let a person do it.": (
        "Une machine ne juge aucun dossier prêt à être tranché : confiez-le à une personne."
    ),
    # Authority
    "A machine never decides a case: let a person with the authority decide it.": (
        "Une machine ne tranche jamais un dossier : qu'une personne qui en a le pouvoir le fasse."
    ),
    "A machine never reopens a case: propose it to a person.": (
        "Une machine ne rouvre jamais un dossier : proposez-le à une personne."
    ),
    "A machine never reviews a decision: let a person do it.": (
        "Une machine ne révise jamais une décision : confiez-le à une personne."
    ),
    "A machine never decides that a matter came back: let a person do it.": (
        "Une machine ne décide jamais qu'une affaire est revenue : confiez-le à une personne."
    ),
    "A machine does not answer a request, nor close one that needs care: let a person do it.": (
        "Une machine ne répond pas à une demande, ni ne met fin à une demande qui exige du soin : "
        "confiez-le à une personne."
    ),
    "A machine gives nobody a decision that takes judgement: let a person issue it.": (
        "Une machine ne communique pas de décision qui exige du jugement : qu'une personne l'émette."
    ),
    "A decision of type {type} needs delegated authority: name the delegation you act under; {who} holds {codes}.": (
        "Une décision du type {type} exige un pouvoir délégué : nommez la délégation en vertu de laquelle "
        "vous agissez; {who} détient {codes}."
    ),
    "A decision of type {type} needs delegated authority, and {who} holds none for it: let a holder decide, or say "
    "for which holder you stand in ({codes}).": (
        "Une décision du type {type} exige un pouvoir délégué, et {who} n'en détient aucun pour cela : qu'un "
        "titulaire tranche, ou dites quel titulaire vous suppléez ({codes})."
    ),
    "A decision of type {type} needs delegated authority, and nobody holds any on {day}: let the director delegate it "
    "first.": (
        "Une décision du type {type} exige un pouvoir délégué, et personne n'en détient le {day} : que la direction "
        "le délègue d'abord."
    ),
    "{delegation} is not a delegation of the policy in force: cite one that is, it has {known}.": (
        "{delegation} n'est pas une délégation de la politique en vigueur : citez-en une; elle a : {known}."
    ),
    "The delegation {delegation} {lapsed}: cite one that is valid on {day}.": (
        "La délégation {delegation} {lapsed} : citez-en une qui vaut le {day}."
    ),
    "The delegation {delegation} is for {types} and not for {type}: cite one for this type.": (
        "La délégation {delegation} vaut pour {types} et non pour {type} : citez-en une pour ce type."
    ),
    "Under the delegation {delegation} a case is decided as {outcomes} and not as {outcome}: let somebody "
    "decide who may.": (
        "En vertu de la délégation {delegation}, un dossier se tranche par {outcomes} et non par {outcome} "
        ": qu'une personne qui le peut le tranche."
    ),
    "{member} does not hold the delegation {delegation}: let a holder decide, or say for which holder you "
    "stand in.": (
        "{member} n'est pas titulaire de la délégation {delegation} : laissez trancher un titulaire, ou "
        "dites quel titulaire vous suppléez."
    ),
    "{absent}, for whom {member} stands in, does not hold the delegation {delegation}: let a holder decide.": (
        "{absent}, dont {member} assure la suppléance, n'est pas titulaire de la délégation {delegation} : "
        "laissez trancher un titulaire."
    ),
    "{member} is in no team of {absent} and cannot stand in under the delegation {delegation}: let a holder "
    "decide.": (
        "{member} n'est d'aucune équipe de {absent} et ne peut assurer la suppléance en vertu de la "
        "délégation {delegation} : laissez trancher un titulaire."
    ),
    "The delegation {delegation} has a limit of {limit}: say what the decision is worth, 0 if nothing.": (
        "La délégation {delegation} a une limite de {limit} : dites ce que vaut la décision, 0 si "
        "rien."
    ),
    "The decision is worth {amount} and the delegation {delegation} ends at {limit}: let somebody "
    "decide who may.": (
        "La décision vaut {amount} et la délégation {delegation} s'arrête à {limit} : qu'une personne "
        "qui le peut tranche."
    ),
    # Resolutions
    "{outcome} is not an outcome; the policy knows {known}.": (
        "{outcome} n'est pas une issue; la politique connaît : {known}."
    ),
    "That is not the latest decision of this case: name the one that stands (`replaces`), or none where the case has "
    "none.": (
        "Ce n'est pas la dernière décision de ce dossier : nommez celle qui vaut (`replaces`), ou aucune si le dossier "
        "n'en a pas."
    ),
    "The case was decided as '{outcome}' and that was not given yet: correct its reasons (`CorrectEntry`), or name "
    "decision {decision} as the one that this takes the place of (`replaces`).": (
        "Le dossier a été tranché par « {outcome} » et cela n'a pas encore été communiqué : corrigez les motifs "
        "(`CorrectEntry`), ou nommez la décision {decision} comme celle dont celle-ci prend la place (`replaces`)."
    ),
    "The review found '{outcome}' and that was given: correct its reasons (`CorrectEntry`), or resolve the case and "
    "open it again (`ReopenCase`) to find otherwise.": (
        "La révision a conclu « {outcome} » et cela a été communiqué : corrigez les motifs (`CorrectEntry`), ou réglez "
        "le dossier et rouvrez-le (`ReopenCase`) pour conclure autrement."
    ),
    "The case was decided as '{outcome}' and that was given: correct its reasons (`CorrectEntry`), have it reviewed "
    "(`OpenReview`), or resolve the case so and open it again (`ReopenCase`) to decide it anew.": (
        "Le dossier a été tranché par « {outcome} » et cela a été communiqué : corrigez les motifs (`CorrectEntry`), "
        "faites réviser la décision (`OpenReview`), ou réglez le dossier ainsi et rouvrez-le (`ReopenCase`) pour "
        "trancher à nouveau."
    ),
    "The case is resolved as '{outcome}' already: correct that entry, or reopen the case.": (
        "Le dossier est déjà réglé par « {outcome} » : corrigez cette inscription, ou rouvrez le dossier."
    ),
    "A case of type {type} takes a decision and has none: say in the words why it is closed as '{outcome}', or "
    "record the decision.": (
        "Un dossier du type {type} appelle une décision et n'en a pas : dites dans le texte pourquoi il est clos "
        "comme « {outcome} », ou consignez la décision."
    ),
    "A case of type {type} is resolved as '{outcome}' by its decision: record the decision first.": (
        "Un dossier du type {type} se règle par « {outcome} » selon sa décision : consignez d'abord la "
        "décision."
    ),
    "The case was decided as '{decided}': resolve it so, or say in the words why it is closed as '{outcome}'.": (
        "Le dossier a été tranché par « {decided} » : réglez-le ainsi, ou dites dans le texte pourquoi il est clos "
        "comme « {outcome} »."
    ),
    "The case was decided as '{decided}': resolve it so, or, where that was not given yet, record another decision in "
    "its place first.": (
        "Le dossier a été tranché par « {decided} » : réglez-le ainsi ou, si cela n'a pas encore été communiqué, "
        "consignez d'abord une autre décision à sa place."
    ),
    "The decision was not given yet: issue its notice, and record that it was given.": (
        "La décision n'a pas encore été communiquée : émettez son avis, et consignez qu'il fut donné."
    ),
    "The case is open, so there is nothing to reopen: go on working on it.": (
        "Le dossier est ouvert, il n'y a donc rien à rouvrir : continuez de le traiter."
    ),
    "{given} is not a reason to reopen; the policy knows {known}.": (
        "{given} n'est pas un motif de réouverture; la politique connaît : {known}."
    ),
    "The resolution is settled, so its clocks begin anew: reopen with 'restart', or open a new case and link "
    "it.": (
        "Le règlement est définitif, ses délais recommencent donc : rouvrez avec « restart », ou ouvrez "
        "un nouveau dossier et liez-le."
    ),
    # Returns after a resolution
    "A contact is proposed as a return: decide that first (`DecideReturn`).": (
        "Un contact est proposé comme retour : tranchez cela d'abord (`DecideReturn`)."
    ),
    "No return of this case is proposed: there is nothing to decide.": (
        "Aucun retour de ce dossier n'est proposé : il n'y a rien à décider."
    ),
    "A case is closed as '{outcome}' of another one: name that case (`other_case`), or link the two as the same "
    "matter first (`LinkCase`).": (
        "Un dossier est clos comme « {outcome} » d'un autre : nommez cet autre dossier (`other_case`), ou reliez "
        "d'abord les deux comme étant de la même affaire (`LinkCase`)."
    ),
    "The quiet window lasts until the end of {day}: settle the case after that.": (
        "La période d'attente dure jusqu'à la fin du {day} : rendez le règlement définitif après cela."
    ),
    "This contact was decided to be '{answer}' already: reopen the case, or correct that entry.": (
        "Il a déjà été décidé que ce contact est « {answer} » : rouvrez le dossier, ou corrigez cette "
        "inscription."
    ),
    "This contact is not proposed as a return: name one that is, or reopen the case.": (
        "Ce contact n'est pas proposé comme retour : nommez-en un qui l'est, ou rouvrez le dossier."
    ),
    "A return opens the case again: say why, and what its clocks do about the time in between.": (
        "Un retour rouvre le dossier : dites pourquoi, et ce que ses délais font du temps écoulé "
        "entre-temps."
    ),
    "The case is open: it is settled after it was resolved.": (
        "Le dossier est ouvert : un règlement ne devient définitif qu'une fois le dossier réglé."
    ),
    # Reviews
    "A review is a case of its own: use a new case id.": (
        "Une révision est un dossier à part : employez un nouvel identifiant de dossier."
    ),
    "Say of which type the review is; the policy has {known}.": (
        "Dites de quel type est la révision; la politique a : {known}."
    ),
    "The case has no decision to review: go on working on it, or reopen it.": (
        "Le dossier n'a aucune décision à réviser : continuez de le traiter, ou rouvrez-le."
    ),
    "The review upheld the decision, which grants nothing: resolve it as 'refused', not as '{outcome}'.": (
        "La révision a maintenu la décision, ce qui n'accorde rien : réglez-la comme « refused », non comme "
        "« {outcome} »."
    ),
    "Case {case} has reviewed the decision for this requester already: what comes after a review is the regulator or a "
    "court, recorded with `caseledger appeal`.": (
        "Le dossier {case} a déjà révisé la décision pour la personne qui demande : après une révision vient "
        "l'organisme de réglementation ou un tribunal, à consigner par `caseledger appeal`."
    ),
    "The case has no decision that could be taken to a regulator or a court: record the decision first.": (
        "Le dossier n'a aucune décision à porter devant un organisme de réglementation ou un tribunal : consignez "
        "d'abord la décision."
    ),
    "{member} recorded at {instant} that this decision was taken there, as appeal {appeal}: if this is another one, "
    "such as by another party, say so (`another`).": (
        "{member} a consigné le {instant} que cette décision a été portée devant cette instance, par le recours "
        "{appeal} : si celui-ci en est un autre, par exemple d'une autre partie, dites-le (`another`)."
    ),
    "No such appeal of this case is on record: record it with `caseledger appeal`.": (
        "Aucun recours de ce genre n'est au dossier : consignez-le par `caseledger appeal`."
    ),
    "No appeal of this case is open: there is nothing to end.": (
        "Aucun recours de ce dossier n'est en cours : il n'y a rien à clore."
    ),
    "What was decided is not corrected, since nothing would follow from it: record another decision in its place "
    "(`RecordDecision`), after opening the case again where this one was given.": (
        "Ce qui a été décidé ne se corrige pas, puisque rien n'en découlerait : consignez une autre décision à sa "
        "place (`RecordDecision`), après avoir rouvert le dossier si celle-ci a été communiquée."
    ),
    "A machine corrects no decision: let a person with the authority do it.": (
        "Une machine ne corrige aucune décision : qu'une personne habilitée le fasse."
    ),
    "A machine says of no decision that it was taken to a regulator or a court: let a person say it.": (
        "Une machine ne dit d'aucune décision qu'elle est portée devant un organisme de réglementation ou un "
        "tribunal : qu'une personne le dise."
    ),
    "The decision was taken to a regulator or a court, which placed this hold: record how that ended, and with it the "
    "hold is released.": (
        "La décision a été portée devant un organisme de réglementation ou un tribunal, d'où cette mise en réserve : "
        "consignez comment cela a pris fin, et elle sera levée."
    ),
    "Case {case} reviews the decision for this requester already: log there what is new.": (
        "Le dossier {case} révise déjà la décision pour la personne qui demande : inscrivez-y ce qui est nouveau."
    ),
    "This case reviews a decision: record what the review found (`RecordReview`).": (
        "Ce dossier révise une décision : consignez ce que la révision a constaté (`RecordReview`)."
    ),
    "This case reviews the decision of case {case}, which says what was found of it: name that case (`other_case`).": (
        "Ce dossier révise la décision du dossier {case}, qui dit ce qu'on en a conclu : nommez ce dossier "
        "(`other_case`)."
    ),
    "No such case reviews the decision of this one: open a review of it.": (
        "Aucun dossier de ce genre ne révise la décision de celui-ci : ouvrez-en une révision."
    ),
    "This case reviews no decision: record a decision, or open a review.": (
        "Ce dossier ne révise aucune décision : consignez une décision, ou ouvrez une révision."
    ),
    "{member} made the decision under review: let somebody review it who did not.": (
        "{member} a pris la décision en révision : qu'une autre personne la révise."
    ),
    "{member} is of the team {team}, which made the decision under review: let somebody of another team "
    "review it.": (
        "{member} est de l'équipe {team}, qui a pris la décision en révision : qu'une personne d'une autre "
        "équipe la révise."
    ),
}

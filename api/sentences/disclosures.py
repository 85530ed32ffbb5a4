"""Sentences about disclosures: what is asked for, searched, consulted on and charged, approved and answered."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # There, and who keeps it
    "No such disclosure is in this ledger: check its id with `caseledger disclosure`.": (
        "Cette communication n'est pas dans ce registre : vérifiez son identifiant par `caseledger "
        "disclosure`."
    ),
    "No such disclosure is in this ledger: check its id.": (
        "Cette communication n'est pas dans ce registre : vérifiez son identifiant."
    ),
    "Nothing was known of this disclosure then: ask about a later instant.": (
        "Rien n'était alors connu de cette communication : demandez un instant ultérieur."
    ),
    "A machine {does}: let a person of the access office do it.": (
        "Une machine {does} : confiez-le à une personne du bureau d'accès."
    ),
    "{member} acts for {team}, and disclosures are kept by {teams}: let somebody there do it.": (
        "{member} agit pour {team}, et les communications sont tenues par {teams} : confiez-le à quelqu'un "
        "là-bas."
    ),
    # Opening
    "This disclosure answers another request: open one with a new id.": (
        "Cette communication répond à une autre demande : ouvrez-en une sous un nouvel identifiant."
    ),
    "The request is a case that is not in this ledger: open it first.": (
        "La demande est un dossier qui n'est pas dans ce registre : ouvrez-le d'abord."
    ),
    "The person it is about is named where they ask for what is held about them, and nowhere else: give "
    "--party with the audience 'subject'.": (
        "La personne visée se nomme là où elle demande ce qui est détenu à son sujet, et nulle part "
        "ailleurs : donnez --party avec le public « subject »."
    ),
    "What is published is the answer of another disclosure: give --publishes with the audience 'publication', "
    "and with no other.": (
        "Ce qui se publie est la réponse d'une autre communication : donnez --publishes avec le public « "
        "publication », et avec nul autre."
    ),
    "The disclosure {disclosure} is open for the same request: go on with it, or end it with `caseledger "
    "disclosure end`.": (
        "La communication {disclosure} est en cours pour la même demande : poursuivez-la, ou mettez-y fin par "
        "`caseledger disclosure end`."
    ),
    "This disclosure answered the request, and what was answered stays: a later release of it can only "
    "supersede what it gave.": (
        "Cette communication a répondu à la demande, et ce qui a été répondu demeure : une remise ultérieure "
        "peut seulement remplacer ce qu'elle a donné."
    ),
    "This disclosure was ended as begun by mistake: go on with the one that answers the request, or begin one "
    "with `caseledger disclosure begin`.": (
        "Cette communication, entreprise par erreur, a pris fin : poursuivez celle qui répond à la demande, ou "
        "entreprenez-en une par `caseledger disclosure begin`."
    ),
    "Nothing of that disclosure was released yet, so there is nothing to publish: name one that was answered.": (
        "Rien de cette communication n'a encore été remis, il n'y a donc rien à publier : nommez-en une qui "
        "a reçu réponse."
    ),
    "What somebody was given about themselves is published nowhere: decide not to publish it.": (
        "Ce qu'une personne a reçu à son propre sujet ne se publie nulle part : décidez de ne pas le "
        "publier."
    ),
    # Scope
    "The applicant was asked already: record the scope that is agreed, then ask again.": (
        "La personne qui demande a déjà été interrogée : consignez la portée convenue, puis redemandez."
    ),
    "The scope is about another person than the request: leave the party out, or open a disclosure for them.": (
        "La portée vise une autre personne que la demande : omettez la partie, ou ouvrez une communication "
        "pour elle."
    ),
    "The scope ends before it begins: give a later end.": (
        "La portée finit avant de commencer : donnez une fin plus tardive."
    ),
    "The scope names the case {case}, which is not in this ledger.": (
        "La portée nomme le dossier {case}, qui n'est pas dans ce registre."
    ),
    "The disclosure has no scope yet: say what it covers first.": (
        "La communication n'a pas encore de portée : dites d'abord ce qu'elle couvre."
    ),
    "The scope selects nothing: widen it, or answer that there is no record.": (
        "La portée ne retient rien : élargissez-la, ou répondez qu'il n'y a aucun document."
    ),
    "The scope selects nothing: name cases with {option}, or list documents with `caseledger disclosure "
    "item`.": (
        "La portée ne retient rien : nommez des dossiers par {option}, ou inscrivez des documents par "
        "`caseledger disclosure item`."
    ),
    "{stream} is not in the scope of this disclosure: widen the scope first.": (
        "{stream} n'est pas dans la portée de cette communication : élargissez-la d'abord."
    ),
    # Searches
    "The search found nothing: say who signed for it with --nil-signed-by.": (
        "La recherche n'a rien trouvé : dites qui en a signé par --nil-signed-by."
    ),
    "The search found something, so it is no nil return: leave the sign out.": (
        "La recherche a trouvé quelque chose, ce n'est donc pas un constat d'absence : omettez la "
        "signature."
    ),
    "The custodian was tasked on a day that is still to come: give the date.": (
        "La recherche aurait été demandée un jour encore à venir : donnez la date."
    ),
    "The dates that the search covers end before they begin: give them again.": (
        "Les dates que couvre la recherche finissent avant de commencer : redonnez-les."
    ),
    # Consultations
    "Say who is consulted: a party of this ledger, or a body by its name.": (
        "Dites qui est consulté : une partie de ce registre, ou un organisme par son nom."
    ),
    "Say what of theirs may be released: name items, or count slots.": (
        "Dites ce qui, venant de la partie consultée, pourrait être communiqué : nommez des documents, ou "
        "comptez des champs."
    ),
    "This consultation is decided: what they say now belongs into a review.": (
        "Cette consultation est tranchée : ce qui est dit maintenant relève d'une révision."
    ),
    "This consultation is decided: record a review of it, if there was one.": (
        "Cette consultation est tranchée : consignez-en une révision, s'il y en a eu une."
    ),
    "By this law they answer in writing: ask them to, or change the policy.": (
        "Selon cette loi, la réponse se donne par écrit : demandez-la ainsi, ou changez la politique."
    ),
    "They may answer until {day}: wait for that day to end.": (
        "La réponse est possible jusqu'au {day} : attendez la fin de ce jour."
    ),
    "They have not answered, and their time is not over: decide after that.": (
        "Aucune réponse n'est venue, et le délai n'est pas écoulé : tranchez après cela."
    ),
    "Nothing was decided yet, so nothing can be reviewed: decide first.": (
        "Rien n'est encore tranché, rien ne peut donc être révisé : tranchez d'abord."
    ),
    "No review of this consultation is open: record that one was sought first.": (
        "Aucune révision de cette consultation n'est en cours : consignez d'abord qu'une fut demandée."
    ),
    "No such consultation is in this disclosure: give the notice of it first.": (
        "Cette consultation n'est pas dans cette communication : donnez-en d'abord avis."
    ),
    "Say which consultation with {option}; this disclosure has {known}.": (
        "Dites quelle consultation par {option}; cette communication a : {known}."
    ),
    "This names the applicant, whom a notice to somebody else must not name: write it without.": (
        "Ceci nomme la personne qui demande, qu'un avis à quelqu'un d'autre ne doit pas nommer : écrivez-le "
        "sans cela."
    ),
    # Fees
    "These lines come to {total}, which is more than can be recorded: check what each is of.": (
        "Ces lignes font {total}, ce qui est plus que l'on ne peut consigner : vérifiez chacune."
    ),
    "The deposit of {deposit} is more than the estimate of {total}: ask for less.": (
        "Le dépôt de {deposit} dépasse l'estimation de {total} : demandez moins."
    ),
    "The fee is settled: refund or charge by a new request.": (
        "Les droits sont réglés : remboursez ou percevez par une nouvelle demande."
    ),
    "Nobody asked for a waiver, or it was decided: record that one is asked for first.": (
        "Personne n'a demandé de dispense, ou elle est tranchée : consignez d'abord qu'une est demandée."
    ),
    "A waiver in part is of more than 0 and less than {total}: say how much.": (
        "Une dispense partielle porte sur plus de 0 et moins de {total} : dites combien."
    ),
    "What is owed is {owed}: record that, and give the rest back.": (
        "Il est dû {owed} : consignez cette somme, et rendez le reste."
    ),
    "What was paid and not given back is {left}: refund no more.": (
        "Il a été payé et non remboursé {left} : ne remboursez pas plus."
    ),
    "No fee was estimated for this disclosure: estimate it first.": (
        "Aucuns droits n'ont été estimés pour cette communication : estimez-les d'abord."
    ),
    "Documents alone are in scope, of which no bundle is made: give them as they are and record on the case that "
    "access was given (`ReachMilestone`), or draw the case of the request into the scope too.": (
        "La portée ne comprend que des documents, dont il ne se fait pas de paquet : remettez-les tels quels et "
        "consignez au dossier que l'accès a été donné (`ReachMilestone`), ou comprenez-y aussi le dossier de la "
        "demande."
    ),
    "What is still owed of the fee is {owed}: record the payment, or waive it.": (
        "Il reste dû {owed} de droits : consignez le paiement, ou accordez une dispense."
    ),
    # Approval and answer
    "Nothing is claimed only where the law allows neither to confirm nor to deny: say with --reason where it "
    "does.": (
        "Rien n'est affirmé seulement là où la loi permet de ne confirmer ni d'infirmer : dites par "
        "--reason où elle le permet."
    ),
    "The scope is not of whole streams: claim a stated scope, or widen it.": (
        "La portée n'est pas faite de suites entières : affirmez une portée indiquée, ou élargissez-la."
    ),
    "A machine approves no release: let a second person do it.": (
        "Une machine n'approuve aucune remise : confiez-le à une deuxième personne."
    ),
    "{member} does not approve releases: let one of {approvers} do it.": (
        "{member} n'approuve pas de remises : confiez-le à l'une de ces personnes : {approvers}."
    ),
    "{member} worked on this disclosure and cannot approve it: let another person do it.": (
        "{member} a travaillé à cette communication et ne peut l'approuver : confiez-le à une autre "
        "personne."
    ),
    "The policy knows of more than one officer, so nobody approves their own work: let another person do it.": (
        "La politique connaît plus d'une personne responsable, nul n'approuve donc son propre travail : "
        "confiez-le à une autre personne."
    ),
    "Say with --words why there is nobody else to approve: the records officer will ask.": (
        "Dites par --words pourquoi il n'y a personne d'autre pour approuver : les archivistes le "
        "demanderont."
    ),
    "The decision is not approved: let a second person approve it first.": (
        "La décision n'est pas approuvée : qu'une deuxième personne l'approuve d'abord."
    ),
    "No such notice was issued on the case of this request: issue it first.": (
        "Cet avis n'a pas été émis dans le dossier de cette demande : émettez-le d'abord."
    ),
    "By this notice whoever asked was not given the decision that stands: name the letter of it that reached them, "
    "once that is recorded (`RecordNoticeGiven`), or leave it out.": (
        "Par cet avis, la décision qui vaut n'a pas été communiquée à qui l'a demandée : nommez la lettre qui l'a fait "
        "parvenir, une fois sa réception inscrite (`RecordNoticeGiven`), ou n'en nommez aucune."
    ),
    "Nothing of it is withheld and every document is given, so the request is granted whole: say 'granted'.": (
        "Rien n'en est retenu et chaque document est remis, la demande est donc accordée en entier : dites « granted »."
    ),
    "Something is withheld under {exemptions}, so the request is not granted whole: say 'part' or 'refused'.": (
        "Quelque chose est retenu en vertu de {exemptions}, la demande n'est donc pas accordée en entier : "
        "dites « part » ou « refused »."
    ),
    "The disclosure covers nothing yet: draw its scope or list a document, one of 'no record' if there is "
    "none.": (
        "La communication ne couvre encore rien : établissez sa portée ou inscrivez un document, « no "
        "record » s'il n'y en a aucun."
    ),
    "Nobody decided what the release claims: decide it with `caseledger disclosure claim`.": (
        "Personne n'a décidé ce que la remise affirme : décidez-le par `caseledger disclosure claim`."
    ),
    "Personal slots in scope that are not decided: {count}; decide each with `caseledger disclosure decide`.": (
        "Champs personnels de la portée qui ne sont pas tranchés : {count}; tranchez chacun par `caseledger "
        "disclosure decide`."
    ),
    "Personal slots in scope that are not decided: {count}; nothing is released before each is.": (
        "Champs personnels de la portée qui ne sont pas tranchés : {count}; rien n'est remis avant que chacun le soit."
    ),
    "Proposals of the finder that are not answered: {count}; accept or reject each.": (
        "Propositions du repérage qui sont sans réponse : {count}; acceptez ou rejetez chacune."
    ),
    "Documents that are not decided: {count}; say what becomes of each.": (
        "Documents qui ne sont pas tranchés : {count}; dites le sort de chacun."
    ),
    "Consultations that are not decided: {count}; decide each when they answered or their time is over.": (
        "Consultations qui ne sont pas tranchées : {count}; tranchez chacune une fois la réponse venue ou le "
        "délai écoulé."
    ),
    "Treated otherwise than before: {count}; say why with `caseledger disclosure explain`, or treat them alike.": (
        "Traités autrement qu'auparavant : {count}; dites pourquoi par `caseledger disclosure explain`, ou "
        "traitez-les de même."
    ),
}

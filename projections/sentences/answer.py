"""Sentences of the trail about the answer to a request: notices, readiness, resolution and what comes after it."""

from __future__ import annotations

from projections.sentences.sentence import Sentence

ANSWER_SENTENCES: dict[str, Sentence] = {
    "NeedMet": Sentence(
        "This was met: {need}.[ The case is complete since {complete_at}.][ Words: {words}.]",
        "Ceci a été satisfait : {need}.[ Le dossier est complet depuis le {complete_at}.]"
        "[ Texte : {words}.]",
    ),
    "ContactPromised": Sentence(
        "The requester was promised to hear from us by {by_at}.[ Words: {words}.]",
        "On a promis au demandeur des nouvelles au plus tard le {by_at}.[ Texte : {words}.]",
    ),
    "SafeContactSet": Sentence(
        "How the requester must not be contacted was set down[: not by {channels}]."
        "[ Times: {times}.][ Names: {names}.]",
        "La manière dont il ne faut pas joindre le demandeur a été consignée[ : pas par {channels}]."
        "[ Heures : {times}.][ Noms : {names}.]",
    ),
    "NoticeIssued": Sentence(
        "A notice was sent[ to the party {recipient}{to_requester}]: {kind}, by {channel}, in {language} (template {template}, version "
        "{template_version})[; it states the rights of its recipient{rights_stated}]"
        "[; the request lapses if nothing comes by {lapses_at}]."
        "[ It tells that the clock {clock} is extended by {extends_by}, in its own unit.]"
        "[ Subject: {subject}.][ Words: {words}.]",
        "Un avis a été envoyé[ à la partie {recipient}{to_requester}] : {kind}, par {channel}, en {language} (gabarit {template}, version "
        "{template_version})[; il indique les droits de son destinataire{rights_stated}]"
        "[; la demande se périme si rien ne vient au plus tard le {lapses_at}]."
        "[ Il dit que le délai {clock} est prorogé de {extends_by}, dans sa propre unité.]"
        "[ Objet : {subject}.][ Texte : {words}.]",
    ),
    "NoticeGiven": Sentence(
        "The notice was given.[ With it this was done: {acts}.]",
        "L'avis a été remis.[ Par lui, ceci a été fait : {acts}.]",
    ),
    "NoticeFailed": Sentence(
        "The notice did not reach its recipient: {reason}.[ Not done after all: {undone}.]"
        "[ Words: {words}.]",
        "L'avis n'a pas atteint son destinataire : {reason}.[ Finalement pas fait : {undone}.]"
        "[ Texte : {words}.]",
    ),
    "CaseMarkedReady": Sentence(
        "The case was found ready to be decided[; met: {met}][; confirmed: {confirmed}]"
        "[; overridden: {overridden}].",
        "Le dossier a été jugé prêt à être tranché[; satisfait : {met}][; confirmé : {confirmed}]"
        "[; écarté : {overridden}].",
    ),
    "ReadinessOverridden": Sentence(
        "The check '{check}' was set aside; the case may be decided without it.[ Why: {reason}.]",
        "La vérification « {check} » a été écartée; le dossier peut être tranché sans elle.[ Motif : {reason}.]",
    ),
    "AmountDecided": Sentence(
        "The decision is worth {amount_cents}.",
        "La décision vaut {amount_cents}.",
    ),
    "ReturnProposed": Sentence(
        "A contact by {channel} came in the quiet window after the resolution; a person decides whether "
        "the matter came back.",
        "Un contact par {channel} est survenu pendant la période d'attente après le règlement; une "
        "personne décide si l'affaire est revenue.",
    ),
    "ReturnDecided": Sentence(
        "Of the contact after the resolution it was decided: {answer}.[ Words: {words}.]",
        "Au sujet du contact après le règlement, il a été décidé : {answer}.[ Texte : {words}.]",
    ),
    "CaseSettled": Sentence(
        "The quiet window is over and nothing came back: the resolution stands.",
        "La période d'attente est passée et rien n'est revenu : le règlement tient.",
    ),
    "ReviewOpened": Sentence(
        "This case reviews the decision of case {other_case}[, which {decided_by} made]"
        "[ for the team {decided_for}].[ Who asks is told there: {held_there}.]",
        "Ce dossier révise la décision du dossier {other_case}[, prise par {decided_by}]"
        "[ pour l'équipe {decided_for}].[ Qui demande y est indiqué : {held_there}.]",
    ),
    "ReviewRecorded": Sentence(
        "The review of case {other_case} found the decision {finding}, on the basis of {legal_basis}"
        "[, under the delegation {delegation}].[ Evidence relied on: {evidence} {evidence:item|items}.]"
        "[ Reasons[, in {language}]: {reasons}.][ Approved by {approved_by}.]"
        "[ It takes the place of the finding {replaces}.]",
        "La révision du dossier {other_case} conclut que la décision est {finding}, sur le fondement "
        "de {legal_basis}[, en vertu de la délégation {delegation}].[ Preuves retenues : {evidence} "
        "{evidence:pièce|pièces}.][ Motifs[, en {language}] : {reasons}.][ Approuvé par {approved_by}.]"
        "[ Elle prend la place de la conclusion {replaces}.]",
    ),
    "DecisionContested": Sentence(
        "A review of the decision was opened, as case {other_case}.",
        "Une révision de la décision a été ouverte, sous le dossier {other_case}.",
    ),
    "DecisionReviewed": Sentence(
        "The decision was reviewed in case {other_case}, and {finding}.",
        "La décision a été révisée dans le dossier {other_case}, et {finding}.",
    ),
    "DecisionAppealed": Sentence(
        "The decision was taken to {taken_to}, {body}; the case is kept until that has ended.[ Words: {words}.]",
        "La décision a été portée devant {taken_to}, {body}; le dossier est conservé jusqu'à ce que cela prenne fin."
        "[ Texte : {words}.]",
    ),
    "AppealEnded": Sentence(
        "What the decision was taken to has ended: {ending}.[ Words: {words}.]",
        "Le recours contre la décision a pris fin : {ending}.[ Texte : {words}.]",
    ),
}

ANSWER_CODES: dict[str, Sentence] = {
    "own.adjustment": Sentence("adjustment", "mesure d'adaptation"),
    "own.by_at": Sentence("by when", "échéance promise"),
    "own.channel": Sentence("way in", "voie d'arrivée"),
    "own.custodian": Sentence("who keeps it", "qui la conserve"),
    "own.direction": Sentence("direction", "sens"),
    "own.flags": Sentence("flags", "indicateurs"),
    "own.handover": Sentence("handover", "transmission"),
    "own.kinds": Sentence("kinds", "genres"),
    "own.language": Sentence("language", "langue"),
    "own.legal_basis": Sentence("legal basis", "fondement"),
    "own.media_type": Sentence("media type", "type de média"),
    "own.minutes": Sentence("minutes", "minutes"),
    "own.names": Sentence("names", "noms"),
    "own.outcome": Sentence("outcome", "issue"),
    "own.pages": Sentence("pages", "pages"),
    "own.party": Sentence("party", "partie"),
    "own.place_kept": Sentence("where it lies", "lieu de conservation"),
    "own.reached_body_at": Sentence("when it reached us", "moment de la réception"),
    "own.reason": Sentence("reason", "motif"),
    "own.reasons": Sentence("reasons", "motifs"),
    "own.region": Sentence("region", "région"),
    "own.request_type": Sentence("request type", "type de demande"),
    "own.requester": Sentence("requester", "demandeur"),
    "own.severity": Sentence("severity", "gravité"),
    "own.source": Sentence("source", "source"),
    "own.text": Sentence("text", "texte"),
    "own.times": Sentence("times", "heures"),
    "own.title": Sentence("title", "titre"),
    "own.words": Sentence("words", "propos"),
    "alarm.notice_failed": Sentence(
        "a notice did not reach its recipient", "un avis n'a pas atteint son destinataire"
    ),
    "alarm.mail_bounced": Sentence(
        "a mail of ours came back, and a notice went out by e-mail",
        "un de nos courriels est revenu, et un avis est parti par courriel",
    ),
    "alarm.promise_missed": Sentence(
        "the requester was promised to hear from us, and did not",
        "le demandeur n'a pas eu les nouvelles promises",
    ),
    "alarm.no_contact": Sentence(
        "the requester has heard nothing for too long",
        "le demandeur est sans nouvelles depuis trop longtemps",
    ),
    "alarm.closed_without_reply": Sentence(
        "the case was resolved without any reply to the requester",
        "le dossier a été réglé sans aucune réponse au demandeur",
    ),
    "taken_to.regulator": Sentence("a regulator", "un organisme de réglementation"),
    "taken_to.court": Sentence("a court", "un tribunal"),
    "ending.upheld": Sentence("the decision was upheld", "la décision a été maintenue"),
    "ending.varied": Sentence("the decision was varied", "la décision a été modifiée"),
    "ending.substituted": Sentence(
        "another decision took its place", "une autre décision l'a remplacée"
    ),
    "ending.sent_back": Sentence(
        "it was sent back to be decided again",
        "l'affaire a été renvoyée pour une nouvelle décision",
    ),
    "ending.withdrawn": Sentence("it was withdrawn", "le recours a été retiré"),
    "finding.upheld": Sentence("upheld", "maintenue"),
    "finding.varied": Sentence("varied", "modifiée"),
    "finding.substituted": Sentence("substituted", "remplacée"),
    "need.identity": Sentence("proof of identity", "preuve d'identité"),
    "need.fee": Sentence("the fee", "les droits"),
    "check.complete": Sentence("complete", "complet"),
    "alarm.return_undecided": Sentence(
        "nobody has decided whether the matter came back",
        "personne n'a décidé si l'affaire est revenue",
    ),
    "alarm.came_after_quiet_window": Sentence(
        "something came in after the quiet window: reopen the case, or open a new one for it",
        "quelque chose est arrivé après la période d'attente : rouvrez le dossier, ou ouvrez-en un nouveau",
    ),
    "alarm.settling_proposed": Sentence(
        "the quiet window is over and a person is to settle the case",
        "la période d'attente est passée et une personne doit clore le dossier",
    ),
    "answer.return": Sentence("the matter came back", "l'affaire est revenue"),
    "answer.new_matter": Sentence("it is a new matter", "c'est une nouvelle affaire"),
    "answer.thanks": Sentence("thanks", "remerciements"),
    "kind.acknowledgement": Sentence("acknowledgement of receipt", "accusé de réception"),
    "kind.information_request": Sentence("request for information", "demande de renseignements"),
    "kind.extension": Sentence("extension of time", "prolongation du délai"),
    "kind.decision": Sentence("decision", "décision"),
    "kind.refusal": Sentence("refusal", "refus"),
    "kind.lapse": Sentence("lapse of the request", "péremption de la demande"),
    "kind.fee": Sentence("fee", "droits à payer"),
    "kind.answer": Sentence("answer", "réponse"),
    "reason.bounced": Sentence("it bounced", "il a été rejeté"),
    "reason.returned": Sentence("it was returned", "il a été retourné"),
    "reason.unreachable": Sentence("nobody could be reached there", "personne n'a pu être joint"),
    "reason.wrong_recipient": Sentence(
        "it went to somebody else", "il est parvenu à une autre personne"
    ),
    "reason.not_accessible": Sentence(
        "it was not in a form that they can use", "sa forme ne leur était pas accessible"
    ),
    "milestone.acknowledged": Sentence("receipt was acknowledged", "réception accusée"),
    "milestone.written_to": Sentence(
        "the requester was written to", "le demandeur a reçu un message écrit"
    ),
    "milestone.contacted": Sentence("the requester was reached", "le demandeur a été joint"),
    "milestone.decided": Sentence("the case was decided", "le dossier a été tranché"),
    "milestone.decision_given": Sentence("the decision was given", "la décision a été communiquée"),
    "milestone.made_safe": Sentence("the place was made safe", "les lieux ont été sécurisés"),
    "milestone.done": Sentence("the work was done", "le travail a été fait"),
    "milestone.access_given": Sentence("access was given", "l'accès a été donné"),
    "milestone.resolved": Sentence("the case was resolved", "le dossier a été réglé"),
    "milestone.settled": Sentence("the resolution stands", "le règlement est définitif"),
    "milestone.returned": Sentence("the case came back", "le dossier est revenu"),
    "milestone.published": Sentence("the answer was published", "la réponse a été publiée"),
    "milestone.decided_not_to_publish": Sentence(
        "it was decided not to publish", "il a été décidé de ne pas publier"
    ),
    "milestone.sent_to_applicant": Sentence(
        "the answer was sent to the applicant", "la réponse a été envoyée au demandeur"
    ),
    "milestone.hearing_held": Sentence("the hearing was held", "l'audience a eu lieu"),
    "milestone.order_given": Sentence("the order was given", "l'ordonnance a été rendue"),
    "milestone.report_filed": Sentence("the report was filed", "le rapport a été déposé"),
    "milestone.notice_given": Sentence("notice was given", "un avis a été donné"),
    "milestone.answered": Sentence("the request was answered", "la demande a reçu une réponse"),
    "milestone.transferred": Sentence("the case was handed over", "le dossier a été transmis"),
    "milestone.classified": Sentence("the case was classified", "le dossier a été classé"),
    "milestone.routed": Sentence("the case was sent to a team", "le dossier a été acheminé"),
    "milestone.accepted": Sentence("the case was accepted", "le dossier a été accepté"),
    "milestone.opened": Sentence("the case was opened", "le dossier a été ouvert"),
}

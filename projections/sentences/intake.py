"""The sentences of intake beyond the case's opening: chases, proposed duplicates, and the tray."""

from __future__ import annotations

from projections.sentences.sentence import Sentence

INTAKE_SENTENCES: dict[str, Sentence] = {
    "CommunicationSettled": Sentence(
        "How to speak with the requester was settled[: in {interview_language}][, with an interpreter: {interpreter}]"
        "[, to be written to in the format {format}].",
        "La manière de parler au demandeur a été convenue[ : en {interview_language}][, avec interprète : {interpreter}]"
        "[, en lui écrivant sous le format {format}].",
    ),
    "ChaseBegun": Sentence(
        "Something is missing: it will be chased by the plan {chase}.",
        "Il manque quelque chose : une relance commence selon le plan {chase}.",
    ),
    "ChaseStepReached": Sentence(
        "The chase came to its step {step} on {reached_at}: {act}; missing: {missing}"
        "[; to be told: {party}][; it is to lapse by {by_at}][; a person must decide: {undecided}].",
        "La relance en est à l'étape {step} depuis le {reached_at} : {act}; il manque : {missing}"
        "[; à prévenir : {party}][; la demande doit se périmer le {by_at}]"
        "[; une personne doit décider : {undecided}].",
    ),
    "ChaseLapsed": Sentence(
        "The requester was told on {told_at} and has not answered by {by_at}; missing: {missing}. "
        "The request lapses.",
        "Le demandeur, avisé le {told_at}, n'avait pas répondu le {by_at}; il manque : {missing}. "
        "La demande est périmée.",
    ),
    "ChaseStopped": Sentence(
        "The chase by the plan {chase} was stopped.[ Why: {reason}.]",
        "La relance selon le plan {chase} a été arrêtée.[ Motif : {reason}.]",
    ),
    "MachineMailReceived": Sentence(
        "A machine wrote to the office: {mail_kind}[, about case {about_case}].[ From: {sender}.]"
        "[ Subject: {subject}.][ Digest: {digest}.]",
        "Une machine a écrit au bureau : {mail_kind}[, au sujet du dossier {about_case}].[ De : {sender}.]"
        "[ Objet : {subject}.][ Empreinte : {digest}.]",
    ),
    "TrayItemHandled": Sentence(
        "A person looked at it: {handling}[, case {about_case}].[ Words: {words}.]",
        "Une personne l'a examiné : {handling}[, dossier {about_case}].[ Texte : {words}.]",
    ),
}

INTAKE_CODES: dict[str, Sentence] = {
    "alarm.chase_ask": Sentence(
        "ask the requester for what is missing", "demander au demandeur ce qui manque"
    ),
    "alarm.chase_remind": Sentence(
        "remind the requester of what is missing", "rappeler au demandeur ce qui manque"
    ),
    "alarm.chase_warn": Sentence(
        "give the requester notice that the request will lapse",
        "aviser le demandeur que la demande sera périmée",
    ),
    "alarm.chase_lapse": Sentence(
        "decide whether the request lapses", "décider si la demande est périmée"
    ),
    "act.ask": Sentence("ask for it", "le demander"),
    "act.remind": Sentence("remind of it", "le rappeler"),
    "act.warn": Sentence("give notice of the lapse", "aviser de la péremption"),
    "act.lapse": Sentence("the lapse", "la péremption"),
    "undecided.care": Sentence("somebody needs care", "quelqu'un a besoin d'égards"),
    "undecided.not_told": Sentence(
        "the requester was not told of the lapse", "le demandeur n'a pas été avisé de la péremption"
    ),
    "undecided.heard": Sentence(
        "the requester has turned to us since the notice",
        "le demandeur s'est adressé à nous depuis l'avis",
    ),
    "undecided.in_transit": Sentence("the case is in transit", "le dossier est en transit"),
    "undecided.judgement_open": Sentence(
        "a judgement on the case is still to be made", "un jugement reste à porter sur le dossier"
    ),
    "undecided.person_confirms": Sentence(
        "only a person closes cases of this type",
        "seule une personne ferme les dossiers de ce type",
    ),
    "undecided.clock_lapses": Sentence(
        "a clock of the case lapses first, by a law of its own",
        "un délai du dossier devient d'abord caduc, selon sa propre loi",
    ),
    "undecided.died": Sentence(
        "whoever asked has died", "la personne qui a fait la demande est décédée"
    ),
    "mail_kind.auto_reply": Sentence("an automatic reply", "une réponse automatique"),
    "mail_kind.bounce": Sentence("a message that came back", "un message non remis"),
    "mail_kind.robot": Sentence("a message from a robot", "un message d'un robot"),
    "mail_kind.other": Sentence("another message from a machine", "un autre message d'une machine"),
    "handling.nothing": Sentence("nothing follows from it", "rien n'en découle"),
    "handling.logged": Sentence("it was put on a case", "il a été versé à un dossier"),
    "handling.case_opened": Sentence("a case was opened", "un dossier a été ouvert"),
    "handling.notice_failed": Sentence(
        "a notice did not reach its addressee", "un avis n'a pas atteint son destinataire"
    ),
}

"""The sentences of inquiries, in both languages."""

from __future__ import annotations

from projections.sentences.sentence import Sentence

INQUIRY_SENTENCES: dict[str, Sentence] = {
    "InquiryOpened": Sentence(
        "The office {office} inquires into the cases {cases}, which may be read within it until {expires_at}"
        "[; to be answered by {due_at}].[ Its reference: {reference}.][ For: {recipient}.]"
        "[ Purpose: {purpose}.]",
        "L'organisme {office} enquête sur les dossiers {cases}, consultables dans ce cadre jusqu'au "
        "{expires_at}[; réponse attendue au plus tard le {due_at}].[ Son numéro : {reference}.]"
        "[ Pour : {recipient}.][ But : {purpose}.]",
    ),
    "InquiryReplyExtended": Sentence(
        "More time was given for the reply: until {due_at}[, instead of {was_due_at}].[ Why: {reasons}.]",
        "Le délai de réponse a été prolongé jusqu'au {due_at}[, au lieu du {was_due_at}]."
        "[ Motif : {reasons}.]",
    ),
    "InquiryAlarmed": Sentence(
        "An alarm was raised: {called}, since {since_at}[ ({about})].",
        "Une alarme a été donnée : {called}, depuis le {since_at}[ ({about})].",
    ),
    "InquiryAlertDelivered": Sentence(
        "Whoever answers the inquiry was told of the alarm {called}, since {since_at}[ ({about})], by {method}.",
        "La personne qui répond à l'enquête a été avisée de l'alarme {called}, depuis le {since_at}[ ({about})], "
        "par {method}.",
    ),
    "InquiryClosed": Sentence(
        "The inquiry was closed.[ Words: {words}.]",
        "L'enquête a été close.[ Texte : {words}.]",
    ),
    "QuestionAsked": Sentence(
        "Question {number} was asked.[ It is: {words}.]",
        "La question {number} a été posée.[ La voici : {words}.]",
    ),
    "QuestionAnswered": Sentence(
        "The question {question_id} was answered; fault: {fault}[; shown by {entries} {entries:entry|entries}]."
        "[ Answer: {words}.]",
        "La question {question_id} a reçu une réponse; faute : {fault}[; démontrée par {entries} "
        "{entries:inscription|inscriptions}].[ Réponse : {words}.]",
    ),
    "DraftReceived": Sentence(
        "A draft report was received; comments are wanted by {comments_by_at}.[ Words: {words}.]",
        "Un projet de rapport a été reçu; commentaires attendus au plus tard le {comments_by_at}."
        "[ Texte : {words}.]",
    ),
    "CommentsSent": Sentence(
        "Comments on a draft report were sent.[ Words: {words}.]",
        "Des commentaires sur un projet de rapport ont été transmis.[ Texte : {words}.]",
    ),
    "RecommendationMade": Sentence(
        "It was recommended, to be answered by {due_on}[: {words}].",
        "Il a été recommandé, réponse attendue au plus tard le {due_on}[ : {words}].",
    ),
    "RecommendationAnswered": Sentence(
        "The recommendation {recommendation_id} was {answer}[, to be done by {due_on}].[ Why: {reasons}.]",
        "La recommandation {recommendation_id} a été {answer}[, à réaliser au plus tard le {due_on}]."
        "[ Motif : {reasons}.]",
    ),
    "RecommendationCarriedOut": Sentence(
        "What was recommended is done ({recommendation_id}).[ Words: {words}.]",
        "Ce qui a été recommandé est fait ({recommendation_id}).[ Texte : {words}.]",
    ),
    "SharingMarked": Sentence(
        "May the complainant be shown entry {version} of {case_id}: {share}.[ Why: {reason}.]",
        "La partie plaignante peut-elle voir l'inscription {version} de {case_id} : {share}."
        "[ Motif : {reason}.]",
    ),
    "PrivilegeLogged": Sentence(
        "Entry {version} of {case_id}, of {on}, is privileged ({privilege}); waived: {waived}."
        "[ Author: {author}.][ Recipients: {recipients}.][ Nature: {nature}.][ Holder: {holder}.]",
        "L'inscription {version} de {case_id}, du {on}, est protégée ({privilege}); renonciation : {waived}."
        "[ Auteur : {author}.][ Destinataires : {recipients}.][ Nature : {nature}.][ Titulaire : {holder}.]",
    ),
}

INQUIRY_CODES: dict[str, Sentence] = {
    "called.reply": Sentence("the reply is overdue", "la réponse est en retard"),
    "called.recommendation": Sentence(
        "a recommendation is overdue", "une recommandation est en retard"
    ),
    "called.expiry": Sentence("the inquiry has expired", "l'enquête est échue"),
    "fault.accepted": Sentence("accepted", "reconnue"),
    "fault.accepted_in_part": Sentence("accepted in part", "reconnue en partie"),
    "fault.denied": Sentence("denied", "niée"),
    "fault.not_said": Sentence("not said", "non précisée"),
    "answer.accepted": Sentence("accepted", "acceptée"),
    "answer.refused": Sentence("refused", "refusée"),
    "privilege.solicitor_client": Sentence("solicitor and client", "secret professionnel"),
    "privilege.litigation": Sentence("litigation", "litige"),
    "privilege.settlement": Sentence("settlement", "règlement"),
    "privilege.cabinet": Sentence("Cabinet", "Cabinet"),
}

"""Sentences of the trail about clocks: armed, paused, extended, restated, stopped, and what time brought to them."""

from __future__ import annotations

from projections.sentences.sentence import Sentence

_OF_A_RESTATEMENT = Sentence(
    "[ The date promised before stays in sight: {promised_at}.]"
    "[ Recorded before and kept as then known: {overtakes}.]"
    "[ The breach recorded before was one as then known{overtakes_breach}.]"
    "[ Evidence: {evidence} {evidence:item|items}.][ Approved by {approved_by}.]",
    "[ La date promise auparavant reste affichée : {promised_at}.]"
    "[ Consigné auparavant et conservé tel qu'on le savait alors : {overtakes}.]"
    "[ Le dépassement consigné l'a été selon ce qu'on savait alors{overtakes_breach}.]"
    "[ Preuves : {evidence} {evidence:pièce|pièces}.][ Approuvé par {approved_by}.]",
)
"""With what a clock was reckoned anew, whatever its date says."""

CLOCK_SENTENCES: dict[str, Sentence] = {
    "ClockArmed": Sentence(
        "The clock {clock} began on {started_at}; it is due by {due_at}.",
        "Le délai {clock} a commencé le {started_at}; à respecter au plus tard le {due_at}.",
    ),
    "ClockPaused": Sentence(
        "The clock {clock} stands still while the case waits[, at most until {pause_ends_at}].",
        "Le délai {clock} est suspendu pendant l'attente[, au plus tard jusqu'au {pause_ends_at}].",
    ),
    "ClockResumed": Sentence(
        "The clock {clock} runs on; it is now due by {due_at}.",
        "Le délai {clock} court de nouveau; à respecter désormais au plus tard le {due_at}.",
    ),
    "ClockStopped": Sentence(
        "The clock {clock} ended: {outcome}[, by {cause}][ (it was due by {due_at})]."
        "[ Evidence: {evidence} {evidence:item|items}.][ Approved by {approved_by}.]",
        "Le délai {clock} a pris fin : {outcome}[, par {cause}]"
        "[ (à respecter au plus tard le {due_at})]."
        "[ Preuves : {evidence} {evidence:pièce|pièces}.][ Approuvé par {approved_by}.]",
    ),
    "ApprovalAsked": Sentence(
        "It was entered after the time of the clock {clock} ({due_at}) that it had ended on {kept_at}, "
        "{outcome}[, by {cause}]: it counts as late until a second person approves that[ ({asked_of} is asked)]."
        "[ Evidence: {evidence} {evidence:item|items}.]",
        "Il a été inscrit après le terme du délai {clock} ({due_at}) qu'il avait pris fin le {kept_at}, "
        "{outcome}[, par {cause}] : il compte comme en retard tant qu'une deuxième personne ne l'a pas approuvé"
        "[ ({asked_of} est sollicité)].[ Preuves : {evidence} {evidence:pièce|pièces}.]",
    ),
    "DatingBackApproved": Sentence(
        "A second person approved that something is entered as of {dated_at}[, which moves the clock {clock}].",
        "Une deuxième personne a approuvé qu'un fait soit inscrit en date du {dated_at}[, ce qui touche le délai {clock}].",
    ),
    "DatingBackRefused": Sentence(
        "A second person refused that the clock {clock} had ended on {kept_at}: it ended as that was entered, on "
        "{ended_at}, counts as late, and stays so.[ Why: {reason}.]",
        "Une deuxième personne a refusé que le délai {clock} ait pris fin le {kept_at} : il a pris fin à "
        "l'inscription, le {ended_at}, compte comme en retard, et le reste.[ Motif : {reason}.]",
    ),
    "ClockExtended": Sentence(
        "The clock {clock} was extended by {amount} {unit} by the {authority}: {reason}"
        "[; notice given on {notice_given_at}[ by {notice_method}]].[ It is now due by {due_at}.]"
        "[ Also to be told: {duties}.][ Evidence: {evidence} {evidence:item|items}.]"
        "[ Approved by {approved_by}.]",
        "Le délai {clock} a été prolongé de {amount} {unit} ({authority}) : {reason}"
        "[; avis donné le {notice_given_at}[ par {notice_method}]].[ À respecter désormais au plus "
        "tard le {due_at}.][ À informer aussi : {duties}.]"
        "[ Preuves : {evidence} {evidence:pièce|pièces}.][ Approuvé par {approved_by}.]",
    ),
    "DutyDone": Sentence(
        "The {party} was told of an extension by {method}.",
        "{party} a été informé d'une prolongation par {method}.",
    ),
    "ClockRestated": Sentence(
        "The clock {clock} was reckoned anew: {cause}.[ It was due by {was_due_at}.][ It is due by {due_at}.]"
        + _OF_A_RESTATEMENT.en,
        "Le délai {clock} a été recalculé : {cause}.[ Il était à respecter au plus tard le {was_due_at}.]"
        "[ Il l'est au plus tard le {due_at}.]" + _OF_A_RESTATEMENT.fr,
    ),
    "StartCorrected": Sentence(
        "The start of the request was corrected: {moment} on {at}[, recorded before as {was_at}], on "
        "{evidence} {evidence:item|items} of evidence[, approved by {approved_by}].[ Why: {reason}.]",
        "Le début de la demande a été corrigé : {moment} le {at}[, consigné auparavant le {was_at}], "
        "sur {evidence} {evidence:pièce|pièces}[, approuvé par {approved_by}].[ Motif : {reason}.]",
    ),
    "FoundIncomplete": Sentence(
        "The request, taken for complete since {was_complete_at}, was found never to have been"
        "[; not there: {fields}][; not met: {needs}].[ Missing now: {missing}.]"
        "[ Evidence: {evidence} {evidence:item|items}.][ Approved by {approved_by}.][ Why: {reason}.]",
        "La demande, tenue pour complète depuis le {was_complete_at}, ne l'a jamais été"
        "[; absent : {fields}][; non satisfait : {needs}].[ Il manque maintenant : {missing}.]"
        "[ Preuves : {evidence} {evidence:pièce|pièces}.][ Approuvé par {approved_by}.][ Motif : {reason}.]",
    ),
    "RungReached": Sentence(
        "The clock {clock} reached the step '{rung}' on {reached_at}; to be told: {parties}.",
        "Le délai {clock} a atteint l'étape « {rung} » le {reached_at}; à prévenir : {parties}.",
    ),
    "ClockBreached": Sentence(
        "The clock {clock} ran out, due by {due_at}, without what it asks for.",
        "Le délai {clock}, à respecter au plus tard le {due_at}, a expiré sans que l'acte attendu ait eu lieu.",
    ),
    "CaseAlarmed": Sentence(
        "An alarm was raised: {alarm}, since {since}; to be told: {party}.",
        "Une alerte a été donnée : {alarm}, depuis le {since}; à prévenir : {party}.",
    ),
    "CaseEscalated": Sentence(
        "The case was escalated to {party}: {reason}.[ Words: {words}.]",
        "Le dossier a été signalé à {party} : {reason}.[ Texte : {words}.]",
    ),
    "EscalationClimbed": Sentence(
        "Nobody answered an escalation by {climbed_at}; to be told: {party} (step {step}).",
        "Personne n'avait répondu à un signalement le {climbed_at}; à prévenir : {party} (étape {step}).",
    ),
    "AlarmEnded": Sentence(
        "What was told of is over, so that nobody has to answer it: {alarm}.",
        "Ce qui était signalé a pris fin, et personne n'a à y répondre : {alarm}.",
    ),
    "EscalationAcknowledged": Sentence(
        "An escalation was answered: {action}[, by {act_by}][, in bulk, {together} at once].[ Words: {words}.]",
        "Un signalement a reçu une réponse : {action}[, au plus tard le {act_by}][, en bloc, {together} à la fois].[ Texte : {words}.]",
    ),
    "AlertDelivered": Sentence(
        "The alert of an escalation was delivered by {method}.",
        "L'avis d'un signalement a été remis par {method}.",
    ),
}

BEGUN_ANEW = Sentence(
    "What was waited for came, and with it the clock {clock} began anew; it is now due by {due_at}.",
    "Ce qui était attendu est arrivé, et avec cela le délai {clock} a recommencé; à respecter désormais au plus tard le "
    "{due_at}.",
)
"""Of a clock that runs its full time from the answer to a wait, and not what was left of it."""

RESTATED_STILL = Sentence(
    "The clock {clock} was reckoned anew: {cause}.[ Its date was {was_due_at}.] It has none now: it stands still while "
    "the case waits[, at most until {pause_ends_at}]." + _OF_A_RESTATEMENT.en,
    "Le délai {clock} a été recalculé : {cause}.[ Sa date était : {was_due_at}.] Il n'en a plus : il est suspendu "
    "pendant l'attente[, au plus tard jusqu'au {pause_ends_at}]." + _OF_A_RESTATEMENT.fr,
)
"""Of a clock that proved to stand still: what it was due by holds no more, and when it will be due nobody can say."""

NOT_BEFORE_SENTENCES: dict[str, Sentence] = {
    "ClockArmed": Sentence(
        "The clock {clock} began on {started_at}; it is not to be done before {due_at}.",
        "Le délai {clock} a commencé le {started_at}; à ne pas faire avant le {due_at}.",
    ),
    "ClockResumed": Sentence(
        "The clock {clock} runs on; it is now not to be done before {due_at}.",
        "Le délai {clock} court de nouveau; à ne pas faire désormais avant le {due_at}.",
    ),
    "ClockStopped": Sentence(
        "The clock {clock} ended: {outcome}[, by {cause}][ (it was not to be done before {due_at})]."
        "[ Evidence: {evidence} {evidence:item|items}.][ Approved by {approved_by}.]",
        "Le délai {clock} a pris fin : {outcome}[, par {cause}]"
        "[ (à ne pas faire avant le {due_at})]."
        "[ Preuves : {evidence} {evidence:pièce|pièces}.][ Approuvé par {approved_by}.]",
    ),
    "ClockRestated": Sentence(
        "The clock {clock} was reckoned anew: {cause}.[ It was not to be done before {was_due_at}.]"
        "[ It is not to be done before {due_at}.]" + _OF_A_RESTATEMENT.en,
        "Le délai {clock} a été recalculé : {cause}.[ À ne pas faire, jusque-là, avant le {was_due_at}.]"
        "[ À ne pas faire désormais avant le {due_at}.]" + _OF_A_RESTATEMENT.fr,
    ),
}
"""Of a clock that says before when something is not to be done."""

WARNING_SENTENCES: dict[str, Sentence] = {
    "ClockArmed": Sentence(
        "The clock {clock} began on {started_at}; it warns that a time runs until {due_at}.",
        "Le délai {clock} a commencé le {started_at}; il avertit d'un temps qui court jusqu'au {due_at}.",
    ),
    "ClockResumed": Sentence(
        "The clock {clock} runs on; it warns of a time that now runs until {due_at}.",
        "Le délai {clock} court de nouveau; il avertit d'un temps qui court désormais jusqu'au {due_at}.",
    ),
    "ClockStopped": Sentence(
        "The clock {clock} ended: {outcome}[, by {cause}][ (it warned of a time that ran until {due_at})]."
        "[ Evidence: {evidence} {evidence:item|items}.][ Approved by {approved_by}.]",
        "Le délai {clock} a pris fin : {outcome}[, par {cause}]"
        "[ (il avertissait d'un temps qui courait jusqu'au {due_at})]."
        "[ Preuves : {evidence} {evidence:pièce|pièces}.][ Approuvé par {approved_by}.]",
    ),
    "ClockRestated": Sentence(
        "The clock {clock} was reckoned anew: {cause}.[ It warned of a time that ran until {was_due_at}.]"
        "[ It warns of one that runs until {due_at}.]" + _OF_A_RESTATEMENT.en,
        "Le délai {clock} a été recalculé : {cause}.[ Il avertissait d'un temps qui courait jusqu'au {was_due_at}.]"
        "[ Il avertit d'un temps qui court jusqu'au {due_at}.]" + _OF_A_RESTATEMENT.fr,
    ),
}
"""Of a clock that only warns: by what ends then nobody in the office is late."""

SENTENCES_BY_SENSE = {"not_before": NOT_BEFORE_SENTENCES, "warning": WARNING_SENTENCES}

CLOCK_CODES: dict[str, Sentence] = {
    "outcome.too_early": Sentence("too early", "trop tôt"),
    "outcome.after_its_time": Sentence("after that time", "après ce délai"),
    "alarm.awaits_approval": Sentence(
        "a second person is to approve that a time was kept",
        "une deuxième personne doit approuver qu'un délai a été respecté",
    ),
    "alarm.time_refused": Sentence(
        "a second person refused that a time was kept",
        "une deuxième personne a refusé qu'un délai ait été respecté",
    ),
    "authority.leader": Sentence("leader of the team", "responsable de l'équipe"),
    "authority.director": Sentence("director", "direction"),
    "authority.head": Sentence("head of the public body", "responsable de l'organisme public"),
    "authority.commissioner": Sentence("Commissioner", "commissaire"),
    "authority.agency": Sentence("agency", "organisme"),
    "authority.qualified-person": Sentence("qualified person", "personne habilitée"),
    "outcome.met": Sentence("in time", "à temps"),
    "outcome.breached": Sentence("late", "en retard"),
    "outcome.superseded": Sentence("superseded", "remplacé"),
    "outcome.lapsed": Sentence("lapsed unanswered", "caduc, resté sans réponse"),
    "outcome.transferred": Sentence("transferred to another body", "transmis à un autre organisme"),
    "outcome.withdrawn": Sentence("withdrawn", "retiré"),
    "cause.condition_not_met": Sentence(
        "an answer, by which it need not run",
        "une réponse, selon laquelle il n'a pas lieu d'être",
    ),
    "cause.not_delivered": Sentence("a delivery that failed", "une remise qui a échoué"),
    "cause.acknowledged": Sentence("the acknowledgement", "l'accusé de réception"),
    "cause.answered": Sentence("the answer", "la réponse"),
    "cause.contacted": Sentence("the call", "l'appel"),
    "cause.made_safe": Sentence("making it safe", "la sécurisation"),
    "cause.done": Sentence("the work done", "le travail fait"),
    "cause.decided": Sentence("the decision made", "la décision prise"),
    "cause.decision_given": Sentence("the decision", "la décision"),
    "cause.access_given": Sentence("giving access", "l'accès donné"),
    "cause.hearing_held": Sentence("the hearing", "l'audience"),
    "cause.order_given": Sentence("the order", "l'ordonnance"),
    "cause.report_filed": Sentence("the report", "le rapport"),
    "cause.published": Sentence("publication", "la publication"),
    "cause.decided_not_to_publish": Sentence(
        "the decision not to publish", "la décision de ne pas publier"
    ),
    "cause.notice_given": Sentence("a notice", "un avis"),
    "cause.settled": Sentence("the settlement", "la clôture"),
    "cause.returned": Sentence("the return", "le retour"),
    "cause.type_changed": Sentence("a change of request type", "un changement de type de demande"),
    "cause.never_complete": Sentence(
        "finding that the request was never complete",
        "le constat que la demande n'a jamais été complète",
    ),
    "cause.correction": Sentence("the correction of its start", "la correction de son début"),
    "cause.law": Sentence("a change of law", "un changement de loi"),
    "cause.lapsed": Sentence("a lapse", "une péremption"),
    "cause.withdrawn": Sentence("the withdrawal of the request", "le retrait de la demande"),
    "cause.transferred": Sentence("the transfer of the case", "la transmission du dossier"),
    "cause.resolved": Sentence("the resolution of the case", "le règlement du dossier"),
    "cause.backdated": Sentence(
        "something was entered afterwards", "un fait a été inscrit après coup"
    ),
    "cause.start_corrected": Sentence(
        "its start was corrected", "son point de départ a été corrigé"
    ),
    "cause.calendar": Sentence("its calendar was revised", "son calendrier a été révisé"),
    "cause.time_zones": Sentence(
        "the time-zone data were revised", "les données de fuseaux horaires ont été révisées"
    ),
    "moment.reached_body": Sentence("it reached us", "elle nous est parvenue"),
    "moment.reached_office": Sentence(
        "it reached the right office", "elle est parvenue au bon bureau"
    ),
    "moment.complete": Sentence("it was complete", "elle était complète"),
    "unit.elapsed_hours": Sentence("hours", "heures"),
    "unit.business_hours": Sentence("business hours", "heures ouvrables"),
    "unit.working_days": Sentence("working days", "jours ouvrables"),
    "unit.calendar_days": Sentence("calendar days", "jours civils"),
    "unit.weeks": Sentence("weeks", "semaines"),
    "unit.months": Sentence("months", "mois"),
    "unit.years": Sentence("years", "ans"),
    "unit_of_one.elapsed_hours": Sentence("hour", "heure"),
    "unit_of_one.business_hours": Sentence("business hour", "heure ouvrable"),
    "unit_of_one.working_days": Sentence("working day", "jour ouvrable"),
    "unit_of_one.calendar_days": Sentence("calendar day", "jour civil"),
    "unit_of_one.weeks": Sentence("week", "semaine"),
    "unit_of_one.months": Sentence("month", "mois"),
    "unit_of_one.years": Sentence("year", "an"),
    "clock_policy.continue": Sentence(
        "go on as if it had never been closed", "se poursuivent comme s'il n'avait jamais été fermé"
    ),
    "clock_policy.resume": Sentence(
        "go on without the time in between", "reprennent sans le temps écoulé entre-temps"
    ),
    "clock_policy.restart": Sentence("begin anew", "recommencent à zéro"),
}

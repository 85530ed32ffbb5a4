"""The sentences of how records are kept: who read them, holds, inquiries, disposal, in both languages."""

from __future__ import annotations

from projections.sentences.inquiry import INQUIRY_CODES, INQUIRY_SENTENCES
from projections.sentences.sentence import Sentence
from projections.sentences.webhook import WEBHOOK_CODES, WEBHOOK_SENTENCES

KEEPING_SENTENCES: dict[str, Sentence] = {
    "PersonalValuesRead": Sentence(
        "Personal values were opened: {opened}[, as {role}][, for {purpose_code}]"
        "[, within the inquiry {inquiry}].[ Ground: {ground}.][ Purpose: {purpose}.]",
        "Des valeurs personnelles ont été ouvertes : {opened}[, à titre de {role}][, aux fins de "
        "{purpose_code}][, dans le cadre de l'enquête {inquiry}].[ Fondement : {ground}.]"
        "[ But : {purpose}.]",
    ),
    "PeopleSought": Sentence(
        "{reader} sought somebody by what they say of themselves[, as {role}][, for {purpose_code}][, among the "
        "cases of their own teams alone{everywhere}][ and the records of people{records}].[ Ground: {ground}.]"
        "[ Purpose: {purpose}.]",
        "{reader} a cherché une personne d'après ce qu'elle dit d'elle-même[, à titre de {role}][, aux fins de "
        "{purpose_code}][, parmi les seuls dossiers de ses équipes{everywhere}][ et les fiches de "
        "personnes{records}].[ Fondement : {ground}.][ But : {purpose}.]",
    ),
    "ReadingRefused": Sentence(
        "{reader} asked for personal values of {streams}[, for {purpose_code}]"
        "[, within the inquiry {inquiry}], and was refused because of {stream}: {ground}."
        "[ Purpose: {purpose}.]",
        "{reader} a demandé des valeurs personnelles de {streams}[, aux fins de {purpose_code}]"
        "[, dans le cadre de l'enquête {inquiry}]; refus en raison de {stream} : {ground}."
        "[ But : {purpose}.]",
    ),
    "ActRefused": Sentence(
        "{asker} asked for {act}[ on {about}][, as {role}], and was refused: {ground}.",
        "{asker} a demandé {act}[ sur {about}][, à titre de {role}]; refus : {ground}.",
    ),
    "ApiKeyIssued": Sentence(
        "A key was issued to {member} for {scopes}[, valid until {expires_at}].",
        "Une clé a été délivrée à {member} pour {scopes}[, valable jusqu'au {expires_at}].",
    ),
    "ApiKeyRevoked": Sentence(
        "The key was revoked.[ Why: {reason}.]",
        "La clé a été révoquée.[ Motif : {reason}.]",
    ),
    "CaseGivenOut": Sentence(
        "The case {case_id} was given out as a bundle, as of the checkpoint of {checkpoint_size} {checkpoint_size:entry|entries}[, with "
        "personal values{shows_values}].[ Audience: {audience}.][ To: {given_to}.][ Purpose: {purpose}.]",
        "Le dossier {case_id} a été remis sous forme de paquet, selon le point de contrôle de {checkpoint_size} "
        "{checkpoint_size:inscription|inscriptions}[, valeurs personnelles comprises{shows_values}].[ Public : {audience}.][ À : {given_to}.]"
        "[ But : {purpose}.]",
    ),
    "HoldPlaced": Sentence(
        "A hold was placed on the cases {cases}: {ground}[, for the inquiry {inquiry}].[ Why: {reason}.]",
        "Une mise en réserve a été décidée pour les dossiers {cases} : {ground}[, pour l'enquête "
        "{inquiry}].[ Motif : {reason}.]",
    ),
    "HoldReleased": Sentence(
        "The hold was released.[ Why: {reason}.]",
        "La mise en réserve a été levée.[ Motif : {reason}.]",
    ),
    "ErasureProposed": Sentence(
        "It was proposed to erase, on the authority of {authority}[ ({instrument})][, what is recorded of the "
        "party {party}][, the content of the cases {cases}][, what is due: {disposal}].[ Why: {reason}.]",
        "Il a été proposé d'effacer, en vertu de : {authority}[ ({instrument})][, ce qui est consigné sur "
        "la partie {party}][, le contenu des dossiers {cases}][, ce qui est échu : {disposal}]."
        "[ Motif : {reason}.]",
    ),
    "ErasureApproved": Sentence(
        "A second person approved the erasure.",
        "Une deuxième personne a approuvé l'effacement.",
    ),
    "ErasureRefused": Sentence(
        "The erasure was refused ({act}), since these cases are on hold: {held}.",
        "L'effacement a été refusé ({act}), car ces dossiers sont mis en réserve : {held}.",
    ),
    "ArchivesReceived": Sentence(
        "The archives received what is theirs of the cases {cases} ({size_bytes} {size_bytes:byte|bytes})."
        "[ Digest: {digest}.][ Their receipt: {receipt}.]",
        "Les archives ont reçu ce qui leur revient des dossiers {cases} ({size_bytes} {size_bytes:octet|octets})."
        "[ Empreinte : {digest}.][ Leur accusé : {receipt}.]",
    ),
    "ErasureBegun": Sentence(
        "The erasure was begun: {keys} {keys:key is|keys are} destroyed, which sealed values in {streams}.",
        "L'effacement a commencé : {keys} {keys:clé est détruite, qui scellait|clés sont détruites, qui scellaient} des valeurs dans {streams}.",
    ),
    "ErasureCarriedOut": Sentence(
        "The erasure was carried out: {keys_destroyed} {keys_destroyed:key is|keys are} destroyed and {parts_deleted} sealed {parts_deleted:part|parts} deleted."
        "[ Backups made before can be read until {backups_until}.][ Given out before: {releases}.]",
        "L'effacement a été exécuté : {keys_destroyed} {keys_destroyed:clé est détruite|clés sont détruites} et {parts_deleted} {parts_deleted:partie scellée supprimée|parties scellées supprimées}."
        "[ Les copies de sécurité antérieures restent lisibles jusqu'au {backups_until}.]"
        "[ Déjà communiqué : {releases}.]",
    ),
    "ContentErased": Sentence(
        "Content of {extent} was erased, on the authority of {authority}; that it happened stays recorded.",
        "Le contenu concernant {extent} a été effacé, en vertu de : {authority}; ce qui s'est passé demeure "
        "consigné.",
    ),
    **INQUIRY_SENTENCES,
    **WEBHOOK_SENTENCES,
    "CaseHeld": Sentence(
        "The case is on hold[: {ground}].",
        "Le dossier est mis en réserve[ : {ground}].",
    ),
    "CaseHoldEnded": Sentence(
        "A hold on the case was released.",
        "Une mise en réserve du dossier a été levée.",
    ),
}

KEEPING_CODES: dict[str, Sentence] = {
    **INQUIRY_CODES,
    **WEBHOOK_CODES,
    "ground.not-a-member": Sentence("no member of the policy", "ne figure pas dans la politique"),
    "ground.role-not-held": Sentence("the role is not theirs", "n'a pas ce rôle"),
    "ground.recused": Sentence("stepped back from the case", "s'est récusé du dossier"),
    "ground.other-team": Sentence("another team has the case", "une autre équipe a le dossier"),
    "ground.no-such-purpose": Sentence(
        "no role of theirs opens this for that purpose", "aucun de ses rôles ne l'ouvre à cette fin"
    ),
    "ground.not-of-this-task": Sentence(
        "more than that task needs", "plus qu'il n'en faut pour cette tâche"
    ),
    "ground.inquiry-expired": Sentence("the inquiry has expired", "l'enquête est échue"),
    "ground.inquiry-outside": Sentence("the inquiry does not name it", "l'enquête ne le vise pas"),
    "ground.inquiry-elsewhere": Sentence(
        "the inquiry is of another office", "l'enquête est celle d'un autre organisme"
    ),
    "ground.no-policy": Sentence("no policy was published yet", "aucune politique n'était publiée"),
    "ground.out-of-scope": Sentence(
        "the key was not issued for that", "la clé n'a pas été délivrée pour cela"
    ),
    "ground.by-a-key": Sentence(
        "by a key one only looks", "par une clé on regarde et rien de plus"
    ),
    "ground.no-such-task": Sentence("no role of theirs does that", "aucun de ses rôles ne le fait"),
    "ground.not-theirs": Sentence("it is not theirs to do", "cela ne lui revient pas"),
    "ground.not-by-its-rules": Sentence("its rules refuse it", "ses règles le refusent"),
    "ground.left": Sentence("they have left", "a quitté le bureau"),
    "ground.not-of-that-team": Sentence("not of that team", "n'est pas de cette équipe"),
    "ground.not-in-their-stead": Sentence(
        "does not stand in for them", "n'en assure pas la suppléance"
    ),
    "authority.schedule": Sentence("an approved schedule", "un calendrier approuvé"),
    "authority.order": Sentence("an order", "une ordonnance"),
    "authority.error_corrected": Sentence(
        "the correction of an error", "la correction d'une erreur"
    ),
    "authority.consent_withdrawn": Sentence("a withdrawal of consent", "un consentement retiré"),
    "act.propose": Sentence("when it was proposed", "à la proposition"),
    "act.approve": Sentence("when it was to be approved", "à l'approbation"),
    "act.carry_out": Sentence("when it was to be carried out", "à l'exécution"),
    "extent.case": Sentence("the whole case", "tout le dossier"),
    "extent.person": Sentence("one person", "une personne"),
    "ground.litigation": Sentence("litigation", "litige"),
    "ground.access_request": Sentence("a request for access", "demande d'accès"),
    "ground.audit": Sentence("an audit", "vérification"),
    "ground.investigation": Sentence("an investigation", "enquête administrative"),
    "ground.inquiry": Sentence("an inquiry", "enquête"),
    "ground.other": Sentence("another ground", "autre motif"),
    "purpose_code.compartment": Sentence("a compartment", "un compartiment"),
    "purpose_code.intake": Sentence("intake", "l'accueil"),
    "purpose_code.casework": Sentence("casework", "le traitement du dossier"),
    "purpose_code.contact": Sentence("contact", "un contact"),
    "purpose_code.supervision": Sentence("supervision", "la supervision"),
    "purpose_code.task": Sentence("a task of the director", "une tâche de la direction"),
    "purpose_code.disclosure": Sentence("disclosure", "la communication"),
    "purpose_code.subject_access": Sentence(
        "access by the person themselves", "l'accès de la personne elle-même"
    ),
    "purpose_code.retention": Sentence("retention", "la conservation"),
    "purpose_code.audit": Sentence("audit", "la vérification"),
    "purpose_code.inquiry": Sentence("an inquiry", "une enquête"),
    "purpose_code.integration": Sentence("integration", "l'intégration"),
    "role.caseworker": Sentence("caseworker", "agent"),
    "role.intake": Sentence("intake officer", "agent d'accueil"),
    "role.dispatcher": Sentence("dispatcher", "répartiteur"),
    "role.supervisor": Sentence("supervisor", "superviseur"),
    "role.director": Sentence("director", "directeur"),
    "role.foi": Sentence("access officer", "agent d'accès"),
    "role.records": Sentence("records officer", "archiviste"),
    "role.auditor": Sentence("auditor", "vérificateur"),
    "role.liaison": Sentence("link officer", "agent de liaison"),
    "role.ombudsman": Sentence("ombudsman", "ombudsman"),
    "role.integrator": Sentence("integrator", "intégrateur"),
    "role.machine": Sentence("program", "programme"),
}

"""The sentences of a disclosure's own trail, in English and French."""

from __future__ import annotations

from projections.sentences.sentence import Sentence

DISCLOSURE_SENTENCES: dict[str, Sentence] = {
    "DisclosureOpened": Sentence(
        "The answer to the request {case_id} was begun, for: {audience}[ (applicant: {applicant_class})]"
        "[; about the party {party}][; it publishes the disclosure {publishes}].",
        "La réponse à la demande {case_id} a été entreprise, pour : {audience}"
        "[ (demandeur : {applicant_class})][; au sujet de la partie {party}]"
        "[; elle publie la communication {publishes}].",
    ),
    "DisclosureEnded": Sentence(
        "The disclosure was ended as begun by mistake, before it answered anybody. Why: {reason}.",
        "La communication, entreprise par erreur, a pris fin avant d'avoir répondu à qui que ce soit. Motif : {reason}.",
    ),
    "ClarificationAsked": Sentence(
        "The applicant was asked what is meant. Words: {words}.",
        "On a demandé au demandeur de préciser sa demande. Texte : {words}.",
    ),
    "DisclosureScoped": Sentence(
        "It was set what the disclosure covers[: the cases {cases}][, the party {party}]"
        "[, from {from_at}][, until {until_at}][, only {topics}].[ It was narrowed with the applicant{narrowed}.]"
        "[ Words: {words}.]",
        "La portée de la communication a été fixée[ : les dossiers {cases}][, la partie {party}]"
        "[, à partir du {from_at}][, jusqu'au {until_at}][, seulement {topics}]."
        "[ Elle a été restreinte avec le demandeur{narrowed}.][ Texte : {words}.]",
    ),
    "StreamDrawn": Sentence(
        "Of {in_stream}, up to its entry {upto_version}, {entries} {entries:entry is|entries are} in scope.",
        "De {in_stream}, jusqu'à son inscription {upto_version}, {entries} {entries:inscription est visée|inscriptions sont visées}.",
    ),
    "SearchLogged": Sentence(
        "{custodian}, asked on {tasked_on}, searched {systems}[ from {covers_from_on}]"
        "[ to {covers_until_on}] and found {found}[ (nil return signed by {nil_signed_by})], in {minutes} "
        "{minutes:minute|minutes}. Terms: {terms}.",
        "{custodian}, à qui la demande fut faite le {tasked_on}, a cherché dans {systems}"
        "[ du {covers_from_on}][ au {covers_until_on}] et a trouvé {found}"
        "[ (constat d'absence signé par {nil_signed_by})], en {minutes} {minutes:minute|minutes}. Termes : {terms}.",
    ),
    "DisclosureTimeLogged": Sentence(
        "{minutes} {minutes:minute was|minutes were} spent on: {activity}[ ({cost_cents})].[ Words: {words}.]",
        "{minutes} {minutes:minute a été consacrée|minutes ont été consacrées} à : {activity}[ ({cost_cents})].[ Texte : {words}.]",
    ),
    "FeeEstimated": Sentence(
        "A fee of {total_cents} was estimated, in {lines} {lines:line|lines}[; deposit asked: {deposit_cents}]"
        "[; the request is refused for its cost{refuses}].[ Words: {words}.]",
        "Des droits de {total_cents} ont été estimés, en {lines} {lines:ligne|lignes}[; dépôt demandé : "
        "{deposit_cents}][; la demande est refusée en raison de son coût{refuses}].[ Texte : {words}.]",
    ),
    "FeeWaiverAsked": Sentence(
        "The applicant asked not to be charged: {words}.",
        "Le demandeur a demandé d'être dispensé des droits : {words}.",
    ),
    "FeeWaiverDecided": Sentence(
        "The waiver was decided: {waiver}, {waived_cents}. Why: {reason}.",
        "La dispense a été tranchée : {waiver}, {waived_cents}. Motif : {reason}.",
    ),
    "FeePaid": Sentence(
        "{paid_cents} was paid; still owed: {owed_cents}.",
        "{paid_cents} : payé; reste dû : {owed_cents}.",
    ),
    "FeeRefunded": Sentence(
        "{refunded_cents} was given back. Why: {reason}.",
        "{refunded_cents} : remboursé. Motif : {reason}.",
    ),
    "FeeSettled": Sentence(
        "It really came to {total_cents}, in {lines} {lines:line|lines} (estimated: {estimated_cents}).",
        "Le coût réel est de {total_cents}, en {lines} {lines:ligne|lignes} (estimation : {estimated_cents}).",
    ),
    "DisclosureItemListed": Sentence(
        "Document {number} was listed ({media_type}, {pages} {pages:page|pages}[, of {dated_on}]), kept by {custodian}"
        "[; privileged: {privilege}][; the same as {lead}].[ Description: {description}.][ Title: {title}.]",
        "Le document {number} a été inscrit ({media_type}, {pages} {pages:page|pages}[, daté du {dated_on}]), conservé "
        "par {custodian}[; privilégié : {privilege}][; identique à {lead}].[ Description : {description}.]"
        "[ Titre : {title}.]",
    ),
    "ItemDuplicated": Sentence(
        "The document {item_id} was found to be a version of {lead} ({duplicate}), and counts.[ Why: {reason}.]",
        "Le document {item_id} est une version de {lead} ({duplicate}), et reste compté.[ Motif : {reason}.]",
    ),
    "ItemDisposed": Sentence(
        "It was decided of the document {item_id}: {disposition}[, under {exemptions}]; {pages_full} "
        "{pages_full:page|pages} whole, {pages_part} in part, {pages_withheld} not given.[ Harm: {harm}.][ Why: {reason}.]",
        "Il a été décidé, pour le document {item_id} : {disposition}[, en vertu de {exemptions}]; "
        "{pages_full} {pages_full:page entière|pages entières}, {pages_part} en partie, {pages_withheld} non communiquées."
        "[ Préjudice : {harm}.][ Motif : {reason}.]",
    ),
    "PrivilegeWaived": Sentence(
        "The privilege of the document {item_id} was waived for: {audience}[ ({recipient})]. By: {holder}.[ Words: {words}.]",
        "Il a été renoncé au privilège du document {item_id} pour : {audience}[ ({recipient})]. Par : {holder}."
        "[ Texte : {words}.]",
    ),
    "ConsultationNoticeGiven": Sentence(
        "Notice was given under {provision} to[ the party {party}][ {body}] ({consultation})"
        "[; to be answered by {represent_by_at}][; to be decided by {decide_by_at}].[ Words: {words}.]",
        "Avis a été donné en vertu de {provision} à[ la partie {party}][ {body}] ({consultation})"
        "[; réponse attendue au plus tard : {represent_by_at}][; décision au plus tard : {decide_by_at}]."
        "[ Texte : {words}.]",
    ),
    "RepresentationsReceived": Sentence(
        "Who was consulted answered: {position}[ (orally{oral})].[ Words: {words}.]",
        "La personne consultée a répondu : {position}[ (de vive voix{oral})].[ Texte : {words}.]",
    ),
    "ConsultationDecided": Sentence(
        "The consultation was decided: {decision}, and they were told"
        "[; nothing is released before {not_before_at}]. Words: {words}.",
        "La consultation a été tranchée : {decision}, et avis en a été donné"
        "[; rien n'est communiqué avant le {not_before_at}]. Texte : {words}.",
    ),
    "ConsultationReviewSought": Sentence(
        "Who was consulted asked {body} to review the decision.[ Words: {words}.]",
        "La personne consultée a demandé à {body} de réviser la décision.[ Texte : {words}.]",
    ),
    "ConsultationReviewEnded": Sentence(
        "The review ended; the decision stands: {upheld}.[ Words: {words}.]",
        "La révision a pris fin; la décision est maintenue : {upheld}.[ Texte : {words}.]",
    ),
    "WithholdingProposed": Sentence(
        "It was proposed to withhold, in entry {in_version} of {in_stream}, {slot}"
        "[, words from {first}][ to before {end}], under {exemption} (found by: {found_by}).",
        "Il a été proposé de retenir, à l'inscription {in_version} de {in_stream}, {slot}"
        "[, mots à partir de {first}][ jusqu'avant {end}], en vertu de {exemption} (repéré par : {found_by}).",
    ),
    "SlotDecided": Sentence(
        "It was decided of {slot}[, words from {first}][ to before {end}], in entry {in_version} of "
        "{in_stream}: {outcome}[, under {exemptions}][ {paragraph}][, until {until_on}].[ Harm: {harm}.]"
        "[ For: {factors_for}.][ Against: {factors_against}.][ Public interest: {override_reason}.]"
        "[ Not severable: {severability}.][ Why: {reason}.]",
        "Il a été décidé de {slot}[, mots à partir de {first}][ jusqu'avant {end}], à l'inscription "
        "{in_version} de {in_stream} : {outcome}[, en vertu de {exemptions}][ {paragraph}]"
        "[, jusqu'au {until_on}].[ Préjudice : {harm}.][ Pour : {factors_for}.][ Contre : {factors_against}.]"
        "[ Intérêt public : {override_reason}.][ Non séparable : {severability}.][ Motif : {reason}.]",
    ),
    "TreatmentDiffers": Sentence(
        "For this audience ({audience})[, {slot} in entry {in_version} of {in_stream}]"
        "[, the document {mark}] was {treated_before}[ ({exemptions_before})] in the disclosure {earlier} and would "
        "be {treated_after}[ ({exemptions_after})] now.",
        "Pour ce public ({audience})[, {slot} à l'inscription {in_version} de {in_stream}]"
        "[, le document {mark}] était {treated_before}[ ({exemptions_before})] dans la communication {earlier} et "
        "serait {treated_after}[ ({exemptions_after})] maintenant.",
    ),
    "TreatmentCompared": Sentence(
        "What this audience ({audience}) is to be given was compared with {compared} earlier "
        "{compared:release|releases}: {differences} {differences:difference|differences}.",
        "Ce que ce public ({audience}) doit recevoir a été comparé avec {compared} "
        "{compared:communication antérieure|communications antérieures} : {differences} "
        "{differences:différence|différences}.",
    ),
    "DifferenceExplained": Sentence(
        "An officer said why something is treated otherwise than before: {reason}.",
        "Le motif d'un traitement différent a été donné : {reason}.",
    ),
    "ClaimDecided": Sentence(
        "It was decided what the release claims of completeness: {claim}.[ Why: {reason}.]",
        "Il a été décidé ce que la communication affirme quant à son intégralité : {claim}.[ Motif : {reason}.]",
    ),
    "DisclosureApproved": Sentence(
        "What is to be released was approved ({slots} {slots:slot|slots}, {items} {items:document|documents})"
        "[; by its only officer, which is reported{sole_officer}].[ Words: {words}.]",
        "Ce qui doit être communiqué a été approuvé ({slots} {slots:champ|champs}, {items} {items:document|documents})"
        "[; par son unique responsable, ce qui est signalé{sole_officer}].[ Texte : {words}.]",
    ),
    "DisclosureReturned": Sentence(
        "What is to be released was not approved. Why: {reason}.",
        "Ce qui doit être communiqué n'a pas été approuvé. Motif : {reason}.",
    ),
    "DisclosureAnswered": Sentence(
        "The applicant was given the decision: {outcome}[, withheld under {exemptions}]; complaints to "
        "{complain_to}[ within {complain_within_days} {complain_within_days:day|days}].[ Contact: {contact}.][ Reasons: {reasons}.]",
        "La décision a été donnée au demandeur : {outcome}[, retenu en vertu de {exemptions}]; plaintes à "
        "{complain_to}[ dans {complain_within_days:le|les} {complain_within_days} {complain_within_days:jour|jours}].[ Contact : {contact}.][ Motifs : {reasons}.]",
    ),
    "ReleaseAuthorised": Sentence(
        "Release {number} may be made, for: {audience}, claiming: {claim}[; it takes the place of {supersedes}]"
        "[; withheld under {exemptions}].[ Recipient: {given_to}.][ Purpose: {purpose}.]",
        "La communication {number} peut être faite, pour : {audience}, affirmant : {claim}"
        "[; elle remplace {supersedes}][; retenu en vertu de {exemptions}].[ Destinataire : {given_to}.]"
        "[ But : {purpose}.]",
    ),
    "DisclosureReleased": Sentence(
        "Release {number} was made, for: {audience}; its bundle has the digest {bundle}, as of the checkpoint "
        "of {checkpoint_size} {checkpoint_size:entry|entries}.",
        "La communication {number} a été faite, pour : {audience}; son paquet a l'empreinte {bundle}, au point "
        "de contrôle de {checkpoint_size} {checkpoint_size:inscription|inscriptions}.",
    ),
    "ReleaseAbandoned": Sentence(
        "A release that was authorised is not made. Why: {reason}.",
        "Une communication autorisée n'est pas faite. Motif : {reason}.",
    ),
    "ReleaseDelivered": Sentence(
        "A release reached whom it was for: {method}.",
        "Une communication a été remise : {method}.",
    ),
    "ReleaseDeliveryFailed": Sentence(
        "A release did not reach whom it was for: {failure}.[ Words: {words}.]",
        "Une communication n'est pas parvenue à son destinataire : {failure}.[ Texte : {words}.]",
    ),
    "HeadsUpGiven": Sentence(
        "{office} was told ahead of the release, without who asked; told: {told}[; shown: the documents {items}]"
        "[; shown: the release {release_id}].[ Words: {words}.]",
        "Le bureau suivant a été prévenu de la communication, sans savoir qui l'a demandée : {office}; personne "
        "avisée : {told}[; documents montrés : {items}][; remise montrée : {release_id}].[ Texte : {words}.]",
    ),
    "PublicationDecided": Sentence(
        "It was decided whether the answer is published: {publish}[, not before {not_before_at}]. Why: {reason}.",
        "Il a été décidé si la réponse est publiée : {publish}[, pas avant le {not_before_at}]. Motif : {reason}.",
    ),
}

NEXT_STEPS: dict[str, Sentence] = {
    "approve": Sentence(
        "A second person's approval: `caseledger disclosure approve`.",
        "L'approbation d'une deuxième personne : `caseledger disclosure approve`.",
    ),
    "answer": Sentence(
        "The decision to the applicant: `caseledger disclosure answer`.",
        "La décision à la personne qui demande : `caseledger disclosure answer`.",
    ),
    "pay": Sentence(
        "{owed} of the fee: `caseledger disclosure pay`, or `waiver`.",
        "{owed} de droits : `caseledger disclosure pay`, ou `waiver`.",
    ),
    "compare": Sentence(
        "A look at what was released before: `caseledger disclosure compare`.",
        "Un regard sur ce qui a été communiqué auparavant : `caseledger disclosure compare`.",
    ),
    "make": Sentence(
        "That it is made, as was authorised: `caseledger disclosure release`, or `abandon`.",
        "Qu'elle soit faite, comme il a été autorisé : `caseledger disclosure release`, ou `abandon`.",
    ),
    "deliver": Sentence(
        "That it was received: `caseledger disclosure deliver`, or `undelivered`.",
        "Qu'elle ait été reçue : `caseledger disclosure deliver`, ou `undelivered`.",
    ),
    "publish": Sentence(
        "That it is published, by a disclosure of its own to everybody: `caseledger disclosure begin`.",
        "Qu'elle soit publiée, par une communication à part, au public : `caseledger disclosure begin`.",
    ),
    "publish_from": Sentence(
        "That it is published, from {day} on, by a disclosure of its own to everybody: `caseledger disclosure begin`.",
        "Qu'elle soit publiée, à partir du {day}, par une communication à part, au public : "
        "`caseledger disclosure begin`.",
    ),
}
"""What a disclosure waits for, by the verb that does it."""

_CODES: dict[str, Sentence] = {
    "standing.begun": Sentence("begun", "entreprise"),
    "standing.scoped": Sentence("scoped", "portée fixée"),
    "standing.in review": Sentence("in review", "à l'examen"),
    "standing.approved": Sentence("approved", "approuvée"),
    "standing.released": Sentence("released", "communiquée"),
    "standing.delivered": Sentence("delivered", "remise"),
    "standing.delivery failed": Sentence("delivery failed", "remise échouée"),
    "standing.waits for the applicant": Sentence(
        "waits for the applicant", "en attente de la personne qui demande"
    ),
    "standing.a release is being made": Sentence(
        "a release is being made", "communication en préparation"
    ),
    "standing.ended as begun by mistake": Sentence(
        "ended as begun by mistake", "close, entreprise par erreur"
    ),
    "audience.applicant": Sentence("the applicant", "le demandeur"),
    "audience.subject": Sentence("the person it is about", "la personne visée"),
    "audience.publication": Sentence("everybody", "le public"),
    "audience.regulator": Sentence(
        "the regulator or court", "l'organisme de contrôle ou le tribunal"
    ),
    "applicant_class.media": Sentence("media", "médias"),
    "applicant_class.business": Sentence("business", "entreprise"),
    "applicant_class.academia": Sentence("academia", "milieu universitaire"),
    "applicant_class.organisation": Sentence("organisation", "organisme"),
    "applicant_class.public": Sentence("member of the public", "membre du public"),
    "applicant_class.decline": Sentence("not said", "non précisé"),
    "outcome.release": Sentence("released", "communiqué"),
    "outcome.withhold": Sentence("withheld", "retenu"),
    "claim.whole_stream": Sentence("whole streams", "des suites entières"),
    "claim.stated_scope": Sentence("the stated scope", "la portée indiquée"),
    "claim.none": Sentence("nothing", "rien"),
    "found_by.schema": Sentence("a field marked personal", "un champ marqué personnel"),
    "found_by.known_party": Sentence("a known party", "une partie connue"),
    "found_by.pattern": Sentence("a pattern", "un motif"),
    "found_by.phone": Sentence("a telephone number", "un numéro de téléphone"),
    "found_by.staff": Sentence("a member of staff", "un membre du personnel"),
    "disposition.release_in_full": Sentence("released in full", "communiqué en entier"),
    "disposition.release_in_part": Sentence("released in part", "communiqué en partie"),
    "disposition.withhold_in_full": Sentence("withheld in full", "retenu en entier"),
    "disposition.not_responsive": Sentence("not responsive", "non pertinent"),
    "disposition.referred_to": Sentence("referred to another body", "renvoyé à un autre organisme"),
    "disposition.no_record": Sentence("no record", "aucun document"),
    "disposition.already_public": Sentence("already public", "déjà public"),
    "disposition.to_be_published": Sentence("to be published", "à paraître"),
    "disposition.neither_confirm_nor_deny": Sentence(
        "neither confirmed nor denied", "ni confirmé ni infirmé"
    ),
    "duplicate.exact": Sentence("the same bytes", "mêmes octets"),
    "duplicate.near": Sentence("nearly the same", "presque identique"),
    "privilege.solicitor_client": Sentence("solicitor and client", "secret professionnel"),
    "privilege.litigation": Sentence("litigation", "litige"),
    "privilege.settlement": Sentence("settlement", "règlement"),
    "consultation.third_party": Sentence("a third party", "un tiers"),
    "consultation.public_body": Sentence("another public body", "un autre organisme public"),
    "consultation.cabinet_office": Sentence("the Cabinet office", "le bureau du Conseil"),
    "consultation.legal": Sentence("legal advice", "conseil juridique"),
    "position.objects": Sentence("they object", "opposition"),
    "position.objects_in_part": Sentence("they object in part", "opposition en partie"),
    "position.consents": Sentence("they consent", "consentement"),
    "position.deemed_consent": Sentence("they are taken to consent", "consentement réputé"),
    "position.no_answer": Sentence("they did not answer", "aucune réponse"),
    "decision.release": Sentence("it is released", "communication"),
    "decision.release_in_part": Sentence("it is released in part", "communication en partie"),
    "decision.withhold": Sentence("it is withheld", "retenue"),
    "waiver.whole": Sentence("all is waived", "dispense entière"),
    "waiver.part": Sentence("part is waived", "dispense partielle"),
    "waiver.refused": Sentence("nothing is waived", "dispense refusée"),
    "treated.shown": Sentence("shown", "communiqué"),
    "treated.withheld": Sentence("withheld", "retenu"),
    "method.download": Sentence("by download", "par téléchargement"),
    "method.email": Sentence("by e-mail", "par courriel"),
    "method.mail": Sentence("by mail", "par la poste"),
    "method.in_person": Sentence("in person", "en personne"),
    "method.to_publication": Sentence("by publication", "par publication"),
    "failure.bounced": Sentence("it bounced", "message refusé"),
    "failure.returned": Sentence("it came back", "retour à l'envoyeur"),
    "failure.unreachable": Sentence("nobody could be reached", "personne injoignable"),
    "failure.wrong_recipient": Sentence("somebody else got it", "remise à une autre personne"),
    "failure.not_accessible": Sentence("it could not be read", "document illisible"),
    "activity.search": Sentence("searching", "la recherche"),
    "activity.retrieve": Sentence("retrieving", "l'extraction"),
    "activity.review": Sentence("reviewing", "l'examen"),
    "activity.sever": Sentence("severing", "le prélèvement"),
    "activity.consult": Sentence("consulting", "la consultation"),
    "activity.other": Sentence("other work", "autre travail"),
    "outcome.granted": Sentence("granted", "accordée"),
    "outcome.part": Sentence("granted in part", "accordée en partie"),
    "outcome.refused": Sentence("refused", "refusée"),
    "outcome.no_record": Sentence("no record", "aucun document"),
    "outcome.neither_confirm_nor_deny": Sentence(
        "neither confirmed nor denied", "ni confirmée ni infirmée"
    ),
}

_DISPOSITION = "disposition."
DISCLOSURE_CODES: dict[str, Sentence] = _CODES | {
    f"treated.{code.removeprefix(_DISPOSITION)}": said
    for code, said in _CODES.items()
    if code.startswith(_DISPOSITION)
}

"""The sentences of the audit trail: one for each topic, in English and in French.

`{name}` stands for a field of the fact, worded by `wording`; what stands between brackets is left
out where a field in it is empty. A personal field reads as its value, as sealed, as erased or as lost.
"""

from __future__ import annotations

from ledger.facts import Concealed
from projections.sentences.answer import ANSWER_CODES, ANSWER_SENTENCES
from projections.sentences.clock import CLOCK_CODES, CLOCK_SENTENCES
from projections.sentences.custody import CUSTODY_CODES, CUSTODY_SENTENCES
from projections.sentences.disclosure import DISCLOSURE_CODES, DISCLOSURE_SENTENCES
from projections.sentences.evidence import EVIDENCE_CODES, EVIDENCE_SENTENCES
from projections.sentences.flow import FLOW_CODES, FLOW_SENTENCES
from projections.sentences.intake import INTAKE_CODES, INTAKE_SENTENCES
from projections.sentences.keeping import KEEPING_CODES, KEEPING_SENTENCES
from projections.sentences.party import PARTY_SENTENCES
from projections.sentences.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    **INTAKE_SENTENCES,
    **FLOW_SENTENCES,
    **CUSTODY_SENTENCES,
    **ANSWER_SENTENCES,
    **CLOCK_SENTENCES,
    **EVIDENCE_SENTENCES,
    **DISCLOSURE_SENTENCES,
    "CaseOpened": Sentence(
        "A request reached us by {channel} on {reached_body_at} and became case {reference}"
        "[, of type {request_type}][, in the region {region}]."
        "[ Severity: {severity}[ ({severity_criterion})].][ Still missing: {missing}.]"
        "[ The requester calls it urgent{urgency_stated}.]"
        "[ Answers[, in {answered_in}]: {answers}.]",
        "Une demande nous est parvenue par {channel} le {reached_body_at} et est devenue le dossier "
        "{reference}[, de type {request_type}][, dans la région {region}]."
        "[ Gravité : {severity}[ ({severity_criterion})].][ Il manque encore : {missing}.]"
        "[ Le demandeur la dit urgente{urgency_stated}.]"
        "[ Réponses[, en {answered_in}] : {answers}.]",
    ),
    "CaseClassified": Sentence(
        "The case was classified as {request_type} ({programme})[, in the region {region}]"
        "[, language {language}]."
        "[ Severity: {severity}[ ({severity_criterion})].][ Still missing: {missing}.]"
        "[ Why: {reason}.]",
        "Le dossier a été classé : {request_type} ({programme})[, dans la région {region}]"
        "[, langue : {language}]."
        "[ Gravité : {severity}[ ({severity_criterion})].][ Il manque encore : {missing}.]"
        "[ Motif : {reason}.]",
    ),
    "InformationRequested": Sentence(
        "The requester was asked[ by {channel}] for what is missing[: {fields}]"
        "[, to be answered by {reply_by}].[ Words[, in {language}]: {words}.]",
        "On a demandé au demandeur[ par {channel}] ce qui manque[ : {fields}]"
        "[, réponse attendue au plus tard le {reply_by}].[ Texte[, en {language}] : {words}.]",
    ),
    "InformationReceived": Sentence(
        "Information came in by {channel}.[ Still missing: {missing}.]"
        "[ The case is complete since {complete_at}.][ Answers[, in {answered_in}]: {answers}.]",
        "Des renseignements sont arrivés par {channel}.[ Il manque encore : {missing}.]"
        "[ Le dossier est complet depuis le {complete_at}.][ Réponses[, en {answered_in}] : {answers}.]",
    ),
    "CaseRouted": Sentence(
        "The published rules gave the case to the team {team}, by the rule {rule}."
        "[ They propose the team {proposed}.][ The team {confirm_team} is to confirm it by {confirm_by}.]",
        "Les règles publiées ont confié le dossier à l'équipe {team}, par la règle {rule}."
        "[ Elles proposent l'équipe {proposed}.]"
        "[ L'équipe {confirm_team} doit le confirmer au plus tard le {confirm_by}.]",
    ),
    "CaseSkipped": Sentence(
        "{member} passed the case over in the queue of the team {team}: {reason}.",
        "{member} a passé le dossier dans la file de l'équipe {team} : {reason}.",
    ),
    "WaitingBegan": Sentence(
        "The case began to wait: {reason}.[ Words: {words}.]",
        "Le dossier a été mis en attente : {reason}.[ Texte : {words}.]",
    ),
    "WaitingEnded": Sentence(
        "The case waits no longer.",
        "Le dossier n'est plus en attente.",
    ),
    "MilestoneReached": Sentence(
        "This was done: {milestone}.",
        "Ceci a été fait : {milestone}.",
    ),
    "ContactLogged": Sentence(
        "A contact was logged: {direction}, by {channel}[ in {language}][, with the party {party}] ({kinds})"
        "[, {minutes} {minutes:minute|minutes}]"
        "[; somebody interpreted{interpreted}][; nobody was reached{reached}].[ Words: {words}.]",
        "Un contact a été noté : {direction}, par {channel}[ en {language}][, avec la partie {party}] ({kinds})"
        "[, {minutes} {minutes:minute|minutes}]"
        "[; par interprète{interpreted}][; personne n'a été joint{reached}].[ Paroles : {words}.]",
    ),
    "NoteAdded": Sentence(
        "A note was put on the case[ in {language}][, privileged ({privilege})]: {text}.",
        "Une note a été versée au dossier[ en {language}][, protégée ({privilege})] : {text}.",
    ),
    "RecordItemAdded": Sentence(
        "A record item was listed ({media_type}, {size_bytes} {size_bytes:byte|bytes}[, {pages} {pages:page|pages}][, in {language}])[, privileged ({privilege})], kept "
        "by {custodian} at {place_kept}.[ It translates the item {translation_of}.][ It translates entry "
        "{translates} of this case.][ Translated by {translated_by}: {translator}.][ Title: {title}.][ Source: {source}.]",
        "Une pièce a été inscrite ({media_type}, {size_bytes} {size_bytes:octet|octets}[, {pages} {pages:page|pages}][, en {language}])[, protégée ({privilege})], "
        "conservée par {custodian} à {place_kept}.[ Elle traduit la pièce {translation_of}.][ Elle traduit "
        "l'inscription {translates} de ce dossier.][ Traduite par {translated_by} : {translator}.][ Titre : {title}.][ Source : {source}.]",
    ),
    "TranslationReviewed": Sentence(
        "{reviewed_by} reviewed the translation {item_id} and stands by it.[ Words: {words}.]",
        "{reviewed_by} a révisé la traduction {item_id} et s'en porte garant.[ Texte : {words}.]",
    ),
    "ExternalIdGiven": Sentence(
        "Another system or office calls it {external_id}[ ({source})].",
        "Un autre système ou service l'appelle {external_id}[ ({source})].",
    ),
    "CaseLinked": Sentence(
        "It was decided that this case is {relation} case {other_case}"
        "[ (similarity {similarity} in a thousand)].[ Why: {reason}.]",
        "Il a été décidé que ce dossier est {relation} dossier {other_case}"
        "[ (similarité de {similarity} sur mille)].[ Motif : {reason}.]",
    ),
    "DecisionRecorded": Sentence(
        "The case was decided: {outcome}, on the basis of {legal_basis}"
        "[, under the delegation {delegation}].[ Evidence relied on: {evidence} {evidence:item|items}.]"
        "[ Reasons[, in {language}]: {reasons}.][ Approved by {approved_by}.]"
        "[ It takes the place of the decision {replaces}.]",
        "Le dossier a été tranché : {outcome}, sur le fondement de {legal_basis}"
        "[, en vertu de la délégation {delegation}].[ Preuves retenues : {evidence} {evidence:pièce|pièces}.]"
        "[ Motifs[, en {language}] : {reasons}.][ Approuvé par {approved_by}.][ Elle prend la place de la décision "
        "{replaces}.]",
    ),
    "CaseResolved": Sentence(
        "The case was resolved: {outcome}[; the requester had a reply{replied}]."
        "[ Words[, in {language}]: {words}.]",
        "Le dossier a été réglé : {outcome}[; le demandeur avait reçu une réponse{replied}]."
        "[ Texte[, en {language}] : {words}.]",
    ),
    "CaseReopened": Sentence(
        "The case was opened again: {reason}; its clocks {clock_policy}.[ It is with {owner} again.]"
        "[ Words: {words}.]",
        "Le dossier a été rouvert : {reason}; ses délais {clock_policy}.[ Il est de nouveau confié à "
        "{owner}.][ Texte : {words}.]",
    ),
    "EntryCorrected": Sentence(
        "Entry {corrects} of this case was corrected ({fields}); the earlier one stays."
        "[ Right is: {values}.][ Why: {reason}.]",
        "L'inscription {corrects} de ce dossier a été corrigée ({fields}); la première demeure."
        "[ Est exact : {values}.][ Motif : {reason}.]",
    ),
    "CaseImported": Sentence(
        "The case was taken over from another system as {reference}; it had come by {channel} on "
        "{received_at}[, of type {request_type}][, to the team {team}][, responsible {responsible}]."
        "[ What looked wrong: {findings}.][ Its number there: {external_id}.]",
        "Le dossier a été repris d'un autre système sous le numéro {reference}; il était arrivé par "
        "{channel} le {received_at}[, de type {request_type}][, à l'équipe {team}]"
        "[, responsable : {responsible}].[ Ce qui semblait erroné : {findings}.]"
        "[ Son numéro là-bas : {external_id}.]",
    ),
    "ActivityRecorded": Sentence(
        "The source says that this was done: {activity}[ (team {team})].",
        "La source indique que ceci a été fait : {activity}[ (équipe {team})].",
    ),
    "OwnershipTransferred": Sentence(
        "The source shows the case with[ {to_owner}][ of the team {to_team}] from here on"
        "[; before with {from_owner}].",
        "La source montre désormais le dossier chez[ {to_owner}][ de l'équipe {to_team}]"
        "[; auparavant chez {from_owner}].",
    ),
    **PARTY_SENTENCES,
    "PartyRecorded": Sentence(
        "A {kind} was recorded, identity {assurance}[, language {language}]."
        "[ Name: {name}.][ Contact: {contact}.]",
        "Une {kind} a été inscrite, identité {assurance}[, langue : {language}]."
        "[ Nom : {name}.][ Coordonnées : {contact}.]",
    ),
    "PolicyPublished": Sentence(
        "Policy {number} was published, in force from {effective_from} (digest {digest}).",
        "La politique {number} a été publiée, en vigueur à partir du {effective_from} "
        "(empreinte {digest}).",
    ),
    "ImportBegun": Sentence(
        "An import from {source} began ({format}, mapping {mapping}).[ Digest of the file: "
        "{file_digest}.]",
        "Une reprise depuis {source} a commencé ({format}, correspondance {mapping})."
        "[ Empreinte du fichier : {file_digest}.]",
    ),
    "ImportFinished": Sentence(
        "The import came to its end; its report is recorded.[ Set aside: {set_aside}.]",
        "La reprise est terminée; son rapport est consigné.[ Mis de côté : {set_aside}.]",
    ),
    **KEEPING_SENTENCES,
}

UNREADABLE = Sentence(
    "An entry '{topic}' of schema {schema}, intact, which this version cannot put into words: its "
    "fields are given as they are recorded.",
    "Une inscription « {topic} » de schéma {schema}, intacte, que cette version ne sait pas mettre en "
    "mots : ses champs sont donnés tels qu'ils sont consignés.",
)

CORRECTED = Sentence(
    "Corrected by entry {version} of this case ({fields})[: {values}].",
    "Corrigée par l'inscription {version} de ce dossier ({fields})[ : {values}].",
)

PASSAGE = Sentence(
    "{words} is about the party {party}[ ({roles})].",
    "{words} porte sur la partie {party}[ ({roles})].",
)
PASSAGE_ERASED = Sentence(
    "{words} was about somebody whose data is erased.",
    "{words} portait sur une personne dont les données sont effacées.",
)
SEALED = Sentence("[sealed]", "[sous scellé]")
ERASED = Sentence("[erased]", "[effacé]")
LOST = Sentence("[lost]", "[perdu]")
CONCEALED = {Concealed.SEALED: SEALED, Concealed.ERASED: ERASED, Concealed.LOST: LOST}
NAMED_MACHINE = Sentence("the program {id}", "le programme {id}")
FOR_TEAM = Sentence(" for {team}", " pour {team}")
ON_BEHALF = Sentence(", on behalf of {whom}", ", au nom de {whom}")
END_OF_DAY = Sentence("the end of {day}", "{day}, fin de journée")
THE_BEGINNING = Sentence("the beginning", "début")
WORDS = Sentence("words", "mots")
"""Before the numbers of words that are withheld."""
YES = Sentence("yes", "oui")
NOTHING = Sentence("nothing", "rien")
"""What stands where a correction takes an answer away."""
NO = Sentence("no", "non")
NAMED_VALUE = Sentence("{name}: {value}", "{name} : {value}")

CODES: dict[str, Sentence] = {
    **INTAKE_CODES,
    **FLOW_CODES,
    **CUSTODY_CODES,
    **ANSWER_CODES,
    **CLOCK_CODES,
    **EVIDENCE_CODES,
    **DISCLOSURE_CODES,
    **KEEPING_CODES,
    "direction.inbound": Sentence("to us", "reçu"),
    "direction.outbound": Sentence("from us", "de notre part"),
    "alarm.done_too_early": Sentence(
        "something was done before the day from which it may be",
        "un acte a été fait avant le jour à partir duquel il peut l'être",
    ),
    "alarm.due_moved_earlier": Sentence("a due date moved earlier", "une échéance a été avancée"),
    "alarm.date_moved_earlier": Sentence(
        "a date by which nothing is due, but which was told, moved earlier",
        "une date à laquelle rien n'est dû, mais qui avait été dite, a été avancée",
    ),
    "outcome.ended": Sentence("ended, says the source", "terminé, selon la source"),
    "action.act": Sentence("action will be taken", "une mesure sera prise"),
    "action.reassign": Sentence("the case is given to somebody else", "le dossier est réattribué"),
    "action.extend": Sentence("the time is extended", "le délai est prolongé"),
    "action.accept_breach": Sentence("the breach is accepted", "le dépassement est accepté"),
    "alarm.never_opened": Sentence("nobody has taken the case", "personne n'a pris le dossier"),
    "alarm.never_routed": Sentence("no team has the case", "aucune équipe n'a le dossier"),
    "alarm.waiting_too_long": Sentence(
        "the case has waited for too long", "le dossier est en attente depuis trop longtemps"
    ),
    "alarm.never_confirmed": Sentence(
        "nobody of the duty team has confirmed where the case goes",
        "personne de l'équipe de garde n'a confirmé où va le dossier",
    ),
    "ground.majority": Sentence("they have come of age", "elle est devenue majeure"),
    "ground.death": Sentence("they have died", "elle est décédée"),
    "verdict.same": Sentence("the same person", "la même personne"),
    "verdict.not_same": Sentence("not the same person", "pas la même personne"),
    "verdict.cannot_say": Sentence("it cannot be told", "on ne peut pas le dire"),
    "role.requester": Sentence("requester", "demandeur"),
    "role.subject": Sentence("subject", "personne visée"),
    "role.representative": Sentence("representative", "représentant"),
    "role.third_party": Sentence("third party", "tiers"),
    "role.witness": Sentence("witness", "témoin"),
    "role.staff_complained_about": Sentence(
        "member of staff complained about", "membre du personnel visé par une plainte"
    ),
    "relation.same_matter": Sentence("about the same matter as", "sur la même affaire que le"),
    "relation.not_the_same": Sentence(
        "not about the same matter as", "sur une autre affaire que le"
    ),
    "relation.related": Sentence("related to", "lié au"),
    "relation.review_of": Sentence("a review of", "une révision du"),
    "relation.follows": Sentence("a sequel to", "une suite du"),
    "kind.person": Sentence("person", "personne"),
    "kind.organisation": Sentence("organisation", "organisation"),
    "assurance.claimed": Sentence("as claimed", "déclarée"),
    "assurance.matched": Sentence("matched", "rapprochée"),
    "assurance.verified": Sentence("verified", "vérifiée"),
    "language.en": Sentence("English", "anglais"),
    "language.fr": Sentence("French", "français"),
    "language.mic": Sentence("Mi'kmaw", "mi'kmaw"),
    "language.ar": Sentence("Arabic", "arabe"),
    "language.uk": Sentence("Ukrainian", "ukrainien"),
    "language.ase": Sentence("American Sign Language", "langue des signes américaine"),
    "language.fcs": Sentence("Quebec Sign Language", "langue des signes québécoise"),
    "language.mis": Sentence("another language", "une autre langue"),
    "translated_by.person": Sentence("a person", "une personne"),
    "translated_by.machine": Sentence("a machine", "une machine"),
    "severity.immediate_danger": Sentence("immediate danger", "danger immédiat"),
    "severity.harm_within_days": Sentence("harm within days", "préjudice dans les prochains jours"),
    "severity.rights_or_money_at_a_date": Sentence(
        "rights or money at a date", "droits ou argent à une date"
    ),
    "severity.other": Sentence("other", "autre"),
    "party.owner": Sentence("the owner", "la personne responsable"),
    "party.team": Sentence("the team", "l'équipe"),
    "party.leader": Sentence("the leader of the team", "la personne qui dirige l'équipe"),
    "party.director": Sentence("the director", "la direction"),
    "party.dispatcher": Sentence("the dispatcher", "la répartition"),
    "party.on_call": Sentence("whoever is on call", "la personne de garde"),
    "party.intake": Sentence("the intake desk", "l'accueil"),
    "clock.deadline": Sentence("of the source", "de la source"),
}

"""The words of the ombudsman's file: the questions of a first letter, and what no entry says by itself."""

from __future__ import annotations

from projections.sentences.sentence import Sentence

ROWS: dict[str, Sentence] = {
    "account": Sentence(
        "Your account, question by question; do you accept fault?",
        "Votre version, question par question; reconnaissez-vous une faute?",
    ),
    "chronology": Sentence("Full chronology", "Chronologie complète"),
    "records": Sentence(
        "Records held; are they complete?", "Documents détenus; sont-ils complets?"
    ),
    "policy": Sentence(
        "Policy and procedure in force then", "Politique et procédure alors en vigueur"
    ),
    "decided": Sentence(
        "Who decided, with what authority, on what evidence, for what reasons?",
        "Qui a décidé, à quel titre, sur quelles preuves, pour quels motifs?",
    ),
    "told": Sentence(
        "What was the person told, and when?", "Qu'a-t-on dit à la personne, et quand?"
    ),
    "delay": Sentence(
        "Why the delay: who had it when?", "Pourquoi ce délai : qui avait le dossier, et quand?"
    ),
    "vulnerability": Sentence(
        "What was known of vulnerability, and what was adjusted?",
        "Que savait-on de la vulnérabilité, et quelles mesures ont été prises?",
    ),
    "complaint": Sentence(
        "How was the complaint handled?", "Comment la plainte a-t-elle été traitée?"
    ),
    "others": Sentence(
        "How many others are affected?", "Combien d'autres personnes sont touchées?"
    ),
    "complainant": Sentence(
        "What may the complainant not be shown?",
        "Que ne peut-on pas montrer à la partie plaignante?",
    ),
    "privilege": Sentence("Privileged or Cabinet material", "Documents privilégiés ou du Cabinet"),
    "commitments": Sentence(
        "Remedy offered; what will change?", "Réparation offerte; qu'est-ce qui changera?"
    ),
    "people": Sentence("Whom may we interview?", "Qui peut être interrogé?"),
    "unaltered": Sentence(
        "Confirm that nothing was altered since",
        "Confirmez que rien n'a été modifié depuis",
    ),
}
"""The questions, in the order in which they are answered."""

SAID: dict[str, Sentence] = {
    "unanswered": Sentence(
        "This question was not answered yet.",
        "Cette question n'a pas encore reçu de réponse.",
    ),
    "completeness": Sentence(
        "The ledger proves that these are all entries of the case as of the checkpoint; of records held "
        "elsewhere it says only what is listed here, and the answers say what else was searched.",
        "Le registre prouve que ce sont toutes les inscriptions du dossier à la date du point de contrôle; des "
        "documents détenus ailleurs il ne dit que ce qui est inscrit ici, et les réponses disent ce qui a été "
        "cherché d'autre.",
    ),
    "privileged": Sentence(
        "Entry {version} of {case}, of {on}, was marked as privileged when it was made.",
        "L'inscription {version} de {case}, du {on}, a été marquée comme privilégiée dès l'origine.",
    ),
    "policy": Sentence(
        "Policy {number} (digest {digest}), its text beside this.",
        "Politique {number} (empreinte {digest}), son texte ci-joint.",
    ),
    "span": Sentence(
        "{case}: with {whom}, {kind}, from {begin} until {end}: {hours} h.",
        "{case} : chez {whom}, {kind}, du {begin} au {end} : {hours} h.",
    ),
    "total": Sentence(
        "{case}: {hours} h in all, {open} h of them while it was not resolved; to the second the spans above add up "
        "to this.",
        "{case} : {hours} h en tout, dont {open} h où il n'était pas réglé; à la seconde près, c'est la somme des "
        "périodes ci-dessus.",
    ),
    "others": Sentence(
        "{count} other {count:case|cases} of type {type}, routed by {rule}, reached us from {begin} to {end}.",
        "{count} {count:autre dossier|autres dossiers} de type {type}, {count:acheminé|acheminés} "
        "par {rule}, {count:nous est parvenu|nous sont parvenus} du {begin} au "
        "{end}.",
    ),
    "person": Sentence(
        "{member} acted{team}, {acts} {acts:time|times}, and is still there.",
        "{member} a agi{team}, {acts} fois, et est toujours en poste.",
    ),
    "gone": Sentence(
        "{member} acted{team}, {acts} {acts:time|times}, and is not there any more.",
        "{member} a agi{team}, {acts} fois, et n'est plus en poste.",
    ),
    "machine": Sentence(
        "The program {member} acted{team}, {acts} {acts:time|times}.",
        "Le programme {member} a agi{team}, {acts} fois.",
    ),
    "checkpoint": Sentence(
        "A checkpoint over {size} {size:entry|entries} was signed before the inquiry: a bundle proves against it, "
        "offline, that nothing before was altered since.",
        "Un point de contrôle sur {size} {size:inscription|inscriptions} a été signé avant l'enquête : un paquet "
        "prouve, hors ligne, que rien d'antérieur n'a été modifié depuis.",
    ),
    "no_checkpoint": Sentence(
        "No checkpoint was signed before the inquiry: that nothing was altered is shown by the heads of the "
        "streams, from when they were first given out.",
        "Aucun point de contrôle n'a été signé avant l'enquête : l'absence de modification se démontre par les "
        "têtes des suites, depuis leur première communication.",
    ),
}
STANDS: dict[str, Sentence] = {
    "unrouted": Sentence("routed nowhere yet", "pas encore acheminé"),
    "queued": Sentence("in its queue", "en file"),
    "returned": Sentence("returned as misrouted", "retourné comme mal acheminé"),
    "adjudication": Sentence("to be adjudicated", "à trancher"),
    "in_transit": Sentence("in transit", "en transit"),
    "with_owner": Sentence("in hand", "en main"),
    "waiting": Sentence("waiting", "en attente"),
    "resolved": Sentence("resolved", "réglé"),
}
"""How a case stood in a span, by the kind of it."""

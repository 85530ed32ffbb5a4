"""What releases say in words, in English and French side by side."""

from __future__ import annotations

from projections.sentences.sentence import Sentence

WITHHELD = Sentence("[withheld: {exemption}]", "[retenu : {exemption}]")
LINE_WITHHELD = Sentence(
    "This entry is withheld as a whole ({exemption}, line {line} of the index).",
    "Cette inscription est retenue en entier ({exemption}, ligne {line} de l'index).",
)
OUT_OF_SCOPE = Sentence(
    "Out of scope: {count}. Each is counted by its digest and not shown.",
    "Hors de la portée : {count}. Chacune est comptée par son empreinte et n'est pas montrée.",
)
CLAIMS: dict[str, Sentence] = {
    "whole_stream": Sentence(
        "Each record is given to its last entry as of the checkpoint: every entry is shown, or counted "
        "where it is withheld.",
        "Chaque dossier est donné jusqu'à sa dernière inscription à la date du point de contrôle : "
        "chaque inscription est montrée, ou comptée là où elle est retenue.",
    ),
    "stated_scope": Sentence(
        "What lies within the stated scope is shown or counted; this release does not say how many "
        "entries there are beyond it.",
        "Ce qui relève de la portée énoncée est montré ou compté; cette communication ne dit pas "
        "combien d'inscriptions il y a au-delà.",
    ),
    "none": Sentence(
        "Each entry shown stands for itself; this release says nothing of what else there may be.",
        "Chaque inscription montrée vaut par elle-même; cette communication ne dit rien de ce qu'il "
        "peut y avoir d'autre.",
    ),
}
RENDERING = Sentence(
    "These sentences are the office's rendering of what is recorded. The recorded values and their "
    "proofs lie beside them: open verify.html, or use `caseledger verify-bundle`.",
    "Ces phrases sont une mise en mots, par le bureau, de ce qui est consigné. Les valeurs consignées "
    "et leurs preuves sont jointes : ouvrez verify.html, ou utilisez `caseledger verify-bundle`.",
)
NOT_PROVEN = Sentence(
    "Not proven: that what was entered is true, or that everything was written down.",
    "Non prouvé : que ce qui a été inscrit est vrai, ou que tout a été consigné.",
)
SIGNED = Sentence(
    "As of the checkpoint of {size} {size:entry|entries} by {origin}, signed on {at}.",
    "Selon le point de contrôle de {size} {size:inscription|inscriptions} par {origin}, signé le {at}.",
)
EXEMPTIONS = Sentence("What was withheld, and why", "Ce qui est retenu, et pourquoi")
EXEMPTION = Sentence(
    "{name}, section {section}[ of {statute}]. {duty}[ Protected interest: {interest}.]",
    "{name}, article {section}[ de {statute}]. {duty}[ Intérêt protégé : {interest}.]",
)
MANDATORY = Sentence("It must be withheld.", "La loi oblige à le retenir.")
DISCRETIONARY = Sentence(
    "It may be withheld, and the office decided so.",
    "La loi permet de le retenir, et le bureau l'a décidé.",
)
TITLE = Sentence("Chronology", "Chronologie")
VOLUME = Sentence(
    "Chronology, volume {number} of {count}", "Chronologie, volume {number} de {count}"
)
ENTRY = Sentence("Entry {version}", "Inscription {version}")
HAPPENED = Sentence("Happened", "Fait survenu")
KNOWN = Sentence("Known", "Connu")
RECORDED = Sentence("Recorded", "Consigné")
BY = Sentence("By", "Par")
GOES_ON_WITH = Sentence("Goes on with", "Suite de")
FOR_AUDIENCE = Sentence("Audience", "Public")
FOR_RECIPIENT = Sentence("Recipient", "Destinataire")
FOR_PURPOSE = Sentence("Purpose", "But")
FOR_CLAIM = Sentence("Completeness", "Exhaustivité")
CASE = Sentence("Case {reference}", "Dossier {reference}")
RECORD = Sentence("Record {stream}", "Enregistrement {stream}")

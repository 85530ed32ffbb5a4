"""The sentences of the audit trail about the evidence itself: anchors, keys, witnesses."""

from __future__ import annotations

from projections.sentences.sentence import Sentence

EVIDENCE_SENTENCES: dict[str, Sentence] = {
    "LogAnchored": Sentence(
        "The office stood by the first {leaves} {leaves:entry|entries} of the log and the last entry of each of its "
        "{streams} {streams:stream|streams}.[ The last checkpoint that witnesses had cosigned: {witnessed}.]",
        "Le bureau s'est porté garant des inscriptions 1 à {leaves} du journal et de la dernière de "
        "chacune de ses {streams} {streams:suite|suites}.[ Dernier point de contrôle cosigné par des témoins : {witnessed}.]",
    ),
    "KeyIntroduced": Sentence(
        "A key was introduced, under which from now on {purpose}: {key}.",
        "Une clé a été introduite, sous laquelle désormais {purpose} : {key}.",
    ),
    "KeyRetired": Sentence(
        "A key was retired, under which until now {purpose}: {key}.",
        "Une clé a été retirée, sous laquelle jusqu'ici {purpose} : {key}.",
    ),
    "EntriesLost": Sentence(
        "Entries {first_position} to {last_position} were lost after they had been signed for; their digests "
        "stand in their places (signed head: {signed_root}).",
        "Les inscriptions {first_position} à {last_position} ont été perdues après avoir été signées; leurs "
        "empreintes tiennent leur place (tête signée : {signed_root}).",
    ),
    "WitnessQuorumSet": Sentence(
        "From now on a checkpoint counts as witnessed once {quorum} {quorum:witness has|witnesses have} cosigned it.",
        "Désormais un point de contrôle compte comme attesté une fois que {quorum} {quorum:témoin l'a|témoins l'ont} cosigné.",
    ),
    "WitnessAddressed": Sentence(
        "The witness {key} is asked from now on[ at {url}, and else] by files that people carry.",
        "Le témoin {key} est désormais sollicité[ à l'adresse {url} et, à défaut,] par des fichiers portés à la main.",
    ),
}

EVIDENCE_CODES: dict[str, Sentence] = {
    "purpose.checkpoint": Sentence(
        "checkpoints of the log are signed", "les points de contrôle du journal sont signés"
    ),
    "purpose.receipt": Sentence("receipts are signed", "les accusés de réception sont signés"),
    "purpose.witness": Sentence(
        "a witness cosigns checkpoints", "un témoin cosigne les points de contrôle"
    ),
}

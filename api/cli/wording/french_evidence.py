"""Evidence in French: what verification, checkpoints, keys, witnesses, proofs and bundles say, beside its English."""

from __future__ import annotations

from collections.abc import Mapping

OF_EVIDENCE: Mapping[str, str] = {
    # Verification
    "Clean: everything is as it was recorded.": "Intact : tout est tel qu'il a été consigné.",
    "{count} finding: keep the files as they are": "{count} constat : gardez les fichiers tels quels",
    "{count} findings: keep the files as they are": "{count} constats : gardez les fichiers tels quels",
    "{entries} in {streams}, {parts}, {erased} of them erased.": (
        "{entries} dans {streams}; {parts} (effacées : {erased})."
    ),
    "{count} sealed part": "{count} partie scellée",
    "{count} sealed parts": "{count} parties scellées",
    "The master key is not here: what is sealed was held against its digests, and not opened.": (
        "La clé maîtresse n'est pas là : ce qui est scellé a été comparé à ses empreintes, sans être ouvert."
    ),
    "The views were held against a rebuild.": "Les vues ont été comparées à une reconstruction.",
    "The views were not held against a rebuild, {why}.": (
        "Les vues n'ont pas été comparées à une reconstruction, {why}."
    ),
    "The views were left out.": "Les vues ont été laissées de côté.",
    "which takes sound entries": "ce qui demande des inscriptions saines",
    "which could not be done now": "ce qui n'a pu se faire cette fois",
    "which takes a database that can be written": (
        "ce qui demande une base de données où l'on peut écrire"
    ),
    "{count} checkpoint was held against the log.": (
        "{count} point de contrôle a été comparé au journal."
    ),
    "{count} checkpoints were held against the log.": (
        "{count} points de contrôle ont été comparés au journal."
    ),
    "No checkpoint was signed here, so nobody can tell from it whether entries were cut off its end, or all was "
    "written anew: sign one with `caseledger checkpoint`, and keep it elsewhere.": (
        "Aucun point de contrôle n'a été signé ici, et nul ne peut donc savoir si la fin du journal a été coupée, ou "
        "tout récrit : signez-en un avec `caseledger checkpoint`, et gardez-le ailleurs."
    ),
    "{count} entry is lost as recorded.": "{count} inscription est perdue, ce qui est consigné.",
    "{count} entries are lost as recorded.": "{count} inscriptions sont perdues, ce qui est consigné.",
    "Root: {root}": "Racine : {root}",
    # Checkpoints
    "The checkpoint of {entries} is cosigned by {count} of our witnesses.": (
        "Le point de contrôle de {entries} porte la cosignature de {count} de nos témoins."
    ),
    "Signed just now: {entries}, {streams}, as of {at} UTC.": (
        "Signé à l'instant : {entries}, {streams}, au {at} UTC."
    ),
    "Nothing is new; last signed: {entries}, {streams}, as of {at} UTC.": (
        "Rien de nouveau; signé en dernier : {entries}, {streams}, au {at} UTC."
    ),
    "Log: {origin}": "Journal : {origin}",
    "All that was signed for is here: nothing was lost, and the ledger can be written to.": (
        "Tout ce qui est attesté par signature est ici : rien n'est perdu, et l'on peut écrire dans le registre."
    ),
    "Entries {first} to {last} are lost; their digests keep their places, and the loss is recorded.": (
        "Les inscriptions {first} à {last} sont perdues; leurs empreintes gardent leur place, et la perte est "
        "consignée."
    ),
    "Enter again what was received then, from receipts, mail and paper. The ledger can be written to.": (
        "Inscrivez de nouveau ce qui fut reçu alors, d'après les reçus, les courriels et le papier. On peut écrire "
        "dans le registre."
    ),
    "Was an erasure among them, what it erased may be readable again here: propose it again, by its certificate or "
    "order, and carry it out; `caseledger verify` names whose keys are destroyed already.": (
        "S'il s'y trouvait un effacement, ce qu'il a effacé peut être de nouveau lisible ici : proposez-le de nouveau, "
        "d'après son certificat ou l'ordonnance, et exécutez-le; `caseledger verify` nomme ceux dont les clés sont "
        "déjà détruites."
    ),
    "What the lost keys sealed stays closed, and `caseledger verify` goes on naming it.": (
        "Ce que les clés perdues ont scellé reste fermé, et `caseledger verify` continue de le nommer."
    ),
    "The ledger can be written to.": "On peut écrire dans le registre.",
    # Keys that sign
    "Keys of {origin}": "Clés de {origin}",
    "Keys of this ledger": "Clés de ce registre",
    "key": "clé",
    "checkpoint": "point de contrôle",
    "receipt": "reçu",
    "witness": "témoin",
    "retired": "retirée",
    "None yet: the first are made by `caseledger checkpoint`, or by `caseledger keys new`.": (
        "Aucune encore : les premières se font par `caseledger checkpoint`, ou par `caseledger keys new`."
    ),
    "Witnessed means: cosigned by any of the witnesses.": (
        "Attesté veut dire : cosigné par l'un des témoins, quel qu'il soit."
    ),
    "Witnessed means: cosigned by {quorum} of the witnesses.": (
        "Attesté veut dire : cosigné par {quorum} des témoins."
    ),
    # The witness
    "Give this key to the offices whose logs you witness, and publish it:": (
        "Donnez cette clé aux bureaux dont vous surveillez les journaux, et publiez-la :"
    ),
    "Its secret half and what it saw lie in {place}: keep both.": (
        "Sa partie secrète et ce que le témoin a vu se trouvent dans {place} : conservez les deux."
    ),
    "{origin} is watched; known keys of it: {count}.": (
        "{origin} est un journal surveillé; clés connues de lui : {count}."
    ),
    "Witness {name}": "Témoin {name}",
    "log": "journal",
    "cosigned (UTC)": "cosigné (UTC)",
    "No log is watched: `caseledger witness trust KEY`.": (
        "Aucun journal n'est surveillé : `caseledger witness trust KEY`."
    ),
    "Its key: {key}": "Sa clé : {key}",
    "Signed by a log, and not shown to go on from what was cosigned of it: {note}": (
        "Signé par un journal, sans que soit montrée la suite de ce qui en fut cosigné : {note}"
    ),
    "{name} witnesses at {address}": "{name} cosigne à l'adresse {address}",
    # Proofs and receipts
    "Confirmed: it is signed under the key that was given.": (
        "Confirmé : c'est signé sous la clé qui a été donnée."
    ),
    "Consistent, the key unconfirmed: give --key with the office's public key.": (
        "Concordant, clé non confirmée : donnez --key avec la clé publique du bureau."
    ),
    "The proof of {stream} is in {out}: `caseledger check-proof {out}` checks it.": (
        "La preuve de {stream} est dans {out} : `caseledger check-proof {out}` la vérifie."
    ),
    "{count} later entry is not in the checkpoint: make a new one with `caseledger checkpoint` to prove it, too.": (
        "{count} inscription plus tardive n'est pas dans le point de contrôle : faites-en un nouveau par `caseledger "
        "checkpoint` pour la prouver aussi."
    ),
    "{count} later entries are not in the checkpoint: make a new one with `caseledger checkpoint` to prove them, "
    "too.": (
        "{count} inscriptions plus tardives ne sont pas dans le point de contrôle : faites-en un nouveau par "
        "`caseledger checkpoint` pour les prouver aussi."
    ),
    "{origin} received entry {version} of {stream}, recorded {at} UTC,": (
        "{origin} a reçu l'inscription {version} de {stream}, consignée le {at} UTC,"
    ),
    "and promised that it is in a checkpoint by {at} UTC.": (
        "et a promis qu'elle serait dans un point de contrôle avant le {at} UTC."
    ),
    "{stream}: there is no such stream.": "{stream} : cette suite n'existe pas.",
    "{stream}: this entry is all there is, unaltered and in order.": (
        "{stream} : cette inscription est tout ce qu'il y a, inaltérée et à sa place."
    ),
    "{stream}: these {count} entries are all there are, unaltered and in order.": (
        "{stream} : ces {count} inscriptions sont tout ce qu'il y a, inaltérées et en ordre."
    ),
    "As of the checkpoint of {entries} of {origin}, anchored {at} UTC.": (
        "Selon le point de contrôle de {entries} de {origin}, ancré le {at} UTC."
    ),
    "A witness saw it on {at} UTC.": "Un témoin l'a vu le {at} UTC.",
    "Not proved: that it is true, or that everything was written down.": (
        "Non prouvé : que c'est vrai, ou que tout a été consigné."
    ),
    # Bundles
    "{out}: {shown}, {withheld}; verified: {verdict}.": (
        "{out} : {shown}, {withheld}; vérification : {verdict}."
    ),
    "{count} entry shown": "{count} inscription montrée",
    "{count} entries shown": "{count} inscriptions montrées",
    "{count} value withheld": "{count} valeur retenue",
    "{count} values withheld": "{count} valeurs retenues",
    "SHA-256 of the file, to be told to whoever receives it: {digest}": (
        "SHA-256 du fichier, à dire à qui le reçoit : {digest}"
    ),
    "That it was given out is recorded as {stream}.": "Sa remise est consignée : {stream}.",
    "Not in it: {entries} of the case, recorded after the checkpoint that it cites.": (
        "Absent de ce fichier : {entries} du dossier, après le point de contrôle qu'il cite."
    ),
    "The verify page in every release has the SHA-256 {digest}.": (
        "La page de vérification de chaque remise a le SHA-256 {digest}."
    ),
}

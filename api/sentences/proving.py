"""Sentences of evidence that is checked or signed at the command line: proofs, receipts, keys, witnesses, recovery."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Keys, checkpoints and bundles
    "'{said}' is no file of keys, and no key: {why}": (
        "« {said} » n'est ni un fichier de clés, ni une clé : {why}"
    ),
    "--quorum asks for {wanted}, and the keys of {given} were given.": (
        "--quorum demande {wanted}, et le nombre de témoins dont les clés sont données est {given}."
    ),
    "--since says what a witness last saw: give it with --for-witness.": (
        "--since dit ce qu'un témoin a vu en dernier : donnez-le avec --for-witness."
    ),
    "No key is lacking: there is nothing to go on without.": (
        "Aucune clé ne manque : il n'y a rien dont il faudrait se passer."
    ),
    "--retired says what the file holds: give --out.": (
        "--retired dit ce que contient le fichier : donnez --out."
    ),
    "A witness is asked at an address or by hand: give --at or --by-hand.": (
        "On demande à un témoin à une adresse ou à la main : donnez --at ou --by-hand."
    ),
    "Give how many witnesses must cosign, 0 if none need.": (
        "Dites combien de témoins doivent cosigner, 0 si aucun ne le doit."
    ),
    "No key {key} was introduced: see `caseledger keys`.": (
        "Aucune clé {key} n'a été introduite : voyez `caseledger keys`."
    ),
    "Say what the new key signs: checkpoint or receipt.": (
        "Dites ce que signe la nouvelle clé : checkpoint ou receipt."
    ),
    "The log is called {origin} for good: leave out --origin.": (
        "Le journal s'appelle {origin} pour de bon : omettez --origin."
    ),
    "There are no keys yet to be written to {file}: the first are made by `caseledger checkpoint`, or by `caseledger "
    "keys new`.": (
        "Il n'y a pas encore de clés à écrire dans {file} : les premières se font par `caseledger checkpoint`, ou par "
        "`caseledger keys new`."
    ),
    "This key does not cosign: give the one that the witness publishes.": (
        "Cette clé ne cosigne pas : donnez celle que le témoin publie."
    ),
    "Not all was verified, since the views were not held against a rebuild. {why} Or leave them out with --no-views.": (
        "Tout n'a pas été vérifié, car les vues n'ont pas été comparées à une reconstruction. {why} Ou laissez-les de "
        "côté par --no-views."
    ),
    "There is no file {file}, and a public key looks like NAME+12345678+BASE64: check the name.": (
        "Il n'y a pas de fichier {file}, et une clé publique ressemble à NAME+12345678+BASE64 : vérifiez le nom."
    ),
    "This file is no text: give the note as it was received.": (
        "Ce fichier n'est pas du texte : donnez la note telle que reçue."
    ),
    "This file is too long to be a note or a proof: give another one.": (
        "Ce fichier est trop long pour une note ou une preuve : donnez-en un autre."
    ),
    "{file} is too long for a file of keys: give the key itself.": (
        "{file} est trop long pour un fichier de clés : donnez la clé même."
    ),
    # Proofs and receipts
    "The proof fails: {why}. Do not rely on it.": "La preuve échoue : {why}. Ne vous y fiez pas.",
    "The same key is given twice: give each once.": (
        "La même clé est donnée deux fois : donnez chacune une fois."
    ),
    "None of the keys that were given has signed the receipt: do not rely on it. If the office has had another key for "
    "receipts, before or since, ask it for the one of then.": (
        "Aucune des clés données n'a signé le reçu : ne vous y fiez pas. Si le bureau a eu une autre clé pour les "
        "reçus, avant ou depuis, demandez-lui celle d'alors."
    ),
    "The receipt is of {origin}, and the key of {name}: do not rely on it.": (
        "Le reçu est de {origin}, et la clé de {name} : ne vous y fiez pas."
    ),
    "This note is no receipt: give the file that the office gave you.": (
        "Cette note n'est pas un reçu : donnez le fichier que le bureau vous a remis."
    ),
    # The witness
    "A witness lies in {place} already: choose another folder.": (
        "Un témoin se trouve déjà dans {place} : choisissez un autre répertoire."
    ),
    "None of the keys of {origin} that this witness knows has signed it: ask the office for its new key.": (
        "Aucune des clés de {origin} que ce témoin connaît ne l'a signé : demandez au bureau sa nouvelle clé."
    ),
    "The witness's key in {place} cannot be read: restore it from its backup.": (
        "La clé du témoin dans {place} est illisible : restaurez-la de sa sauvegarde."
    ),
    "There is no witness in {place}: make one with `caseledger witness new`.": (
        "Il n'y a pas de témoin dans {place} : faites-en un par `caseledger witness new`."
    ),
    "This is the key of a witness: give that of the office's log.": (
        "C'est la clé d'un témoin : donnez celle du journal du bureau."
    ),
    "This witness does not watch {origin}: tell it the key of that log with `caseledger witness trust`.": (
        "Ce témoin ne surveille pas {origin} : donnez-lui la clé de ce journal par `caseledger witness trust`."
    ),
    "This witness has seen no entries of {origin}: ask from 0 without a proof.": (
        "Ce témoin n'a vu aucune inscription de {origin} : demandez à partir de 0, sans preuve."
    ),
    "This witness last saw {seen} of {origin}, and the request goes on from {asked}: ask again from {again}.": (
        "Ce témoin a vu en dernier {seen} de {origin}, et la demande continue à partir de {asked} : redemandez à "
        "partir de {again}."
    ),
    "What the witness saw last ({file}) cannot be read: restore it from its backup; nothing is cosigned without it.": (
        "Ce que le témoin a vu en dernier ({file}) est illisible : restaurez-le de sa sauvegarde; rien n'est cosigné "
        "sans cela."
    ),
    "{origin} has signed two histories of {entries}, of which this witness cosigned the other: nothing was cosigned, "
    "and the note is kept as evidence. Tell the office and whoever relies on its log.": (
        "{origin} a signé deux histoires de {entries}, dont ce témoin a cosigné l'autre : rien n'a été cosigné, et la "
        "note est gardée comme preuve. Avisez le bureau et quiconque se fie à son journal."
    ),
    "{origin} has signed {signed} entries that are not shown to go on from the {seen} which this witness cosigned: "
    "nothing was cosigned, and the note is kept. Let the office ask again; if it cannot show it, two histories were "
    "signed: tell whoever relies on its log.": (
        "{origin} a signé {signed} inscriptions sans montrer qu'elles continuent les {seen} que ce témoin a cosignées "
        ": rien n'a été cosigné, et la note est gardée. Que le bureau redemande; s'il ne peut le montrer, deux "
        "histoires ont été signées : avisez quiconque se fie à son journal."
    ),
    # After a restore
    "From position {position} on this ledger holds other entries than those that were signed for: restore the copy "
    "that holds them, and enter again what was recorded on this one.": (
        "À partir de la position {position}, ce registre a d'autres inscriptions que celles qui sont attestées par "
        "signature : restaurez la copie qui les a, et inscrivez-y de nouveau ce qui fut consigné sur celle-ci."
    ),
    "Nothing was signed here: there is nothing to recover.": (
        "Rien n'a été signé ici : il n'y a rien à remettre en ordre."
    ),
    "Two histories of {entries} were signed with this office's keys: keep all files, and find out which of them is "
    "true before anything else is recorded.": (
        "Deux histoires de {entries} ont été signées avec les clés de ce bureau : gardez tous les fichiers, et "
        "établissez laquelle est vraie avant de consigner quoi que ce soit d'autre."
    ),
    "What was signed reaches to entry {signed}, and what the signer here remembers to entry {known}: restore its "
    "folder from the newest backup, and recover then.": (
        "Ce qui est attesté par signature va jusqu'à l'inscription {signed}, et ce dont le signataire d'ici se "
        "souvient jusqu'à l'inscription {known} : restaurez son répertoire de la sauvegarde la plus récente, puis "
        "lancez `caseledger recover`."
    ),
}
PHRASES: Mapping[str, str] = {
    # Why a proof fails
    "a line says what no line says": "une ligne dit ce qu'aucune ligne ne dit",
    "entries of {stream} are shown, and nothing says how many it has": (
        "des inscriptions de {stream} sont montrées, et rien ne dit combien il y en a"
    ),
    "entry {entry} is not covered by the anchor": "l'inscription {entry} n'est pas couverte par l'ancrage",
    "entry {entry} is not in the checkpoint": "l'inscription {entry} n'est pas dans le point de contrôle",
    "entry {entry} is of another ledger": "l'inscription {entry} est d'un autre registre",
    "entry {entry} of {stream} is missing or in another place": (
        "l'inscription {entry} de {stream} manque ou est à une autre place"
    ),
    "it is not shown how many entries {stream} has": (
        "il n'est pas montré combien d'inscriptions a {stream}"
    ),
    "it is not shown that there is no {stream}": "il n'est pas montré que {stream} n'existe pas",
    "none of the keys that were given has signed the checkpoint; if the office has had another, before or since, ask "
    "it for the one of then": (
        "aucune des clés données n'a signé le point de contrôle; si le bureau en a eu une autre, avant ou depuis, "
        "demandez-lui celle d'alors"
    ),
    "the anchor covers more than comes before it": "l'ancrage couvre plus que ce qui le précède",
    "the anchor is not the last entry of the checkpoint": (
        "l'ancrage n'est pas la dernière inscription du point de contrôle"
    ),
    "the anchor's values are not those of an anchor": "les valeurs de l'ancrage ne sont pas celles d'un ancrage",
    "the anchor's values are not those that were recorded": (
        "les valeurs de l'ancrage ne sont pas celles qui furent consignées"
    ),
    "the checkpoint is of an empty log": "le point de contrôle est d'un journal vide",
    "the checkpoint is of {origin}, and the key of {name}": (
        "le point de contrôle est de {origin}, et la clé de {name}"
    ),
    "the last entry of the checkpoint is no anchor": (
        "la dernière inscription du point de contrôle n'est pas un ancrage"
    ),
    "{stream} has {entries}, and others are shown": "{stream} a {entries}, et d'autres sont montrées",
    "{seen} of the witnesses have cosigned, and {quorum} must have": (
        "des témoins, {seen} ont cosigné, et {quorum} le doivent"
    ),
    # Why a witness has not cosigned
    "it sent no cosignature under its key": "il n'a envoyé aucune cosignature sous sa clé",
    "what it sent is no cosignature of this checkpoint": (
        "ce qu'il a envoyé n'est pas une cosignature de ce point de contrôle"
    ),
    "it has cosigned {entries} of this log, and signed here are {signed}: this ledger is behind what was signed; run "
    "`caseledger verify`": (
        "il a cosigné {entries} de ce journal, et il y en a {signed} de signées ici : ce registre est en retard sur ce "
        "qui fut signé; lancez `caseledger verify`"
    ),
    "it saw another checkpoint last, and does not say which": (
        "il a vu un autre point de contrôle en dernier, et ne dit pas lequel"
    ),
    "it answered {status}; it is asked again": "il a répondu {status}; on lui redemandera",
    "{why}; it is asked again": "{why}; on lui redemandera",
    "it does not understand what it is asked, or takes no log such as this one": (
        "il ne comprend pas ce qu'on lui demande, ou ne prend pas un journal tel que celui-ci"
    ),
    "it knows none of the keys that sign here: let whoever runs it trust them": (
        "il ne connaît aucune des clés qui signent ici : faites-les accepter par qui le tient"
    ),
    "it does not watch this log: let whoever runs it trust its key": (
        "il ne surveille pas ce journal : faites accepter sa clé par qui le tient"
    ),
    "it says that this log does not go on from what it cosigned: run `caseledger verify`, and compare the two": (
        "il dit que ce journal ne continue pas ce qu'il a cosigné : lancez `caseledger verify`, et comparez les deux"
    ),
}

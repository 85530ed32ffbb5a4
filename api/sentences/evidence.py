"""Sentences about evidence: entries as they are stored, checkpoints, proofs, keys, witnesses, and the vault."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Entries
    "{where}: the line and the columns beside it disagree.": (
        "{where} : la ligne et les colonnes à côté d'elle ne s'accordent pas."
    ),
    "Entry {position}: the line and the columns beside it disagree: stop, keep the files, and run `caseledger "
    "verify`.": (
        "Inscription {position} : la ligne et les colonnes à côté d'elle ne s'accordent pas : arrêtez, "
        "gardez les fichiers, et lancez `caseledger verify`."
    ),
    "{where}: it belongs to another ledger.": "{where} : elle est d'un autre registre.",
    "{where}: its values are not those that were recorded.": (
        "{where} : ses valeurs ne sont pas celles qui furent consignées."
    ),
    "{where}: a sealed part is not the one that was recorded.": (
        "{where} : une partie scellée n'est pas celle qui fut consignée."
    ),
    "{where}: its office part is not JSON.": "{where} : sa partie du bureau n'est pas du JSON.",
    "{where}: its office part is not in canonical form.": (
        "{where} : sa partie du bureau n'est pas de forme canonique."
    ),
    "{where}: its office part is not complete.": (
        "{where} : sa partie du bureau n'est pas complète."
    ),
    "{where}: what is stored there is no entry; stop, keep the files, and run `caseledger verify`.": (
        "{where} : ce qui s'y trouve n'est pas une inscription; arrêtez, gardez les fichiers, et lancez "
        "`caseledger verify`."
    ),
    "{where}: the sealed value of '{name}' is not the recorded one.": (
        "{where} : la valeur scellée de « {name} » n'est pas celle qui fut consignée."
    ),
    "Entry {position} ({stream} version {version}): a sealed part does not open under its key.": (
        "Inscription {position} ({stream} version {version}) : une partie scellée ne s'ouvre pas sous sa "
        "clé."
    ),
    "Entry {position} ({topic}, schema {schema}) is intact but does not fit this version: upgrade caseledger "
    "to read it.": (
        "L'inscription {position} ({topic}, schéma {schema}) est intacte mais cette version ne la connaît "
        "pas : mettez caseledger à niveau pour la lire."
    ),
    "Policy {number} is intact but does not fit this version: upgrade caseledger to read it.": (
        "La politique {number} est intacte mais ne convient pas à cette version : mettez caseledger à niveau pour la "
        "lire."
    ),
    "Entries '{topic}' of schema {schema} are not known to this version: upgrade caseledger to read them.": (
        "Les inscriptions « {topic} » du schéma {schema} sont inconnues de cette version : mettez "
        "caseledger à niveau pour les lire."
    ),
    "Of the positions {first} to {last} some are not there: stop, keep the files, and run `caseledger "
    "verify`.": (
        "Des positions {first} à {last}, certaines manquent : arrêtez, gardez les fichiers, et lancez "
        "`caseledger verify`."
    ),
    "Stream {stream} lacks version {version}: run `caseledger verify`.": (
        "Il manque à la suite {stream} la version {version} : lancez `caseledger verify`."
    ),
    "A line is not a canonical line of the format {format}.": (
        "Une ligne n'est pas une ligne canonique du format {format}."
    ),
    # Checkpoints and proofs
    "A checkpoint of {size} was signed, but no anchor stands at position {position}: stop, keep the "
    "files, and run `caseledger verify`.": (
        "Un point de contrôle de {size} est signé, mais aucun ancrage ne se trouve à la "
        "position {position} : arrêtez, gardez les fichiers, et lancez `caseledger verify`."
    ),
    "A checkpoint of {size} was signed that this ledger does not have: {until}": (
        "Un point de contrôle de {size} est signé que ce registre n'a pas : {until}"
    ),
    "A loss of entries was not recorded to the end: {until}": (
        "Une perte d'inscriptions n'a pas été consignée jusqu'au bout : {until}"
    ),
    "What was signed reaches to entry {signed}, and what is here to entry {there}, as after a restore: {until}": (
        "Ce qui est attesté par signature va jusqu'à l'inscription {signed}, et ce qui est ici jusqu'à "
        "l'inscription {there}, comme après une restauration : {until}"
    ),
    "The entry at position {position} is not the one that was signed for, as on a copy that went its own way: "
    "{until}": (
        "L'inscription à la position {position} n'est pas celle qui est attestée par signature, comme sur "
        "une copie qui a suivi sa propre voie : {until}"
    ),
    "No checkpoint was signed yet: make one with `caseledger checkpoint`, then ask again.": (
        "Aucun point de contrôle n'est encore signé : faites-en un par `caseledger checkpoint`, puis "
        "redemandez."
    ),
    "Entry {position} was recorded after the checkpoint of {size}: make a new one with `caseledger "
    "checkpoint`, then ask again.": (
        "L'inscription {position} a été consignée après le point de contrôle de {size} : "
        "faites-en un nouveau par `caseledger checkpoint`, puis redemandez."
    ),
    "The checkpoint is over {size}: nothing leads to it from one over {earlier}.": (
        "Le point de contrôle porte sur {size} : rien n'y mène d'un autre qui porte sur {earlier}."
    ),
    "This is no proof of a case ledger ({why}): give the file that `caseledger prove` wrote.": (
        "Ce n'est pas une preuve d'un registre de dossiers ({why}) : donnez le fichier que `caseledger "
        "prove` a écrit."
    ),
    # Keys and witnesses
    "No key signs {purpose}s yet: run `caseledger checkpoint` where the signer's folder lies.": (
        "Aucune clé ne signe encore ({purpose}) : lancez `caseledger checkpoint` là où se trouve le "
        "répertoire du signataire."
    ),
    "This key was retired: make another.": "Cette clé est retirée : faites-en une autre.",
    "The log is called {origin} for good: make a key of that name.": (
        "Le journal s'appelle {origin} pour de bon : faites une clé de ce nom."
    ),
    "No such key was introduced for the purpose '{purpose}': name one that was.": (
        "Cette clé n'a pas été introduite pour « {purpose} » : nommez-en une qui l'a été."
    ),
    "This asks a witness for nothing: give what `caseledger checkpoint --for-witness` wrote.": (
        "Ceci ne demande rien à un témoin : donnez ce que `caseledger checkpoint --for-witness` a écrit."
    ),
    "This checkpoint is of {origin}, and not of this ledger.": (
        "Ce point de contrôle est de {origin}, et non de ce registre."
    ),
    "No key of this ledger has signed this checkpoint: give another file.": (
        "Aucune clé de ce registre n'a signé ce point de contrôle : donnez un autre fichier."
    ),
    "This checkpoint of {size} was signed by this office and is not one of this ledger: it is behind what was "
    "signed, or beside it, and records nothing more until it is brought in order by `caseledger recover`.": (
        "Ce point de contrôle de {size} a été signé par ce bureau et n'est pas de ce registre : le "
        "registre est en retard sur ce qui a été signé, ou à côté, et n'inscrit plus rien avant d'être remis en ordre "
        "par `caseledger recover`."
    ),
    "None of the witnesses that this ledger knows has cosigned this checkpoint: introduce them with `caseledger keys "
    "witness`.": (
        "Aucun des témoins que ce registre connaît n'a cosigné ce point de contrôle : introduisez-les par `caseledger "
        "keys witness`."
    ),
    "No such witness counts here: name one by the key that was introduced.": (
        "Ce témoin ne compte pas ici : nommez-en un par la clé qui a été introduite."
    ),
    "It is the last key that signs: introduce another before this one is retired.": (
        "C'est la dernière clé qui signe : introduisez-en une autre avant de retirer celle-ci."
    ),
    "There would be fewer witnesses than must cosign ({quorum}): set the quorum first.": (
        "Il y aurait moins de témoins qu'il ne doit en cosigner ({quorum}) : fixez d'abord le quorum."
    ),
    "There are fewer witnesses ({witnesses}) than {quorum}: introduce their keys first.": (
        "Il y a moins de témoins ({witnesses}) que {quorum} : introduisez d'abord leurs clés."
    ),
    "This note is no checkpoint: it has three lines, an origin, a size and a root.": (
        "Cette note n'est pas un point de contrôle : il a trois lignes, une origine, une taille et une "
        "racine."
    ),
    "This is no signed note: give the file as it was received, signature lines included.": (
        "Ce n'est pas une note signée : donnez le fichier tel que reçu, lignes de signature comprises."
    ),
    "This is no public key as the ledger exports them: it looks like NAME+12345678+BASE64.": (
        "Ce n'est pas une clé publique telle que le registre les exporte : elle ressemble à "
        "NAME+12345678+BASE64."
    ),
    "'{name}' cannot name a key: leave out white space and plus signs.": (
        "« {name} » ne peut nommer une clé : omettez les espaces et les signes plus."
    ),
    "The note bears a signature under the key of {name} which that key did not make: do not rely on it, and "
    "ask the office for the note again.": (
        "La note porte une signature sous la clé de {name} que cette clé n'a pas faite : ne vous y fiez "
        "pas, et redemandez la note au bureau."
    ),
    "The signing key {file} is missing or cannot be read: put it back beside the master key, or retire it "
    "with `caseledger keys retire`.": (
        "La clé de signature {file} manque ou est illisible : remettez-la à côté de la clé maîtresse, ou "
        "retirez-la par `caseledger keys retire`."
    ),
    "The signing key {file} is another one than was introduced: put the right one back.": (
        "La clé de signature {file} n'est pas celle qui fut introduite : remettez la bonne."
    ),
    "The signer's last head ({file}) cannot be read: restore its folder from its own backup; nothing is "
    "signed without it.": (
        "La dernière tête du signataire ({file}) est illisible : restaurez son répertoire de sa propre "
        "sauvegarde; rien n'est signé sans elle."
    ),
    "The signer's memory ({file}) is cut short: restore its folder from its own backup.": (
        "La mémoire du signataire ({file}) est tronquée : restaurez son répertoire de sa propre sauvegarde."
    ),
    "The log is not what was signed before grew into, and nothing was signed: stop, keep the files, and run "
    "`caseledger verify`.": (
        "Le journal n'est pas la suite de ce qui fut signé, et rien n'a été signé : arrêtez, gardez les "
        "fichiers, et lancez `caseledger verify`."
    ),
    # The master key and the vault
    "The master key is missing: put its file back beside the ledger, or name in CASELEDGER_MASTER_KEY the file where "
    "it lies, never the key itself.": (
        "La clé maîtresse manque : remettez son fichier à côté du registre, ou nommez dans CASELEDGER_MASTER_KEY le "
        "fichier où elle se trouve, jamais la clé elle-même."
    ),
    "No master key lies where it should: of its ledger nothing is opened, and nothing recorded.": (
        "Aucune clé maîtresse n'est à sa place : rien de ce registre n'est ouvert, et rien n'y est consigné."
    ),
    "No vault lies where it should: of its ledger nothing is opened, and nothing recorded.": (
        "Aucun coffre n'est à sa place : rien de ce registre n'est ouvert, et rien n'y est consigné."
    ),
    "The master key cannot be read: restore its file from its own backup.": (
        "La clé maîtresse est illisible : restaurez son fichier de sa propre sauvegarde."
    ),
    "This master key does not open this vault: put back the master key that was made with this ledger (or "
    "written at its last erasure).": (
        "Cette clé maîtresse n'ouvre pas ce coffre : remettez celle qui fut faite avec ce registre (ou "
        "écrite à son dernier effacement)."
    ),
    "What kept this ledger from being written to is over, as after `caseledger recover`, and nothing was recorded "
    "yet: start again.": (
        "Ce qui empêchait d'écrire dans ce registre est levé, comme après `caseledger recover`, et rien n'a encore "
        "été consigné : relancez."
    ),
    "The vault is wrapped under the master key of epoch {epoch}, and this one is of epoch {own}: start again "
    "with the master key that belongs to the vault.": (
        "Le coffre est scellé sous la clé maîtresse de l'époque {epoch}, et celle-ci est de l'époque {own} "
        ": relancez avec la clé maîtresse de ce coffre."
    ),
    "A key is already assigned to another person or stream, or they have another key, and nothing was "
    "assigned: run `caseledger verify`.": (
        "Une clé est déjà attribuée à une autre personne ou à une autre suite, ou celles-ci en ont une autre, "
        "et rien n'a été attribué : lancez `caseledger verify`."
    ),
    "The vault already keeps another secret {name}: it was left as it is.": (
        "Le coffre garde déjà un autre secret {name} : il a été laissé tel quel."
    ),
    "The vault lacks a key or secret that was to be wrapped anew, and nothing was changed: restore the vault "
    "from a backup.": (
        "Il manque au coffre une clé ou un secret à sceller de nouveau, et rien n'a été changé : restaurez "
        "le coffre d'une sauvegarde."
    ),
    "Keys were dealt while the vault was wrapped anew, and nothing was changed: try again.": (
        "Des clés ont été distribuées pendant que le coffre était scellé de nouveau, et rien n'a été changé "
        ": réessayez."
    ),
    "The vault holds a key that was destroyed, so it is an older copy: put back the vault of the latest "
    "erasure.": (
        "Le coffre contient une clé qui fut détruite, c'est donc une copie plus ancienne : remettez le "
        "coffre du dernier effacement."
    ),
}

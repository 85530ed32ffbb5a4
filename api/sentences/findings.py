"""Sentences of what `caseledger verify` finds: each says where something is not as it was recorded, and what."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "Entry {position}: {finding}.": "Inscription {position} : {finding}.",
    "At position {position}: {finding}.": "À la position {position} : {finding}.",
    "At {positions}: sealed parts lie there that no entry names.": (
        "À {positions} : il s'y trouve des parties scellées qu'aucune inscription ne nomme."
    ),
    "The store lacks {altered}, has it changed, or should not have it.": (
        "La base n'a pas {altered}, l'a sous une autre forme, ou ne devrait pas l'avoir."
    ),
    "Read by itself {stream} has {entries}, and the log has {expected} of it: one was put where no position is, or the "
    "index by which streams are read is damaged.": (
        "Lue à part, {stream} a {entries}, et le journal en a {expected} : l'une fut mise là où il n'y a pas de "
        "position, ou l'index par lequel on lit les suites est endommagé."
    ),
    "Policy {number} does not have the digest {digest} that it was published under.": (
        "La politique {number} n'a pas l'empreinte {digest} sous laquelle elle fut publiée."
    ),
    "The view {view} of case {case} is not as a rebuild makes it: run `caseledger rebuild`.": (
        "La vue {view} du dossier {case} n'est pas telle qu'une reconstruction la fait : lancez `caseledger rebuild`."
    ),
}
PHRASES: Mapping[str, str] = {
    "position {position}": "la position {position}",
    "positions {first} to {last}": "aux positions {first} à {last}",
    # The line, and the stream it stands in
    "its line is not in canonical form": "sa ligne n'est pas de forme canonique",
    "the line and the columns beside it disagree": (
        "la ligne et les colonnes à côté d'elle ne s'accordent pas"
    ),
    "it belongs to another ledger": "elle est d'un autre registre",
    "it says it was recorded before the entry in front of it": (
        "elle se dit consignée avant l'inscription qui la précède"
    ),
    "{topic} {schema} is not known to this version": "{topic} {schema} est inconnu de cette version",
    "its stream is broken: version {version} should stand here": (
        "sa suite est rompue : la version {version} devrait se trouver ici"
    ),
    "it does not follow from the entries before it in its stream": (
        "elle ne découle pas des inscriptions qui la précèdent dans sa suite"
    ),
    "positions {first} to {last} are not there": "les positions {first} à {last} manquent",
    # Its values
    "its office part is not complete": "sa partie du bureau n'est pas complète",
    "its office part holds what was not recorded": (
        "sa partie du bureau contient ce qui ne fut pas consigné"
    ),
    "its office part is not in canonical form": "sa partie du bureau n'est pas de forme canonique",
    "its values are not those that were recorded": "ses valeurs ne sont pas celles qui furent consignées",
    "it was known before the entry in front of it in its stream": (
        "elle fut connue avant l'inscription qui la précède dans sa suite"
    ),
    "it was recorded at another time than it says": "elle fut consignée à un autre moment qu'elle ne le dit",
    "it cites the policy {policy}, not published before it": (
        "elle cite la politique {policy}, qui n'est pas publiée avant elle"
    ),
    "what its command reserved is gone": "ce que sa commande avait réservé a disparu",
    "the entries of a command should end at position {position}": (
        "les inscriptions d'une commande devraient finir à la position {position}"
    ),
    "the entry that reserved this place is gone": "l'inscription qui avait réservé cette place a disparu",
    "reservations up to here that were made by no entry: {count}": (
        "réservations jusqu'ici qu'aucune inscription n'a faites : {count}"
    ),
    "the log should go on to position {position}": "le journal devrait continuer jusqu'à la position {position}",
    "it is lost, and no entry says so: run `caseledger recover`": (
        "elle est perdue, et aucune inscription ne le dit : lancez `caseledger recover`"
    ),
    # What is sealed, and its keys
    "a sealed part is gone though its key was never destroyed": (
        "une partie scellée a disparu bien que sa clé n'ait jamais été détruite"
    ),
    "the key of a sealed part is gone, or does not open, and no erasure is recorded": (
        "la clé d'une partie scellée a disparu, ou n'ouvre pas, et aucun effacement n'est consigné"
    ),
    "the key of a sealed part seals in {stream}, too": "la clé d'une partie scellée scelle aussi dans {stream}",
    "a sealed part is not the one that was recorded": (
        "une partie scellée n'est pas celle qui fut consignée"
    ),
    "a sealed part lies beside it that it does not name": (
        "une partie scellée se trouve à côté d'elle, qu'elle ne nomme pas"
    ),
    "a sealed part does not open under its key": "une partie scellée ne s'ouvre pas sous sa clé",
    "the vault gives the key of a sealed part to nobody": (
        "le coffre ne donne à personne la clé d'une partie scellée"
    ),
    "the vault gives the key of a sealed part to another than the one whom it is about": (
        "le coffre donne la clé d'une partie scellée à d'autres qu'à la personne dont elle traite"
    ),
    "the vault does not find the key of a sealed part by whom it is about: its index is damaged": (
        "le coffre ne trouve pas la clé d'une partie scellée par la personne dont elle traite : son index est endommagé"
    ),
    "keys that were destroyed while no entry says on what authority: {count}": (
        "clés détruites sans qu'une inscription dise en vertu de quoi : {count}"
    ),
    "keys that were destroyed and are back: {count}": "clés détruites et de retour : {count}",
    "a sealed part lies there that was erased and deleted": (
        "il s'y trouve une partie scellée qui fut effacée et supprimée"
    ),
    # What was signed and witnessed
    "what the signer remembers is of the log {origin}, and this is {own}: restore its folder from its own backup": (
        "ce dont le signataire se souvient est du journal {origin}, et celui-ci est {own} : restaurez son répertoire "
        "de sa propre sauvegarde"
    ),
    "the checkpoint of {entries} was signed and is not kept: run `caseledger checkpoint`": (
        "le point de contrôle de {entries} est signé et n'est pas conservé : lancez `caseledger checkpoint`"
    ),
    "entries {first} to {last} are gone, and were signed for": (
        "les inscriptions {first} à {last} ont disparu, et étaient attestées par signature"
    ),
    "it is not the entry that was signed for": "ce n'est pas l'inscription attestée par signature",
    "no key of the ledger that was in force then has signed the checkpoint kept for it": (
        "aucune clé du registre en vigueur alors n'a signé le point de contrôle conservé pour elle"
    ),
    "the entries up to here are not those that were signed, and those up to the checkpoint before ({upto}) are": (
        "les inscriptions jusqu'ici ne sont pas celles qui furent signées, et celles jusqu'au point de contrôle "
        "précédent ({upto}) le sont"
    ),
    "fewer witnesses have cosigned the checkpoint kept for it than is said of it": (
        "moins de témoins ont cosigné le point de contrôle conservé pour elle qu'il n'est dit"
    ),
    "the checkpoint of this anchor is not kept": "le point de contrôle de cet ancrage n'est pas conservé",
    "the checkpoint of this anchor is not kept as it was signed, before witnesses cosigned it": (
        "le point de contrôle de cet ancrage n'est pas conservé tel qu'il fut signé, avant la cosignature des témoins"
    ),
    "a checkpoint is kept for it that no anchor closes": (
        "un point de contrôle est conservé pour elle, qu'aucun ancrage ne ferme"
    ),
    "it says that it was recorded after a witness saw it ({at} UTC)": (
        "elle se dit consignée après qu'un témoin l'a vue ({at} UTC)"
    ),
    "it anchors entries that do not come before it": (
        "elle ancre des inscriptions qui ne la précèdent pas"
    ),
    "it cites a cosigned checkpoint that is not kept": (
        "elle cite un point de contrôle cosigné qui n'est pas conservé"
    ),
    "it says that it was recorded before a witness saw the checkpoint that it cites": (
        "elle se dit consignée avant qu'un témoin ait vu le point de contrôle qu'elle cite"
    ),
    "the heads that it anchors are not those of the {streams} up to entry {entry}": (
        "les têtes qu'elle ancre ne sont pas celles des {streams} jusqu'à l'inscription {entry}"
    ),
}

"""Sentences about what is asked for and is not there."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "No such case is in this ledger: check the reference.": (
        "Ce dossier n'est pas dans ce registre : vérifiez la référence."
    ),
    "This is no case reference: it has ten letters or digits and a check symbol, like 7ZK3Q-0M9TB-R; read it "
    "again.": (
        "Ce n'est pas une référence de dossier : elle compte dix lettres ou chiffres et un symbole de "
        "contrôle, comme 7ZK3Q-0M9TB-R; relisez-la."
    ),
    "cursor: take it from the answer before, whole, and ask the same.": (
        "cursor : prenez-le de la réponse précédente, en entier, et demandez la même chose."
    ),
    "Others are being sought just now: ask again in a few seconds.": (
        "D'autres recherches sont en cours : redemandez dans quelques secondes."
    ),
    "To fold this many cases anew takes longer than an answer may: ask with `known_at`, which is told at once, as of "
    "an earlier instant, or on the command line.": (
        "Replier autant de dossiers prend plus de temps qu'une réponse n'en a : demandez avec `known_at`, qui répond "
        "aussitôt, à un instant antérieur, ou sur la ligne de commande."
    ),
    "Others have all cases folded anew just now: ask again in a few seconds, or with `known_at`, which is told at "
    "once.": (
        "D'autres font replier tous les dossiers en ce moment : redemandez dans quelques secondes, ou avec `known_at`, "
        "qui répond aussitôt."
    ),
    "Nothing was known of {reference} then: ask about a later instant.": (
        "Rien n'était alors connu de {reference} : demandez un instant ultérieur."
    ),
    "No party {party} is in this ledger.": "La partie {party} n'est pas dans ce registre.",
    "No policy with this digest was published here, or then.": (
        "Aucune politique de cette empreinte n'a été publiée ici, ou alors."
    ),
    "There is no such entry in this ledger.": "Cette inscription n'est pas dans ce registre.",
    "No checkpoint was signed yet: `caseledger checkpoint` makes the first one.": (
        "Aucun point de contrôle n'est encore signé : `caseledger checkpoint` fait le premier."
    ),
    "No checkpoint was signed yet.": "Aucun point de contrôle n'est encore signé.",
    "No checkpoint of {size} was signed: leave it out for the newest.": (
        "Aucun point de contrôle de {size} n'est signé : omettez-le pour le plus récent."
    ),
    "{stream} has no entry {version}: give one that it has.": (
        "{stream} n'a pas d'inscription {version} : donnez-en une qu'elle a."
    ),
    "No such mail is in the tray: GET /v1/tray lists it.": (
        "Aucun courriel de ce nom n'est dans la corbeille : GET /v1/tray les montre."
    ),
    "entry: a whole number from 1.": "entry : un nombre entier à partir de 1.",
    "This is not a member of the policy in force.": (
        "Cette personne n'est pas membre selon la politique en vigueur."
    ),
    "This is not a team of the policy in force.": (
        "Ce n'est pas une équipe de la politique en vigueur."
    ),
    "This is not a team of any policy published here.": (
        "Ce n'est une équipe d'aucune politique publiée ici."
    ),
    "This is neither a team of any policy published here nor '{unrouted}'.": (
        "Ce n'est ni une équipe d'une politique publiée ici, ni « {unrouted} »."
    ),
    "There is no such request type: GET /v1/forms lists them.": (
        "Ce type de demande n'existe pas : GET /v1/forms les donne."
    ),
    "{name}: no policy published here has such a code; there are {known}.": (
        "{name} : aucune politique publiée ici n'a un tel code; il y a {known}."
    ),
    "{name}: no policy published here has such a code; read it again.": (
        "{name} : aucune politique publiée ici n'a un tel code; relisez-le."
    ),
    "There is no such type of problem: the schema Problem in `GET /openapi.json` names all that there are.": (
        "Ce type de problème n'existe pas : le schéma Problem de `GET /openapi.json` nomme tous ceux qui existent."
    ),
    "There are no metrics here: see CASELEDGER_HTTP_METRICS.": (
        "Il n'y a pas de mesures ici : voyez CASELEDGER_HTTP_METRICS."
    ),
    "{name}: give the id of an event or its position, such as 42, or 0 to begin with the first.": (
        "{name} : donnez l'identifiant d'un événement ou sa position, telle que 42, ou 0 pour commencer par "
        "le premier."
    ),
    "{name}: another entry is at {position} here, so it is not the log that you followed, or was restored "
    "from a backup: begin again from a position that you know it has.": (
        "{name} : une autre inscription est ici à la position {position}, ce registre n'est donc pas celui "
        "que vous suiviez, ou fut restauré d'une sauvegarde : recommencez d'une position que vous savez y "
        "être."
    ),
    "{name}: no entry {position} is in this ledger, so it is not the log that you followed, or was restored "
    "from a backup: begin again from a position that you know it has.": (
        "{name} : l'inscription {position} n'est pas dans ce registre, qui n'est donc pas celui que vous "
        "suiviez, ou fut restauré d'une sauvegarde : recommencez d'une position que vous savez y être."
    ),
    "release: give the number of a release.": "release : donnez le numéro d'une remise.",
    "This holds something that cannot be recorded: give whole numbers smaller than 2^53.": (
        "Ceci contient ce qui ne peut être consigné : donnez des nombres entiers inférieurs à 2^53."
    ),
    "until is before from: give the dates in order.": (
        "until précède from : donnez les dates dans l'ordre."
    ),
}

"""Sentences about what the service does not do just now."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "Too many streams of the feed are open: read it page by page at /v1/feed meanwhile.": (
        "Trop de flux sont ouverts : lisez entre-temps page par page à /v1/feed."
    ),
    "There is nothing at this address: `GET /openapi.json` names those that there are.": (
        "Il n'y a rien à cette adresse : `GET /openapi.json` nomme celles qui existent."
    ),
    "This cannot be done here: the header Allow names what can.": (
        "Cela ne peut se faire ici : l'en-tête Allow dit ce qui se peut."
    ),
    "Somebody else wrote to this stream first: read it again and decide anew.": (
        "Quelqu'un d'autre a écrit dans cette suite avant vous : relisez-la et décidez de nouveau."
    ),
    "Expected version {expected}, but the stream is at version {actual}: read it again and decide anew.": (
        "La version attendue était {expected}, mais la suite en est à la version {actual} : relisez-la et "
        "décidez de nouveau."
    ),
    "The views know entry {known} and not yet {position}: ask again in a moment.": (
        "Les vues connaissent l'inscription {known} et pas encore {position} : redemandez dans un instant."
    ),
    "The views are being made from the log: ask again in a moment.": (
        "Les vues sont en train d'être faites à partir du journal : redemandez dans un instant."
    ),
    "The ledger cannot be reached or written just now: try again.": (
        "Le registre est momentanément inaccessible : réessayez."
    ),
    "This may be on record or not: ask again with the same command id, which answers with the receipt if it "
    "is.": (
        "Ceci est peut-être consigné : redemandez avec le même identifiant de commande, qui répond par le "
        "reçu s'il l'est."
    ),
    "This process can never write to the ledger again: start it anew.": (
        "Ce processus ne peut plus écrire dans le registre : relancez-le."
    ),
    "What is stored is not what was recorded: stop, keep the files, and run `caseledger verify`.": (
        "Ce qui est conservé n'est pas ce qui fut consigné : arrêtez, gardez les fichiers, et lancez "
        "`caseledger verify`."
    ),
    "An entry is intact but this version of the software cannot read it.": (
        "Une inscription est intacte, mais cette version du logiciel ne peut la lire."
    ),
    "The answer took too long; whether anything was recorded is told by asking again with the same "
    "Idempotency-Key.": (
        "La réponse a trop tardé; redemandez avec la même Idempotency-Key pour savoir si quelque chose fut "
        "consigné."
    ),
    "A defect on our side, which is logged: nothing half-done was recorded; tell us the instance.": (
        "Un défaut de notre côté, qui est journalisé : rien n'a été consigné à moitié; indiquez-nous "
        "l'instance."
    ),
}

"""What `caseledger verify-bundle` says, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ledger.policy.values import Language
from projections.sentences.sentence import Sentence

WORDS: Final[Mapping[str, Sentence]] = {
    "failed": Sentence(
        "Failed: do not rely on this file; it is not what the office released, or it is damaged.",
        "Échec : ne vous fiez pas à ce fichier; il n'est pas celui que le bureau a communiqué, ou il est endommagé.",
    ),
    "failed_signed": Sentence(
        "Failed: do not rely on this file as it is; it does not bear the signatures that you ask for.",
        "Échec : ne vous fiez pas à ce fichier tel quel; il ne porte pas les signatures que vous exigez.",
    ),
    "failed_since": Sentence(
        "Failed: this release is not shown to go on from the earlier one; keep both files, and ask the office to "
        "explain.",
        "Échec : rien n'établit que cette communication continue l'antérieure; gardez les deux fichiers et demandez "
        "au bureau de s'en expliquer.",
    ),
    "failed_at": Sentence(
        "At step {step}, in {where}: {why}", "À l'étape {step}, dans {where} (en anglais) : {why}"
    ),
    "consistent": Sentence(
        "Consistent, key unconfirmed: everything shown follows from the checkpoint in the file, "
        "but whose that is was not checked; give --key with the office's published key.",
        "Concordant, clé non confirmée : tout ce qui est montré découle du point de contrôle joint, mais on n'a pas "
        "vérifié de qui il est; donnez --key avec la clé publiée par le bureau.",
    ),
    "confirmed": Sentence(
        "Confirmed: everything shown follows from a checkpoint that is signed with the key given.",
        "Confirmé : tout ce qui est montré découle d'un point de contrôle signé avec la clé donnée.",
    ),
    "proven": Sentence("Proven:", "Prouvé :"),
    "unaltered": Sentence(
        "Each value and word shown is as it was recorded, unaltered since {at}.",
        "Chaque valeur et chaque mot montrés sont tels qu'ils ont été consignés, inaltérés depuis le {at}.",
    ),
    "whole_stream": Sentence(
        "Each record ({streams}) is complete as of then: {shown} {shown:entry|entries} shown, {lines} withheld whole,"
        "\n    {beyond} out of scope; there are no others.",
        "Chaque dossier ({streams}) est complet à cette date : {shown} {shown:inscription montrée|inscriptions "
        "montrées}, {lines} {lines:retenue|retenues} en entier,\n    {beyond} hors de la portée; il n'y en a pas "
        "d'autres.",
    ),
    "stated_scope": Sentence(
        "The {shown} {shown:entry shown follows|entries shown follow} on one another within each record ({streams}); "
        "nothing between them was left out.",
        "{shown:L'inscription montrée suit|Les inscriptions montrées se suivent} ({shown}) dans chaque dossier "
        "({streams}); rien n'a été omis entre elles.",
    ),
    "none": Sentence(
        "Each of the {shown} {shown:entry|entries} shown is in the office's log.",
        "Chaque inscription montrée ({shown}) est dans le journal du bureau.",
    ),
    "since": Sentence(
        "Nothing was rewritten since the earlier release, as of {size} {size:entry|entries}.",
        "Rien n'a été récrit depuis la communication antérieure, à {size} {size:inscription|inscriptions}.",
    ),
    "witness": Sentence(
        "{name} saw this checkpoint at {at}.", "{name} a vu ce point de contrôle le {at}."
    ),
    "unproven": Sentence("Not proven:", "Non prouvé :"),
    "true": Sentence(
        "That what was entered is true, or that everything was written down.",
        "Que ce qui a été inscrit est vrai, ou que tout a été consigné.",
    ),
    "when": Sentence(
        "When something happened: that is what the office says.",
        "Quand une chose s'est produite : c'est ce que dit le bureau.",
    ),
    "scope": Sentence(
        "That there is nothing beyond what is shown: this release does not claim it.",
        "Qu'il n'y a rien au-delà de ce qui est montré : cette communication ne l'affirme pas.",
    ),
    "unfollowed": Sentence(
        "That what is withheld at the end of a record ({count} {count:entry|entries}) is of that record: it is in\n"
        "    the log, and no entry shown follows on it.",
        "Que ce qui est retenu à la fin d'un dossier ({count} {count:inscription|inscriptions}) est de ce dossier :\n"
        "    cela est dans le journal, et aucune inscription montrée ne le suit.",
    ),
    "rendering": Sentence(
        "The office's sentences, chronology, index and cover: they are its words. Compare the file's\n"
        "    SHA-256 with the one that the office recorded.",
        "Les phrases du bureau, la chronologie, l'index et la couverture : ce sont ses mots. Comparez le SHA-256\n"
        "    du fichier avec celui que le bureau a consigné.",
    ),
    "for_recipient": Sentence(
        "For {recipient}, {audience}: {purpose}", "Pour {recipient}, {audience} : {purpose}"
    ),
    "for": Sentence("For {audience}: {purpose}", "Pour {audience} : {purpose}"),
    "withheld": Sentence(
        "Withheld: {lines} {lines:entry|entries}, {slots} whole {slots:value|values}, and {words} {words:word|words} "
        "of other texts; erased: {erased} {erased:value|values}.",
        "Retenu : {lines} {lines:inscription|inscriptions}, {slots} {slots:valeur entière|valeurs entières} et {words} "
        "{words:mot|mots} d'autres textes; effacé : {erased} {erased:valeur|valeurs}.",
    ),
    "exemption": Sentence("  {code}: {times}", "  {code} : {times}"),
    "checkpoint": Sentence(
        "Checkpoint: {origin}, {size} {size:entry|entries}.",
        "Point de contrôle : {origin}, {size} {size:inscription|inscriptions}.",
    ),
    "digest": Sentence("SHA-256 of the file: {digest}", "SHA-256 du fichier : {digest}"),
}


def said(sentence: str, /, language: Language, **fields: object) -> str:
    """A sentence with its fields."""
    return WORDS[sentence].fitting(language, fields).format(**fields)

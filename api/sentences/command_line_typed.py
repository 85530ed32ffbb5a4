"""Sentences of the command line's edge: what was typed that no command takes, and how one was ended."""

from __future__ import annotations

from collections.abc import Mapping

_TOLD_NOW: Mapping[str, str] = {
    "A month is told as known at the end of the month after it, for good": (
        "Un mois se dit selon ce qu'on savait à la fin du mois suivant, une fois pour toutes"
    ),
    "What is set aside lies in a folder, as it is now": (
        "Ce qui est mis de côté se trouve dans un répertoire, tel qu'il est maintenant"
    ),
    "Whoever is calling is sought among what is known now": (
        "Qui appelle se cherche parmi ce qu'on sait maintenant"
    ),
    "This asks no ledger, only what is given with it (--at says until when)": (
        "Ceci n'interroge aucun registre, seulement ce qui est donné avec (--at dit jusqu'à quand)"
    ),
    "An original is kept as it came": "Un original est conservé tel qu'il est venu",
    "The whole ledger is verified as it is stored now": (
        "Le registre entier est vérifié tel qu'il est conservé maintenant"
    ),
    "A proof is as of a checkpoint (--checkpoint names it)": (
        "Une preuve vaut à un point de contrôle (--checkpoint le nomme)"
    ),
    "A receipt is of one entry, which never changes": (
        "Un reçu porte sur une seule inscription, qui ne change jamais"
    ),
    "This asks no ledger, only the file": "Ceci n'interroge aucun registre, seulement le fichier",
    "A checkpoint is signed of what stands now": (
        "Un point de contrôle se signe de ce qui est là maintenant"
    ),
    "What is given out is of when it is asked for": (
        "Ce qui est remis vaut au moment où c'est demandé"
    ),
    "This asks no ledger": "Ceci n'interroge aucun registre",
    "Who may ask what is judged by the rules of now": (
        "Qui peut demander quoi se juge selon les règles de maintenant"
    ),
    "Every routing ever recorded is decided again": (
        "Chaque acheminement consigné est décidé de nouveau"
    ),
    "Clocks that are open now are rehearsed (--on names the day)": (
        "Les délais en cours maintenant sont mis à l'essai (--on nomme le jour)"
    ),
    "A draw is made again as of the day on which it was made (--on names it)": (
        "Un tirage se refait au jour où il fut fait (--on le nomme)"
    ),
    "Keys sign now": "Les clés signent maintenant",
    "A witness has seen what it has seen by now": (
        "Un témoin a vu ce qu'il a vu jusqu'à maintenant"
    ),
    "This is told or done as things stand now": (
        "Ceci se dit ou se fait selon l'état de maintenant"
    ),
}
SENTENCES: Mapping[str, str] = {
    # How a command is asked
    "See `{command} --help`.": "Voyez `{command} --help`.",
    "`{command}` needs {what}.": "Il faut à `{command}` : {what}.",
    "`{command}` needs a value after {option}.": (
        "Il faut à `{command}` une valeur après {option}."
    ),
    "'{words}' is more than this command takes.": ("« {words} » est de trop pour cette commande."),
    "'{words}' is more than this command takes: it takes a team as --team {team}.": (
        "« {words} » est de trop pour cette commande : elle prend une équipe par --team {team}."
    ),
    "What a rate asks of that day is not known. {why} Or give --as-of, which leaves rates out.": (
        "Ce qu'une cadence demande ce jour-là n'est pas connu. {why} Ou donnez --as-of, qui omet les cadences."
    ),
    "{option} is given by its place, without its name: `{command}`.": (
        "{option} se donne à sa place, sans son nom : `{command}`."
    ),
    "Unknown option: {option}.": "Option inconnue : {option}.",
    "Unknown option: {option}. Did you mean {other}?": (
        "Option inconnue : {option}. Vouliez-vous dire {other}?"
    ),
    'Unknown command "{word}". Available commands: {commands}.': (
        "Commande inconnue : « {word} ». Les commandes : {commands}."
    ),
    'Unknown command "{word}". Available commands: {commands}, ...': (
        "Commande inconnue : « {word} ». Quelques commandes : {commands}, ..."
    ),
    'Unknown command "{word}". Did you mean "{other}"? Available commands: {commands}.': (
        "Commande inconnue : « {word} ». Vouliez-vous dire « {other} »? Les commandes : {commands}."
    ),
    'Unknown command "{word}". Did you mean "{other}"? Available commands: {commands}, ...': (
        "Commande inconnue : « {word} ». Vouliez-vous dire « {other} »? Quelques commandes : {commands}, ..."
    ),
    'Invalid value "{value}" for {option}. Choose from: {choices}.': (
        "« {value} » n'est pas une valeur de {option}. Choisissez parmi : {choices}."
    ),
    'Invalid value "{value}" for {option}. Choose from: {choices}. Did you mean "{other}"?': (
        "« {value} » n'est pas une valeur de {option}. Choisissez parmi : {choices}. Vouliez-vous dire « {other} »?"
    ),
    'Invalid value for {option}: unable to convert "{value}" into bool.': (
        "{option} ne prend aucune valeur : omettez « {value} »."
    ),
    **{
        f"{english}: leave {{option}} out.": f"{french} : omettez {{option}}."
        for english, french in _TOLD_NOW.items()
    },
    "Stopped; what was acknowledged is recorded.": (
        "Interrompu; ce qui fut confirmé est consigné."
    ),
    "{what}: put that right and try again.": "{what} : corrigez cela et réessayez.",
}

"""Sentences about parties: records of people and organisations, and who acts for whom."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "No such party is in this ledger.": "Cette partie n'est pas dans ce registre.",
    "No such party is in this ledger: check its id.": (
        "Cette partie n'est pas dans ce registre : vérifiez son identifiant."
    ),
    "No such party is in this ledger: check its id, or record it first.": (
        "Cette partie n'est pas dans ce registre : vérifiez son identifiant, ou consignez-la d'abord."
    ),
    "The party {party} is not in this ledger: check the id, or record them first (`caseledger party`).": (
        "La partie {party} n'est pas dans ce registre : vérifiez l'identifiant, ou consignez-la d'abord "
        "(`caseledger party`)."
    ),
    "This party is recorded already: use its record, or record another with a new id.": (
        "Cette partie est déjà consignée : employez sa fiche, ou consignez-en une autre sous un nouvel "
        "identifiant."
    ),
    "Say what was given: a name, a language or a way to reach them.": (
        "Dites ce qui fut donné : un nom, une langue ou un moyen de joindre la personne."
    ),
    "A machine verifies nobody: let a person see the evidence and say what it was.": (
        "Une machine ne vérifie l'identité de personne : qu'une personne voie la preuve et dise laquelle."
    ),
    "A record is not linked with itself: name the other record.": (
        "Une fiche ne se lie pas à elle-même : nommez l'autre fiche."
    ),
    "A machine may propose that two records are of one person: let a person decide it.": (
        "Une machine peut proposer que deux fiches sont d'une même personne : qu'une personne en décide."
    ),
    "An organisation has no date of birth: record one of a person.": (
        "Un organisme n'a pas de date de naissance : consignez celle d'une personne."
    ),
    "The date of birth {day} lies in the future: give the date again.": (
        "La date de naissance {day} est dans l'avenir : redonnez la date."
    ),
    "An organisation does not die: record the death of a person.": (
        "Un organisme ne décède pas : consignez le décès d'une personne."
    ),
    "A death cannot lie in the future: give the date again.": (
        "Un décès ne peut être dans l'avenir : redonnez la date."
    ),
    "A machine declares nobody dead: let a person record it.": (
        "Une machine ne déclare personne décédé : qu'une personne le consigne."
    ),
    # Representatives
    "A machine corrects no death: let a person say what proved it wrong.": (
        "Une machine ne rectifie aucun décès : qu'une personne dise ce qui l'a démenti."
    ),
    "No death of this person is on record: there is nothing to correct.": (
        "Aucun décès de cette personne n'est consigné : il n'y a rien à rectifier."
    ),
    "The authority '{authority}' ended when this person died: name the one that an executor or administrator "
    "has.": (
        "Le pouvoir « {authority} » a pris fin au décès de cette personne : nommez celui de la liquidation "
        "ou de l'administration de la succession."
    ),
    "Nobody represents themselves: name the person who acts for them.": (
        "Nul ne se représente soi-même : nommez la personne qui agit pour l'autre."
    ),
    "This authority ended on {day}: name one that is valid today.": (
        "Ce pouvoir a pris fin le {day} : nommez-en un qui vaut aujourd'hui."
    ),
    "Nobody of this id acts for this person: name one of their representatives.": (
        "Personne de cet identifiant n'agit pour cette personne : nommez l'un de ses représentants."
    ),
    "This person is not of age yet: what rests on minority ends on the day of majority.": (
        "Cette personne n'est pas encore majeure : ce qui repose sur la minorité prend fin le jour de la "
        "majorité."
    ),
    "The authority '{authority}' does not rest on minority, so coming of age does not end it: if it is over, "
    "record that with its reason.": (
        "Le pouvoir « {authority} » ne repose pas sur la minorité, la majorité n'y met donc pas fin : s'il "
        "est terminé, consignez-le avec son motif."
    ),
}

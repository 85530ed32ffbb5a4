"""Sentences about codes that the policy in force does not know, and what it knows instead."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "{given} is not a category of this channel of the policy in force; it knows {known}.": (
        "{given} n'est pas une catégorie de ce canal de la politique en vigueur; elle connaît : {known}."
    ),
    "{given} is not a channel of the policy in force; it knows {known}.": (
        "{given} n'est pas un canal de la politique en vigueur; elle connaît : {known}."
    ),
    "{given} is not a channel of the policy; it knows {known}.": (
        "{given} n'est pas un canal de la politique; elle connaît : {known}."
    ),
    "{given} is not a criterion of severity of the policy in force; it knows {known}.": (
        "{given} n'est pas un critère de gravité de la politique en vigueur; elle connaît : {known}."
    ),
    "{given} is not an exemption of the policy in force; it knows {known}.": (
        "{given} n'est pas une exception de la politique en vigueur; elle connaît : {known}."
    ),
    "{given} is not a field of the policy in force; it knows {known}.": (
        "{given} n'est pas un champ de la politique en vigueur; elle connaît : {known}."
    ),
    "{given} is not a flag of the policy in force; it knows {known}.": (
        "{given} n'est pas un indicateur de la politique en vigueur; elle connaît : {known}."
    ),
    "{given} is not a kind of consultation of the policy in force; it knows {known}.": (
        "{given} n'est pas un genre de consultation de la politique en vigueur; elle connaît : {known}."
    ),
    "{given} is not a region of the policy in force; it knows {known}.": (
        "{given} n'est pas une région de la politique en vigueur; elle connaît : {known}."
    ),
    "{given} is not a request type of the policy in force; it knows {known}.": (
        "{given} n'est pas un type de demande de la politique en vigueur; elle connaît : {known}."
    ),
    "{given} is not a team of the policy in force; it knows {known}.": (
        "{given} n'est pas une équipe de la politique en vigueur; elle connaît : {known}."
    ),
    "{given} is not a template of the policy in force; it knows {known}.": (
        "{given} n'est pas un gabarit de la politique en vigueur; elle connaît : {known}."
    ),
    "{given} is no person of the policy in force; it knows {known}.": (
        "{given} n'est pas une personne de la politique en vigueur; elle connaît : {known}."
    ),
    "{member} is not a person of the policy in force: name a member who is.": (
        "{member} n'est pas une personne de la politique en vigueur : nommez un membre qui en est une."
    ),
    "{given} is not a member of the policy in force: add the system under `members`.": (
        "{given} n'est pas membre selon la politique en vigueur : ajoutez le système sous `members`."
    ),
    "The policy in force has no team {unknown}: name those that it has.": (
        "La politique en vigueur n'a pas d'équipe {unknown} : nommez celles qu'elle a."
    ),
    "{given} is no kind of entry; see the topics in `caseledger trail REF --json`.": (
        "{given} n'est pas un genre d'inscription; voyez les sujets dans `caseledger trail REF --json`."
    ),
    "{reference} is not a case reference: it has ten letters or digits and a check symbol, like "
    "7ZK3Q-0M9TB-R; read it again.": (
        "{reference} n'est pas une référence de dossier : elle compte dix lettres ou chiffres et un symbole "
        "de contrôle, comme 7ZK3Q-0M9TB-R; relisez-la."
    ),
    "{reference} is not a case reference: its check symbol does not fit, so one symbol is misread or two have "
    "changed places; read it again.": (
        "{reference} n'est pas une référence de dossier : son symbole de contrôle ne convient pas; un symbole "
        "est mal lu, ou deux sont intervertis; relisez-la."
    ),
    "{command} cannot be asked of a {kind}.": (
        "{command} ne s'adresse pas à une suite du genre « {kind} »."
    ),
}

"""Policies in French: checked, published, shown, tried and rehearsed, beside its English."""

from __future__ import annotations

from collections.abc import Mapping

OF_POLICIES: Mapping[str, str] = {
    # A policy that is published
    "Policy {number} is in force, also for whatever happened before it was published.": (
        "La politique {number} est en vigueur, aussi pour tout ce qui s'est passé avant sa publication."
    ),
    "Policy {number} is in force from {since} ({zone}).": (
        "La politique {number} est en vigueur à partir du {since} ({zone})."
    ),
    "1 open case is with {team}, which is no team of this policy: `caseledger route` or `transfer` it, which "
    "`caseledger cases --team {team}` lists.": (
        "1 dossier ouvert est à {team}, qui n'est pas une équipe de cette politique : `caseledger route` ou "
        "`transfer` pour celui que montre `caseledger cases --team {team}`."
    ),
    "{count} open cases are with {team}, which is no team of this policy: `caseledger route` or `transfer` each that "
    "`caseledger cases --team {team}` lists.": (
        "{count} dossiers ouverts sont à {team}, qui n'est pas une équipe de cette politique : `caseledger route` ou "
        "`transfer` pour chacun de ceux que montre `caseledger cases --team {team}`."
    ),
    # A policy that is checked
    "{file}: what is wrong": "{file} : ce qui ne va pas",
    "Nothing: it can be published.": "Rien : elle peut être publiée.",
    "What could be better": "Ce qui pourrait être mieux",
    # A policy that is shown
    "No policy is in force: publish one with `caseledger policy publish FILE`.": (
        "Aucune politique n'est en vigueur : publiez-en une par `caseledger policy publish FILE`."
    ),
    "{office}, digest {digest}": "{office}, empreinte {digest}",
    "The whole document: `caseledger policy show --json`.": (
        "Le document entier : `caseledger policy show --json`."
    ),
    "None.": "Rien.",
    "clocks": "délais",
    "points": "points",
    "kept": "conservation",
    "how long": "durée",
    "counted from": "point de départ",
    "or": "ou",
    "stands still for": "suspendu pour",
    "policy": "politique",
    "Teams": "Équipes",
    "leader": "direction",
    "full-time": "temps plein",
    "on call": "de garde",
    "active": "actifs",
    "Routing rules, the first that holds decides": (
        "Règles d'acheminement : la première qui tient décide"
    ),
    "rule": "règle",
    "what it says": "ce qu'elle dit",
    "where the rules below say, once {team} confirms": (
        "où disent les règles qui suivent, une fois que {team} confirme"
    ),
    "any team with '{skill}'": "toute équipe qui a « {skill} »",
    "{team}, else {others}": "{team}, sinon {others}",
    # Routings decided again
    "{same} of {all} recorded decisions come out the same under the policy that each cites.": (
        "Des décisions consignées, {same} sur {all} donnent le même résultat selon la politique que chacune cite."
    ),
    "{same} of {all} recorded decisions come out the same under that policy.": (
        "Des décisions consignées, {same} sur {all} donnent le même résultat selon cette politique."
    ),
    "These would go elsewhere": "Ceux-ci iraient ailleurs",
    "These are defects": "Ceux-ci sont des défauts",
    "And {count} more: all with --json.": "Et {count} de plus : tous par --json.",
    # A change of law that is rehearsed
    "{count} open clock by the law of {day}: {earlier} would be earlier, {later} later, {same} the same.": (
        "{count} délai en cours selon la loi du {day} : plus tôt, {earlier}; plus tard, {later}; inchangé, {same}."
    ),
    "{count} open clocks by the law of {day}: {earlier} would be earlier, {later} later, {same} the same.": (
        "{count} délais en cours selon la loi du {day} : plus tôt, {earlier}; plus tard, {later}; inchangés, {same}."
    ),
    "By its own transition rule, kept under the law they started under: {kept}; taken over: {taken}; restated by a "
    "revised calendar: {restated}; with no such clock there: {gone}.": (
        "Selon sa propre règle de transition, gardés sous la loi de leur début : {kept}; repris : {taken}; recomptés "
        "selon un calendrier révisé : {restated}; sans délai correspondant : {gone}."
    ),
    "Nothing was recorded.": "Rien n'a été consigné.",
    "Open clocks, both dates": "Délais en cours, avec les deux dates",
    "No clock is open.": "Aucun délai n'est en cours.",
    "started": "début",
    "due today": "échéance d'aujourd'hui",
    "other law": "autre loi",
    "due by it": "échéance selon elle",
    "becomes": "ce qu'il devient",
    "keeps its law": "garde sa loi",
    "restated: calendar": "recompté : calendrier",
    "taken over": "repris",
    "no such clock there": "pas de tel délai là",
}

"""Why a case went where it went, in one sentence that a member of the public can read."""

from __future__ import annotations

import re
from typing import Any

from ledger.policy.compiled.policy import CompiledPolicy
from ledger.policy.routing.rules import Alternative, Routing, TeamLoad
from ledger.policy.telling.money import amount
from ledger.policy.values import Language

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "sent": "Sent to {team} by rule '{rule}' of policy {version}",
        "because": ", because {facts}",
        "default": ", because no other rule held",
        "and": " and ",
        "is": "{fact} is {value}",
        "unknown": "not known",
        "not_raised": "not noted that {flag}",
        "true": "yes",
        "false": "no",
        "load": "; load compared: {loads}",
        "one_load": "{team} {points} of {capacity} points",
        "alarm": "; not evaluated: {alarms}",
        "one_alarm": "rule '{rule}' ({wanting})",
        "confirm": "; to be confirmed by {team}",
        "type": "type",
        "programme": "programme",
        "region": "region",
        "channel": "channel",
        "family": "kind of channel",
        "language": "language",
        "interview_language": "language of interviews",
        "severity": "severity",
        "related_teams": "the team that is concerned itself",
        "en": "English",
        "fr": "French",
        "point": ".",
        "rule_lost": "Not by rule '{rule}': {why}.",
        "team_lost": "Not to {team} by rule '{rule}': {why}.",
        "load_lost": "its load",
        "overflow_lost": "its load is above the limit of the rule",
        "excluded_lost": "it is concerned itself",
        "nobody-present_lost": "nobody of it was there",
        "order_lost": "the other team is named before it",
    },
    "fr": {
        "sent": "Confié à {team} par la règle « {rule} » de la politique {version}",
        "because": ", parce que {facts}",
        "default": ", parce qu'aucune autre règle ne s'appliquait",
        "and": " et ",
        "is": "{fact} est {value}",
        "unknown": "inconnu",
        "not_raised": "il n'est pas noté que : {flag}",
        "true": "oui",
        "false": "non",
        "load": "; charges comparées : {loads}",
        "one_load": "{team} {points} points sur {capacity}",
        "alarm": "; non évaluées : {alarms}",
        "one_alarm": "règle « {rule} » ({wanting})",
        "confirm": "; à confirmer par {team}",
        "type": "le type",
        "programme": "le programme",
        "region": "la région",
        "channel": "le canal",
        "family": "le genre de canal",
        "language": "la langue",
        "interview_language": "la langue des entretiens",
        "severity": "la gravité",
        "related_teams": "l'équipe elle-même concernée",
        "en": "l'anglais",
        "fr": "le français",
        "point": ",",
        "rule_lost": "Pas par la règle « {rule} » : {why}.",
        "team_lost": "Pas à {team} par la règle « {rule} » : {why}.",
        "load_lost": "sa charge",
        "overflow_lost": "sa charge dépasse la limite de la règle",
        "excluded_lost": "elle est elle-même concernée",
        "nobody-present_lost": "personne n'y était présent",
        "order_lost": "l'autre équipe est nommée avant elle",
    },
}

_ELISION = re.compile(r"parce que (?=[aeéiou])")


def explain(routing: Routing, policy: CompiledPolicy, language: Language) -> str:
    """The decision as one sentence: the team, the rule, the facts it holds by, and the load if it was compared."""
    words = _WORDS[language]
    document = policy.policy
    rule = next(each for each in policy.rules if each.rule.code == routing.rule)
    said = words["sent"].format(
        team=document.teams[routing.team].say(language),
        rule=rule.rule.say(language),
        version=routing.policy_version,
    )
    facts = [
        _fact_in_words(fact, routing.facts[fact], policy, language)
        for fact in rule.when.facts()
        if routing.facts.get(fact) is not None
    ]
    if routing.by_default:
        said += words["default"]
    elif facts:
        said += words["because"].format(facts=words["and"].join(facts))
        said = _ELISION.sub("parce qu'", said)
    if routing.load:
        loads = ", ".join(_load(each, policy, language) for each in routing.load)
        said += words["load"].format(loads=loads)
    if routing.confirm is not None:
        team = document.teams[routing.confirm.team].say(language)
        said += words["confirm"].format(team=team)
    if routing.alarms:
        rules = {each.rule.code: each.rule.say(language) for each in policy.rules}
        alarms = (
            words["one_alarm"].format(
                rule=rules[each.rule], wanting=_named(each.wanting, policy, language)
            )
            for each in routing.alarms
        )
        said += words["alarm"].format(alarms=", ".join(alarms))
    return f"{said}."


def why_not(lost: Alternative, routing: Routing, policy: CompiledPolicy, language: Language) -> str:
    """Why a rule, or a team by a rule, was considered and lost, in one sentence."""
    words, rules = _WORDS[language], {each.rule.code: each.rule for each in policy.rules}
    rule = rules[lost.rule].say(language)
    if lost.lost in routing.facts:
        why = looked_at(lost.lost, routing, policy, language)
        return words["rule_lost"].format(rule=rule, why=why)
    team = policy.policy.teams[lost.team].say(language)
    return words["team_lost"].format(team=team, rule=rule, why=words[f"{lost.lost}_lost"])


def looked_at(fact: str, routing: Routing, policy: CompiledPolicy, language: Language) -> str:
    """What was known then of a fact that a rule looked at."""
    words, value = _WORDS[language], routing.facts[fact]
    if fact.startswith("flags.") and value is False:
        return words["not_raised"].format(flag=_named(fact, policy, language))
    if value is None:
        return words["is"].format(fact=_named(fact, policy, language), value=words["unknown"])
    return _fact_in_words(fact, value, policy, language)


def _fact_in_words(fact: str, value: Any, policy: CompiledPolicy, language: Language) -> str:
    """What was known of a fact; a flag that is raised says all by its name."""
    named = _named(fact, policy, language)
    if fact.startswith("flags.") and value is True:
        return named
    shown = _value_in_words(fact, value, policy, language)
    return _WORDS[language]["is"].format(fact=named, value=shown)


def _load(loaded: TeamLoad, policy: CompiledPolicy, language: Language) -> str:
    whole, part = divmod(loaded.capacity_hundredths, 100)
    return _WORDS[language]["one_load"].format(
        team=policy.policy.teams[loaded.team].say(language),
        points=loaded.points,
        capacity=f"{whole}{_WORDS[language]['point']}{part:02}" if part else whole,
    )


def _named(fact: str, policy: CompiledPolicy, language: Language) -> str:
    kind, _, code = fact.partition(".")
    if kind == "answers":
        return (
            f"« {policy.policy.fields[code].say(language)} »"
            if language == "fr"
            else (f"'{policy.policy.fields[code].say(language)}'")
        )
    if kind == "flags":
        return policy.policy.flags[code].say(language)
    return _WORDS[language].get(kind, fact)


def _value_in_words(fact: str, value: Any, policy: CompiledPolicy, language: Language) -> str:
    document = policy.policy
    words = _WORDS[language]
    if isinstance(value, bool):
        return words["true" if value else "false"]
    kind, _, code = fact.partition(".")
    if kind == "answers" and document.fields[code].kind == "money":
        return amount(value, document.office.currency, language)
    if kind in ("language", "interview_language"):
        return words.get(str(value), str(value))
    labels: dict[str, Any] = {
        "type": document.types,
        "programme": document.programmes,
        "region": document.regions,
        "channel": document.channels,
        "related_teams": document.teams,
        "answers": document.fields[code].choices if code in document.fields else {},
    }
    label = labels.get(kind, {}).get(value)
    return label.say(language) if label is not None else str(value).replace("_", " ")

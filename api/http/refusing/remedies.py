"""Remedies: what to do about each type of problem, in English and in French, for whoever follows its address."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.policy.values import Language

_AGAIN = (
    "Ask again after Retry-After; a write under the same Idempotency-Key, so that nothing is recorded twice.",
    (
        "Redemandez après Retry-After ; une écriture avec la même Idempotency-Key, pour que rien ne soit consigné deux "
        "fois."
    ),
)
_ON_OUR_SIDE = (
    "Nothing half-done was recorded. Tell whoever runs this service the `instance`, by which its log is found.",
    (
        "Rien n'a été consigné à moitié. Donnez à qui exploite ce service l'`instance`, par laquelle on trouve son "
        "journal."
    ),
)
_CHECK = (
    "Check what names it in the address or in the body; whoever may not know of it is answered so too.",
    "Vérifiez ce qui le nomme dans l'adresse ou dans le corps ; qui ne doit rien en savoir reçoit la même réponse.",
)
REMEDIES: Mapping[str, tuple[str, str]] = {
    "malformed-request": (
        "Mend what `detail` names, a header or the writing of the body, and send it again.",
        "Corrigez ce que nomme `detail`, un en-tête ou l'écriture du corps, et renvoyez la demande.",
    ),
    "unauthenticated": (
        "Send a token or a key in the header Authorization, as `Bearer …`; one that was sent is not believed any more.",
        (
            "Envoyez un jeton ou une clé dans l'en-tête Authorization, comme `Bearer …` ; ce qui fut envoyé n'est plus "
            "reconnu."
        ),
    ),
    "not-authorised": (
        (
            "Ask somebody whose task it is; with a key, ask the director for one of the scope that WWW-Authenticate "
            "names. `x-who` of an operation in `/openapi.json` says in which roles it may be asked."
        ),
        (
            "Adressez-vous à qui en a la tâche ; avec une clé, demandez à la direction la portée que nomme "
            "WWW-Authenticate. `x-who` d'une opération dans `/openapi.json` dit dans quels rôles la demander."
        ),
    ),
    "not-found": (
        "Look in `/openapi.json` for the address; a slash in a name cannot be written there.",
        "Cherchez l'adresse dans `/openapi.json` ; une barre oblique dans un nom ne peut s'y écrire.",
    ),
    "case-not-found": (
        "Read the reference again: it has ten letters or digits and a check symbol.",
        "Relisez la référence : elle compte dix lettres ou chiffres et un symbole de contrôle.",
    ),
    "party-not-found": _CHECK,
    "disclosure-not-found": _CHECK,
    "method-not-allowed": (
        "Ask by one of the methods that the header Allow names.",
        "Demandez par l'une des méthodes que nomme l'en-tête Allow.",
    ),
    "not-acceptable": (
        "Name another form in the header Accept, or leave it out.",
        "Nommez une autre forme dans l'en-tête Accept, ou omettez-le.",
    ),
    "refused": (
        (
            "Do what `detail` says is to be done first. `rule` is the code of the rule, and stays the same in every "
            "language; asked again as it is, it is refused again."
        ),
        (
            "Faites ce que `detail` dit de faire d'abord. `rule` est le code de la règle, le même en toute langue ; "
            "redemandée telle quelle, la demande sera encore refusée."
        ),
    ),
    "unlawful-transition": (
        "Read the case again: what was asked can happen in another of its states, which `detail` names.",
        "Relisez le dossier : ce qui est demandé peut se faire dans un autre de ses états, que nomme `detail`.",
    ),
    "beyond-calendar": (
        "Ask for an earlier date, or have a policy published whose calendars reach further.",
        "Demandez une date plus proche, ou faites publier une politique dont les calendriers vont plus loin.",
    ),
    "version-conflict": (
        "Read it again, decide anew by what it is now, and send the ETag that it has in If-Match.",
        "Relisez-le, décidez à nouveau d'après ce qu'il est maintenant, et envoyez son ETag dans If-Match.",
    ),
    "body-too-large": (
        "Send less, and documents by their digest.",
        "Envoyez moins, et les documents par leur empreinte.",
    ),
    "unsupported-media-type": (
        "Send the body as application/json, without a Content-Encoding.",
        "Envoyez le corps en application/json, sans Content-Encoding.",
    ),
    "invalid-command": (
        "Mend what `detail` says; where `errors` is there, each of its pointers names a field of the body.",
        "Corrigez ce que dit `detail` ; si `errors` est là, chacun de ses pointeurs nomme un champ du corps.",
    ),
    "invalid-policy": (
        "Whoever writes the policy mends what `detail` names; `caseledger policy check` finds all of it.",
        "Qui écrit la politique corrige ce que nomme `detail` ; `caseledger policy check` trouve tout le reste.",
    ),
    "precondition-required": (
        "Read it first, and send its ETag in the header If-Match.",
        "Lisez-le d'abord, et envoyez son ETag dans l'en-tête If-Match.",
    ),
    "too-many-requests": _AGAIN,
    "ledger-error": _ON_OUR_SIDE,
    "defect": _ON_OUR_SIDE,
    "integrity-failure": (
        "Whoever runs this service stops it, keeps the files as they are and runs `caseledger verify`.",
        "Qui exploite ce service l'arrête, garde les fichiers tels quels et lance `caseledger verify`.",
    ),
    "unreadable-entry": (
        "Whoever runs this service puts a later version of it in place.",
        "Qui exploite ce service en installe une version plus récente.",
    ),
    "ledger-unavailable": _AGAIN,
    "outcome-unknown": (
        "Ask again under the same Idempotency-Key: the answer says whether it was recorded, and records it if not.",
        "Redemandez avec la même Idempotency-Key : la réponse dit si ce fut consigné, et le consigne sinon.",
    ),
    "timed-out": _AGAIN,
}
"""By the code of a type of problem: what whoever was answered with it does."""


def remedy_of(code: str, language: Language) -> str:
    """What to do about a type of problem."""
    english, french = REMEDIES[code]
    return french if language == "fr" else english

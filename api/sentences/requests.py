"""Sentences about what was sent over HTTP: headers, bodies, queries."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "Send the body as {kind}.": "Envoyez le corps en {kind}.",
    "The body is JSON but no object: send { … }.": (
        "Le corps est du JSON mais pas un objet : envoyez { … }."
    ),
    "The body is nested deeper than {most}: send it flatter.": (
        "Le corps est imbriqué sur plus de {most} niveaux : envoyez-le plus plat."
    ),
    "The body is not JSON in UTF-8 ({why}): send an object.": (
        "Le corps n'est pas du JSON en UTF-8 ({why}) : envoyez un objet."
    ),
    "The body gives {name} more than once in one object, and either could be meant: give it once.": (
        "Le corps donne {name} plus d'une fois dans un même objet, et l'une ou l'autre valeur pourrait être voulue : "
        "donnez-la une seule fois."
    ),
    "The body is larger than {most} bytes: send less, and documents by their digest.": (
        "Le corps dépasse {most} octets : envoyez moins, et les documents par leur empreinte."
    ),
    "{pointer}: holds the control character U+{code}, which makes a text look other than it is: send it "
    "without.": (
        "{pointer} : contient le caractère de commande U+{code}, qui donne à un texte une autre apparence : "
        "envoyez-le sans lui."
    ),
    "Send the header Idempotency-Key: up to 255 characters of your own, new for each command and the same "
    "when you ask again.": (
        "Envoyez l'en-tête Idempotency-Key : jusqu'à 255 caractères de votre choix, nouveaux pour chaque "
        "commande et les mêmes quand vous redemandez."
    ),
    "This Idempotency-Key was used for another command: send a new key, or under this one what was sent then.": (
        "Cette Idempotency-Key a servi à une autre commande : envoyez une nouvelle clé, ou avec celle-ci ce qui avait "
        "été envoyé."
    ),
    'If-Match: send the ETag that you were given, with its quotes, such as "12".': (
        'If-Match : envoyez l\'ETag que vous avez reçu, avec ses guillemets, tel que "12".'
    ),
    "If-Match names no version of this: read it again, decide anew and send the ETag that it has.": (
        "If-Match ne nomme aucune version de ceci : relisez, décidez de nouveau et envoyez son ETag."
    ),
    "/after: no entry {position} is in this ledger yet: leave it out to be told of all that comes.": (
        "/after : le registre n'a encore aucune inscription {position} : omettez-le pour être informé de tout ce qui "
        "vient."
    ),
    "{name}: give it once.": "{name} : donnez-le une seule fois.",
    "{name}: give it a value, or leave it out.": "{name} : donnez une valeur, ou omettez-le.",
    "Send the body as it is, without a Content-Encoding.": (
        "Envoyez le corps tel quel, sans Content-Encoding."
    ),
    "Two different tokens or keys were sent, and either could be meant: send one alone.": (
        "Deux jetons ou clés différents ont été envoyés, et l'un ou l'autre pourrait être voulu : n'en envoyez qu'un."
    ),
    "{header}: send it once.": "{header} : envoyez-le une seule fois.",
    "Here order matters: send the ETag of what you have seen in the header If-Match.": (
        "Ici l'ordre compte : envoyez dans l'en-tête If-Match l'ETag de ce que vous avez vu."
    ),
    "{header}: at most {most} characters.": "{header} : {most} caractères au plus.",
    "{header}: write it in UTF-8.": "{header} : écrivez-le en UTF-8.",
    "Something in this query is not understood: it takes {known}.": (
        "Quelque chose dans cette requête est incompris : elle admet ceci : {known}."
    ),
    "limit: a whole number from 1 to {most}.": "limit : un nombre entier de 1 à {most}.",
    "{name}: a whole number from 1 to {most}.": "{name} : un nombre entier de 1 à {most}.",
    "purpose: say what the values are read for, one of {known}.": (
        "purpose : dites à quelle fin les valeurs sont lues, parmi {known}."
    ),
    "{name}: one of {known}.": "{name} : l'une de ces valeurs : {known}.",
    "Transfer-Encoding: chunked is understood, and nothing else.": (
        "Transfer-Encoding : chunked est compris, et rien d'autre."
    ),
    "If-Match: what is at this address has another ETag by now; leave the header out to read it as it is.": (
        "If-Match : ce qui est à cette adresse a maintenant un autre ETag; omettez l'en-tête pour le lire tel quel."
    ),
    "cursor: it goes on another list than this, or one that was chosen otherwise: ask as you did for the page before, "
    "or leave it out and begin with the first.": (
        "cursor : il continue une autre liste que celle-ci, ou une liste choisie autrement : demandez comme pour la "
        "page précédente, ou omettez-le et commencez par la première."
    ),
    "cursor: take it from the Link of the page before, whole.": (
        "cursor : prenez-le, entier, dans le Link de la page précédente."
    ),
    "The case that the page before ended with is not there: begin again.": (
        "Le dossier par lequel finissait la page précédente n'y est pas : recommencez."
    ),
    "The page before ended at no instant: begin again.": (
        "La page précédente ne finissait à aucun instant : recommencez."
    ),
    "A rate and a draw are made of what was known: give known_at, and leave as_of out.": (
        "Une cadence et un tirage se font de ce qui était connu : donnez known_at et omettez as_of."
    ),
    "The service tells how it is now: leave known_at and as_of out.": (
        "Le service dit comment il est maintenant : omettez known_at et as_of."
    ),
    "An entry never changes and a proof is of its checkpoint: leave known_at and as_of out.": (
        "Une inscription ne change jamais et une preuve est de son point de contrôle : omettez known_at et as_of."
    ),
    "The feed gives every entry in order with its instants: leave known_at and as_of out.": (
        "Le flux donne chaque inscription dans l'ordre, avec ses instants : omettez known_at et as_of."
    ),
    "A month is told as known at the end of the month after it, for good: leave known_at and as_of out.": (
        "Un mois se dit selon ce qu'on savait à la fin du mois suivant, pour de bon : omettez known_at et as_of."
    ),
    "What is given out is of when it is asked for: leave known_at and as_of out.": (
        "Ce qui est remis est du moment de la demande : omettez known_at et as_of."
    ),
    "No policy was in force then: ask about a later instant.": (
        "Aucune politique n'était alors en vigueur : demandez un instant ultérieur."
    ),
    "min_position: give the Ledger-Position that you were answered with.": (
        "min_position : donnez le Ledger-Position qui vous a été répondu."
    ),
    "min_position: no entry {position} is in this ledger yet.": (
        "min_position : l'inscription {position} n'est pas encore dans ce registre."
    ),
    "checkpoint: give the number of entries of a checkpoint.": (
        "checkpoint : donnez le nombre d'inscriptions d'un point de contrôle."
    ),
    "{first} must lie before {last}, and before the instant that is asked about: give them in order.": (
        "{first} doit précéder {last}, ainsi que l'instant dont il s'agit : donnez-les dans l'ordre."
    ),
    "until is still to come: figures are of days up to the one that is asked about.": (
        "until est encore à venir : les chiffres portent sur les jours jusqu'à celui dont il est question."
    ),
    "from must not be after until, nor more than {most} days before it.": (
        "from ne doit ni suivre until, ni le précéder de plus de {most} jours."
    ),
    "Say in the header Audit-Reason why somebody is sought.": (
        "Dites dans l'en-tête Audit-Reason pourquoi une personne est cherchée."
    ),
    "Say a name, a telephone number of six digits or more, or an e-mail address: this is too little to find "
    "anybody by.": (
        "Dites un nom, un numéro de téléphone d'au moins six chiffres ou une adresse électronique : c'est trop "
        "peu pour trouver quelqu'un."
    ),
    "The ground of a command (Audit-Reason, --basis) is a code such as s.8(2) or complaint-17, since it is never "
    "erased: letters, digits and any of ._:()/§-, 64 at most; say the rest in words of the command.": (
        "Le fondement d'une commande (Audit-Reason, --basis) est un code tel que s.8(2) ou plainte-17, car il n'est "
        "jamais effacé : lettres, chiffres et ._:()/§-, 64 au plus; dites le reste dans les mots de la "
        "commande."
    ),
    "The correlation of a command (Correlation-Id) is an id such as a UUID or a trace id, since it is never erased: "
    "letters, digits and any of ._:/=+|;~-, 128 at most.": (
        "La corrélation d'une commande (Correlation-Id) est un identifiant tel qu'un UUID ou un identifiant de trace, "
        "car elle n'est jamais effacée : lettres, chiffres et ._:/=+|;~-, 128 au plus."
    ),
    "Say in the header Audit-Reason why the values are read.": (
        "Dites dans l'en-tête Audit-Reason pourquoi les valeurs sont lues."
    ),
    "The purpose says nothing: say in {least} characters or more what the personal values are read for.": (
        "Le but ne dit rien : dites en {least} caractères ou plus à quelle fin les valeurs personnelles sont lues."
    ),
    "Say in {least} characters or more what somebody is sought for.": (
        "Dites en {least} caractères ou plus à quelle fin une personne est cherchée."
    ),
    "{name} is too long ago or too far ahead: give a year from {first} to {last}.": (
        "{name} est trop loin dans le passé ou dans l'avenir : donnez une année de {first} à {last}."
    ),
    "{name} is no time that exists: write a date such as 2026-03-02, or an instant such as "
    "2026-03-02T09:30-04:00.": (
        "{name} n'est pas un moment qui existe : écrivez une date telle que 2026-03-02, ou un instant tel "
        "que 2026-03-02T09:30-04:00."
    ),
    "{name} says no offset from UTC: write it as 2026-03-02T09:30-04:00, or with Z.": (
        "{name} ne dit pas son décalage d'UTC : écrivez-le comme 2026-03-02T09:30-04:00, ou avec Z."
    ),
    "{name} is not a UUID: read it again.": "{name} n'est pas un UUID : relisez-le.",
    "The id in this address is not a UUID.": "L'identifiant de cette adresse n'est pas un UUID.",
    "{name}: a UUID, as you were given it.": "{name} : un UUID, tel que vous l'avez reçu.",
    "Say which with {field}: {known}.": "Dites lequel par {field} : {known}.",
    "The address of a receiver begins with https:// and names a machine.": (
        "L'adresse d'un destinataire commence par https:// et nomme une machine."
    ),
    "The address of a receiver holds no name, password or fragment: deliveries are signed instead.": (
        "L'adresse d'un destinataire ne contient ni nom, ni mot de passe, ni fragment : les envois sont "
        "signés."
    ),
    "The address of the receiver cannot be read ({why}).": (
        "L'adresse du destinataire est illisible ({why})."
    ),
    "{host} has no address that could be found: check how it is spelt.": (
        "Aucune adresse n'a été trouvée pour {host} : vérifiez-en l'orthographe."
    ),
    "Send the body as application/json.": "Envoyez le corps en application/json.",
    "Idempotency-Key: at most {most} characters.": "Idempotency-Key : {most} caractères au plus.",
}

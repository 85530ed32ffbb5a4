"""Sentences told as the standards of other systems have errors: GeoReport of cities, and SCIM of directories."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "This protocol knows now alone: leave known_at and as_of out, or ask under /v1.": (
        "Ce protocole ne connaît que maintenant : omettez known_at et as_of, ou demandez-le sous /v1."
    ),
    # GeoReport
    "There is no such service, request or token here.": (
        "Ce service, cette demande ou ce jeton n'est pas ici."
    ),
    "Send your api_key: this office gives one to whoever sends in requests.": (
        "Envoyez votre api_key : ce bureau en donne une à qui envoie des demandes."
    ),
    "No service has this service_code: ask for the list of services.": (
        "Aucun service n'a ce service_code : demandez la liste des services."
    ),
    "service_code was not provided: ask for the list of services.": (
        "service_code n'a pas été fourni : demandez la liste des services."
    ),
    "service_request_id was not provided: send that of the request.": (
        "service_request_id n'a pas été fourni : envoyez celui de la demande."
    ),
    "No such service_request_id is here: check it.": (
        "Ce service_request_id n'est pas ici : vérifiez-le."
    ),
    "No such service_request_id is here for anybody to see: check it, and send the api_key by which it was "
    "made.": (
        "Ce service_request_id n'est pas ici à la vue de tous : vérifiez-le, et envoyez l'api_key par "
        "laquelle il fut fait."
    ),
    "No such token was issued here: check it.": ("Ce jeton n'a pas été délivré ici : vérifiez-le."),
    "This jurisdiction_id is not here: this is '{jurisdiction}'.": (
        "Ce jurisdiction_id n'est pas ici : vous êtes à « {jurisdiction} »."
    ),
    "{count} times service_request_id are too many: send {most} at most.": (
        "{count} service_request_id sont trop : envoyez-en {most} au plus."
    ),
    "{first} and {last} are more than {days} days apart: ask for less at once.": (
        "{first} et {last} sont séparés de plus de {days} jours : demandez-en moins à la fois."
    ),
    "{first} is after {last}: send them the other way round.": (
        "{first} suit {last} : envoyez-les dans l'autre ordre."
    ),
    "status: send open, closed, or both.": "status : envoyez open, closed, ou les deux.",
    "An argument holds a control character, which makes a text look other than it is: send it without.": (
        "Un argument contient un caractère de commande, qui donne à un texte une autre apparence : "
        "envoyez-le sans lui."
    ),
    "Send the arguments as {kind} or {other}.": "Envoyez les arguments en {kind} ou {other}.",
    "There are more than {most} arguments: send fewer.": (
        "Il y a plus de {most} arguments : envoyez-en moins."
    ),
    "The arguments are not UTF-8: encode them so and send them again.": (
        "Les arguments ne sont pas en UTF-8 : encodez-les ainsi et renvoyez-les."
    ),
    "{name}: send a whole number from 1 to {most}.": (
        "{name} : envoyez un nombre entier de 1 à {most}."
    ),
    "{name} is given {count} times: send it once.": (
        "{name} est donné {count} fois : envoyez-le une fois."
    ),
    "An argument is longer than {most} characters: send it shorter.": (
        "Un argument dépasse {most} caractères : envoyez-le plus court."
    ),
    "description was not provided: say what is new about the request.": (
        "description n'a pas été fournie : dites ce qu'il y a de nouveau."
    ),
    "This office takes no updates of requests: call it instead.": (
        "Ce bureau ne prend pas de mises à jour des demandes : appelez-le plutôt."
    ),
    "lat and long go together: send both, or an address_string.": (
        "lat et long vont ensemble : envoyez les deux, ou une address_string."
    ),
    "No place was provided: send lat and long, or address_string, or address_id.": (
        "Aucun lieu n'a été fourni : envoyez lat et long, ou address_string, ou address_id."
    ),
    "{name}: send degrees from -{most} to {most}, such as 44.6488.": (
        "{name} : envoyez des degrés de -{most} à {most}, tels que 44.6488."
    ),
    "media_url: send an address that begins with https:// or http://.": (
        "media_url : envoyez une adresse qui commence par https:// ou http://."
    ),
    "Others send pictures just now: send it again in a few seconds.": (
        "D'autres envoient des images à l'instant : renvoyez-la dans quelques secondes."
    ),
    "A part of the form has no name: give each one.": (
        "Une partie du formulaire n'a pas de nom : donnez-en un à chacune."
    ),
    "More than {most} files came with it: send fewer.": (
        "Plus de {most} fichiers l'accompagnent : envoyez-en moins."
    ),
    "The form says no boundary of its parts: name it in Content-Type.": (
        "Le formulaire ne dit pas la limite de ses parties : nommez-la dans Content-Type."
    ),
    "The form cannot be taken apart, or ends before its last part does: send it whole, as RFC 7578 says.": (
        "Le formulaire ne peut être décomposé, ou finit avant sa dernière partie : envoyez-le en entier, comme le dit "
        "la RFC 7578."
    ),
    "A part of the form is coded for the way: send its bytes as they are.": (
        "Une partie du formulaire est codée pour le transport : envoyez ses octets tels quels."
    ),
    "What came with it could not be kept just now: send it again.": (
        "Ce qui l'accompagne n'a pu être conservé à l'instant : envoyez-la de nouveau."
    ),
    "attribute[{code}] takes one value, and {count} were sent: send one.": (
        "attribute[{code}] admet une valeur, et {count} ont été envoyées : envoyez-en une."
    ),
    "attribute[{code}] must be {wanted}.": "attribute[{code}] doit être {wanted}.",
    "attribute[{code}] was not provided, and this service requires it: {question}": (
        "attribute[{code}] n'a pas été fourni, et ce service l'exige : {question}"
    ),
    # SCIM
    "There is nobody here under this id.": "Il n'y a personne ici sous cet id.",
    "There is no such schema: /Schemas lists those there are.": (
        "Ce schéma n'existe pas : /Schemas donne ceux qui existent."
    ),
    "Somebody has this userName already: look them up by it.": (
        "Quelqu'un a déjà ce userName : cherchez cette personne par lui."
    ),
    "startIndex and count are whole numbers.": "startIndex et count sont des nombres entiers.",
    'One filter is known, on userName, externalId or id: userName eq "R-02".': (
        'Un seul filtre est connu, sur userName, externalId ou id : userName eq "R-02".'
    ),
    "externalId is a text of 1 to {most} characters, without quotes and backslashes.": (
        "externalId est un texte de 1 à {most} caractères, sans guillemets ni barres obliques inverses."
    ),
    "A group that was sent is no team of the policy: send the codes of teams alone, or leave groups out.": (
        "Un groupe envoyé n'est pas une équipe de la politique : n'envoyez que des codes d'équipes, ou laissez groups "
        "de côté."
    ),
    "A role that was sent is none of this service: send the codes of roles alone, or leave roles out.": (
        "Un rôle envoyé n'est pas un rôle de ce service : n'envoyez que des codes de rôles, ou laissez roles de côté."
    ),
    "Give Operations: a list of 1 to {most}.": "Donnez Operations : une liste de 1 à {most}.",
    "Each of the Operations is an object with op, path and value.": (
        "Chacune des Operations est un objet avec op, path et value."
    ),
    "active has no parts: its path is active.": "active n'a pas de parties : son chemin est active.",
    "op is add, replace or remove.": "op est add, replace ou remove.",
    "path is a text.": "path est un texte.",
    "Without a path the value is an object of attributes.": (
        "Sans path, value est un objet d'attributs."
    ),
    "groups and roles are lists of codes.": "groups et roles sont des listes de codes.",
    "This stands for good: replace it.": "Ceci est à demeure : remplacez-le.",
    "One of several values can be removed: give all that are to stay, without a filter.": (
        "Une valeur parmi plusieurs ne se retire pas ainsi : donnez toutes celles qui restent, sans filtre."
    ),
    "Give userName: the code of a member.": "Donnez userName : le code d'un membre.",
    "A userName never changes: create somebody new under another.": (
        "Un userName ne change jamais : créez une nouvelle personne sous un autre."
    ),
    "userName is the code of a member: at most 64 letters, digits, '-', '_' and '.', the first a letter or a "
    "digit; have the identity system send that, and no address.": (
        "userName est le code d'un membre : au plus 64 lettres, chiffres, « - », « _ » et « . », le premier "
        "une lettre ou un chiffre; faites-le envoyer par le système d'identité, et non une adresse."
    ),
    "Whoever has left does not return: give them a new userName, since history goes on naming the old one.": (
        "Qui est parti ne revient pas : donnez-lui un nouveau userName, puisque l'histoire continue de "
        "nommer l'ancien."
    ),
    "This user {wrong}.": "Cet utilisateur {wrong}.",
    "{file} has more than {most} bytes: give it in parts.": (
        "{file} dépasse {most} octets : donnez-le en parties."
    ),
    "{file} is not JSON in UTF-8: {why}.": "{file} n'est pas du JSON en UTF-8 : {why}.",
    "{file} has a column more than once: nobody can tell which is meant; rename one.": (
        "{file} a une colonne plus d'une fois : nul ne peut dire laquelle est voulue; renommez-en une."
    ),
    "{file} is neither SCIM in JSON nor CSV in UTF-8: {why}.": (
        "{file} n'est ni SCIM en JSON ni CSV en UTF-8 : {why}."
    ),
    "{file}: Resources must be a list of users.": (
        "{file} : Resources doit être une liste d'utilisateurs."
    ),
    "{file} ends in the middle of its last row, which has no line end: it was cut off; fetch it again.": (
        "{file} s'arrête au milieu de sa dernière ligne, qui n'a pas de fin de ligne : il a été tronqué; "
        "récupérez-le de nouveau."
    ),
    "{file} lists nobody: give users in SCIM, or CSV with a header.": (
        "{file} ne donne personne : donnez des utilisateurs en SCIM, ou en CSV avec un en-tête."
    ),
}

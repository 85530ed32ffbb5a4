"""Sentences about who asks over HTTP, and as whom."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "{member} stepped back from this case, and that is for good: let somebody else do it.": (
        "{member} s'est récusé de ce dossier, et c'est définitif : laissez faire quelqu'un d'autre."
    ),
    "You stepped back from a case that is named here: whoever has it can do this.": (
        "Vous vous êtes récusé d'un dossier nommé ici : la personne qui l'a peut le faire."
    ),
    "Say who you are: send a token or a key in the header Authorization, as `Bearer …`.": (
        "Dites qui vous êtes : envoyez un jeton ou une clé dans l'en-tête Authorization, sous la forme "
        "`Bearer …`."
    ),
    "This token is of no kind that is believed here: ask for one where this office issues them.": (
        "Ce jeton n'est d'aucune sorte reconnue ici : demandez-en un là où ce bureau les délivre."
    ),
    "A token has {most} characters at most: ask for another.": (
        "Un jeton compte {most} caractères au plus : demandez-en un autre."
    ),
    "This is not a key that was issued here.": (
        "Cette clé n'a pas été délivrée ici : vérifiez-la, ou demandez-en une."
    ),
    "This key was revoked or has expired: ask for a new one.": (
        "Cette clé est révoquée ou périmée : demandez-en une nouvelle."
    ),
    "This demo login has ended: log in again.": (
        "Cette connexion de démonstration a pris fin : connectez-vous de nouveau."
    ),
    "There is no demo login here: ask for a token where this office issues them.": (
        "Il n'y a pas de connexion de démonstration ici : demandez un jeton là où ce bureau les délivre."
    ),
    "This token is not signed in a way that is believed here: {algorithms} are.": (
        "Ce jeton n'est pas signé d'une manière reconnue ici : {algorithms} le sont."
    ),
    "This token names its key in no way that can be read: log in again.": (
        "Ce jeton ne nomme pas sa clé de façon lisible : connectez-vous de nouveau."
    ),
    "The issuer publishes no key that this token was signed with: log in again.": (
        "L'émetteur ne publie pas la clé qui a signé ce jeton : connectez-vous de nouveau."
    ),
    "The issuer of tokens does not answer just now, and this token's key is not known: try again in a moment.": (
        "L'émetteur des jetons ne répond pas en ce moment, et la clé de ce jeton n'est pas connue : "
        "réessayez dans un instant."
    ),
    "This token does not say in '{claim}' which member of the office it stands for: whoever runs the issuer "
    "can add that.": (
        "Ce jeton ne dit pas dans « {claim} » de quel membre du bureau il tient lieu : qui administre "
        "l'émetteur peut l'ajouter."
    ),
    "This token has expired: log in again.": "Ce jeton est périmé : connectez-vous de nouveau.",
    "This token is of a time to come: let the clocks here and at the issuer be set.": (
        "Ce jeton vient du futur : faites régler les horloges d'ici et de l'émetteur."
    ),
    "This token was made for another service: ask for one for this one.": (
        "Ce jeton est destiné à un autre service : demandez-en un pour celui-ci."
    ),
    "This token is not as its issuer makes them, or was altered: log in again.": (
        "Ce jeton n'est pas tel que son émetteur les fait, ou a été modifié : connectez-vous de nouveau."
    ),
    "No policy is in force, so nobody has a task here yet: publish one with `caseledger policy publish`.": (
        "Aucune politique n'est en vigueur, donc personne n'a encore de tâche ici : publiez-en une par "
        "`caseledger policy publish`."
    ),
    "You are not a member of the policy in force: whoever keeps it can add you.": (
        "Vous n'êtes pas membre selon la politique en vigueur : qui la tient peut vous ajouter."
    ),
    "/member: send the code of a member, and nothing else.": (
        "/member : envoyez le code d'un membre, et rien d'autre."
    ),
    "/member: no such member is in the policy in force.": (
        "/member : ce membre n'est pas dans la politique en vigueur."
    ),
    # As whom
    "{member} has left, so nothing opens to them here any more; whoever has their work now can be asked.": (
        "{member} a quitté le bureau, et plus rien ne lui est ouvert ici; adressez-vous à qui a repris son "
        "travail."
    ),
    "{member} does not stand in for {whom} today: whoever leads them records the absence with its substitute; "
    "for the director act under a delegation that you hold.": (
        "{member} ne supplée pas {whom} aujourd'hui : qui dirige {whom} consigne l'absence et sa "
        "suppléance; pour la direction, agissez en vertu d'une délégation que vous détenez."
    ),
    "{member} does not hold that role: leave Acting-Role out.": (
        "{member} n'a pas ce rôle : omettez Acting-Role."
    ),
    "{member} is not of the team {team}: act for one of {teams}.": (
        "{member} n'est pas de l'équipe {team} : agissez pour l'une de celles-ci : {teams}."
    ),
    "Acting-Delegation: not a delegation of the policy in force; it has {known}.": (
        "Acting-Delegation : ce n'est pas une délégation de la politique en vigueur; elle a : {known}."
    ),
    "On-Behalf-Of: not a member of the policy in force.": (
        "On-Behalf-Of : ce n'est pas un membre selon la politique en vigueur."
    ),
    "Acting-Team: not a team of the policy in force.": (
        "Acting-Team : ce n'est pas une équipe de la politique en vigueur."
    ),
    "Inquiry: not a UUID.": "Inquiry : ce n'est pas un UUID.",
    "Nothing was done, and that it was asked is recorded: it was asked by {member}, {why}; ask somebody "
    "whose task it is.": (
        "Rien n'a été fait, et la demande est consignée : elle vient de {member}, {why}; "
        "adressez-vous à qui en a la tâche."
    ),
    "Nothing was done, and that it was asked is recorded: this key was not issued for {act}; ask the director "
    "for one that has this scope.": (
        "Rien n'a été fait, et la demande est consignée : cette clé n'a pas été délivrée pour {act}; "
        "demandez à la direction une clé de cette portée."
    ),
    "Nothing was opened, and that it was asked is recorded: {member} {why}; ask somebody whose task it is, or "
    "name another purpose.": (
        "Rien n'a été ouvert, et la demande est consignée : {member} {why}; adressez-vous à qui en a la "
        "tâche, ou indiquez une autre fin."
    ),
    "Nobody was sought, and that it was asked is recorded: {member} {why}; ask somebody whose task it is, or "
    "name another purpose.": (
        "Personne n'a été cherché, et la demande est consignée : {member} {why}; adressez-vous à qui en a la "
        "tâche, ou indiquez une autre fin."
    ),
}

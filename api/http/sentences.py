"""Sentences of what the edge refuses, each English template with its French one; values stand in braces."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.policy import access
from ledger.policy.acts import REFUSED

SENTENCES: Mapping[str, str] = {
    # Who asks
    "Say who you are: send a token or a key in the header Authorization, as `Bearer …`.": (
        "Dites qui vous êtes : envoyez un jeton ou une clé dans l'en-tête Authorization, sous la forme `Bearer …`."
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
        "L'émetteur des jetons ne répond pas en ce moment, et la clé de ce jeton n'est pas connue : réessayez "
        "dans un instant."
    ),
    "This token does not say in '{claim}' which member of the office it stands for: whoever runs the issuer "
    "can add that.": (
        "Ce jeton ne dit pas dans « {claim} » de quel membre du bureau il tient lieu : qui administre l'émetteur "
        "peut l'ajouter."
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
        "{member} a quitté le bureau, et plus rien ne lui est ouvert ici; adressez-vous à qui a repris son travail."
    ),
    "{member} does not stand in for {whom} today: whoever leads them records the absence with its substitute; "
    "for the director act under a delegation that you hold.": (
        "{member} ne supplée pas {whom} aujourd'hui : qui dirige {whom} consigne l'absence et sa suppléance; pour "
        "la direction, agissez en vertu d'une délégation que vous détenez."
    ),
    "{member} does not hold that role: leave Acting-Role out.": (
        "{member} n'a pas ce rôle : omettez Acting-Role."
    ),
    "{member} is not of the team {team}: act for one of {teams}.": (
        "{member} n'est pas de l'équipe {team} : agissez pour l'une de celles-ci : {teams}."
    ),
    "Acting-Delegation: not a delegation of the policy in force; it has {known}.": (
        "Acting-Delegation : ce n'est pas une délégation de la politique en vigueur; elle a {known}."
    ),
    "On-Behalf-Of: not a member of the policy in force.": (
        "On-Behalf-Of : ce n'est pas un membre selon la politique en vigueur."
    ),
    "Acting-Team: not a team of the policy in force.": (
        "Acting-Team : ce n'est pas une équipe de la politique en vigueur."
    ),
    "Inquiry: not a UUID.": "Inquiry : ce n'est pas un UUID.",
    "Nothing was done, and that it was asked is recorded: {act} was asked by {member}, {why}; ask somebody "
    "whose task it is.": (
        "Rien n'a été fait, et la demande est consignée : {act} a été demandé par {member}, {why}; adressez-vous "
        "à qui en a la tâche."
    ),
    "Nothing was opened, and that it was asked is recorded: {member} {why}; ask somebody whose task it is, or "
    "name another purpose.": (
        "Rien n'a été ouvert, et la demande est consignée : {member} {why}; adressez-vous à qui en a la tâche, "
        "ou indiquez une autre fin."
    ),
    # What was sent
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
    "The body is larger than {most} bytes: send less, and documents by their digest.": (
        "Le corps dépasse {most} octets : envoyez moins, et les documents par leur empreinte."
    ),
    "{pointer}: holds the control character U+{code}, which makes a text look other than it is: send it without.": (
        "{pointer} : contient le caractère de commande U+{code}, qui donne à un texte une autre apparence : "
        "envoyez-le sans lui."
    ),
    "Send the header Idempotency-Key: up to 255 characters of your own, new for each command and the same when "
    "you ask again.": (
        "Envoyez l'en-tête Idempotency-Key : jusqu'à 255 caractères de votre choix, nouveaux pour chaque commande "
        "et les mêmes quand vous redemandez."
    ),
    'If-Match: send the ETag that you were given, such as "12".': (
        'If-Match : envoyez l\'ETag que vous avez reçu, tel que "12".'
    ),
    "Here order matters: send the ETag of what you have seen in the header If-Match.": (
        "Ici l'ordre compte : envoyez dans l'en-tête If-Match l'ETag de ce que vous avez vu."
    ),
    "{header}: at most {most} characters.": "{header} : {most} caractères au plus.",
    "{header}: write it in UTF-8.": "{header} : écrivez-le en UTF-8.",
    "Something in this query is not understood: it takes {known}.": (
        "Quelque chose dans cette requête est incompris : elle admet {known}."
    ),
    "limit: a whole number from 1 to {most}.": "limit : un nombre entier de 1 à {most}.",
    "purpose: say what the values are read for, one of {known}.": (
        "purpose : dites à quelle fin les valeurs sont lues, parmi {known}."
    ),
    "{name}: one of {known}.": "{name} : l'une de ces valeurs : {known}.",
    "cursor: take it from the Link of the page before, whole.": (
        "cursor : prenez-le, entier, dans le Link de la page précédente."
    ),
    "The case that the page before ended with is not there: begin again.": (
        "Le dossier par lequel finissait la page précédente n'y est pas : recommencez."
    ),
    "The page before ended at no instant: begin again.": (
        "La page précédente ne finissait à aucun instant : recommencez."
    ),
    "as_of is not asked here: give known_at, or ask of one case.": (
        "as_of ne se demande pas ici : donnez known_at, ou demandez-le d'un dossier."
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
    "from must not be after to, nor more than {most} days before it.": (
        "from ne doit ni suivre to, ni le précéder de plus de {most} jours."
    ),
    "Say in the header Audit-Reason why the values are read.": (
        "Dites dans l'en-tête Audit-Reason pourquoi les valeurs sont lues."
    ),
    "Say in {least} characters or more what the personal values are read for.": (
        "Dites en {least} caractères ou plus à quelle fin les valeurs personnelles sont lues."
    ),
    "{name} is too long ago or too far ahead: give a year from {first} to {last}.": (
        "{name} est trop loin dans le passé ou dans l'avenir : donnez une année de {first} à {last}."
    ),
    "{name} is no time that exists: write a date such as 2026-03-02, or an instant such as "
    "2026-03-02T09:30-04:00.": (
        "{name} n'est pas un moment qui existe : écrivez une date telle que 2026-03-02, ou un instant tel que "
        "2026-03-02T09:30-04:00."
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
        "L'adresse d'un destinataire ne contient ni nom, ni mot de passe, ni fragment : les envois sont signés."
    ),
    "The address of the receiver cannot be read ({why}).": (
        "L'adresse du destinataire est illisible ({why})."
    ),
    "{host} has no address that could be found: check how it is spelt.": (
        "Aucune adresse n'a été trouvée pour {host} : vérifiez-en l'orthographe."
    ),
    # What is there
    "No such case is in this ledger: check the reference.": (
        "Ce dossier n'est pas dans ce registre : vérifiez la référence."
    ),
    "This is no case reference: it has ten letters or digits and a check symbol, like 7ZK3Q-0M9TB-4; read it "
    "again.": (
        "Ce n'est pas une référence de dossier : elle compte dix lettres ou chiffres et un symbole de contrôle, "
        "comme 7ZK3Q-0M9TB-4; relisez-la."
    ),
    "Nothing was known of {reference} then: ask about a later instant.": (
        "Rien n'était alors connu de {reference} : demandez un instant ultérieur."
    ),
    "No party {party} is in this ledger.": "La partie {party} n'est pas dans ce registre.",
    "No policy with this digest was published here.": (
        "Aucune politique de cette empreinte n'a été publiée ici."
    ),
    "There is no such entry in this ledger.": ("Cette inscription n'est pas dans ce registre."),
    "No checkpoint was signed yet: `caseledger checkpoint` makes the first one.": (
        "Aucun point de contrôle n'est encore signé : `caseledger checkpoint` fait le premier."
    ),
    "No checkpoint was signed yet.": "Aucun point de contrôle n'est encore signé.",
    "No checkpoint of {size} entries was signed: leave it out for the newest.": (
        "Aucun point de contrôle de {size} inscriptions n'est signé : omettez-le pour le plus récent."
    ),
    "This is not a team of the policy in force.": (
        "Ce n'est pas une équipe de la politique en vigueur."
    ),
    "'{team}' is not a team of the policy in force; it knows {known}.": (
        "« {team} » n'est pas une équipe de la politique en vigueur; elle connaît {known}."
    ),
    "{team} is not a team of the policy in force; it knows {known}.": (
        "{team} n'est pas une équipe de la politique en vigueur; elle connaît {known}."
    ),
    "This is neither a team of the policy in force nor '{unrouted}'.": (
        "Ce n'est ni une équipe de la politique en vigueur, ni « {unrouted} »."
    ),
    "There is no such request type: GET /v1/forms lists them.": (
        "Ce type de demande n'existe pas : GET /v1/forms les donne."
    ),
    "There is no such type of problem.": "Ce type de problème n'existe pas.",
    "There are no metrics here: see CASELEDGER_HTTP_METRICS.": (
        "Il n'y a pas de mesures ici : voyez CASELEDGER_HTTP_METRICS."
    ),
    "{name}: give the id of an event or its position, such as 42, or 0 to begin with the first.": (
        "{name} : donnez l'identifiant d'un événement ou sa position, telle que 42, ou 0 pour commencer par le "
        "premier."
    ),
    "{name}: another entry is at {position} here, so it is not the log that you followed, or was restored from "
    "a backup: begin again from a position that you know it has.": (
        "{name} : une autre inscription est ici à la position {position}, ce registre n'est donc pas celui que "
        "vous suiviez, ou fut restauré d'une sauvegarde : recommencez d'une position que vous savez y être."
    ),
    "{name}: no entry {position} is in this ledger, so it is not the log that you followed, or was restored "
    "from a backup: begin again from a position that you know it has.": (
        "{name} : l'inscription {position} n'est pas dans ce registre, qui n'est donc pas celui que vous suiviez, "
        "ou fut restauré d'une sauvegarde : recommencez d'une position que vous savez y être."
    ),
    "No such release of this disclosure was made.": (
        "Cette communication n'a pas été remise sous ce numéro."
    ),
    "No release {number} of this disclosure was made: it has {known}.": (
        "La remise {number} de cette communication n'a pas été faite : elle en a {known}."
    ),
    "release: give the number of a release.": "release : donnez le numéro d'une remise.",
    "Say in the header Audit-Reason why the reasons are read.": (
        "Dites dans l'en-tête Audit-Reason pourquoi les motifs sont lus."
    ),
    "Not understood in this query: it takes nothing.": (
        "Incompris dans cette requête : elle n'admet rien."
    ),
    "This holds something that cannot be recorded: give whole numbers smaller than 2^53.": (
        "Ceci contient ce qui ne peut être consigné : donnez des nombres entiers inférieurs à 2^53."
    ),
    "until is before from: give the dates in order.": (
        "until précède from : donnez les dates dans l'ordre."
    ),
    "No inquiry {id} was opened here: check its id.": (
        "Aucune enquête {id} n'a été ouverte ici : vérifiez son identifiant."
    ),
    "No erasure {id} was asked for: check its id.": (
        "Aucun effacement {id} n'a été demandé : vérifiez son identifiant."
    ),
    # What is not done
    "You have {most} subscriptions already: end one that is needed no longer.": (
        "Vous avez déjà {most} abonnements : mettez fin à l'un d'eux qui ne sert plus."
    ),
    "Too many streams of the feed are open: read it page by page at /v1/feed meanwhile.": (
        "Trop de flux sont ouverts : lisez entre-temps page par page à /v1/feed."
    ),
    "Nothing waits in the queue of {team}: there is nothing to pull.": (
        "Rien n'attend dans la file de {team} : il n'y a rien à prendre."
    ),
    "Nothing that {member} may take waits in the queue of {team}: ask a dispatcher to assign a case.": (
        "Rien de ce que {member} peut prendre n'attend dans la file de {team} : demandez au répartiteur "
        "d'attribuer un dossier."
    ),
    "This case no longer waits in that queue: pull again.": (
        "Ce dossier n'attend plus dans cette file : prenez de nouveau."
    ),
    "The case waits in no queue: transfer it, with the reason.": (
        "Le dossier n'attend dans aucune file : transférez-le, avec le motif."
    ),
    "The case does not wait: there is nothing to end.": (
        "Le dossier n'est pas en attente : il n'y a rien à terminer."
    ),
    "The case is not in transit: there is nothing to answer.": (
        "Le dossier n'est pas en cours de transfert : il n'y a rien à répondre."
    ),
    "No return of this case is proposed: there is nothing to decide.": (
        "Aucun retour de ce dossier n'est proposé : il n'y a rien à décider."
    ),
    "Somebody else wrote to this stream first: read it again and decide anew.": (
        "Quelqu'un d'autre a écrit dans ce flux avant vous : relisez-le et décidez de nouveau."
    ),
    "Expected version {expected}, but the stream is at version {actual}: read it again and decide anew.": (
        "La version attendue était {expected}, mais le flux en est à la version {actual} : relisez-le et décidez "
        "de nouveau."
    ),
    "The views know entry {known} and not yet {position}: ask again in a moment.": (
        "Les vues connaissent l'inscription {known} et pas encore {position} : redemandez dans un instant."
    ),
    "The ledger cannot be reached or written just now: try again.": (
        "Le registre est momentanément inaccessible : réessayez."
    ),
    "This may be on record or not: ask again with the same command id, which answers with the receipt if it is.": (
        "Ceci est peut-être consigné : redemandez avec le même identifiant de commande, qui répond par le reçu "
        "s'il l'est."
    ),
    "This process can never write to the ledger again: start it anew.": (
        "Ce processus ne peut plus écrire dans le registre : relancez-le."
    ),
    "What is stored is not what was recorded: stop, keep the files, and run `caseledger verify`.": (
        "Ce qui est conservé n'est pas ce qui fut consigné : arrêtez, gardez les fichiers, et lancez "
        "`caseledger verify`."
    ),
    "An entry is intact but this version of the software cannot read it.": (
        "Une inscription est intacte, mais cette version du logiciel ne peut la lire."
    ),
    "The answer took too long; whether anything was recorded is told by asking again with the same "
    "Idempotency-Key.": (
        "La réponse a trop tardé; redemandez avec la même Idempotency-Key pour savoir si quelque chose fut consigné."
    ),
    "A defect on our side, which is logged: nothing half-done was recorded; tell us the instance.": (
        "Un défaut de notre côté, qui est journalisé : rien n'a été consigné à moitié; indiquez-nous l'instance."
    ),
}

PHRASES: Mapping[str, str] = {
    "none": "aucune",
    "This": "Ceci",
    "nothing": "rien",
    access.REFUSED["not-a-member"]: "n'est pas membre selon la politique en vigueur",
    access.REFUSED["role-not-held"]: "n'a pas le rôle au titre duquel la demande est faite",
    access.REFUSED["recused"]: "s'est récusé de ce dossier",
    access.REFUSED["other-team"]: "est d'une autre équipe que celle qui a ce dossier",
    access.REFUSED["no-such-purpose"]: "n'a aucun rôle où ceci s'ouvre à cette fin",
    access.REFUSED[
        "not-of-this-task"
    ]: "n'en peut ouvrir que ce qu'il faut avant de contacter quelqu'un",
    access.REFUSED["inquiry-expired"]: "ne peut plus lire, car l'enquête a expiré",
    access.REFUSED["inquiry-outside"]: "ne peut lire ceci, car l'enquête ne le nomme pas",
    REFUSED["out-of-scope"]: "avec une clé qui n'a pas été délivrée pour cela",
    REFUSED["no-such-task"]: "qui n'a aucun rôle où cela se fait",
    REFUSED["not-theirs"]: "dont le rapport à ceci ne le permet pas",
    REFUSED["recused"]: "qui s'est récusé de ce dossier",
    REFUSED["not-by-its-rules"]: "que les règles de ce qui est demandé refusent",
    REFUSED["not-a-member"]: "qui n'est pas membre selon la politique en vigueur",
    REFUSED["left"]: "qui a quitté le bureau",
    REFUSED["role-not-held"]: "dans un rôle qui n'est pas le sien",
    REFUSED["not-of-that-team"]: "pour une équipe qui n'est pas la sienne",
    REFUSED["not-in-their-stead"]: "à la place de quelqu'un qu'il ne supplée pas",
}
"""What can stand in a sentence as a value and has words of its own."""

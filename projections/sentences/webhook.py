"""The sentences of webhooks: whom entries are told to, and what could not be delivered, in both languages."""

from __future__ import annotations

from projections.sentences.sentence import Sentence

WEBHOOK_SENTENCES: dict[str, Sentence] = {
    "SubscriptionMade": Sentence(
        "Entries after {after} are told to {member} at {url}[, those about {topics}]"
        "[, within what a key for {scopes} may see].",
        "Les inscriptions après la {after} sont signalées à {member} à l'adresse {url}"
        "[, pour ce qui est de {topics}][, dans la mesure d'une clé pour {scopes}].",
    ),
    "SubscriptionMoved": Sentence(
        "What is still to be told goes to {url} from now on.",
        "Ce qui reste à signaler va désormais à {url}.",
    ),
    "SecretRenewed": Sentence(
        "Deliveries are signed with secret number {generation}; until {former_until} with the former one too.",
        "Les envois sont signés avec le secret numéro {generation}; jusqu'au {former_until}, avec l'ancien aussi.",
    ),
    "SubscriptionPaused": Sentence(
        "Nothing is told for the time being: {why}.",
        "Rien n'est signalé pour le moment : {why}.",
    ),
    "SubscriptionResumed": Sentence(
        "Entries are told again, from where it stopped.",
        "Les inscriptions sont de nouveau signalées, à partir de l'arrêt.",
    ),
    "SubscriptionEnded": Sentence(
        "The subscription ended: nothing is told any more.",
        "L'abonnement a pris fin : plus rien n'est signalé.",
    ),
    "DeliveriesReached": Sentence(
        "Deliveries have come as far as entry {upto}.",
        "Les envois sont parvenus jusqu'à l'inscription {upto}.",
    ),
    "DeliveryGivenUp": Sentence(
        "Entry {entry} of {about} was refused {attempts} {attempts:time|times} since {refused_since}, at last with the status "
        "{status}: deliveries go on without it.",
        "L'inscription {entry} de {about} a été refusée {attempts} fois depuis le {refused_since}, en dernier "
        "avec le statut {status} : les envois continuent sans elle.",
    ),
    "DeliveryOwedAgain": Sentence(
        "Entries that were given up are to be delivered after all ({entries} of them).",
        "Des inscriptions abandonnées sont à livrer malgré tout ({entries} en tout).",
    ),
    "DeliveryMadeGood": Sentence(
        "Entry {entry}, which had been given up, was delivered.",
        "L'inscription {entry}, qui avait été abandonnée, a été livrée.",
    ),
}

WEBHOOK_CODES: dict[str, Sentence] = {
    "why.asked": Sentence("it was asked for", "cela a été demandé"),
    "why.gone": Sentence(
        "the receiver answered that it is gone", "le destinataire a répondu qu'il n'existe plus"
    ),
}

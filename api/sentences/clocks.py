"""Sentences about clocks: what lets them wait, extends them, lets them lapse, and what the calendar knows."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "A request lapses only after a notice that it will, and nobody was given one: issue it (`IssueNotice`), or close "
    "the case otherwise.": (
        "Une demande ne se périme qu'après un avis qui le dit, et personne n'en a reçu : émettez-le (`IssueNotice`), "
        "ou réglez le dossier autrement."
    ),
    "The requester has until the end of {day} to answer: wait until then, or close the case otherwise.": (
        "La personne qui demande a jusqu'à la fin du {day} pour répondre : attendez jusque-là, ou réglez le dossier "
        "autrement."
    ),
    "The clock {clock} runs from '{field}', and {day} is still to come: give the day on which it happened.": (
        "Le délai {clock} court à partir de « {field} », et le {day} est encore à venir : donnez le jour où cela s'est "
        "produit."
    ),
    # Extending
    "{clock} is no clock of this case that we reckon; it has {known}.": (
        "{clock} n'est pas un délai de ce dossier que nous calculons; il a : {known}."
    ),
    "{clock} is no clock of this case that we reckon: name one that is.": (
        "{clock} n'est pas un délai de ce dossier que nous calculons : nommez-en un qui l'est."
    ),
    "{reason} is no reason for which {clock} may be extended by the {authority}; there are {known}.": (
        "{reason} n'est pas un motif pour lequel le délai {clock} peut être prolongé ({authority}); il y "
        "a : {known}."
    ),
    "A machine extends no clock: propose it to somebody with the authority.": (
        "Une machine ne prolonge aucun délai : proposez-le à une personne qui en a le pouvoir."
    ),
    "This clock is extended by the {authority}: let them do it, or name the delegation you act under.": (
        "Ce délai se prolonge par qui en a le pouvoir ({authority}) : laissez-le faire, ou nommez la "
        "délégation en vertu de laquelle vous agissez."
    ),
    "An extension of {clock} needs its notice: give it to the requester first, then say which it was (`notice_id`), or "
    "when it was given (`notice_given_at`) and how (`notice_method`).": (
        "Prolonger le délai {clock} exige un avis : donnez-le d'abord à la personne qui demande, puis dites quel avis "
        "ce fut (`notice_id`), ou quand il fut donné (`notice_given_at`) et comment (`notice_method`)."
    ),
    "The time of clock {clock} is over, and an extension needs its notice inside the time: name one that was given "
    "before its end, or decide now and answer for the delay.": (
        "Le délai {clock} est écoulé, et une prolongation exige un avis donné à temps : "
        "nommez-en un qui l'a été avant son terme, ou tranchez maintenant et répondez du retard."
    ),
    "A notice is given before it is relied on: give a time that has passed.": (
        "Un avis se donne avant qu'on s'appuie sur lui : donnez un moment passé."
    ),
    "No such notice was issued on this case: issue it first (`IssueNotice`), or name another.": (
        "Cet avis n'a pas été émis dans ce dossier : émettez-le d'abord (`IssueNotice`), ou nommez-en un "
        "autre."
    ),
    "This notice failed, so it was never given: issue another one, and name that.": (
        "Cet avis a échoué, il n'a donc jamais été donné : émettez-en un autre, et nommez celui-là."
    ),
    "No such extension is on this case: name one that was made.": (
        "Cette prolongation n'est pas dans ce dossier : nommez-en une qui a été faite."
    ),
    "No extension of this case leaves anybody to be told.": (
        "Aucune prolongation de ce dossier ne laisse quelqu'un à prévenir."
    ),
    "{party} need not be told of this extension; there are {known}.": (
        "{party} n'a pas à recevoir avis de cette prolongation; il y a : {known}."
    ),
    "Clock {clock} cannot be extended, since {why}: an extension needs its notice inside the time, so decide "
    "now, or answer for the delay.": (
        "Le délai {clock} ne peut être prolongé : {why}; une prolongation exige un avis donné à "
        "temps, tranchez donc maintenant, ou répondez du retard."
    ),
    "Clock {clock} cannot be extended by a notice that was given before it began, which extends nothing: give "
    "notice now, and say when.": (
        "Le délai {clock} ne peut être prolongé par un avis donné avant qu'il ne commence, ce qui ne prolonge "
        "rien : donnez avis maintenant, et dites quand."
    ),
    "Clock {clock} cannot be extended again, since the time that it had before any extension was over before this "
    "notice was given: its law takes a notice within that time alone, so answer in the time that is left.": (
        "Le délai {clock} ne peut être prolongé de nouveau : le temps qu'il avait avant toute prolongation était "
        "passé quand cet avis a été donné, et sa loi n'en admet que dans ce temps; répondez dans le temps qui reste."
    ),
    "Clock {clock} may be extended by {cap} {unit} at most in all: {used} are used, so {left} are left.": (
        "Le délai {clock} peut être prolongé de {cap} {unit} au plus en tout : {used} ont servi, il en "
        "reste donc {left}."
    ),
    "Clock {clock} may be extended {times}, and has been: decide within the time that is left.": (
        "Le délai {clock} peut être prolongé {times}, et il l'a été : tranchez dans le temps qui "
        "reste."
    ),
    "Clock {clock} cannot be extended by '{authority}'; it can be by: {known}.": (
        "Le délai {clock} ne peut être prolongé par « {authority} »; il peut l'être par : {known}."
    ),
    "Clock {clock} is extended by nobody: answer in its time, or answer for the delay.": (
        "Le délai {clock} n'est prolongé par personne : répondez à temps, ou répondez du retard."
    ),
    # Stopping, and beginning again
    "Clock {clock} can be stopped for '{reason}' {times}, and has been, first from {instant}: go on with "
    "what is there.": (
        "Le délai {clock} peut être suspendu pour « {reason} » {times}, et il l'a été, d'abord à "
        "partir du {instant} : poursuivez avec ce qu'il y a."
    ),
    "Clock {clock} is not reset by '{reason}': record a wait instead.": (
        "Le délai {clock} ne repart pas à zéro pour « {reason} » : consignez plutôt une attente."
    ),
    "Clock {clock} is breached and cannot be reset: it stays breached.": (
        "Le délai {clock} est dépassé et ne peut repartir à zéro : il reste dépassé."
    ),
    "This moves clock {clock} across its breach: list the evidence as a record item of the case and name it.": (
        "Ceci déplace le délai {clock} par-delà son dépassement : inscrivez la preuve comme pièce du "
        "dossier et nommez-la."
    ),
    "This moves clock {clock} across its breach: let a second person who did not step back approve it first "
    "(`ApproveDatingBack`), for clock {named} as of {instant}, then record it again.": (
        "Ceci déplace le délai {clock} par-delà son dépassement : qu'une deuxième personne qui ne s'est pas "
        "récusée l'approuve d'abord (`ApproveDatingBack`), pour le délai {named} en date du {instant}, puis "
        "consignez-le de nouveau."
    ),
    "The notice that extends clock {clock} was entered once its time was over: let a second person who did not "
    "step back approve it first (`ApproveDatingBack`), for clock {named} as of {instant}, then record it again.": (
        "L'avis qui prolonge le délai {clock} a été inscrit une fois son terme passé : qu'une deuxième personne "
        "qui ne s'est pas récusée l'approuve d'abord (`ApproveDatingBack`), pour le délai {named} en date du "
        "{instant}, puis consignez-le de nouveau."
    ),
    "The notice that clock {clock} will lapse was entered later than it is said to have been given: let a second "
    "person who did not step back approve it first (`ApproveDatingBack`), for clock {named} as of {instant}, then "
    "record it again.": (
        "L'avis que le délai {clock} deviendra caduc a été inscrit plus tard qu'il n'aurait été donné : qu'une "
        "deuxième personne qui ne s'est pas récusée l'approuve d'abord (`ApproveDatingBack`), pour le délai "
        "{named} en date du {instant}, puis consignez-le de nouveau."
    ),
    "The notice that clock {clock} will lapse is said to have been given further back than the policy lets things "
    "be entered: list what shows it as a record item of the case and name it.": (
        "L'avis que le délai {clock} deviendra caduc aurait été donné plus loin dans le passé que la politique "
        "ne permet d'inscrire : inscrivez ce qui le montre comme pièce du dossier et nommez-la."
    ),
    "The time of clock {clock} is over, and by this it never began: let a second person who did not step back "
    "approve it first (`ApproveDatingBack`), for clock {named} as of {instant}, then record it again.": (
        "Le délai {clock} est passé, et ceci dit qu'il n'a jamais commencé : qu'une deuxième "
        "personne qui ne s'est pas récusée l'approuve d'abord (`ApproveDatingBack`), pour le délai {named} en "
        "date du {instant}, puis consignez-le de nouveau."
    ),
    "A machine finds no request incomplete: let a person say what is missing.": (
        "Une machine ne juge aucune demande incomplète : qu'une personne dise ce qui manque."
    ),
    "The case is not taken for complete: ask for what is missing (`RequestInformation`).": (
        "Le dossier n'est pas tenu pour complet : demandez ce qui manque (`RequestInformation`)."
    ),
    "Say what was not there: name the fields, or the need (identity, fee).": (
        "Dites ce qui n'y était pas : nommez les champs, ou le besoin (identity, fee)."
    ),
    "{given} does not make this request incomplete: name what its type asks for and the case was taken to have.": (
        "{given} ne rend pas cette demande incomplète : nommez ce que son type demande et que le dossier était "
        "tenu pour avoir."
    ),
    "What is dated back is approved or refused by a person of the policy in force who did not enter it: let one of "
    "them do it.": (
        "Ce qui est antidaté s'approuve ou se refuse par une personne de la politique en vigueur qui ne l'a pas "
        "inscrit : que l'une d'elles le fasse."
    ),
    "Nothing that was entered of clock {clock} awaits approval: there is nothing to refuse.": (
        "Rien de ce qui a été inscrit du délai {clock} n'attend d'approbation : il n'y a rien à refuser."
    ),
    "You entered yourself that the time of clock {clock} was kept: let somebody else answer it.": (
        "Vous avez vous-même inscrit que le délai {clock} avait été respecté : que quelqu'un d'autre y "
        "réponde."
    ),
    "That the time of clock {clock} was kept awaits a second person: let them approve (`ApproveDatingBack`) or refuse "
    "it (`RefuseDatingBack`), then open the case again.": (
        "Que le délai {clock} ait été respecté attend une deuxième personne : qu'elle l'approuve "
        "(`ApproveDatingBack`) ou le refuse (`RefuseDatingBack`), puis rouvrez le dossier."
    ),
    "A second person refused that clock {clock} is entered as ended at {instant}: it counts as late, and stays so.": (
        "Une deuxième personne a refusé que le délai {clock} soit inscrit comme ayant pris fin le {instant} : "
        "il compte comme en retard, et le reste."
    ),
    "You entered yourself that the time of clock {clock} was kept: let somebody else approve it.": (
        "Vous avez vous-même inscrit que le délai {clock} avait été respecté : que quelqu'un d'autre "
        "l'approuve."
    ),
    "What awaits approval is that clock {clock} ended at {instant}: leave the time out, or give that one.": (
        "Ce qui attend une approbation, c'est que le délai {clock} ait pris fin le {instant} : n'indiquez pas de "
        "moment, ou indiquez celui-là."
    ),
    "{member} enters this or stepped back from the case: name somebody else who approves it.": (
        "{member} inscrit ceci ou s'est récusé du dossier : nommez quelqu'un d'autre qui l'approuve."
    ),
    "Nothing that was entered awaits your approval there: say as of when what you approve is to be entered.": (
        "Rien de ce qui a été inscrit n'y attend votre approbation : dites en date de quand ce que vous approuvez "
        "doit être inscrit."
    ),
    "What is dated back lies in the past: give a time that has passed.": (
        "Ce qui est antidaté se trouve dans le passé : donnez un moment passé."
    ),
    "The time of clock {clock} is over, and this says that it was kept: list the evidence as a record item of "
    "the case and name it.": (
        "Le délai {clock} est passé, et ceci dit qu'il a été respecté : inscrivez la preuve "
        "comme pièce du dossier et nommez-la."
    ),
    "The delegation {delegation} is not valid on {day} any more: cite one that is, or show by a record item of "
    "the case that it was decided before, and let a second person approve first (`ApproveDatingBack`) that it is "
    "entered as of {instant}.": (
        "La délégation {delegation} n'est plus valable le {day} : citez-en une qui le soit, ou montrez par une "
        "pièce du dossier que la décision fut prise avant, et qu'une deuxième personne approuve d'abord "
        "(`ApproveDatingBack`) qu'elle soit inscrite en date du {instant}."
    ),
    "{given} is not a reason to wait; the policy knows {known}.": (
        "{given} n'est pas un motif d'attente; la politique connaît : {known}."
    ),
    "The case does not wait for this: name a wait that was begun.": (
        "Le dossier n'attend pas cela : nommez une attente qui a commencé."
    ),
    "The case does not wait: there is nothing to end.": (
        "Le dossier n'est pas en attente : il n'y a rien à terminer."
    ),
    "A wait cannot end before it began: give a later time.": (
        "Une attente ne peut finir avant d'avoir commencé : donnez un moment plus tardif."
    ),
    "{milestone} is not reported: it follows from `{command}`, so ask that.": (
        "{milestone} ne se déclare pas : cela découle de `{command}`, demandez donc cela."
    ),
    "{milestone} is done by giving notice of it: issue the notice (`IssueNotice`) and record that it was given "
    "(`RecordNoticeGiven`); a clock that asks for it runs on until then.": (
        "{milestone} se fait en en donnant avis : émettez l'avis (`IssueNotice`) et consignez qu'il a été remis "
        "(`RecordNoticeGiven`); un délai qui l'attend court jusque-là."
    ),
    "{milestone} is done by what was decided, and nothing is: record the decision first.": (
        "{milestone} se fait par ce qui est décidé, et rien ne l'est : consignez d'abord la décision."
    ),
    "Access is given by what was decided, and nothing is: record the decision first, or name the disclosure of "
    "this case whose release was delivered to whoever asked.": (
        "L'accès se donne par ce qui est décidé, et rien ne l'est : consignez d'abord la décision, ou nommez la "
        "communication de ce dossier dont la remise est parvenue à qui l'a demandée."
    ),
    "{milestone} is not a milestone; the ledger and its policy know {known}.": (
        "{milestone} n'est pas un jalon; le registre et sa politique connaissent : {known}."
    ),
    # Notices that are cited
    "This is no notice that clock {clock} is extended: issue one, and name it.": (
        "Ce n'est pas l'avis d'une prolongation du délai {clock} : émettez-en un, et nommez-le."
    ),
    "This is no notice that clock {clock} will lapse: issue one, and name it.": (
        "Ce n'est pas l'avis que le délai {clock} deviendra caduc : émettez-en un, et nommez-le."
    ),
    "This notice was not given to the requester yet: record that it was given (`RecordNoticeGiven`), then "
    "name it.": (
        "Cet avis n'a pas encore été donné à la personne qui demande : consignez qu'il l'a été "
        "(`RecordNoticeGiven`), puis nommez-le."
    ),
    "This notice was given at {at}: leave the time out, its entry says it.": (
        "Cet avis a été donné le {at} : ne donnez pas le moment, son inscription le dit."
    ),
    # Lapsing
    "Nothing lapses by itself where care is needed: let a person decide it.": (
        "Rien ne se périme de soi-même là où il faut du soin : qu'une personne en décide."
    ),
    "Clock {clock} lapses after {day} if nothing comes until then: wait for it.": (
        "Le délai {clock} devient caduc après le {day} si rien ne vient d'ici là : attendez."
    ),
    "Clock {clock} does not lapse by its law: resolve or decide the case instead.": (
        "Le délai {clock} ne devient pas caduc selon sa loi : réglez ou tranchez plutôt le dossier."
    ),
    "Clock {clock} lapses only while the requester is waited for: begin that wait first.": (
        "Le délai {clock} ne devient caduc que pendant l'attente de la personne qui demande : commencez "
        "d'abord cette attente."
    ),
    "Clock {clock} lapses only after its notice, given while the requester is waited for: give it, then say "
    "when it was given.": (
        "Le délai {clock} ne devient caduc qu'après son avis, donné pendant l'attente de la personne "
        "qui demande : donnez-le, puis dites quand il le fut."
    ),
    "The notice that clock {clock} will lapse runs until {day}: wait for its end.": (
        "L'avis que le délai {clock} deviendra caduc court jusqu'au {day} : attendez-en la fin."
    ),
    "Clock {clock} lapses by its notice and after its period: let it lapse first (`LapseClock`).": (
        "Le délai {clock} devient caduc par son avis et après son temps : laissez-le d'abord le devenir "
        "(`LapseClock`)."
    ),
    "The case has no clock {clock}; it has {known}.": (
        "Le dossier n'a pas de délai {clock}; il a : {known}."
    ),
    # Chases
    "Nothing is chased on this case: there is nothing to stop.": (
        "Aucune relance n'est en cours dans ce dossier : il n'y a rien à arrêter."
    ),
    "A machine stops no chase: let a person say why it is not needed.": (
        "Une machine n'arrête aucune relance : qu'une personne dise pourquoi elle n'est pas nécessaire."
    ),
    # Calendars
    "The calendar does not say what lies there: publish it further.": (
        "Le calendrier ne dit pas ce qu'il y a là : publiez-le plus loin."
    ),
    "Calendar {calendar} begins {day}; publish it from {year} to count from there.": (
        "Le calendrier {calendar} commence le {day}; publiez-le à partir de {year} pour compter de là."
    ),
    "Calendar {calendar} ends {day}; publish {year}.": (
        "Le calendrier {calendar} finit le {day}; publiez {year}."
    ),
    # When a clock is due
    "{code} is no clock that is known here; there are {known}.": (
        "{code} n'est pas un délai connu ici; il y a {known}."
    ),
    "{code} is no counting calendar; there are {known}.": (
        "{code} n'est pas un calendrier de décompte; il y a {known}."
    ),
    "{law} holds several clocks: name one of {clocks}.": (
        "{law} contient plusieurs délais : nommez l'un de {clocks}."
    ),
    "No edition of {law} is the law for what starts on {day}: there are {editions}.": (
        "Aucune version de {law} ne régit ce qui commence le {day} : il y a {editions}."
    ),
    "{clock} {why}, so a date is not enough: write {option} with its time and offset from UTC, such as "
    "{day}T09:30-04:00.": (
        "{clock} {why}, une date ne suffit donc pas : écrivez {option} avec son heure et son décalage de l'UTC, tel "
        "que {day}T09:30-04:00."
    ),
    "{clock} is not reopened ({why}): start a new clock for the new case instead.": (
        "{clock} ne se rouvre pas ({why}) : faites courir un nouveau délai pour le nouveau dossier."
    ),
    "{clock} needs a start: say with {option} when it was received.": (
        "Il faut un départ à {clock} : dites par {option} quand ce fut reçu."
    ),
    "{clock} starts with '{event}': say when that was with {option}.": (
        "{clock} part de « {event} » : dites quand ce fut par {option}."
    ),
    "An extension of {clock} needs its notice: say with {option} when it was given.": (
        "Il faut un avis à une prolongation de {clock} : dites par {option} quand il fut donné."
    ),
    "{option} is not a date such as 2026-03-02.": (
        "{option} n'est pas une date telle que 2026-03-02."
    ),
    "{option} lies before {receipt}: give it at or after the receipt.": (
        "{option} vient avant {receipt} : donnez un moment à partir de la réception."
    ),
    "{option} lies before the clock starts: give a later time.": (
        "{option} vient avant que le délai coure : donnez un moment plus tardif."
    ),
    "{option} ends before it begins: turn the two around.": (
        "{option} finit avant de commencer : intervertissez les deux."
    ),
    "{option}: {reason} is no reason to wait that is known here; there are: {known}.": (
        "{option} : {reason} n'est pas un motif d'attente connu ici; il y a : {known}."
    ),
    "{clock} would be laid out over {days} days, more than {most}: read the times again.": (
        "{clock} s'étendrait sur {days} jours, plus de {most} : relisez les moments."
    ),
}

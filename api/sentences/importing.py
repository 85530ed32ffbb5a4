"""Sentences of what comes in as files: event logs and their mappings, drop folders, mail from a mailbox or a folder."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Event logs
    "There is no file {file}.": "Il n'y a pas de fichier {file}.",
    "{file} cannot be read: {why}.": "{file} est illisible : {why}.",
    "{file} ends in the middle: the gzip file was cut off; fetch it again.": (
        "{file} finit en plein milieu : le fichier gzip est tronqué; allez le rechercher."
    ),
    "{file} is JSON or TOML: an event log is read as XES or CSV.": (
        "{file} est du JSON ou du TOML : un journal d'événements se lit en XES ou en CSV."
    ),
    "{file} is no event log as it is ({what}).": (
        "{file} n'est pas un journal d'événements tel quel ({what})."
    ),
    "{file} is a folder: give the event log in it.": (
        "{file} est un répertoire : donnez le journal d'événements qui s'y trouve."
    ),
    "{file} is damaged: {why}; fetch it again.": "{file} est endommagé : {why}; allez le rechercher.",
    "{file} is empty.": "{file} est vide.",
    "{file} is not text: an event log is read as XES or CSV.": (
        "{file} n'est pas du texte : un journal d'événements se lit en XES ou en CSV."
    ),
    "{file} may not be read by this user.": "{file} ne peut être lu par ce compte.",
    "Line {line} of {file} is longer than {most} characters: it cannot be a row of an event log.": (
        "La ligne {line} de {file} dépasse {most} caractères : ce ne peut être une ligne d'un journal d'événements."
    ),
    "Row {row} of {file} ({place}) has a quote that is never closed, so the rows after it cannot be told apart: close "
    "it, or double it if it is meant.": (
        "La ligne {row} de {file} ({place}) a un guillemet jamais fermé, si bien qu'on ne peut distinguer les lignes "
        "qui suivent : fermez-le, ou doublez-le s'il est voulu."
    ),
    "The first line of {file} is empty: take it out, so that the first one names the columns.": (
        "La première ligne de {file} est vide : enlevez-la, pour que la première nomme les colonnes."
    ),
    "The first line of {file} is no CSV header: a quote is open.": (
        "La première ligne de {file} n'est pas un en-tête CSV : un guillemet est ouvert."
    ),
    "The header of {file} is {why}": "L'en-tête de {file} n'est pas lisible : {why}",
    "{file} ends in the middle of its last row ({place}), which has no line end: it was cut off, so nothing of it is "
    "taken; fetch it again, or end the line if that is all of the row.": (
        "{file} finit au milieu de sa dernière ligne ({place}), qui n'a pas de fin de ligne : le fichier est tronqué, "
        "et rien n'en est pris; allez le rechercher, ou finissez la ligne si elle est entière."
    ),
    "{file} has a header and no rows.": "{file} a un en-tête et aucune ligne.",
    "{file} has no column {column}, which the mapping names; its columns are {columns}.": (
        "{file} n'a pas de colonne {column}, que nomme la correspondance; ses colonnes sont {columns}."
    ),
    "{file} has the column {column} more than once: nobody can tell which is meant; rename one.": (
        "{file} a plusieurs fois la colonne {column} : nul ne sait laquelle est voulue; renommez-en une."
    ),
    "{file} changed while it was read, and its rows do not add up: import it again once it is at rest; what is "
    "recorded is not recorded twice.": (
        "{file} a changé pendant la lecture, et le compte de ses lignes n'y est pas : importez-le de nouveau une fois "
        "qu'il est stable; ce qui est consigné ne l'est pas deux fois."
    ),
    "Trace {trace} of {file} is too big for one case ({events} events so far): is each case a trace of its own?": (
        "La trace {trace} de {file} est trop grosse pour un seul dossier ({events} événements jusqu'ici) : chaque "
        "dossier est-il une trace à part?"
    ),
    "{file} declares a document type, which no event log needs and which can make a reader expand it without end: "
    "remove the <!DOCTYPE ...> and give it again.": (
        "{file} déclare un type de document, dont aucun journal d'événements n'a besoin et qui peut faire gonfler la "
        "lecture sans fin : retirez le <!DOCTYPE ...> et redonnez-le."
    ),
    "{file} holds a single attribute or text of more than {most} MiB: no event log needs one; take it out.": (
        "{file} contient un seul attribut ou texte de plus de {most} Mio : aucun journal d'événements n'en a besoin; "
        "enlevez-le."
    ),
    "{file} holds no traces, so no cases; an object-centric (OCEL) log must be flattened to XES or CSV first.": (
        "{file} ne contient aucune trace, donc aucun dossier; un journal centré sur des objets (OCEL) doit d'abord "
        "être aplati en XES ou en CSV."
    ),
    "{file} is XML but no event log: it begins with <{tag}>, not <log>.": (
        "{file} est du XML mais pas un journal d'événements : il commence par <{tag}>, non par <log>."
    ),
    "{file} is not sound XML: {why}.": "{file} n'est pas du XML valable : {why}.",
    # Mappings and drop folders
    "There is no mapping '{name}': give the path of a TOML file, or one of the shipped mappings: {shipped}.": (
        "Il n'y a pas de correspondance « {name} » : donnez le chemin d'un fichier TOML, ou l'une de celles fournies "
        "avec le programme : {shipped}."
    ),
    "{file} is not UTF-8 text: save the mapping as UTF-8.": (
        "{file} n'est pas du texte UTF-8 : enregistrez la correspondance en UTF-8."
    ),
    "{file} is too big for a mapping: more than 1 MiB.": (
        "{file} est trop gros pour une correspondance : plus de 1 Mio."
    ),
    "--every must be at least 1 second, and --settle 0 to 3600.": (
        "--every est d'au moins 1 seconde, et --settle va de 0 à 3600."
    ),
    "There is no folder {folder}: make it, or name another.": (
        "Il n'y a pas de répertoire {folder} : créez-le, ou nommez-en un autre."
    ),
    "{file} was imported and cannot be moved to {folder} ({why}): let this folder be written to; again adds nothing.": (
        "{file} est importé et ne peut être déplacé vers {folder} ({why}) : permettez d'écrire dans ce répertoire; le "
        "reprendre n'ajoute rien."
    ),
    "{file} gives {what} more than once in one object, and either could be meant: give it once.": (
        "{file} donne {what} plus d'une fois dans un même objet, et l'un ou l'autre peut être voulu : donnez-le une "
        "fois."
    ),
    # Mail
    "Say who looks into the mailbox: give --user.": (
        "Dites quel compte consulte la boîte aux lettres : donnez --user."
    ),
    "Give one of --password and --access-token, as @FILE, or as CASELEDGER_IMAP_PASSWORD or "
    "CASELEDGER_IMAP_ACCESS_TOKEN.": (
        "Donnez soit --password, soit --access-token, par @FILE, ou par CASELEDGER_IMAP_PASSWORD ou "
        "CASELEDGER_IMAP_ACCESS_TOKEN."
    ),
    "The mail server {host}:{port} does not believe the access token for {user}: get a new one, by which this mailbox "
    "may be read by IMAP.": (
        "Le serveur de courriel {host}:{port} n'admet pas le jeton d'accès de {user} : obtenez-en un nouveau, qui "
        "permette de lire cette boîte par IMAP."
    ),
    "No mail {mail} is set aside: see `caseledger set-aside`.": (
        "Aucun courriel {mail} n'est mis de côté : voyez `caseledger set-aside`."
    ),
    "The mail {mail} was set aside and is gone: put {file} back from a backup, or delete the .json beside it.": (
        "Le courriel {mail} fut mis de côté et a disparu : remettez {file} d'une sauvegarde, ou supprimez le .json à "
        "côté."
    ),
    "{file} cannot be read: put it right, or move it and its mail elsewhere.": (
        "{file} est illisible : réparez-le, ou déplacez-le ailleurs avec son courriel."
    ),
    "{file} cannot be used ({why}): delete it, it holds the last hours' counts alone.": (
        "{file} est inutilisable ({why}) : supprimez-le, il ne contient que les comptes des dernières heures."
    ),
    "--imap-authority {file} cannot be read ({why}): give a file of certificates in PEM.": (
        "--imap-authority {file} est illisible ({why}) : donnez un fichier de certificats en PEM."
    ),
    "The mail server {server} cannot be reached ({why}): try again.": (
        "Le serveur de courriel {server} est injoignable ({why}) : réessayez."
    ),
    "The mail server {server} cannot be trusted ({why}): name the file of its authority's certificate with "
    "--imap-authority, or check the address.": (
        "On ne peut se fier au serveur de courriel {server} ({why}) : nommez le fichier du certificat de son autorité "
        "par --imap-authority, ou vérifiez l'adresse."
    ),
    "The mail server {server} does not agree on TLS ({why}): check the port, or give --encryption starttls where it "
    "begins in clear.": (
        "Le serveur de courriel {server} ne s'accorde pas sur TLS ({why}) : vérifiez le port, ou donnez --encryption "
        "starttls s'il commence en clair."
    ),
    "The mail server {server} does not let {user} in: check the name and the password, or give --access-token where it "
    "takes no passwords.": (
        "Le serveur de courriel {server} n'admet pas {user} : vérifiez le nom et le mot de passe, ou donnez "
        "--access-token s'il ne prend pas de mots de passe."
    ),
    "The mail server {server} has no folder '{folder}': name one that it has.": (
        "Le serveur de courriel {server} n'a pas de répertoire « {folder} » : nommez-en un qu'il a."
    ),
    "The mail server {host}:{port} broke off ({why}); what was taken is recorded: try again.": (
        "Le serveur de courriel {host}:{port} a coupé ({why}); ce qui fut pris est consigné : réessayez."
    ),
    "The mail server {host}:{port} speaks TLS from the first byte on: give --encryption tls, or the port where it "
    "begins in clear.": (
        "Le serveur de courriel {host}:{port} parle TLS dès le premier octet : donnez --encryption tls, ou le port où "
        "il commence en clair."
    ),
    "The mail {mail} cannot be fetched from the server: try again.": (
        "Le courriel {mail} ne peut être retiré du serveur : réessayez."
    ),
    "The mail {mail} was taken and cannot be flagged as seen on the server: check that its folder is there still, and "
    "that this user may flag mail in it; again adds nothing.": (
        "Le courriel {mail} est pris et ne peut être marqué comme lu sur le serveur : vérifiez que son répertoire est "
        "toujours là, et que ce compte peut y marquer des courriels; recommencer n'ajoute rien."
    ),
    "Without encryption anybody on the way reads the password: use tls or starttls, or a server on this machine.": (
        "Sans chiffrement, quiconque est sur le chemin lit le mot de passe : employez tls ou starttls, ou un serveur "
        "sur cette machine."
    ),
    "More than {most} mails came {sender} within an hour: see whether it is a loop, and take it in with --however-many "
    "if it is not.": (
        "Plus de {most} courriels sont venus {sender} en une heure : voyez si c'est une boucle, et prenez-les en "
        "compte par --however-many si ce n'en est pas une."
    ),
    "The policy in force has no channel for mail: add one of the family 'email'.": (
        "La politique en vigueur n'a pas de canal pour le courriel : ajoutez-en un de la famille « email »."
    ),
    "The policy in force has no field for what a mail says ('{field}'): add one for a personal text, or name another "
    "under mail.words.": (
        "La politique en vigueur n'a pas de champ pour ce que dit un courriel (« {field} ») : ajoutez-en un pour un "
        "texte personnel, ou nommez-en un autre sous mail.words."
    ),
    "The policy in force has no kind of contact for mail: add one under reasons.contact.": (
        "La politique en vigueur n'a pas de nature de contact pour le courriel : ajoutez-en une sous reasons.contact."
    ),
    "Nothing stands on standard input: give a message, or name a source.": (
        "Rien ne vient de l'entrée standard : donnez un message, ou nommez une source."
    ),
    "{what} is larger than {most} bytes, so it was left there: move it elsewhere.": (
        "{what} dépasse {most} octets et fut donc laissé là : déplacez-le ailleurs."
    ),
    "{file} is a folder: if it is a Maildir, give --maildir.": (
        "{file} est un répertoire : si c'est un Maildir, donnez --maildir."
    ),
    "{file} is being written to: try again in a moment.": (
        "{file} est en cours d'écriture : réessayez dans un instant."
    ),
    "{file} is no Maildir: it has no folders `new` and `cur` in it.": (
        "{file} n'est pas un Maildir : il n'a pas de répertoires `new` et `cur`."
    ),
    "{file} is no mbox: its first line does not begin with `From `.": (
        "{file} n'est pas un mbox : sa première ligne ne commence pas par `From `."
    ),
    # What is odd about an imported case
    "A time falls into the hour that the clocks showed twice; the earlier is taken.": (
        "Une heure tombe dans celle que les horloges ont montrée deux fois; la première est retenue."
    ),
    "It does not say by which channel it came.": "Il ne dit pas par quel canal il est venu.",
    "It has no events.": "Il n'a aucun événement.",
    "It never ended as far as the log goes.": "Il n'a jamais pris fin, aussi loin que va le journal.",
    "It says no start; the time of its first event is taken for it.": (
        "Il ne dit pas son début; l'heure de son premier événement en tient lieu."
    ),
    "Its channel {channel} is not in the mapping's [channels]; it is recorded as other.": (
        "Son canal {channel} n'est pas sous [channels] de la correspondance; il est consigné comme autre."
    ),
    "It ended ({end}) before its start ({start}).": "Il a pris fin ({end}) avant son début ({start}).",
    "Its rows disagree on {what}; the first that says it is taken.": (
        "Ses lignes se contredisent sur {what}; la première qui le dit est retenue."
    ),
    "{events} before its start ({start}).": "{events} avant son début ({start}).",
    "{events} after its end ({end}).": "{events} après sa fin ({end}).",
    "{events} without saying by whom.": "{events} sans qu'on dise par qui.",
    "{events} under an account used for tests.": "{events} sous un compte d'essai.",
    "{rows} what an earlier row says.": "{rows} ce que dit une ligne antérieure.",
    "It is in the ledger from an earlier import of another file or by another mapping; no row was added to it.": (
        "Il est au registre par un import antérieur d'un autre fichier ou selon une autre correspondance; aucune ligne "
        "n'y fut ajoutée."
    ),
    "{count} of its rows are new since an earlier import and were added.": (
        "Lignes nouvelles depuis un import antérieur, et ajoutées : {count}."
    ),
    "It is worked on here: its source moves and ends it no more.": (
        "On y travaille ici : sa source ne le déplace plus et n'y met plus fin."
    ),
    "It ended there ({end}): resolve it here if it is done.": (
        "Il a pris fin là-bas ({end}) : réglez-le ici si c'est fait."
    ),
    "It goes on there after the end that is recorded here: reopen it if it is open.": (
        "Il se poursuit là-bas après la fin consignée ici : rouvrez-le s'il est ouvert."
    ),
    "Its deadline there is another one ({deadline}); what is recorded stays.": (
        "Son échéance là-bas est autre ({deadline}); ce qui est consigné demeure."
    ),
    "It ended there at another time ({end}); what is recorded stays.": (
        "Il a pris fin là-bas à un autre moment ({end}); ce qui est consigné demeure."
    ),
    # Requests as another system exports them
    "What {source} calls it is what it calls the case {case} too: link the two if both are of one matter.": (
        "{source} l'appelle comme le dossier {case} : liez les deux s'ils sont d'une même affaire."
    ),
    "The policy has no {what} {value}: a person finds out; [values.{key}] can say what it means.": (
        "La politique ne connaît pas {value} ({what}) : une personne vérifie; [values.{key}] peut dire ce que cela "
        "signifie."
    ),
    "What {column} says is no answer to {field}, which must be {wanted}: it is in the note.": (
        "Ce que dit {column} ne répond pas à {field}, qui veut {wanted} : cela est dans la note."
    ),
    "The mapping '{mapping}' is of requests, and a log is wanted: give one with [case] and [event].": (
        "La correspondance « {mapping} » est pour des demandes, et il faut un journal : donnez-en une qui a [case] et "
        "[event]."
    ),
    "{file} is an event log in XES: requests are read from CSV; give a mapping with [case] and [event].": (
        "{file} est un journal d'événements en XES : les demandes se lisent en CSV; donnez une correspondance qui a "
        "[case] et [event]."
    ),
    "{column} holds the control character U+{code}, which makes a text look other than it is": (
        "{column} contient le caractère de contrôle U+{code}, par quoi un texte paraît autre qu'il n'est"
    ),
    "the policy has no field {field}: put it right under [answers]": (
        "la politique n'a pas de champ {field} : corrigez-le sous [answers]"
    ),
    "the policy has no channel {channel}: name one of it under [request] channel": (
        "la politique n'a pas de canal {channel} : nommez-en un qu'elle a, sous [request] channel"
    ),
    "it reached the office in the future, by its time: correct that": (
        "selon son heure, elle aurait atteint le bureau dans l'avenir : corrigez cela"
    ),
}
PHRASES: Mapping[str, str] = {
    "a zip archive: unpack it and give the log inside": (
        "une archive zip : extrayez-en le journal et donnez-le"
    ),
    "an empty zip archive": "une archive zip vide",
    "an SQLite database: export the log as XES or CSV first": (
        "une base de données SQLite : exportez-en d'abord le journal en XES ou en CSV"
    ),
    "packed with bzip2: unpack it first": "comprimé par bzip2 : décomprimez-le d'abord",
    "packed with xz: unpack it first": "comprimé par xz : décomprimez-le d'abord",
    "UTF-16 text: save it as UTF-8 first": "du texte UTF-16 : enregistrez-le d'abord en UTF-8",
    "it holds no certificate": "il ne contient aucun certificat",
    "not {encoding} text: save the file as UTF-8, or name its encoding in the mapping, as in [csv] encoding = "
    '"windows-1252".': (
        "pas du texte {encoding} : enregistrez le fichier en UTF-8, ou nommez son codage dans la correspondance, comme "
        'par [csv] encoding = "windows-1252".'
    ),
    "What stands on standard input": "Ce qui vient de l'entrée standard",
    "The message at byte {byte} of {file}": "Le message à l'octet {byte} de {file}",
    "The mail {mail} on the server": "Le courriel {mail} sur le serveur",
    "{count} of its events happened": "{count} de ses événements ont eu lieu",
    "One of its events happened": "Un de ses événements a eu lieu",
    "{count} of its rows repeat": "{count} de ses lignes répètent",
    "One of its rows repeats": "Une de ses lignes répète",
    # Why a row was set aside
    "its time {why}": "son heure {why}",
    "it has no time ({key})": "sans heure ({key})",
    "it has no activity ({key})": "sans activité ({key})",
    "it has no id ({column})": "sans identifiant ({column})",
    "its id stands in the file once more before it, and says something else there": (
        "son identifiant figure déjà plus haut dans le fichier, et y dit autre chose"
    ),
    "its id stands in the file once more before it, and says something else there: that is noted on the case {case}": (
        "son identifiant figure déjà plus haut dans le fichier, et y dit autre chose : c'est noté au dossier {case}"
    ),
    "it opened the case {case} before, and says something else now: that is noted there": (
        "elle a déjà ouvert le dossier {case}, et dit autre chose à présent : c'y est noté"
    ),
    "another id of it is one of the case {case}: what it says is noted there": (
        "un autre de ses identifiants est du dossier {case} : ce qu'elle dit y est noté"
    ),
    "another id of it is one of the case {case}: tell it on that case": (
        "un autre de ses identifiants est du dossier {case} : dites-le dans ce dossier"
    ),
    "it opened the case {case} before, and says something else now: tell it on that case": (
        "elle a déjà ouvert le dossier {case}, et dit autre chose à présent : dites-le dans ce dossier"
    ),
    "it opened the case {case}, and not all of it could be recorded there: {why}": (
        "elle a ouvert le dossier {case}, et tout n'a pu y être inscrit : {why}"
    ),
    "it has no events and no start: nothing says when it was": (
        "sans événement ni début : rien ne dit quand c'était"
    ),
    "of its case: {why}": "de son dossier : {why}",
    "it has no case id ({key})": "sans identifiant de dossier ({key})",
    "its case stands in the file once more before it: one case must be one trace": (
        "son dossier figure déjà plus haut dans le fichier : un dossier doit être une seule trace"
    ),
    "it is not sound CSV: {why}": "ce n'est pas du CSV valable : {why}",
    "it has {values} where the header has {columns}": "il y a {values} là où l'en-tête a {columns}",
    "it is {what}": "c'est {what}",
    "its value of {key} is {length} characters long; at most {most} are read": (
        "sa valeur de {key} a {length} caractères; on en lit {most} au plus"
    ),
    "the {what} of its case {why}": "de son dossier ({what}) : {why}",
    "{time} does not exist in {zone}: the clocks were put forward over it": (
        "{time} n'existe pas dans {zone} : les horloges y ont été avancées"
    ),
    "{time} has no offset from UTC; state the zone it was written in in the mapping under [times] zone": (
        "{time} n'a pas d'écart à UTC; dites dans quel fuseau ce fut écrit, dans la correspondance, sous [times] zone"
    ),
    "{time} has no time of day; if midnight is meant, state the form '%Y-%m-%d' in the mapping under [times] formats": (
        "{time} n'a pas d'heure; si c'est minuit, dites la forme « %Y-%m-%d » dans la correspondance, sous [times] "
        "formats"
    ),
    "{time} is no existing time in ISO 8601; if the file writes its times in another way, state it in the mapping "
    "under [times] formats": (
        "{time} n'est pas une heure ISO 8601 qui existe; si le fichier écrit ses heures autrement, dites-le dans la "
        "correspondance, sous [times] formats"
    ),
    "{time} is no existing time written as {forms}": "{time} n'est pas une heure qui existe, écrite comme {forms}",
    "{time} lies outside the calendar": "{time} est hors du calendrier",
}

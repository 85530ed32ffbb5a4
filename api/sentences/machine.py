"""Sentences for whoever keeps the machine: new ledgers, backups, database accounts, serving, and what is exported."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # A new ledger
    "A ledger is here already: work with it, or name another place for a new one (CASELEDGER_HOME a folder, "
    "CASELEDGER_DATABASE_URL a database).": (
        "Un registre est déjà ici : travaillez avec lui, ou nommez un autre lieu pour un nouveau (CASELEDGER_HOME un "
        "répertoire, CASELEDGER_DATABASE_URL une base de données)."
    ),
    "The folder `signer` beside the master key has signed another log, and would sign nothing of a new one: keep it "
    "with its own ledger, which `caseledger restore` brings back, and make the new one elsewhere.": (
        "Le répertoire `signer` à côté de la clé maîtresse a signé un autre journal, et ne signerait rien d'un nouveau "
        ": gardez-le avec son propre registre, que `caseledger restore` ramène, et faites le nouveau ailleurs."
    ),
    "There is a master key at {place} already, and a ledger may depend on it: choose another place for the new one.": (
        "Il y a déjà une clé maîtresse dans {place}, et un registre peut en dépendre : choisissez un autre lieu pour "
        "la nouvelle."
    ),
    "--shards must be at least 1.": "--shards doit être 1 ou plus.",
    "{file} does not end in .{form}: name it so, or leave --format out.": (
        "{file} ne finit pas par .{form} : nommez-le ainsi, ou omettez --format."
    ),
    "{file} names no form of export: end it in {forms} or .{last}.": (
        "{file} ne nomme aucune forme d'exportation : faites-le finir par {forms} ou .{last}."
    ),
    # Backups
    "{file} cannot hold entries and keys: name two files.": (
        "{file} ne peut contenir les inscriptions et les clés : nommez deux fichiers."
    ),
    "{file} lies in the home itself: name a place elsewhere.": (
        "{file} est dans le répertoire même du registre : nommez un autre lieu."
    ),
    "{file} holds the {part} of a backup: name first the file with the entries, then the one with the keys.": (
        "{file} contient ceci d'une sauvegarde : {part}; nommez d'abord le fichier des inscriptions, puis celui des "
        "clés."
    ),
    "{file} is damaged or no backup ({why}), and nothing was restored: use another copy of it.": (
        "{file} est endommagé ou n'est pas une sauvegarde ({why}), et rien n'a été restauré : employez-en une autre "
        "copie."
    ),
    "{file} is no backup: give a file that was written by one.": (
        "{file} n'est pas une sauvegarde : donnez un fichier que l'une d'elles a écrit."
    ),
    "{file} was written by a newer version of Case Ledger ({format}): install that version, and restore with it.": (
        "{file} a été écrit par une version plus récente de Case Ledger ({format}) : installez cette version, et "
        "restaurez avec elle."
    ),
    "{program} did not do it ({why}): put that right and try again.": (
        "{program} n'y est pas parvenu ({why}) : corrigez cela et réessayez."
    ),
    "{program} is not here: install PostgreSQL's client programs, of the server's version or newer, and let PATH name "
    "their folder.": (
        "{program} n'est pas ici : installez les programmes clients de PostgreSQL, de la version du serveur ou plus "
        "récents, et que PATH nomme leur répertoire."
    ),
    "{place} already holds a schema {schema}: name an empty database.": (
        "{place} contient déjà un schéma {schema} : nommez une base de données vide."
    ),
    "The entries of this backup are not those that its manifest names, and nothing was restored: use another copy of "
    "it.": (
        "Les inscriptions de cette sauvegarde ne sont pas celles que nomme son manifeste, et rien n'a été restauré : "
        "employez-en une autre copie."
    ),
    "The keys are those of another ledger: give the file that was written with these entries, or a later one of the "
    "same ledger.": (
        "Les clés sont celles d'un autre registre : donnez le fichier qui fut écrit avec ces inscriptions, ou un plus "
        "récent du même registre."
    ),
    "The keys are those of {known}, and there are {there}: what came since could not be opened; give the keys of the "
    "same backup, or later ones.": (
        "Les clés sont celles de {known}, et il y a {there} : ce qui est venu depuis ne pourrait être ouvert; donnez "
        "les clés de la même sauvegarde, ou de plus récentes."
    ),
    "Entries alone are restored for whoever reads without keys, and a master key is at {file}: give the file with the "
    "keys too, or name a place without one.": (
        "Des inscriptions seules sont restaurées pour qui lit sans clés, et une clé maîtresse est à {file} : donnez "
        "aussi le fichier des clés, ou nommez un endroit sans clé maîtresse."
    ),
    "These keys are opened by the master key of epoch {epoch}, and {file} is of epoch {own}: give the keys of a backup "
    "that was taken since the last erasure or rekey.": (
        "Ces clés s'ouvrent par la clé maîtresse de l'époque {epoch}, et {file} est de l'époque {own} : donnez les "
        "clés d'une sauvegarde faite depuis le dernier effacement ou le dernier `rekey`."
    ),
    "This backup is of a ledger in PostgreSQL: name an empty database in CASELEDGER_DATABASE_URL.": (
        "Cette sauvegarde est d'un registre dans PostgreSQL : nommez une base de données vide dans "
        "CASELEDGER_DATABASE_URL."
    ),
    "This backup is of a ledger in a home folder: leave CASELEDGER_DATABASE_URL out.": (
        "Cette sauvegarde est d'un registre dans un répertoire : omettez CASELEDGER_DATABASE_URL."
    ),
    "{place} already holds {what}: restore into a folder with nothing in it but the master key and the signer.": (
        "{place} contient déjà {what} : restaurez dans un répertoire où il n'y a que la clé maîtresse et le signataire."
    ),
    "{place} cannot be written ({why}), and the restore is not finished: put that right and ask for it again.": (
        "{place} ne se laisse pas écrire ({why}), et la restauration n'est pas achevée : corrigez cela et "
        "redemandez-la."
    ),
    # Database accounts
    "A ledger in a home folder has no accounts: name the PostgreSQL database in CASELEDGER_DATABASE_URL.": (
        "Un registre dans un répertoire n'a pas de comptes : nommez la base de données PostgreSQL dans "
        "CASELEDGER_DATABASE_URL."
    ),
    "Only a member of {role} can let {reader} read what {maker} makes: let the administrator say GRANT {granted} TO "
    "{owner}, and ask again.": (
        "Seul un compte membre de {role} peut laisser {reader} lire ce que fait {maker} : faites dire à qui "
        "l'administre GRANT {granted} TO {owner}, et redemandez."
    ),
    "Only the account that owns the ledger, {owner}, says who may do what: give its address in "
    "CASELEDGER_DATABASE_URL.": (
        "Seul le compte propriétaire du registre, {owner}, dit qui peut faire quoi : donnez son adresse dans "
        "CASELEDGER_DATABASE_URL."
    ),
    "Only whoever made the tables in the schema {schema}, such as an account that worked with the ledger before, can "
    "let {account} go on with them: let the administrator say REASSIGN OWNED BY that account TO {owner}, and ask "
    "again.": (
        "Seul le compte qui a fait les tables du schéma {schema}, tel qu'un compte qui travaillait avec le registre "
        "auparavant, peut laisser {account} continuer avec elles : faites dire à qui l'administre REASSIGN OWNED BY ce "
        "compte TO {owner}, et redemandez."
    ),
    "The account {account} owns the ledger or administers the database, and may do anything: name one that does not.": (
        "Le compte {account} possède le registre ou administre la base de données, et peut tout faire : nommez-en un "
        "qui ne le fait pas."
    ),
    "There is no account {account} in this database: let its administrator make it, as with CREATE ROLE {named} LOGIN "
    "PASSWORD '...'.": (
        "Il n'y a pas de compte {account} dans cette base de données : faites-le créer par qui l'administre, comme par "
        "CREATE ROLE {named} LOGIN PASSWORD '...'."
    ),
    # Serving and delivering
    "--markdown and --json are two forms of the same: give one.": (
        "--markdown et --json sont deux formes de la même chose : donnez-en une."
    ),
    "The benchmarks come with the source, not with the program: run it from a checkout.": (
        "Les mesures de performance viennent avec le code source, non avec le programme : lancez-les d'une copie du "
        "dépôt."
    ),
    "--serve serves the ledger of the department: leave it out, or --story.": (
        "--serve donne accès au registre du ministère : omettez-le, ou omettez --story."
    ),
    "Give --months from 1 to {most} and --cases from 1 to 100000.": (
        "Donnez --months de 1 à {most} et --cases de 1 à 100000."
    ),
    "--workers must be from 1 to {most}.": "--workers va de 1 à {most}.",
    "The demo login is for the loopback alone, and what asks for others may stand before it: leave "
    "CASELEDGER_HTTP_PUBLIC_URL out, or --demo-login and CASELEDGER_HTTP_DEMO_SECRET.": (
        "La connexion de démonstration est pour la seule adresse de bouclage, et ce qui demande pour d'autres peut se "
        "trouver devant : omettez CASELEDGER_HTTP_PUBLIC_URL, ou --demo-login et CASELEDGER_HTTP_DEMO_SECRET."
    ),
    "The demo login is for the loopback alone: leave --host out, or --demo-login and CASELEDGER_HTTP_DEMO_SECRET.": (
        "La connexion de démonstration est pour la seule adresse de bouclage : omettez --host, ou --demo-login et "
        "CASELEDGER_HTTP_DEMO_SECRET."
    ),
    "A service needs {least} files open at a time at least, and here {most} may be: raise `ulimit -n`, the hard one, "
    "and start it again.": (
        "Un service a besoin d'au moins {least} fichiers ouverts à la fois, et ici il peut y en avoir {most} : relevez "
        "`ulimit -n`, la limite ferme, et relancez-le."
    ),
    "--port must be from 0 to {most}.": "--port va de 0 à {most}.",
    "Something listens at {address} already: end that, or give another --port.": (
        "Quelque chose écoute déjà à {address} : mettez-y fin, ou donnez un autre --port."
    ),
    "You may not listen at port {port}: give a --port above 1023, and let a proxy have the low one.": (
        "Vous ne pouvez écouter au port {port} : donnez un --port au-dessus de 1023, et laissez le port bas à un "
        "mandataire."
    ),
    "{host} is no address of this machine: give --host 127.0.0.1, or 0.0.0.0 for all of its own.": (
        "{host} n'est pas une adresse de cette machine : donnez --host 127.0.0.1, ou 0.0.0.0 pour toutes les siennes."
    ),
    "{host}:{port} cannot be listened at ({why}): give another --host or --port.": (
        "On ne peut écouter à {host}:{port} ({why}) : donnez un autre --host ou --port."
    ),
    "The alert {alert} cannot be written to the outbox ({why}): it stays owed, and goes out with the next pass.": (
        "L'alerte {alert} ne peut être écrite dans la boîte d'envoi ({why}) : elle reste due, et part au prochain "
        "passage."
    ),
    "Another process delivers already, such as `caseledger serve`: leave it to that one.": (
        "Un autre processus livre déjà, tel que `caseledger serve` : laissez-le faire."
    ),
    "Deliveries stop: whoever has the turn next goes on.": (
        "Les envois s'arrêtent : le processus qui a le prochain tour les poursuit."
    ),
}
PHRASES: Mapping[str, str] = {
    "other files than its manifest names": "d'autres fichiers que n'en nomme son manifeste",
}

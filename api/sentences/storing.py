"""Sentences about where the ledger is stored: files and databases that do not answer, are full, locked or damaged."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # The ledger as a whole
    "No case {reference} is in this ledger: check the reference.": (
        "Le dossier {reference} n'est pas dans ce registre : vérifiez la référence."
    ),
    "The ledger is closed: open it again.": "Le registre est fermé : rouvrez-le.",
    "The ledger takes nothing more ({why}): open it again.": (
        "Le registre ne reçoit plus rien ({why}) : rouvrez-le."
    ),
    "The ledger is under maintenance ({why}), and nothing was recorded: wait until that is done, and if it "
    "failed, run it again.": (
        "Le registre est en entretien ({why}), et rien n'a été consigné : attendez que ce soit fait, et si "
        "cela a échoué, relancez-le."
    ),
    "The log grew while its writer's lock was held: run `caseledger verify`.": (
        "Le journal a grandi alors que le verrou d'écriture était tenu : lancez `caseledger verify`."
    ),
    "The batch leaves a gap in the log, and nothing was recorded: run `caseledger verify`.": (
        "Le lot laisse un trou dans le journal, et rien n'a été consigné : lancez `caseledger verify`."
    ),
    "The log ended at entry {before} and ends at {now} now, as once it was restored beneath whoever has it open: start "
    "again, and say `caseledger verify`.": (
        "Le journal finissait à l'inscription {before} et finit maintenant à {now}, comme après une restauration "
        "sous qui l'a ouvert : redémarrez, et dites `caseledger verify`."
    ),
    "Too much is read at once, and nothing was recorded: ask again in a moment.": (
        "Trop de lectures ont lieu à la fois, et rien n'a été consigné : redemandez dans un instant."
    ),
    "Too much is asked at once: ask again in a moment.": (
        "Trop de choses sont demandées à la fois : redemandez dans un instant."
    ),
    "Another process makes a ledger there just now: use that one, or choose another place.": (
        "Un autre processus y crée un registre en ce moment : employez celui-là, ou choisissez un autre "
        "lieu."
    ),
    "{who} has held {file} for more than {seconds} seconds, and nothing was recorded: let it finish, or end "
    "it, and ask again.": (
        "{who} tient {file} depuis plus de {seconds} secondes, et rien n'a été consigné : laissez-le finir, "
        "ou mettez-y fin, et redemandez."
    ),
    "{name} is no name of a turn: give small letters and hyphens.": (
        "{name} n'est pas un nom de tour : donnez des minuscules et des traits d'union."
    ),
    "The turn of the {name} was lost, as when the connection breaks, so the work stops here: it goes on with "
    "whoever has the turn next.": (
        "Le tour de {name} est perdu, comme quand la connexion se rompt, le travail s'arrête donc ici : il "
        "se poursuit avec qui a le tour ensuite."
    ),
    "The vault lacks {count} of the keys of entries that are here, as an older copy does: nothing is recorded until "
    "the vault of these entries is put back, or, if there is none, until `caseledger recover --without-keys`.": (
        "Il manque au coffre {count} des clés d'inscriptions qui sont ici, comme à une copie plus ancienne : rien "
        "n'est consigné avant que le coffre de ces inscriptions soit remis, ou, s'il n'y en a pas, avant "
        "`caseledger recover --without-keys`."
    ),
    "The vault of this ledger is not here: put it back from the latest backup of its keys; `caseledger init` makes "
    "one only for a ledger that holds nothing yet.": (
        "Le coffre de ce registre n'est pas ici : remettez-le depuis la dernière sauvegarde de ses clés; "
        "`caseledger init` n'en crée un que pour un registre qui ne contient encore rien."
    ),
    "This ledger lies where nothing can be written, so nothing is recorded, and nothing is shown or given out of which "
    "it has to be recorded who got it: copy its folder to where it can be written, and ask there.": (
        "Ce registre se trouve là où rien ne peut être écrit : rien n'est donc consigné, et rien n'est montré ni remis "
        "dont il faut consigner qui l'a reçu : copiez son répertoire là où l'on peut écrire, et demandez-y."
    ),
    "{file} was cut off while it was written, and what was recorded last is read only where it can be written: copy "
    "its folder there, with {log}, and ask again.": (
        "{file} a été interrompu pendant l'écriture, et ce qui fut consigné en dernier n'est lu que là où l'on peut "
        "écrire : copiez-y son répertoire, avec {log}, et redemandez."
    ),
    # Files and databases
    "{place} does not answer any more, and what was asked may be on record or not: check the server and the "
    "disk, then ask again with the same command id, which answers with the receipt if it is.": (
        "{place} ne répond plus, et ce qui fut demandé est peut-être consigné : vérifiez le serveur et le "
        "disque, puis redemandez avec le même identifiant de commande, qui répond par le reçu si c'est le "
        "cas."
    ),
    "{place} could not be opened, since too much is open or in memory, and nothing was recorded: ask again in a "
    "moment.": (
        "{place} n'a pu être ouvert, trop de choses étant ouvertes ou en mémoire, et rien n'a été consigné : "
        "redemandez dans un instant."
    ),
    "{place} does not answer: check that the server runs and the address is right, then ask again.": (
        "{place} ne répond pas : vérifiez que le serveur tourne et que l'adresse est juste, puis redemandez."
    ),
    "{place} is reached through a pooler that gives each transaction another session: give the address of the server "
    "itself, or let the pooler keep a session for each client.": (
        "{place} est atteinte par un répartiteur qui donne à chaque transaction une autre session : donnez l'adresse "
        "du serveur lui-même, ou faites garder au répartiteur une session par client."
    ),
    "{place} takes no more sessions now: end some of its clients, or let its administrator raise how many it and this "
    "account may have, then ask again.": (
        "{place} n'accepte plus de sessions pour l'instant : fermez certains de ses clients, ou faites relever par "
        "son administrateur combien elle et ce compte peuvent en avoir, puis redemandez."
    ),
    "{place} does not let this account in: check its name and password, and that the database is there and takes "
    "connections, then ask again.": (
        "{place} n'admet pas ce compte : vérifiez son nom et son mot de passe, et que la base de données est là et "
        "accepte des connexions, puis redemandez."
    ),
    "{place} refused it ({why}), and nothing was recorded: run `caseledger verify`.": (
        "{place} l'a refusé ({why}), et rien n'a été consigné : lancez `caseledger verify`."
    ),
    "The disk is full, and nothing was recorded: free some space and try again.": (
        "Le disque est plein, et rien n'a été consigné : libérez de l'espace et réessayez."
    ),
    "Another program holds {place}, and nothing was recorded: close it and try again.": (
        "{place} est aux mains d'un autre programme, et rien n'a été consigné : fermez ce programme et "
        "réessayez."
    ),
    "Another program holds {place}, and nothing was recorded now: let it end, then ask again with the same "
    "command id.": (
        "{place} est aux mains d'un autre programme, et rien n'a été consigné cette fois : laissez-le "
        "finir, puis redemandez avec le même identifiant de commande."
    ),
    "{place} could not be read or written, and nothing was recorded: check the disk and try again.": (
        "{place} ne se laisse ni lire ni écrire, et rien n'a été consigné : vérifiez le disque et "
        "réessayez."
    ),
    "{place} could not be read or written, and nothing was recorded: check the database server's disk and try "
    "again.": (
        "{place} ne se laisse ni lire ni écrire, et rien n'a été consigné : vérifiez le disque du serveur "
        "de base de données et réessayez."
    ),
    "{place} may not be used by this account ({why}): let the account that owns the ledger say `caseledger roles`, "
    "which gives what is lacking, or ask its administrator.": (
        "{place} n'est pas accessible à ce compte ({why}) : que le compte propriétaire du registre lance "
        "`caseledger roles`, qui donne ce qui manque, ou adressez-vous à qui l'administre."
    ),
    "{place} is not a ledger's database: keep the file, and restore it from a backup.": (
        "{place} ne contient pas les données d'un registre : gardez le fichier, et restaurez-le d'une "
        "sauvegarde."
    ),
    "{place} is damaged: stop, keep the files, and run `caseledger verify`.": (
        "{place} a subi des dommages : arrêtez, gardez les fichiers, et lancez `caseledger verify`."
    ),
    "{place} is damaged ({why}): stop, keep the files, and run `caseledger verify`.": (
        "{place} a subi des dommages ({why}) : arrêtez, gardez les fichiers, et lancez `caseledger verify`."
    ),
    "{place} already holds a record under one of these keys, and nothing was recorded: run `caseledger "
    "verify`.": (
        "{place} contient déjà un enregistrement sous l'une de ces clés, et rien n'a été consigné : lancez "
        "`caseledger verify`."
    ),
    "{place} cannot be opened: check that it is there and that you may write to its folder.": (
        "{place} ne s'ouvre pas : vérifiez que le fichier est là et que vous pouvez écrire dans son "
        "répertoire."
    ),
    "{place} may not be read or written by the account that runs this, and nothing was recorded: run it as the account "
    "to which the ledger belongs (`sudo -u ACCOUNT`), or let its files be given to yours (`chown`).": (
        "{place} ne se laisse ni lire ni écrire par le compte qui fait tourner ceci, et rien n'a été consigné : "
        "utilisez le compte auquel appartient le registre (`sudo -u COMPTE`), ou faites donner ses fichiers au "
        "vôtre (`chown`)."
    ),
    "{place} cannot be written, and nothing was recorded: check the permissions and try again.": (
        "{place} ne se laisse pas écrire, et rien n'a été consigné : vérifiez les droits et réessayez."
    ),
    "{place} cannot be written, and nothing was recorded: it is a standby, or set to be read alone; name the server "
    "that takes writes, or let this one, then ask again.": (
        "{place} ne se laisse pas écrire, et rien n'a été consigné : c'est un serveur de secours, ou réglé en lecture "
        "seule; nommez le serveur qui prend les écritures, ou permettez-les ici, puis redemandez."
    ),
    "This is a standby, or set to be read alone: name the server that takes writes.": (
        "C'est un serveur de secours, ou réglé en lecture seule : nommez le serveur qui prend les écritures."
    ),
    "{place} is half restored: ask for `caseledger restore` again with the same files, which finishes it, or give it "
    "up by `DROP SCHEMA restoring`.": (
        "{place} n'est restauré qu'à moitié : redemandez `caseledger restore` avec les mêmes fichiers, ce qui "
        "l'achève, ou renoncez-y par `DROP SCHEMA restoring`."
    ),
    "The vault lacks its secret {name}, and another one would not know what is there: put a sound vault of these "
    "entries back from a backup.": (
        "Il manque au coffre son secret {name}, et un autre ne connaîtrait pas ce qui s'y trouve : remettez un "
        "coffre sain de ces inscriptions d'une sauvegarde."
    ),
    "The disk has no room for {place} to be written anew without what was erased: free as much as it takes once "
    "more, and try again.": (
        "Le disque n'a pas de place pour récrire {place} sans ce qui fut effacé : libérez-en encore autant, et "
        "réessayez."
    ),
    "A key in the vault is damaged: put a sound vault of these entries back from a backup, and ask again.": (
        "Une clé du coffre est endommagée : remettez un coffre sain de ces inscriptions d'une sauvegarde, et "
        "redemandez."
    ),
    "Of the keys in the vault {count} are damaged, and once all are wrapped anew no backup could bring them back, "
    "so nothing was done: put a sound vault of these entries back from a backup, or, if there is none, say "
    "`caseledger recover --without-keys`, and ask again.": (
        "Des clés du coffre, {count} sont endommagées, et une fois toutes enveloppées à nouveau aucune sauvegarde "
        "ne les rendrait, si bien que rien ne fut fait : remettez un coffre sain de ces inscriptions d'une "
        "sauvegarde, ou, s'il n'y en a pas, lancez `caseledger recover --without-keys`, et redemandez."
    ),
    "The vault does not say up to which entry its keys are given to those whose they are: put it back from the latest "
    "backup of its keys.": (
        "Le coffre ne dit pas jusqu'à quelle inscription ses clés sont données à ceux dont elles sont : remettez-le de "
        "la dernière sauvegarde de ses clés."
    ),
    "What is sealed at position {position} is about whom this erases, and the vault does not give its key to them, so "
    "nothing was done: ask again, and if it stays so put a sound vault of these entries back from a backup.": (
        "Ce qui est scellé à la position {position} concerne qui doit être effacé, et le coffre n'en donne pas la clé "
        "à cette personne, si bien que rien ne fut fait : redemandez, et si cela persiste remettez un coffre sain de "
        "ces inscriptions d'une sauvegarde."
    ),
    "The index by which the vault finds keys is damaged, so nothing was done: put a sound vault of these entries back "
    "from a backup, or let its database make it anew (REINDEX), and ask again.": (
        "L'index par lequel le coffre trouve des clés est endommagé, si bien que rien ne fut fait : remettez un coffre "
        "sain de ces inscriptions d'une sauvegarde, ou faites-le refaire par la base (REINDEX), et redemandez."
    ),
    "A key that was to be destroyed has sealed at position {position} what is not to be erased, so nothing was "
    "done: the vault gives keys to others than they are of; put a sound vault of these entries back from a backup, "
    "and ask again.": (
        "Une clé qui devait être détruite a scellé à la position {position} ce qui n'est pas à effacer, si bien que "
        "rien ne fut fait : le coffre donne des clés à d'autres que ceux dont elles sont; remettez un coffre sain de "
        "ces inscriptions d'une sauvegarde, et redemandez."
    ),
    "What was erased is not swept away yet, since somebody reads there: ask again once they have ended.": (
        "Ce qui a été effacé n'est pas encore balayé, car quelqu'un y lit : redemandez une fois qu'il a fini."
    ),
    "{place} is already there: choose another folder, or use the ledger in it.": (
        "{place} est déjà là : choisissez un autre répertoire, ou employez le registre qui s'y trouve."
    ),
    "{place} lacks {altered}, has it changed, or should not have it: stop, keep the file, run `caseledger "
    "verify`, and restore it from a backup.": (
        "{place} n'a pas {altered}, l'a sous une autre forme ou ne devrait pas l'avoir : arrêtez, gardez le "
        "fichier, lancez `caseledger verify`, et restaurez-le d'une sauvegarde."
    ),
    "{place} lacks {altered} in the schema {schema}, has it changed or disabled, or should not have it: stop, run "
    "`caseledger verify`, and restore the database from a backup.": (
        "{place} n'a pas {altered} dans le schéma {schema}, l'a changé ou désactivé, ou ne devrait pas l'avoir : "
        "arrêtez, lancez `caseledger verify`, et restaurez la base de données d'une sauvegarde."
    ),
    "Somebody who reads keeps {place} from being swept of what was erased: let them end, and try again.": (
        "Une lecture en cours empêche d'ôter de {place} ce qui fut effacé : laissez-la finir, et réessayez."
    ),
    "There is no {file} in {folder}: run `caseledger init`, or name the folder of the ledger in "
    "CASELEDGER_HOME.": (
        "Il n'y a pas de {file} dans {folder} : lancez `caseledger init`, ou nommez le répertoire du "
        "registre dans CASELEDGER_HOME."
    ),
    "There is no folder {folder}: run `caseledger init`, or name the folder of the ledger in CASELEDGER_HOME.": (
        "Il n'y a pas de répertoire {folder} : lancez `caseledger init`, ou nommez le répertoire du "
        "registre dans CASELEDGER_HOME."
    ),
    "{file} is of another version.": "{file} est d'une autre version.",
    "{file} was replaced while it was open, and nothing was recorded: start again.": (
        "{file} a été remplacé alors qu'il était ouvert, et rien n'a été consigné : relancez."
    ),
    "The trees of proofs are damaged: delete them (trees.db, or the schema trees) and ask again; they are made anew "
    "and nothing is lost.": (
        "Les arbres des preuves sont endommagés : supprimez-les (trees.db, ou le schéma trees) et redemandez; ils "
        "sont refaits et rien n'est perdu."
    ),
    # Databases
    "The database's address is not understood: write postgresql://user@host:port/database.": (
        "L'adresse de la base de données est incomprise : écrivez postgresql://user@host:port/database."
    ),
    "{place} already holds a schema {schema}: choose another database, or use the ledger in it.": (
        "{place} contient déjà un schéma {schema} : choisissez une autre base de données, ou employez le "
        "registre qui s'y trouve."
    ),
    "{place} holds no {schema}: run `caseledger init`, or name the right one in CASELEDGER_DATABASE_URL.": (
        "{place} ne contient pas {schema} : lancez `caseledger init`, ou nommez la bonne dans "
        "CASELEDGER_DATABASE_URL."
    ),
    "{place} has an older schema {schema} than this version needs, and this account may not change it: let "
    "the account that owns it say `caseledger roles` with this version.": (
        "{place} a un schéma {schema} plus ancien que cette version l'exige, et ce compte ne peut le "
        "changer : que le compte propriétaire lance `caseledger roles` avec cette version."
    ),
    "What was erased is not swept away yet ({why}): ask again as the account that owns the ledger, or say "
    "`caseledger roles` on PostgreSQL 17 or newer.": (
        "Ce qui fut effacé n'est pas encore purgé ({why}) : redemandez par le compte propriétaire du "
        "registre, ou lancez `caseledger roles` sur PostgreSQL 17 ou plus récent."
    ),
    "{place} does not say which ledger it is: keep it, and restore it from a backup.": (
        "{place} ne dit pas de quel registre il s'agit : conservez ces données, et restaurez-les d'une "
        "sauvegarde."
    ),
    "{place} does not say which schema it has: keep it, and restore it from a backup.": (
        "{place} ne dit pas quel schéma est le sien : conservez ces données, et restaurez-les d'une "
        "sauvegarde."
    ),
    "{place} has schema {schema}, written by a newer version of Case Ledger; this one knows schemas up to "
    "{newest}: install the newer version.": (
        "{place} a le schéma {schema}, écrit par une version plus récente de Case Ledger; celle-ci connaît "
        "les schémas jusqu'à {newest} : installez la version plus récente."
    ),
    "The store lacks {altered}, so nothing is recorded in it: restore it from a backup.": (
        "Il manque à la base {altered}, rien n'y est donc consigné : restaurez-la d'une sauvegarde."
    ),
    "This account may not see what the standbys have, so nothing is vouched for: grant it pg_monitor.": (
        "Ce compte ne peut voir ce qu'ont les répliques, rien n'est donc garanti : accordez-lui pg_monitor."
    ),
    "No synchronous standby has flushed all that is recorded, so nothing is vouched for: bring the standby up "
    "and try again.": (
        "Aucune réplique synchrone n'a écrit tout ce qui est consigné, rien n'est donc garanti : remettez "
        "la réplique en marche et réessayez."
    ),
    # The views
    "The views are damaged: run `caseledger rebuild`; they are made again from the log and nothing is lost.": (
        "Les vues sont endommagées : lancez `caseledger rebuild`; elles sont refaites à partir du journal "
        "et rien n'est perdu."
    ),
    "The projection {name} stopped at entry {position} ({topic}, {stream} version {version}): {why}; nothing "
    "is skipped, what lies before it stands and writing goes on: upgrade caseledger.": (
        "La projection {name} s'est arrêtée à l'inscription {position} ({topic}, {stream} version "
        "{version}) : {why}; rien n'est sauté, ce qui précède tient et l'écriture continue : mettez "
        "caseledger à niveau."
    ),
    "A process of the rebuild died, and the views before stay in use: free some memory, or rebuild with one "
    "shard.": (
        "Un processus de la reconstruction s'est éteint, et les vues précédentes restent en usage : libérez "
        "de la mémoire, ou reconstruisez d'un seul tenant."
    ),
    "The rebuild was cancelled: the views before stay in use.": (
        "La reconstruction a été annulée : les vues précédentes restent en usage."
    ),
}

"""The stores of one home folder: a SQLite file each for the ledger, the vault and the trees."""

"""The stores in one PostgreSQL database: a schema each for the ledger, the vault and the trees."""

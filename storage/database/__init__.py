"""The database: one engine for SQLite and PostgreSQL, transactions, migrations."""

from storage.database.engine import Database, DatabaseUnavailable, Transaction

__all__ = ["Database", "DatabaseUnavailable", "Transaction"]

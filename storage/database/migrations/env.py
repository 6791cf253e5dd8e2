"""How Alembic runs here: on the connection that `Database.migrate` hands it, in one transaction."""

from __future__ import annotations

from alembic import context

from storage.database.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()

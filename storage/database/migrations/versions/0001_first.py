"""The first tables and their guards."""

from alembic import op
from storage.database.guards import guard_statements
from storage.database.tables import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    bind = op.get_bind()
    metadata.create_all(bind)
    for statement in guard_statements(bind.dialect.name):
        op.execute(statement)

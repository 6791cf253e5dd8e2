"""What the making of a version found, for the kinds that examine something.

The column is covered by the trigger that keeps a rendered version as it is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("versions", sa.Column("findings_sha256", sa.Text(), nullable=True))

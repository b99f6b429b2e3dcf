"""What finds a service: when it answers, whom it serves, what it speaks."""

import sqlalchemy as sa
from alembic import op

revision = "content_0007"
down_revision = "content_0006"
branch_labels = None
depends_on = None

_LISTS = ("serves", "speaks")


def upgrade() -> None:
    """Go to this schema; the next import fills it."""
    op.add_column("service", sa.Column("opens", sa.JSON(), nullable=True))
    for name in _LISTS:
        op.add_column("service", sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("service") as table:
        for name in _LISTS:
            table.alter_column(name, server_default=None)


def downgrade() -> None:
    """Go back to the schema before."""
    for name in ("opens", *_LISTS):
        op.drop_column("service", name)

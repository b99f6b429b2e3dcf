"""Questions that staff have set aside."""

import sqlalchemy as sa
from alembic import op

revision = "people_0003"
down_revision = "people_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    with op.batch_alter_table("unanswered_question") as table:
        table.add_column(sa.Column("aside_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Go back to the schema before."""
    with op.batch_alter_table("unanswered_question") as table:
        table.drop_column("aside_on")

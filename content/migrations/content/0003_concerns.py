"""The corridors that an answer speaks of; phrases are found by their text."""

import sqlalchemy as sa
from alembic import op

revision = "content_0003"
down_revision = "content_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema; the next import says what each answer concerns."""
    op.add_column("answer", sa.Column("concerns", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("answer") as table:
        table.alter_column("concerns", server_default=None)
    op.create_index(op.f("ix_phrase_language_text"), "phrase", ["language", "text"], unique=False)


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_index(op.f("ix_phrase_language_text"), table_name="phrase")
    op.drop_column("answer", "concerns")

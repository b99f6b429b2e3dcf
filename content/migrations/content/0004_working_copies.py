"""What editors are writing, kept every few seconds."""

import sqlalchemy as sa
from alembic import op

revision = "content_0004"
down_revision = "content_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "working_copy",
        sa.Column("variant_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=True),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_working_copy_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("variant_id", "language", "by", name=op.f("pk_working_copy")),
    )


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("working_copy")

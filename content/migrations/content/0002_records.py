"""Records of the guided journeys, and a note on services for staff."""

import sqlalchemy as sa
from alembic import op

revision = "content_0002"
down_revision = "content_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.add_column("service", sa.Column("note", sa.Text(), nullable=True))
    op.create_table(
        "record",
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("review_date", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("folder", "id", name=op.f("pk_record")),
    )
    op.create_index(op.f("ix_record_review_date"), "record", ["review_date"], unique=False)
    op.create_table(
        "record_words",
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("translates", sa.Text(), nullable=True),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["folder", "record"],
            ["record.folder", "record.id"],
            name=op.f("fk_record_words_folder_record_record"),
        ),
        sa.PrimaryKeyConstraint("folder", "record", "language", name=op.f("pk_record_words")),
    )


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("record_words")
    op.drop_index(op.f("ix_record_review_date"), table_name="record")
    op.drop_table("record")
    op.drop_column("service", "note")

"""The first schema of the people store."""

import sqlalchemy as sa
from alembic import op

revision = "people_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "daily_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "language", "channel", "kind", "answer", name=op.f("pk_daily_count")),
    )
    op.create_table(
        "feedback",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "answer", "language", "verdict", name=op.f("pk_feedback")),
    )
    op.create_table(
        "telegram_update",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("replies", sa.Text(), nullable=True),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("handled_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_telegram_update")),
    )
    op.create_index(op.f("ix_telegram_update_chat"), "telegram_update", ["chat"], unique=False)
    op.create_index(op.f("ix_telegram_update_state"), "telegram_update", ["state"], unique=False)
    op.create_table(
        "unanswered_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("guesses", sa.JSON(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unanswered_question")),
        sa.UniqueConstraint(
            "language", "fingerprint", name=op.f("uq_unanswered_question_language_fingerprint")
        ),
    )
    op.create_index(
        op.f("ix_unanswered_question_last_day"), "unanswered_question", ["last_day"], unique=False
    )


def downgrade() -> None:
    """Go back to nothing."""
    op.drop_index(op.f("ix_unanswered_question_last_day"), table_name="unanswered_question")
    op.drop_table("unanswered_question")
    op.drop_index(op.f("ix_telegram_update_state"), table_name="telegram_update")
    op.drop_index(op.f("ix_telegram_update_chat"), table_name="telegram_update")
    op.drop_table("telegram_update")
    op.drop_table("feedback")
    op.drop_table("daily_count")

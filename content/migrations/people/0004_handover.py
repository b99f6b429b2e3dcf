"""Requests for a person of our team, what is said in them, opening hours and canned replies."""

import sqlalchemy as sa
from alembic import op

revision = "people_0004"
down_revision = "people_0003"
branch_labels = None
depends_on = None

_NOT_CLOSED = sa.text("state != 'closed'")


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "handover_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("passed_on", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("unreachable", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_request")),
    )
    op.create_index(op.f("ix_handover_request_person"), "handover_request", ["person"], unique=False)
    op.create_index(op.f("ix_handover_request_state"), "handover_request", ["state"], unique=False)
    op.create_index(
        op.f("ix_handover_request_one_at_a_time"),
        "handover_request",
        ["person"],
        unique=True,
        sqlite_where=_NOT_CLOSED,
        postgresql_where=_NOT_CLOSED,
    )
    op.create_table(
        "handover_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("turn", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["handover_request.id"],
            name=op.f("fk_handover_message_request_id_handover_request"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_message")),
        sa.UniqueConstraint("request_id", "turn", name=op.f("uq_handover_message_request_id_turn")),
    )
    op.create_index(op.f("ix_handover_message_request_id"), "handover_message", ["request_id"], unique=False)
    op.create_index(op.f("ix_handover_message_delivery"), "handover_message", ["delivery"], unique=False)
    op.create_table(
        "team_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_hours")),
    )
    op.create_table(
        "canned_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_reply")),
    )
    op.create_index(op.f("ix_canned_reply_language"), "canned_reply", ["language"], unique=False)


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_index(op.f("ix_canned_reply_language"), table_name="canned_reply")
    op.drop_table("canned_reply")
    op.drop_table("team_hours")
    op.drop_index(op.f("ix_handover_message_delivery"), table_name="handover_message")
    op.drop_index(op.f("ix_handover_message_request_id"), table_name="handover_message")
    op.drop_table("handover_message")
    op.drop_index(op.f("ix_handover_request_one_at_a_time"), table_name="handover_request")
    op.drop_index(op.f("ix_handover_request_state"), table_name="handover_request")
    op.drop_index(op.f("ix_handover_request_person"), table_name="handover_request")
    op.drop_table("handover_request")

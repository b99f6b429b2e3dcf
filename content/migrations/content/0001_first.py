"""The first schema of the content store."""

import sqlalchemy as sa
from alembic import op

revision = "content_0001"
down_revision = None
branch_labels = None
depends_on = None


IMMUTABLE = "variant_id, language, title, body, author, created_at, meaning, translates, provenance"


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "answer",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("review_every_days", sa.Integer(), nullable=False),
        sa.Column("review_date", sa.Date(), nullable=True),
        sa.Column("related", sa.JSON(), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_answer")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_answer"), "audit_entry", ["answer"], unique=False)
    op.create_table(
        "gazetteer_entry",
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=True),
        sa.Column("origins", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("entity", "value", name=op.f("pk_gazetteer_entry")),
    )
    op.create_table(
        "imported_item",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_item")),
    )
    op.create_table(
        "service",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("phones", sa.JSON(), nullable=False),
        sa.Column("messaging", sa.JSON(), nullable=False),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("danger_kinds", sa.JSON(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("source_title", sa.Text(), nullable=False),
        sa.Column("source_publisher", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("source_as_of", sa.Text(), nullable=False),
        sa.Column("source_facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_index(op.f("ix_service_country"), "service", ["country"], unique=False)
    op.create_table(
        "store_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_state")),
    )
    op.create_table(
        "phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_key", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["answer_key"], ["answer.key"], name=op.f("fk_phrase_answer_key_answer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase")),
        sa.UniqueConstraint(
            "answer_key", "language", "text", name=op.f("uq_phrase_answer_key_language_text")
        ),
    )
    op.create_table(
        "service_words",
        sa.Column("service_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("who_for", sa.Text(), nullable=True),
        sa.Column("hours", sa.Text(), nullable=True),
        sa.Column("languages", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("cost", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_service_words_service_id_service")
        ),
        sa.PrimaryKeyConstraint("service_id", "language", name=op.f("pk_service_words")),
    )
    op.create_table(
        "variant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("destination", sa.Text(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["answer_key"], ["answer.key"], name=op.f("fk_variant_answer_key_answer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variant")),
        sa.UniqueConstraint("answer_key", "name", name=op.f("uq_variant_answer_key_name")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("variant_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("translates", sa.Text(), nullable=True),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["variant_id"], ["variant.id"], name=op.f("fk_revision_variant_id_variant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_index(op.f("ix_revision_variant_id"), "revision", ["variant_id"], unique=False)
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("variant_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["variant_id"], ["variant.id"], name=op.f("fk_source_variant_id_variant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_index(op.f("ix_source_variant_id"), "source", ["variant_id"], unique=False)
    op.create_table(
        "publication",
        sa.Column("variant_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_publication_revision_id_revision")
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_publication_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("variant_id", "language", name=op.f("pk_publication")),
        sa.UniqueConstraint("revision_id", name=op.f("uq_publication_revision_id")),
    )
    op.execute(sa.text("INSERT INTO store_state (id, version) VALUES (1, 1)"))
    _forbid_changes_of_revisions()


def downgrade() -> None:
    """Go back to nothing."""
    _allow_changes_of_revisions()
    op.drop_table("publication")
    op.drop_index(op.f("ix_source_variant_id"), table_name="source")
    op.drop_table("source")
    op.drop_index(op.f("ix_revision_variant_id"), table_name="revision")
    op.drop_table("revision")
    op.drop_table("variant")
    op.drop_table("service_words")
    op.drop_table("phrase")
    op.drop_table("store_state")
    op.drop_index(op.f("ix_service_country"), table_name="service")
    op.drop_table("service")
    op.drop_table("imported_item")
    op.drop_table("gazetteer_entry")
    op.drop_index(op.f("ix_audit_entry_answer"), table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("answer")


def _forbid_changes_of_revisions() -> None:
    """A revision's text never changes and never goes; whoever tries gets an error from the database."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change_of_revision() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'a revision is never changed or deleted'; END $$"
        )
        action = "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_revision()"
    else:
        action = "BEGIN SELECT RAISE(ABORT, 'a revision is never changed or deleted'); END"
    op.execute(f"CREATE TRIGGER revision_unchanged BEFORE UPDATE OF {IMMUTABLE} ON revision {action}")
    op.execute(f"CREATE TRIGGER revision_kept BEFORE DELETE ON revision {action}")


def _allow_changes_of_revisions() -> None:
    on = " ON revision" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER revision_unchanged{on}")
    op.execute(f"DROP TRIGGER revision_kept{on}")
    if on:
        op.execute("DROP FUNCTION refuse_change_of_revision()")

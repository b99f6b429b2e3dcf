"""Alembic's environment for both stores; run from `content.migrating`, which hands over the connection."""

from alembic import context
from sqlalchemy import Connection

from content.models import Base
from content.people.models import PeopleBase
from content.staff import models as staff_models

METADATA = {"content": Base.metadata, "people": PeopleBase.metadata}
_ALL_TABLES = (staff_models,)  # a table is known once its module is read


def run() -> None:
    """Run the steps on the connection given, inside its transaction."""
    store: str = context.config.attributes["store"]
    connection: Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=METADATA[store],
        version_table=f"schema_version_{store}",
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()

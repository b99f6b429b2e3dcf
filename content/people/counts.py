"""Daily counts: one short upsert each, so that a turn is not held up. Nothing in them points to a person."""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import postgresql, sqlite

from content.people.models import DailyCount, Feedback, UnansweredQuestion

type Counted = type[DailyCount | Feedback | UnansweredQuestion]


def add(
    engine: Engine, table: Counted, by: list[str], row: dict[str, Any], *, number: int = 1, **changes: Any
) -> None:
    """Write the row with its number; one with the same `by` gets so many more, and the changes."""
    insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(table)
        .values(number=number, **row)
        .on_conflict_do_update(index_elements=by, set_={"number": table.number + number, **changes})
    )
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(statement)

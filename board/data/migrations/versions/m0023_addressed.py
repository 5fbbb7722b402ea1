"""To whom cards go: an index for each place among the recipients of a card."""

import sqlalchemy as sa
from alembic import op

from board.data.migrations import samples

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

PLACES = 5
PARTS = {"sqlite": "json_extract(\"to\", '$[%s].%s')", "postgresql": "(CAST(\"to\" AS json) #>> '{%s,%s}')"}
LENGTHS = {"sqlite": 'json_array_length("to")', "postgresql": 'json_array_length(CAST("to" AS json))'}
NEW_LINES = {"sqlite": "char(10)", "postgresql": "chr(10)"}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for place in range(PLACES):
        person, name, team = (PARTS[dialect] % (place, part) for part in ("person", "name", "team"))
        key = sa.text(f"substr(coalesce({person}, {name} || {NEW_LINES[dialect]} || coalesce({team}, '')), 1, 600)")
        reaches = sa.text(f"{LENGTHS[dialect]} > {place}")
        columns: list[str | sa.TextClause] = ["board_id", key, "created_at"]
        op.create_index(f"posts_to_{place}", "posts", columns, sqlite_where=reaches, postgresql_where=reaches)
        samples.none_of_index(f"posts_to_{place}", columns.index(key) + 1)

"""Alembic's entry point; the connection comes from `board.data.migrations.upgrade`."""

from alembic import context

from board.data.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()

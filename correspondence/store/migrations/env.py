"""Run by Alembic: the steps, in the writing unit that `database.migrate` began."""

from alembic import context

from correspondence.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
    transactional_ddl=True,  # so a step that fails leaves the version before it, on both
)
with context.begin_transaction():
    context.run_migrations()

"""Runs migrations on the connection that the database hands over."""

from __future__ import annotations

from alembic import context

from civicdesk.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    include_name=lambda name, kind, _parents: kind != "table" or not str(name).startswith("visitor_search"),
)
with context.begin_transaction():
    context.run_migrations()

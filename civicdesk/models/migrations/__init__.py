"""How a database file of an older CivicDesk becomes one of this."""

HEAD = "0006"
"""The newest revision; a test keeps it true. Comparing it spares every start the import of Alembic."""

"""A hub in one SQLite file: for trials, and for one building whose desks share a folder but have no server.

It keeps rows of any table as JSON and is asked by the same port as the PostgreSQL hub. Who can open the file can read
it, so it guards against mistakes, not against people; it keeps no history of what was overwritten; it has no reports.
"""

from civicdesk.sync.file_hub.file import create, enrol, new_epoch, purge, revoke
from civicdesk.sync.file_hub.hub import SqliteFileHub

__all__ = ["SqliteFileHub", "create", "enrol", "new_epoch", "purge", "revoke"]

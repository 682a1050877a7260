"""What the database does by itself, whoever writes: facts stay, nobody is inside twice, names are found.

A migration runs these; a later change of a trigger is a migration of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

FACTS = ("passage", "badge", "scan", "head_count", "muster_mark", "audit_entry")

_KEEP_FACT = """
CREATE TRIGGER {table}_is_never_{done} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'a fact is never rewritten'); END
"""

_PRESENCE = (
    """
CREATE TRIGGER visit_begins AFTER INSERT ON visit WHEN NEW.left_at IS NULL AND NEW.deleted_at IS NULL
BEGIN INSERT INTO presence (visitor_id, visit_id) VALUES (NEW.visitor_id, NEW.id); END
""",
    """
CREATE TRIGGER visit_changes AFTER UPDATE OF left_at, deleted_at, visitor_id ON visit
BEGIN
  DELETE FROM presence WHERE visit_id = NEW.id;
  INSERT INTO presence (visitor_id, visit_id)
    SELECT NEW.visitor_id, NEW.id WHERE NEW.left_at IS NULL AND NEW.deleted_at IS NULL;
END
""",
)

_HEADS = """
CREATE TRIGGER heads_change AFTER INSERT ON head_count
BEGIN
  INSERT INTO head_total (room_id, booking_id, category, people, latest_at)
    SELECT NEW.room_id, NEW.booking_id, NEW.category, 0, NEW.at WHERE NOT EXISTS (
      SELECT 1 FROM head_total
      WHERE room_id = NEW.room_id AND booking_id IS NEW.booking_id AND category = NEW.category);
  UPDATE head_total SET people = people + NEW.change, latest_at = max(latest_at, NEW.at)
    WHERE room_id = NEW.room_id AND booking_id IS NEW.booking_id AND category = NEW.category;
  DELETE FROM head_total WHERE people = 0;
END
"""

# detail=none and an index of every beginning keep a suggestion under a tenth of a millisecond among a million
# people; a beginning that is not indexed (tried: from the fourth letter on) takes fifty times as long.
# The index borrows visitor's implicit rowid, so nothing may VACUUM the file without a 'rebuild' after it.
_SEARCH = (
    """
CREATE VIRTUAL TABLE visitor_search USING fts5(
  folded, content='visitor', detail=none, prefix='1 2 3 4 5 6 7 8', tokenize="unicode61 remove_diacritics 0")
""",
    """
CREATE TRIGGER visitor_found AFTER INSERT ON visitor
BEGIN INSERT INTO visitor_search (rowid, folded) VALUES (NEW.rowid, NEW.folded); END
""",
    """
CREATE TRIGGER visitor_found_anew AFTER UPDATE OF folded ON visitor
BEGIN
  INSERT INTO visitor_search (visitor_search, rowid, folded) VALUES ('delete', OLD.rowid, OLD.folded);
  INSERT INTO visitor_search (rowid, folded) VALUES (NEW.rowid, NEW.folded);
END
""",
    "CREATE VIRTUAL TABLE visitor_word USING fts5vocab('visitor_search', 'row')",
)


def keep_facts(tables: Iterable[str]) -> Iterator[str]:
    """The triggers that refuse to change a row of these tables."""
    for table in tables:
        for verb, done in (("UPDATE", "changed"), ("DELETE", "deleted")):
            yield _KEEP_FACT.format(table=table, verb=verb, done=done)


ALL = (
    *keep_facts(FACTS),
    *_PRESENCE,
    _HEADS,
    *_SEARCH,
)

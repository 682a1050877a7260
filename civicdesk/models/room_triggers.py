"""What the database does by itself, whoever writes: never two in a room, never more equipment than there is.

Every booking that holds a room has a row in `claim` for each of its five minutes; the key of that table refuses a
second one. Apart from that, bookings are compared with each other, so that a lost claim gives no room away.
A migration runs these; a later change of a trigger is a migration of its own.
"""

from __future__ import annotations

FACTS = ("earlier",)

_FOREVER = 9_000_000_000_000

# Times stand as UTC text, so they are compared as they are and turned into slots only where they are claimed.
HOLDS = "({b}.state IN ('tentative', 'confirmed', 'no_show') AND {b}.deleted_at IS NULL)"
"""Whether a booking holds its room."""

BEGIN = "((unixepoch({b}.starts_at) - {b}.setup_minutes * 60) / 300)"
END = (
    "((min(unixepoch({b}.ends_at) + {b}.clear_minutes * 60, "
    f"coalesce(unixepoch({{b}}.released_at), {_FOREVER})) + 299) / 300)"
)
"""The half-open run of slots a booking holds, setting up and clearing included; off the grid it is rounded out."""

_LEAVES = """(SELECT id FROM room WHERE part_of_id = {b}.room_id
  UNION ALL SELECT {b}.room_id WHERE NOT EXISTS (SELECT 1 FROM room WHERE part_of_id = {b}.room_id))"""
_RELATED = """(SELECT {b}.room_id
  UNION ALL SELECT id FROM room WHERE part_of_id = {b}.room_id
  UNION ALL SELECT part_of_id FROM room WHERE id = {b}.room_id AND part_of_id IS NOT NULL)"""
_RUN = f"""(WITH RECURSIVE run (n) AS (
    SELECT {BEGIN} WHERE {BEGIN} < {END} UNION ALL SELECT n + 1 FROM run WHERE n + 1 < {END})
  SELECT n FROM run)"""

_SLOT = (
    "room_id",
    "starts_at",
    "ends_at",
    "setup_minutes",
    "clear_minutes",
    "state",
    "released_at",
    "deleted_at",
)
_CHANGES = "({}) IS NOT ({})".format(
    *(
        ", ".join([*(f"{row}.{column}" for column in _SLOT if column != "state"), HOLDS.format(b=row)])
        for row in ("NEW", "OLD")
    )
)

_CLAIM = f"""INSERT INTO claim (room_id, slot, booking_id)
  SELECT leaf.id, slot.n, NEW.id FROM {_LEAVES} AS leaf CROSS JOIN {_RUN} AS slot WHERE {HOLDS};""".format(
    b="NEW"
)
_LET_GO = f"""DELETE FROM claim WHERE room_id IN {_LEAVES}
  AND slot >= {BEGIN} AND slot < {END} AND booking_id = OLD.id;""".format(b="OLD")

# Two days back reach whatever a desk may book; what another program wrote longer is still kept apart by its claims.
_OVERLAP = f"""SELECT RAISE(ABORT, 'room_taken') WHERE EXISTS (
  SELECT 1 FROM booking AS other WHERE other.room_id IN {_RELATED.format(b="NEW")}
    AND other.starts_at < strftime('%Y-%m-%dT%H:%M:%fZ', NEW.ends_at, '+1 day')
    AND other.starts_at > strftime('%Y-%m-%dT%H:%M:%fZ', NEW.starts_at, '-2 days')
    AND other.id <> NEW.id AND {HOLDS.format(b="other")}
    AND {BEGIN.format(b="other")} < {END.format(b="NEW")} AND {END.format(b="other")} > {BEGIN.format(b="NEW")}
    AND {BEGIN.format(b="other")} < {END.format(b="other")});"""

_ROOMS = (
    f"CREATE TRIGGER booking_never_overlaps BEFORE INSERT ON booking WHEN {HOLDS.format(b='NEW')} "
    f"BEGIN {_OVERLAP} END",
    f"CREATE TRIGGER booking_never_moves_over BEFORE UPDATE OF {', '.join(_SLOT)} ON booking "
    f"WHEN {HOLDS.format(b='NEW')} AND {_CHANGES} BEGIN {_OVERLAP} END",
    f"CREATE TRIGGER booking_claims AFTER INSERT ON booking WHEN {HOLDS.format(b='NEW')} BEGIN {_CLAIM} END",
    f"CREATE TRIGGER booking_claims_anew AFTER UPDATE OF {', '.join(_SLOT)} ON booking WHEN {_CHANGES} "
    f"BEGIN {_LET_GO} {_CLAIM} END",
    f"CREATE TRIGGER booking_lets_go AFTER DELETE ON booking BEGIN {_LET_GO} END",
)

_HELD = f"""(WITH RECURSIVE run (n, until) AS (
    SELECT {BEGIN}, {END} FROM booking AS b WHERE b.id = {{booking}} AND {HOLDS} AND {BEGIN} < {END}
    UNION ALL SELECT n + 1, until FROM run WHERE n + 1 < until)
  SELECT n FROM run)""".replace("{b}", "b")
_CLAIM_EQUIPMENT = f"""INSERT INTO equipment_claim (equipment_id, slot, booking_id, count)
  SELECT wanted.equipment_id, slot.n, wanted.booking_id, sum(wanted.count)
  FROM booking_equipment AS wanted CROSS JOIN {_HELD} AS slot
  WHERE wanted.booking_id = {{booking}} AND wanted.deleted_at IS NULL {{only}} GROUP BY 1, 2;"""
_LET_EQUIPMENT_GO = f"""DELETE FROM equipment_claim WHERE booking_id = OLD.id
  AND equipment_id IN (SELECT equipment_id FROM booking_equipment WHERE booking_id = OLD.id)
  AND slot >= {BEGIN} AND slot < {END};""".format(b="OLD")
_LET_ONE_GO = (
    "DELETE FROM equipment_claim WHERE equipment_id = OLD.equipment_id AND booking_id = OLD.booking_id;"
)
_CLAIM_ONE = _CLAIM_EQUIPMENT.format(
    booking="NEW.booking_id", only="AND wanted.equipment_id = NEW.equipment_id"
)
_CLAIM_ALL = _CLAIM_EQUIPMENT.format(booking="NEW.id", only="")

_EQUIPMENT = (
    f"""CREATE TRIGGER equipment_claimed AFTER INSERT ON booking_equipment WHEN NEW.deleted_at IS NULL
BEGIN DELETE FROM equipment_claim WHERE equipment_id = NEW.equipment_id AND booking_id = NEW.booking_id;
  {_CLAIM_ONE} END""",
    f"""CREATE TRIGGER equipment_claimed_anew AFTER UPDATE ON booking_equipment
BEGIN {_LET_ONE_GO}
  DELETE FROM equipment_claim WHERE equipment_id = NEW.equipment_id AND booking_id = NEW.booking_id;
  {_CLAIM_ONE} END""",
    f"CREATE TRIGGER equipment_let_go AFTER DELETE ON booking_equipment BEGIN {_LET_ONE_GO} END",
    f"CREATE TRIGGER equipment_comes_along AFTER INSERT ON booking WHEN {HOLDS.format(b='NEW')} "
    f"BEGIN {_CLAIM_ALL} END",
    f"CREATE TRIGGER equipment_moves_along AFTER UPDATE OF {', '.join(_SLOT)} ON booking WHEN {_CHANGES} "
    f"BEGIN {_LET_EQUIPMENT_GO} {_CLAIM_ALL} END",
    f"CREATE TRIGGER equipment_left_behind AFTER DELETE ON booking BEGIN {_LET_EQUIPMENT_GO} END",
    """CREATE TRIGGER equipment_never_runs_out AFTER INSERT ON equipment_claim
BEGIN SELECT RAISE(ABORT, 'equipment_taken') WHERE
  (SELECT sum(count) FROM equipment_claim WHERE equipment_id = NEW.equipment_id AND slot = NEW.slot)
  > (SELECT count FROM equipment WHERE id = NEW.equipment_id); END""",
)

# What is past may be let go of (`desk/rooms.py` does it before a room is divided), what is to come may not.
_STANDS = f"""EXISTS (SELECT 1 FROM booking AS b WHERE b.room_id = {{whole}} AND {HOLDS} AND EXISTS (
    SELECT 1 FROM claim WHERE claim.booking_id = b.id AND claim.room_id IN {_LEAVES}
      AND claim.slot >= {BEGIN} AND claim.slot < {END}))""".replace("{b}", "b")
_DIVIDE = f"""SELECT RAISE(ABORT, 'room_has_bookings') WHERE {_STANDS.format(whole="NEW.part_of_id")};
  SELECT RAISE(ABORT, 'part_of_a_part') WHERE NEW.part_of_id = NEW.id
    OR EXISTS (SELECT 1 FROM room WHERE id = NEW.part_of_id AND part_of_id IS NOT NULL)
    OR (NEW.part_of_id IS NOT NULL AND EXISTS (SELECT 1 FROM room WHERE part_of_id = NEW.id));"""

_DIVISION = (
    f"CREATE TRIGGER room_divided BEFORE INSERT ON room WHEN NEW.part_of_id IS NOT NULL BEGIN {_DIVIDE} END",
    f"""CREATE TRIGGER room_divided_anew BEFORE UPDATE OF part_of_id ON room WHEN NEW.part_of_id IS NOT OLD.part_of_id
BEGIN SELECT RAISE(ABORT, 'room_has_bookings') WHERE {_STANDS.format(whole="OLD.part_of_id")};
  {_DIVIDE} END""",
)

ALL = (*_ROOMS, *_EQUIPMENT, *_DIVISION)

CLAIM_ALL = f"""INSERT INTO claim (room_id, slot, booking_id)
  WITH RECURSIVE run (room_id, n, until, booking_id) AS (
    SELECT b.room_id, {BEGIN}, {END}, b.id FROM booking AS b WHERE {HOLDS} AND {BEGIN} < {END}
    UNION ALL SELECT room_id, n + 1, until, booking_id FROM run WHERE n + 1 < until)
  SELECT room_id, n, booking_id FROM run ORDER BY room_id, n""".replace("{b}", "b")
"""Claims for every booking of a file whose rooms are not divided yet."""

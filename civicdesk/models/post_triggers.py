"""What the database does by itself, whoever writes: where an item of post stands, nothing handed over twice, seats.

Where an item stands is what the last of its moves that says so says; ids are in the order of making, so moves and
items may come in any order. A migration runs these; a later change of a trigger is a migration of its own.
"""

from __future__ import annotations

FACTS = ("mail_move", "hand_over", "signature", "notice_taking", "message_move")

_PLACES = {
    "received": "waiting",
    "presented": "presented",
    "accepted": "waiting",
    "not_taken": "not_taken",
    "handed_over": "handed_over",
    "handover_corrected": "waiting",
    "forwarded": "forwarded",
    "returned": "returned",
    "unclaimed": "unclaimed",
    "withdrawn": "withdrawn",
}
_TELLING = "({})".format(", ".join(f"'{move}'" for move in (*_PLACES, "back")))
_PLACE = "CASE {} " + " ".join(f"WHEN '{move}' THEN '{place}'" for move, place in _PLACES.items()) + " END"

# A move "back" undoes one that closed the item: a notice that nobody accepted stands again as one to decide on.
_HAD = "EXISTS (SELECT 1 FROM mail_move WHERE item_id = {{item}} AND what = '{}')"
_BACK = f"CASE WHEN {_HAD.format('presented')} AND NOT {_HAD.format('accepted')} THEN 'presented' ELSE 'waiting' END"
_LAST = (
    f"(SELECT CASE what WHEN 'back' THEN {_BACK} ELSE {_PLACE.format('what')} END FROM mail_move "
    f"WHERE item_id = {{item}} AND what IN {_TELLING} ORDER BY id DESC LIMIT 1)"
)
_FIRST = "CASE NEW.kind WHEN 'notice' THEN 'presented' ELSE 'waiting' END"
_OPEN = "('waiting', 'presented')"


_NEW_STATE = f"""INSERT INTO mail_state (item_id, place, is_open, box, organisation_id, kind, received_at, changed_at,
    notified_at, reminded_at, reminders)
  SELECT item, place, place IN {_OPEN}, NEW.box, NEW.organisation_id, NEW.kind, NEW.received_at, changed, notified,
    reminded, reminders
  FROM (SELECT NEW.id AS item, coalesce({_LAST.format(item="NEW.id")}, {_FIRST}) AS place,
    coalesce((SELECT max(at) FROM mail_move WHERE item_id = NEW.id AND what IN {_TELLING}), NEW.received_at)
      AS changed,
    (SELECT max(at) FROM mail_move WHERE item_id = NEW.id AND what = 'notified') AS notified,
    (SELECT max(at) FROM mail_move WHERE item_id = NEW.id AND what = 'reminded') AS reminded,
    (SELECT count(*) FROM mail_move WHERE item_id = NEW.id AND what = 'reminded') AS reminders);"""

_MAIL = (
    f"""
CREATE TRIGGER mail_begins AFTER INSERT ON mail_item WHEN NEW.deleted_at IS NULL
BEGIN {_NEW_STATE} END
""",
    f"""
CREATE TRIGGER mail_comes_and_goes AFTER UPDATE OF deleted_at ON mail_item
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  DELETE FROM mail_state WHERE item_id = NEW.id AND NEW.deleted_at IS NOT NULL;
  {_NEW_STATE.replace("reminders);", "reminders) WHERE NEW.deleted_at IS NULL;")}
END
""",
    """
CREATE TRIGGER mail_is_known_better AFTER UPDATE OF box, organisation_id, kind ON mail_item
BEGIN
  UPDATE mail_state SET box = NEW.box, organisation_id = NEW.organisation_id, kind = NEW.kind
    WHERE item_id = NEW.id;
END
""",
    """
CREATE TRIGGER mail_is_gone AFTER DELETE ON mail_item
BEGIN DELETE FROM mail_state WHERE item_id = OLD.id; END
""",
    """
CREATE TRIGGER mail_stays_as_received
BEFORE UPDATE OF number, desk, received_at, received_by_id, batch_id ON mail_item
WHEN (NEW.number, NEW.desk, NEW.received_at, NEW.received_by_id, NEW.batch_id)
  IS NOT (OLD.number, OLD.desk, OLD.received_at, OLD.received_by_id, OLD.batch_id)
BEGIN SELECT RAISE(ABORT, 'mail_stays_as_received'); END
""",
    f"""
CREATE TRIGGER mail_moves AFTER INSERT ON mail_move WHEN NEW.what IN {_TELLING}
BEGIN
  UPDATE mail_state SET place = {_LAST.format(item="NEW.item_id")}, changed_at = max(changed_at, NEW.at)
    WHERE item_id = NEW.item_id;
  UPDATE mail_state SET is_open = place IN {_OPEN} WHERE item_id = NEW.item_id;
END
""",
    """
CREATE TRIGGER mail_is_told_of AFTER INSERT ON mail_move WHEN NEW.what IN ('notified', 'reminded')
BEGIN
  UPDATE mail_state SET
    notified_at = CASE NEW.what WHEN 'notified' THEN max(coalesce(notified_at, ''), NEW.at) ELSE notified_at END,
    reminded_at = CASE NEW.what WHEN 'reminded' THEN max(coalesce(reminded_at, ''), NEW.at) ELSE reminded_at END,
    reminders = reminders + (NEW.what = 'reminded')
    WHERE item_id = NEW.item_id;
END
""",
    """
CREATE TRIGGER mail_leaves_once AFTER INSERT ON mail_move WHEN NEW.what = 'handed_over'
BEGIN INSERT INTO handed_over (item_id, hand_over_id) VALUES (NEW.item_id, NEW.hand_over_id); END
""",
    """
CREATE TRIGGER mail_hand_over_corrected AFTER INSERT ON mail_move WHEN NEW.what = 'handover_corrected'
BEGIN DELETE FROM handed_over WHERE item_id = NEW.item_id AND hand_over_id = NEW.hand_over_id; END
""",
)

_SITS = "(NEW.left_at IS NULL AND NEW.deleted_at IS NULL)"
_TAKEN = """(SELECT coalesce(sum(people), 0) FROM seat_stay
    WHERE room_id = {room} AND left_at IS NULL AND deleted_at IS NULL)"""
_LIMITS = f"""SELECT RAISE(ABORT, 'seats_full')
    WHERE {_TAKEN.format(room="NEW.room_id")} > (SELECT capacity FROM room WHERE id = NEW.room_id);
  SELECT RAISE(ABORT, 'seat_taken') WHERE NEW.seat_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM seat_stay WHERE room_id = NEW.room_id AND seat_id = NEW.seat_id AND id <> NEW.id
      AND left_at IS NULL AND deleted_at IS NULL);"""

_SEATS = (
    f"CREATE TRIGGER seat_taken AFTER INSERT ON seat_stay WHEN {_SITS} BEGIN {_LIMITS} END",
    f"""
CREATE TRIGGER seat_taken_anew AFTER UPDATE OF left_at, deleted_at, room_id, seat_id, people ON seat_stay
WHEN {_SITS} BEGIN {_LIMITS} END
""",
    """
CREATE TRIGGER seat_left_with_the_visit AFTER UPDATE OF left_at, deleted_at ON visit
WHEN NEW.left_at IS NOT NULL OR NEW.deleted_at IS NOT NULL
BEGIN
  UPDATE seat_stay SET left_at = max(since_at, coalesce(NEW.left_at, NEW.deleted_at))
    WHERE visit_id = NEW.id AND left_at IS NULL AND deleted_at IS NULL;
END
""",
    f"""
CREATE TRIGGER seat_back_with_the_visit AFTER UPDATE OF left_at ON visit
WHEN NEW.left_at IS NULL AND NEW.deleted_at IS NULL AND OLD.left_at IS NOT NULL
BEGIN
  UPDATE seat_stay SET left_at = NULL
    WHERE visit_id = NEW.id AND left_at = OLD.left_at AND deleted_at IS NULL
      AND people + {_TAKEN.format(room="seat_stay.room_id").replace("FROM seat_stay", "FROM seat_stay AS other")}
        <= (SELECT capacity FROM room WHERE id = seat_stay.room_id)
      AND NOT EXISTS (SELECT 1 FROM seat_stay AS other WHERE other.seat_id = seat_stay.seat_id
        AND other.id <> seat_stay.id AND other.left_at IS NULL AND other.deleted_at IS NULL);
END
""",
)

ALL = (*_MAIL, *_SEATS)

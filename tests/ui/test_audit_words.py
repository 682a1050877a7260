from __future__ import annotations

import re
from pathlib import Path

import civicdesk.desk
from civicdesk.models import AuditEntry
from civicdesk.ui.audit_words import what
from tests import builders

_RECORDED = re.compile(r"(?:audit\.record|Deed)\(\s*session,\s*\"(\w+)\"|_place\(session, \"(\w+)\"")


def test_everything_the_desk_records_is_told_in_words() -> None:
    folder = Path(civicdesk.desk.__file__).parent
    actions = {
        each
        for file in folder.glob("*.py")
        for found in _RECORDED.finditer(file.read_text("utf-8"))
        for each in found.groups()
        if each
    }

    assert len(actions) > 25
    assert [each for each in actions if what(entry(each)) == each] == []


def entry(action: str) -> AuditEntry:
    return AuditEntry(
        at=builders.TUESDAY,
        by_id=None,
        desk="A",
        action=action,
        subject="",
        subject_id=None,
        details="{}",
        seal="",
    )


def test_what_was_taken_back_is_told_as_that() -> None:
    assert what(entry("undo_move_booking")) == "Moved a booking · taken back"
    assert what(entry("undo_undo_move_booking")) == "Moved a booking · taken back"

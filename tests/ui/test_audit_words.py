from __future__ import annotations

import re
from pathlib import Path

import civicdesk.desk
from civicdesk.models import AuditEntry
from civicdesk.ui.audit_words import what
from tests import builders

_RECORDED = re.compile(r"audit\.record\(\s*session,\s*\"(\w+)\"")


def test_everything_the_desk_records_is_told_in_words() -> None:
    folder = Path(civicdesk.desk.__file__).parent
    actions = {each for file in folder.glob("*.py") for each in _RECORDED.findall(file.read_text("utf-8"))}

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

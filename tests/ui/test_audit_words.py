from __future__ import annotations

import re
from pathlib import Path

import civicdesk.desk
from civicdesk.models import AuditEntry
from civicdesk.ui.audit_words import what

_RECORDED = re.compile(r"audit\.record\(\s*session,\s*\"(\w+)\"")


def test_everything_the_desk_records_is_told_in_words() -> None:
    folder = Path(civicdesk.desk.__file__).parent
    actions = {each for file in folder.glob("*.py") for each in _RECORDED.findall(file.read_text("utf-8"))}

    assert len(actions) > 25
    assert [each for each in actions if what(AuditEntry(action=each, details="{}")) == each] == []

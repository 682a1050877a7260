"""The manual's pictures, taken from the real screens, so that they never go stale."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from civicdesk.rehearsal import rehearse

NAMES = {
    "00-first-start": "first-start",
    "01-lock": "lock",
    "03-today": "today",
    "05-check-in": "check-in",
    "07-checked-out": "scan-answer",
    "09-damaged-code": "scan-refused",
    "12-expect": "expect",
    "13-pass": "pass",
    "15-head-count": "head-count",
    "16-evacuation": "evacuation",
    "19-today-dark": "today-dark",
    "25-visitors": "visitors",
    "26-settings": "settings",
    "28-reader": "reader",
    "29-badge-design": "badges",
    "30-printer-added": "printer",
    "31-printer-tried": "printer-tried",
    "32-first-badge": "preview",
    "34-no-paper-queue": "print-queue",
    "36-did-it-come-out": "did-it-come-out",
    "40-rooms": "rooms",
    "41-rooms-week": "rooms-week",
    "43-nobody-came": "nobody-came",
    "44-booking": "booking",
    "46-clash": "clash",
    "47-series-asks": "series-asks",
    "51-wall-lens": "wall",
    "52-delivery": "delivery",
    "53-receive": "receive",
    "54-notice": "notice",
    "58-messages": "messages",
    "59-pickup": "pickup",
    "60-handed-over": "handed-over",
    "64-emails-wait": "emails",
    "66-register": "register",
    "69-member": "member",
    "70-members-file": "members-file",
    "71-members": "members",
    "72-unfinished": "unfinished",
    "70-report-day": "reports",
    "71-report-day-plots": "report-plots",
    "94-restore": "restore",
    "90-hub": "hub",
    "91-join": "join-hub",
    "93-settle": "settle",
}


def take(out: Path) -> int:
    """Rehearse a day and keep the pictures that the manual shows; 0 when all of them are there."""
    with tempfile.TemporaryDirectory() as folder:
        code = rehearse(Path(folder))
        out.mkdir(parents=True, exist_ok=True)
        missing = [taken for taken in NAMES if not (Path(folder) / "pictures" / f"{taken}.png").exists()]
        for taken, name in NAMES.items():
            if taken not in missing:
                shutil.copy(Path(folder) / "pictures" / f"{taken}.png", out / f"{name}.png")
    sys.stdout.write(f"{len(NAMES) - len(missing)} of {len(NAMES)} pictures in {out}\n")
    return code or len(missing)

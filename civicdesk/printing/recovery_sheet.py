"""The recovery sheet: the key that opens the backups, as a code and as letters, and what to do with it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from civicdesk.printing.fonts import Weight
from civicdesk.printing.lines import draw, fit
from civicdesk.printing.paper import LINE, MM, document
from civicdesk.printing.qr import draw_qr, modules
from civicdesk.text import _, day

_WIDTH, _HEIGHT = 210 * MM, 297 * MM
_EDGE, _SIDE = 22 * MM, 70 * MM
_GROUPS_A_LINE = 5


def recovery_sheet(centre: str, desk: str, grouped: str, on: date) -> bytes:
    """One A4 page. `grouped` is the key in groups parted by spaces."""
    out = BytesIO()
    with document(out, _WIDTH, _HEIGHT, title=_("Recovery sheet"), author=centre) as page:
        inside = _WIDTH - 2 * _EDGE
        y = _HEIGHT - 30 * MM
        draw(page, _EDGE, y, _("Recovery sheet"), 24, weight=Weight.BOLD)
        y -= 10 * MM
        where = " · ".join(filter(None, (centre, desk, day(on, "d MMMM yyyy"))))
        fitted = fit(where, inside, (12, 10, 8), lines=1)
        draw(page, _EDGE, y, fitted.lines[0], fitted.size)
        y -= 6 * MM
        page.setStrokeColor(LINE)
        page.line(_EDGE, y, _WIDTH - _EDGE, y)
        rows = modules(grouped.replace(" ", ""))
        draw_qr(page, rows, _EDGE, y - 8 * MM - _SIDE, _SIDE / len(rows))
        _key(page, grouped, y - 16 * MM)
        y -= _SIDE + 24 * MM
        for sentence in _sentences():
            for line in fit(sentence, inside, (11,)).lines:
                draw(page, _EDGE, y, line, 11)
                y -= 6 * MM
            y -= 3 * MM
        page.showPage()
    return out.getvalue()


def _key(page: object, grouped: str, y: float) -> None:
    groups = grouped.split()
    lines = [groups[:1], *(groups[at : at + _GROUPS_A_LINE] for at in range(1, len(groups), _GROUPS_A_LINE))]
    for line in lines:
        draw(page, _EDGE + _SIDE + 10 * MM, y, "  ".join(line), 14, weight=Weight.MEDIUM)  # type: ignore[arg-type]
        y -= 9 * MM


def _sentences() -> tuple[str, ...]:
    return (
        _("Only this key opens the backups of this desk. Keep the sheet in a safe, away from the computer."),
        _(
            "To restore: start CivicDesk on any computer, choose “Restore a backup”, then the file; scan this code."
        ),
        _("Whoever has this sheet and a backup can read all of it. If the sheet is lost, make a new key."),
        _("Without CivicDesk: save the key in key.txt and run: age -d -i key.txt FILE | gunzip > desk.db"),
    )

"""What can be done with one item, as buttons, by where it stands."""

from __future__ import annotations

from collections.abc import Callable

from civicdesk.models import Place
from civicdesk.text import N_, _
from civicdesk.ui.widgets.button import Button

_ENDED = (Place.FORWARDED, Place.RETURNED, Place.UNCLAIMED, Place.NOT_TAKEN, Place.WITHDRAWN)
_WORDS = {
    "decide": ("file-pen", N_("Decide")),
    "match": ("mailbox", N_("Whose is it?")),
    "shelf": ("archive", N_("Shelf")),
    "kind": ("pencil", N_("Other kind")),
    "sender": ("user", N_("Sender")),
    "tracking": ("scan-barcode", N_("Tracking number")),
    "forward": ("send", N_("Send on")),
    "return": ("undo-2", N_("Send back")),
    "unclaimed": ("archive", N_("Unclaimed")),
    "withdraw": ("trash-2", N_("Entered by mistake")),
    "back": ("rotate-ccw", N_("It is here after all")),
    "receipt": ("printer", N_("Print the receipt")),
    "correct": ("undo-2", N_("It was not handed over")),
}


def acts(place: str, *, is_matched: bool, is_manager: bool) -> list[str]:
    """What is offered, the likeliest first."""
    if place == Place.PRESENTED:
        return ["decide", "match", "shelf", "kind", "sender", "tracking", "withdraw"]
    if place == Place.WAITING:
        first = ["shelf", "match"] if is_matched else ["match", "shelf"]
        return [*first, "kind", "sender", "tracking", "forward", "return", "unclaimed", "withdraw"]
    if place == Place.HANDED_OVER:
        return ["receipt", "correct"] if is_manager else ["receipt"]
    return ["back"] if place in _ENDED else []


def buttons(wanted: list[str], press: Callable[[str], None]) -> list[Button]:
    """A button for each."""
    return [_button(act, press, is_first=not at) for at, act in enumerate(wanted)]


def _button(act: str, press: Callable[[str], None], *, is_first: bool) -> Button:
    icon, words = _WORDS[act]
    role = "danger" if act == "decide" else "primary" if is_first and act in ("match", "receipt") else "plain"
    button = Button(_(words), icon, name=f"post_act_{act}", role=role)
    button.clicked.connect(lambda _on=False: press(act))
    return button

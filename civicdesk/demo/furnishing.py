"""How the demo's rooms can be set up, what can be brought into them, and how fairly they are shared."""

from __future__ import annotations

from collections.abc import Sequence

from civicdesk.demo.chance import Dice
from civicdesk.demo.rooms import Room
from civicdesk.demo.writer import Writer
from civicdesk.models import LayoutKind, RoomClass

_LAYOUTS: dict[str, dict[str, int]] = {
    "Mavi Konferans Salonu": {
        LayoutKind.THEATRE: 250,
        LayoutKind.CLASSROOM: 120,
        LayoutKind.CABARET: 140,
        LayoutKind.STANDING: 250,
    },
    "Ihlamur Salonu": {
        LayoutKind.THEATRE: 120,
        LayoutKind.CLASSROOM: 60,
        LayoutKind.CABARET: 72,
        LayoutKind.U_SHAPE: 40,
    },
    "Nar Eğitim Sınıfı": {LayoutKind.CLASSROOM: 30, LayoutKind.U_SHAPE: 20},
    "Defne Atölyesi": {LayoutKind.CABARET: 24, LayoutKind.CLASSROOM: 20},
    "Çınar Odası": {LayoutKind.BOARDROOM: 16, LayoutKind.U_SHAPE: 14},
    "Zeytin Odası": {LayoutKind.BOARDROOM: 12},
}
_WANTED = {
    "meeting": (LayoutKind.BOARDROOM, LayoutKind.U_SHAPE),
    "training": (LayoutKind.CLASSROOM,),
    "workshop": (LayoutKind.CABARET,),
}
_OTHERS_WANT = (LayoutKind.THEATRE,)
_EQUIPMENT = (
    ("Taşınabilir projektör", 3, ""),
    ("Kablosuz mikrofon", 6, ""),
    ("Dizüstü bilgisayar", 10, ""),
    ("Kâğıt tahtası", 4, ""),
    ("Ses sistemi", 1, "Mavi Konferans Salonu"),
    ("İşitme döngüsü", 1, "Mavi Konferans Salonu"),
    ("Projektör", 1, "Ihlamur Salonu"),
    ("Akıllı tahta", 1, "Nar Eğitim Sınıfı"),
)
_HOURS_A_MONTH = {RoomClass.HALL: 16, RoomClass.MEETING: 24, RoomClass.TRAINING: 24, RoomClass.WORKSHOP: 24}


def write(writer: Writer, dice: Dice, founded: int, rooms: Sequence[Room]) -> None:
    """Write layouts, equipment and the hours a month that each organisation may have."""
    ids = {room.name: room.id for room in rooms}
    for name, layouts in _LAYOUTS.items():
        for kind, capacity in layouts.items():
            writer.add("layout", id=dice.id_at(founded), room_id=ids[name], kind=kind, capacity=capacity)
    for name, count, place in _EQUIPMENT:
        writer.add("equipment", id=dice.id_at(founded), name=name, count=count, room_id=ids.get(place))
    for room_class, hours in _HOURS_A_MONTH.items():
        writer.add(
            "use_limit",
            id=dice.id_at(founded),
            room_class=room_class,
            organisation_id=None,
            kind="",
            hours=hours,
        )


def layout_of(room: str, kind: str, people: int) -> str:
    """How a room is set up for so many at such an event, if it can be."""
    layouts = _LAYOUTS.get(room, {})
    return next((each for each in _WANTED.get(kind, _OTHERS_WANT) if people <= layouts.get(each, 0)), "")

"""The demo centre itself: its name, hours, closures and seven rooms, one of them in two halves."""

from __future__ import annotations

from dataclasses import dataclass

from civicdesk.demo.calendar import WEEK, Calendar
from civicdesk.demo.chance import Dice
from civicdesk.demo.writer import Writer
from civicdesk.models import RoomClass

NAME = "Çınarova Sivil Yaşam Merkezi"
CAPACITY = 320
RETENTION_DAYS = 90

_ADDRESS = "Ihlamur Mahallesi, Dereboyu Caddesi 1, Çınarova"
_NOTICE = (
    "Aydınlatma metni (6698 sayılı Kanun m.10). Veri sorumlusu: Çınarova Sivil Yaşam Merkezi. Adınız, iletişim "
    "bilginiz (verirseniz), ziyaret ettiğiniz kuruluş ile giriş ve çıkış saatiniz; binanın güvenliği, acil durumda "
    "tahliye ve ziyaretlerin düzenlenmesi amacıyla, meşru menfaat ve hukuki yükümlülük sebebiyle, danışmada sözlü "
    "beyanınızla ve elektronik yolla kaydedilir. Verileriniz kimseye aktarılmaz. Ad bilgileri 90 gün sonra "
    "silinir, yalnızca sayılar kalır. Kanunun 11. maddesindeki haklarınızı (bilgi alma, düzeltme, silme, itiraz) "
    "danışmaya ya da bilgi@cinarova.example adresine başvurarak kullanabilirsiniz."
)
_ROOMS = (
    ("Mavi Konferans Salonu", "Zemin kat", "#0B6E7F", 250, RoomClass.HALL),
    ("Ihlamur Salonu", "Zemin kat", "#6B4FBB", 120, RoomClass.HALL),
    ("Nar Eğitim Sınıfı", "1. kat", "#B3261E", 30, RoomClass.TRAINING),
    ("Defne Atölyesi", "1. kat", "#1B7F4F", 24, RoomClass.WORKSHOP),
    ("Ortak Çalışma Alanı", "1. kat", "#566970", 24, RoomClass.WORK_AREA),
    ("Çınar Odası", "2. kat", "#2761C7", 16, RoomClass.MEETING),
    ("Zeytin Odası", "2. kat", "#8A5A10", 12, RoomClass.MEETING),
)
_HALVES = {"Ihlamur Salonu": (("Ihlamur Doğu", 55), ("Ihlamur Batı", 55))}
_APART = 10


@dataclass(frozen=True)
class Room:
    """A room, as far as planning needs it."""

    id: str
    name: str
    capacity: int
    is_work_area: bool


def write_centre(writer: Writer, dice: Dice, founded: int, scale: int) -> None:
    """Write the centre; one of many times the visitors holds as many times the people."""
    writer.add(
        "centre",
        id=dice.id_at(founded),
        name=NAME,
        address=_ADDRESS,
        language="tr",
        capacity=CAPACITY * scale,
        observes_holidays=True,
        retention_days=RETENTION_DAYS,
        badge_size="label",
        badge_footer="Çıkarken kartınızı teslim edin.",
        notice_text=_NOTICE,
        notice_version=1,
    )


def write_hours(writer: Writer, dice: Dice, founded: int, calendar: Calendar) -> None:
    """Write the weekly hours and the managers' closures."""
    for weekday, (opens, closes) in WEEK.items():
        writer.add(
            "opening_hours",
            id=dice.id_at(founded),
            weekday=weekday,
            opens=_clock(opens),
            closes=_clock(closes),
        )
    for closed in calendar.closures:
        writer.add(
            "closure",
            id=dice.id_at(founded),
            on=closed.on.isoformat(),
            from_time=_clock(closed.start),
            until_time="24:00",
            reason=closed.reason,
        )


def write_rooms(writer: Writer, dice: Dice, spare: Dice, founded: int) -> list[Room]:
    """Write the rooms and return them in their order on the screens, without the halves of the divided one."""
    rooms = []
    for place, (name, zone, colour, capacity, room_class) in enumerate(_ROOMS):
        room = Room(dice.id_at(founded), name, capacity, room_class == RoomClass.WORK_AREA)
        looks = {"zone": zone, "colour": colour, "room_class": room_class}
        _write_room(writer, room, position=place * _APART, part_of_id=None, **looks)
        for step, (half, seats) in enumerate(_HALVES.get(name, ()), start=1):
            part = Room(spare.id_at(founded), half, seats, is_work_area=False)
            _write_room(writer, part, position=place * _APART + step, part_of_id=room.id, **looks)
        rooms.append(room)
    return rooms


def _write_room(writer: Writer, room: Room, **columns: object) -> None:
    writer.add(
        "room",
        id=room.id,
        name=room.name,
        capacity=room.capacity,
        is_accessible=True,
        is_work_area=room.is_work_area,
        **columns,
    )


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"

"""The post of the demo's years: fourteen items a day, most collected within days, a few never."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp

from civicdesk.demo.chance import Dice, Lot, apart
from civicdesk.demo.clock import TODAY, Day, stamp
from civicdesk.demo.collectors import OnFile, Person
from civicdesk.demo.organisations import Organisation
from civicdesk.demo.signed import drawn
from civicdesk.demo.writer import Writer
from civicdesk.models import MailKind

ITEMS = 14
"""A usual day's."""

_ITEM = (
    "mail_item (id, number, desk, received_at, received_by_id, organisation_id, box, addressed_to, kind, tracking, "
    "sender, condition, shelf, note)"
)
_MOVE = "mail_move (id, item_id, what, at, by_id, person, capacity, authority, reason, details, hand_over_id)"
_HAND_OVER = (
    "hand_over (id, organisation_id, person_id, collector, capacity, authority, override, signature_id, items, at, "
    "by_id)"
)
_SIGNATURE = "signature (id, strokes, width, height, at)"
_TAKING = (
    "notice_taking (id, item_id, is_taken, is_authority_on_file, authority, person, capacity, reason, at, "
    "by_id)"
)

_KINDS = Lot(
    [
        (MailKind.ORDINARY, 60),
        (MailKind.REGISTERED, 14),
        (MailKind.PARCEL, 14),
        (MailKind.RETURN_RECEIPT, 6),
        (MailKind.NOTICE, 3.4),
        (MailKind.SLIP21, 0.6),
        (MailKind.EXPRESS, 2),
    ]
)
_MEDIAN_DAYS, _SPREAD = 4.0, 1.434
_QUICK_DAYS, _QUICK_SPREAD = 3.0, 0.9
_GIVEN_UP_DAYS = (75, 100)
_REMINDED = (3, 7, 30)
_TOLD_FOR = timedelta(days=180)
_NOT_TAKEN = 0.3
_UNSIGNED = 0.4
_DAMAGED = 0.01
_BY_KIND = {
    MailKind.NOTICE: apart(
        "Kıyıkent 3. Asliye Hukuk Mahkemesi|Kıyıkent İdare Mahkemesi|Çınarova İcra Dairesi|"
        "Çınarova Vergi Dairesi|Kıyıkent İş Mahkemesi"
    ),
    MailKind.PARCEL: apart("Ova Kargo|Kıyı Kitabevi|Çınarova Matbaası|Kırtasiye Deposu|Ova Baskı Atölyesi"),
}
_SENDERS = apart(
    "Çınarova Belediyesi|Ova Üniversitesi|Kıyıkent Kent Konseyi|Çınarova Kaymakamlığı|Ova Su İdaresi|"
    "Kıyıkent Ziraat Odası|Çınarova Halk Eğitimi Merkezi|Ova Elektrik Dağıtım|Kıyıkent Teknoloji Üniversitesi"
)
_WHY_NOT = apart(
    "Yetkili kişiye ulaşılamadı|Dosyada tebligat yetkisi yok|Yetkili gelip alamayacağını bildirdi"
)
_SHELVES = apart("A1|A2|A3|B1|B2|B3|Koli rafı")
_UNKNOWN = apart("Ova Gençlik Kolu|Sayın Dernek Başkanlığı")


@dataclass(slots=True)
class _Item:
    """An item between its coming and its going."""

    id: str
    kind: str
    came: int
    organisation: Organisation


class Post:
    """Writes the post day by day: what comes, who is told, and who collects it when."""

    def __init__(
        self,
        writer: Writer,
        dice: Dice,
        *,
        members: Sequence[Organisation],
        boxes: Mapping[str, int],
        on_file: Mapping[str, OnFile],
        reception: Sequence[str],
    ) -> None:
        self._writer, self._dice = writer, dice
        self._members, self._boxes, self._on_file, self._reception = members, boxes, on_file, reception
        self._numbers: dict[int, int] = defaultdict(int)
        self._collected: dict[int, dict[str, list[_Item]]] = defaultdict(lambda: defaultdict(list))
        self._given_up: dict[int, list[_Item]] = defaultdict(list)
        self._days: Sequence[Day] = ()
        self._dates: list[date] = []

    def write(self, days: Sequence[Day]) -> None:
        """Write the post of these open days; what would be collected after the last one still waits."""
        self._days, self._dates = days, [day.on for day in days]
        for place, day in enumerate(days):
            for item in self._given_up.pop(place, ()):
                self._move(item, "returned", day.ms(day.opens + 30), reason="Süresinde alınmadı")
            self._receive(place, day)
            for items in self._collected.pop(place, {}).values():
                self._hand_over(day, items)
        self._today(days[-1])
        for year, number in self._numbers.items():
            self._writer.add("counter", name=f"mail-{year}", value=number)

    def _receive(self, place: int, day: Day) -> None:
        """The postman comes in the morning, couriers until the afternoon."""
        dice = self._dice
        count = round(ITEMS * dice.uniform(0.7, 1.3))
        until = min(day.opens + 6 * 60, day.closes - 20)
        minutes = sorted(dice.uniform(day.opens + 10, until) for _n in range(count))
        for minute in minutes:
            organisation = self._members[dice.randrange(len(self._members))]
            item = self._item(day, minute, _KINDS.draw(dice), organisation)
            if item.kind != MailKind.NOTICE or self._decide(item, day, minute):
                self._tell(item, day, minute, self._plan(item, place))

    def _plan(self, item: _Item, place: int) -> int:
        """When it will be collected, as a place among the days; beyond them while it waits."""
        dice, is_quick = self._dice, item.kind in (MailKind.NOTICE, MailKind.SLIP21)
        median, spread = (_QUICK_DAYS, _QUICK_SPREAD) if is_quick else (_MEDIAN_DAYS, _SPREAD)
        waits = int(median * exp(spread * dice.gauss(0, 1)) + 0.5)
        limit = dice.randint(*_GIVEN_UP_DAYS)
        found = bisect_left(self._dates, self._dates[place] + timedelta(days=min(waits, limit)), place)
        if waits > limit:
            self._given_up[found].append(item)
        else:
            self._collected[found][item.organisation.id].append(item)
        return found

    def _item(
        self, day: Day, minute: float, kind: str, organisation: Organisation | None, name: str = ""
    ) -> _Item:
        dice, year = self._dice, day.on.year
        self._numbers[year] += 1
        came = day.ms(minute)
        item = _Item(dice.id_at(came), kind, came, organisation)  # type: ignore[arg-type]
        self._writer.row(
            _ITEM,
            (
                item.id,
                f"{year}-{self._numbers[year]:05d}",
                "",
                stamp(came),
                self._by(came, day),
                organisation.id if organisation else None,
                self._boxes.get(organisation.id) if organisation else None,
                name,
                kind,
                self._tracking(kind),
                dice.choice(_BY_KIND.get(kind, _SENDERS)),  # type: ignore[call-overload]
                "damaged" if dice.happens(_DAMAGED) else "",
                dice.choice(_SHELVES) if kind == MailKind.PARCEL else "",
                "",
            ),
        )
        self._move(item, "presented" if kind == MailKind.NOTICE else "received", came)
        return item

    def _decide(self, item: _Item, day: Day, minute: float) -> bool:
        """A notice is accepted by the desk or by the chair, or it is not taken."""
        on_file, at = self._on_file[item.organisation.id], day.ms(minute + self._dice.uniform(2, 20))
        is_taken = bool(on_file.desk) or not self._dice.happens(_NOT_TAKEN)
        chair = on_file.people[0]
        person, capacity = (("", "desk") if on_file.desk else (chair.name, "chair")) if is_taken else ("", "")
        authority = (on_file.desk or chair.reference) if is_taken else ""
        why = "" if is_taken else self._dice.choice(_WHY_NOT)
        by, taken = self._by(at, day), (is_taken, bool(on_file.desk))
        row = (self._dice.id_at(at), item.id, *taken, authority, person, capacity, why, stamp(at), by)
        self._writer.row(_TAKING, row)
        what, item.came = "accepted" if is_taken else "not_taken", at
        self._move(item, what, at, person=person, capacity=capacity, authority=authority, reason=why)
        return is_taken

    def _tell(self, item: _Item, day: Day, minute: float, until: int) -> None:
        """The organisation hears of it and is reminded while it waits; the centre writes e-mail since half a year."""
        if item.organisation.notify == "none" or day.on < TODAY - _TOLD_FOR:
            return
        if item.organisation.notify == "at_once":
            self._move(item, "notified", day.ms(minute + 1), person=item.organisation.email)
        last = self._dates[until] if until < len(self._dates) else None
        for step in _REMINDED:
            on = day.on + timedelta(days=step)
            if last is not None and on >= last:
                break
            place = bisect_left(self._dates, on)
            if place < len(self._dates):
                self._move(
                    item,
                    "reminded",
                    self._days[place].ms(self._days[place].opens + 5),
                    person=item.organisation.email,
                )

    def _hand_over(self, day: Day, items: list[_Item]) -> None:
        """One of the organisation comes and takes what is due; whoever takes a notice is the chair."""
        dice = self._dice
        latest = max(item.came for item in items)
        at = max(day.ms(dice.uniform(day.opens + 20, day.closes - 10)), latest + 60_000 * dice.randint(5, 20))
        if at > day.ms(day.closes - 1):
            at = max(latest + 60_000, day.ms(day.closes - 1))
        people = self._on_file[items[0].organisation.id].people
        has_notice = any(item.kind in (MailKind.NOTICE, MailKind.SLIP21) for item in items)
        person = people[0] if has_notice else people[-1 if dice.happens(0.7) else 0]
        made, by = dice.id_at(at), self._by(at, day)
        values = (items[0].organisation.id, person.id, person.name, person.role, person.reference, "")
        signature = self._signature(at, items, person)
        self._writer.row(_HAND_OVER, (made, *values, signature, len(items), stamp(at), by))
        for item in items:
            self._move(
                item,
                "handed_over",
                at,
                person=person.name,
                capacity=person.role,
                authority=person.reference,
                made=made,
            )

    def _signature(self, at: int, items: Sequence[_Item], person: Person) -> str | None:
        if all(item.kind == MailKind.ORDINARY for item in items) and self._dice.happens(_UNSIGNED):
            return None
        signature, (strokes, width, height) = self._dice.id_at(at), drawn(person.name)
        self._writer.row(_SIGNATURE, (signature, strokes, width, height, stamp(at)))
        return signature

    def _today(self, day: Day) -> None:
        """Two items nobody knows whose they are, and a notice the postman holds out just now."""
        for minute, name in zip((day.closes - 45, day.closes - 30), _UNKNOWN, strict=True):
            self._item(day, minute, MailKind.ORDINARY, None, name)
        free = next(one for one in self._members if not self._on_file[one.id].desk)
        self._item(day, day.closes - 6, MailKind.NOTICE, free)

    def _move(
        self,
        item: _Item,
        what: str,
        at: int,
        *,
        person: str = "",
        capacity: str = "",
        authority: str = "",
        reason: str = "",
        made: str | None = None,
    ) -> None:
        self._writer.row(
            _MOVE,
            (
                self._dice.id_at(at),
                item.id,
                what,
                stamp(at),
                None,
                person,
                capacity,
                authority,
                reason,
                "",
                made,
            ),
        )

    def _by(self, at: int, day: Day) -> str:
        """Who sits at reception: one in the morning, the other after lunch."""
        return self._reception[0 if at < day.ms(13 * 60) else 1]

    def _tracking(self, kind: str) -> str:
        """A number that no post office gives: the country ZZ is nobody's."""
        if kind == MailKind.ORDINARY:
            return ""
        digits = f"{self._dice.randrange(10**8):08d}"
        if kind == MailKind.PARCEL:
            return f"99{digits}"
        rest = (
            11
            - sum(int(digit) * weight for digit, weight in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=True))
            % 11
        )
        return f"RR{digits}{ {10: 0, 11: 5}.get(rest, rest) }ZZ"

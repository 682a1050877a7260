"""The visitors of the demo: new faces and those who come again and again."""

from __future__ import annotations

from civicdesk.demo.chance import Dice
from civicdesk.demo.names import Names
from civicdesk.demo.writer import Writer
from civicdesk.text import fold

_NEW = 0.44
_REGULAR = 0.5
_WITH_PHONE = 0.3
_WITH_EMAIL = 0.1
_WITH_NEEDS = (("wheelchair", 0.006), ("sign_language", 0.003), ("companion,wheelchair", 0.002))
_COLUMNS = "visitor (id, name, phone, email, needs, folded)"


class People:
    """Everyone who ever came. Nobody is handed out twice on one day, so nobody is inside twice."""

    def __init__(self, writer: Writer, dice: Dice) -> None:
        self._writer, self._dice = writer, dice
        self._names = Names(dice)
        self._known: list[tuple[str, str]] = []
        self._today: set[str] = set()

    def __len__(self) -> int:
        return len(self._known)

    def new_day(self) -> None:
        self._today.clear()

    def one(self, ms: int) -> tuple[str, str]:
        """The id and the needs of somebody who comes now."""
        while len(self._known) > len(self._today) * 2 and not self._dice.happens(_NEW):
            person = self._somebody_known()
            if person[0] not in self._today:
                self._today.add(person[0])
                return person
        return self.new(self._names.draw(), ms)

    def new(self, name: str, ms: int, needs: str | None = None) -> tuple[str, str]:
        """Somebody who comes for the first time."""
        dice = self._dice
        person = dice.id_at(ms), self._needs() if needs is None else needs
        phone = dice.phone() if dice.happens(_WITH_PHONE) else ""
        folded = fold(name)
        email = (
            f"{folded.replace(' ', '.')}@posta.example"
            if dice.happens(_WITH_EMAIL) and folded.isascii()
            else ""
        )
        self._writer.row(_COLUMNS, (person[0], name, phone, email, person[1], folded))
        self._known.append(person)
        self._today.add(person[0])
        return person

    def _somebody_known(self) -> tuple[str, str]:
        dice, many = self._dice, len(self._known)
        index = dice.often_first(many) if dice.happens(_REGULAR) else dice.randrange(many)
        return self._known[index]

    def _needs(self) -> str:
        drawn = self._dice.random()
        for needs, share in _WITH_NEEDS:
            if drawn < share:
                return needs
            drawn -= share
        return ""

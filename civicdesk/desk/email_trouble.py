"""Why an e-mail has not arrived: what went wrong, in whose words, and whether it may arrive twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class EmailTrouble(StrEnum):
    """What can go wrong. The first four are the server's with all e-mail, the others belong to one e-mail."""

    AWAY = "away"
    LOGIN = "login"
    SECURITY = "security"
    SENDER = "sender"
    LATER = "later"
    REFUSED = "refused"
    CUT = "cut"
    GONE = "gone"
    FAULT = "fault"
    BOUNCED = "bounced"


OF_THE_SERVER = frozenset((EmailTrouble.AWAY, EmailTrouble.LOGIN, EmailTrouble.SECURITY, EmailTrouble.SENDER))

_LONGEST = 300
_AGAIN = "again"


@dataclass(frozen=True)
class Why:
    """The trouble of an e-mail: a word for the program, what the server said, and whether it is sent once more.

    `is_again`: a stop cut it short while the server's answer was awaited, so that it may arrive a second time.
    """

    trouble: str = ""
    said: str = ""
    is_again: bool = False

    def written(self) -> str:
        """As one column holds it."""
        said = " ".join(self.said.split())[:_LONGEST]
        return " ".join(filter(None, (_AGAIN if self.is_again else "", self.trouble, said)))

    def with_(self, trouble: str, said: str = "") -> Why:
        """Another trouble of the same e-mail."""
        return replace(self, trouble=trouble, said=said)


def read(written: str) -> Why:
    """What `written` wrote."""
    again, _space, rest = written.partition(" ")
    if again != _AGAIN:
        rest = written
    trouble, _space, said = rest.partition(" ")
    return Why(trouble, said, again == _AGAIN)

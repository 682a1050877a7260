"""Who works at the demo centre's desk."""

from __future__ import annotations

from argon2 import PasswordHasher

from civicdesk import codes
from civicdesk.demo.chance import Dice
from civicdesk.demo.writer import Writer
from civicdesk.models import Role

PIN = "246810"
"""Everybody's in the demo."""

_STAFF = (
    ("Elif Aksoy", Role.RECEPTION),
    ("Murat Ersan", Role.RECEPTION),
    ("Deniz Polat", Role.MANAGER),
    ("Sevgi Ünal", Role.SECRETARIAT),
)
_SALT_BYTES = 16


def write(writer: Writer, dice: Dice, founded: int) -> list[str]:
    """Write the staff; returns the ids of those at reception."""
    # one hash for all four: Argon2 is slow on purpose
    hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
    pin_hash = hasher.hash(PIN, salt=dice.randbytes(_SALT_BYTES))
    receptionists = []
    for position, (name, role) in enumerate(_STAFF):
        staff_id = dice.id_at(founded)
        writer.add(
            "staff",
            id=staff_id,
            name=name,
            role=role,
            position=position,
            pin_hash=pin_hash,
            card_code=dice.code(codes.Kind.STAFF),
            failures=0,
        )
        if role == Role.RECEPTION:
            receptionists.append(staff_id)
    return receptionists

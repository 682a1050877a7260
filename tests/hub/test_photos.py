"""Pictures of post at the hub: gone with the last fact that names them."""

from __future__ import annotations

import hashlib

from civicdesk.sync.pg_hub import PgHub
from civicdesk.sync.port import FIRST_CHAIN
from tests.hub.payloads import payload, row, stamp
from tests.postgres import TrialHub

PICTURE = b"\xff\xd8" + b"parcel" * 1000
NAME = hashlib.sha256(PICTURE).hexdigest()


def put(port: PgHub) -> None:
    port.blob_put(NAME, 0, PICTURE, len(PICTURE))


def test_a_picture_stays_while_a_fact_names_it_and_goes_with_the_last(hub: TrialHub) -> None:
    port, incarnation, node = hub.enrolled("front")
    photos = [
        row("mail_photo", stamp(node, ago_ms=5000), item_id="ab" * 16, sha256=NAME, size=len(PICTURE))
        for _ in "12"
    ]
    chain = port.push(incarnation, FIRST_CHAIN, payload(*photos)).chain
    put(port)

    def emptied(photo: dict[str, object]) -> str:
        values = {**photo["g"]["row"][2], "sha256": ""}  # type: ignore[index]
        return payload({**photo, "g": {"row": [stamp(node), None, values]}})

    chain = port.push(incarnation, chain, emptied(photos[0])).chain
    assert port.blob_have([NAME]) == {NAME}
    port.push(incarnation, chain, emptied(photos[1]))
    assert port.blob_have([NAME]) == set()
    assert hub.rows("SELECT count(*) FROM sync.blob_part") == [(0,)]

"""Whatever is done with post, in whatever order: it is where its moves say, and gone only once."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import hand_overs, mail, mail_ends, mail_wall, notices, pickups
from civicdesk.desk.mail import Incoming
from civicdesk.errors import Refusal
from civicdesk.models import HandedOver, HandOver, MailItem, MailMove, MailState, Role
from tests import builders
from tests.builders import TUESDAY
from tests.desk import postbox

pytestmark = pytest.mark.slow

OPEN = ("waiting", "presented")
picks = st.integers(0, 10_000)


class Desk(RuleBasedStateMachine):
    """A desk with two boxes at which a manager tries everything."""

    empty_file: Path

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        file = Path(self._folder.name) / "desk.db"
        shutil.copy(self.empty_file, file)
        self._database, self._at = Database(file), TUESDAY
        self._items: list[UUID] = []
        self._given: list[UUID] = []
        self._signed: list[str] = []
        with self._database.begin() as session:
            builders.centre(session)
            postbox.act_as(session, Role.MANAGER)
            self._by = session.info["by"]
            self._people = []
            for number, name in ((7, "Ada Derneği"), (214, "Barış Vakfı")):
                organisation = postbox.let(session, number, name)
                postbox.desk_authority(session, organisation)
                self._people.append(postbox.person(session, organisation, notices=True))

    def teardown(self) -> None:
        self._database.close()
        self._folder.cleanup()

    def _try(self, act: Callable[[Session], object]) -> object:
        self._at += timedelta(minutes=1)
        try:
            with self._database.begin(by=self._by) as session:
                return act(session)
        except Refusal:
            return None

    def _item(self, pick: int) -> UUID | None:
        return self._items[pick % len(self._items)] if self._items else None

    @rule(box=st.sampled_from([None, 7, 214]), kind=st.sampled_from(["parcel", "ordinary", "notice"]))
    def come(self, box: int | None, kind: str) -> None:
        def act(session: Session) -> None:
            come_in = notices.present if kind == "notice" else mail.receive
            self._items.append(come_in(session, Incoming(box=box, kind=kind), at=self._at).id)

        self._try(act)

    @rule(pick=picks, box=st.sampled_from([7, 214]))
    def match(self, pick: int, box: int) -> None:
        if item := self._item(pick):
            self._try(lambda session: mail.match(session, item, box=box, at=self._at))

    @rule(pick=picks, kind=st.sampled_from(["parcel", "notice"]))
    def correct(self, pick: int, kind: str) -> None:
        if item := self._item(pick):
            self._try(lambda session: mail.correct(session, item, kind=kind, reason="Yanlış", at=self._at))

    @rule(pick=picks, is_taken=st.booleans())
    def decide(self, pick: int, is_taken: bool) -> None:
        if item := self._item(pick):
            by_desk = notices.Acceptance(by_desk=True, person="Elif")
            self._try(
                lambda session: (
                    notices.accept(session, item, by_desk, at=self._at)
                    if is_taken
                    else notices.not_take(session, item, reason="Yetkili yok", at=self._at)
                )
            )

    @rule(pick=picks, end=st.sampled_from(["forward", "return", "give up", "withdraw", "back"]))
    def end(self, pick: int, end: str) -> None:
        if item := self._item(pick):
            acts: dict[str, Callable[[Session], object]] = {
                "forward": lambda session: mail_ends.forward(session, [item], to="Kıyıkent", at=self._at),
                "return": lambda session: mail_ends.send_back(session, [item], reason="x", at=self._at),
                "give up": lambda session: mail_ends.give_up(session, [item], at=self._at),
                "withdraw": lambda session: mail.withdraw(session, item, at=self._at),
                "back": lambda session: mail_ends.bring_back(session, [item], reason="x", at=self._at),
            }
            self._try(acts[end])

    @rule(pick=picks, who=st.booleans(), many=st.integers(1, 3))
    def sign(self, pick: int, who: bool, many: int) -> None:
        person, key = self._people[who], f"key {len(self._signed)}"
        with self._database.read() as session:
            waiting = [item.id for item in mail.waiting(session, person.organisation_id)]
        others = [item for item in (self._item(pick),) if item and pick % 5 == 0]
        items = (*waiting[pick % 3 : pick % 3 + many], *others)
        taking = pickups.Taking(organisation_id=person.organisation_id, items=items, person_id=person.id)
        if self._try(
            lambda session: hand_overs.sign(
                session, taking, postbox.STROKES, *postbox.PAD, at=self._at, key=key
            )
        ):
            self._signed.append(key)

    @rule(pick=picks)
    def hand_over(self, pick: int) -> None:
        if self._signed:
            key = self._signed[-1 - pick % min(len(self._signed), 3)]
            made = self._try(lambda session: hand_overs.hand_over(session, key, at=self._at))
            self._given += [made.id] if isinstance(made, HandOver) else []

    @rule(pick=picks)
    def correct_hand_over(self, pick: int) -> None:
        if self._given:
            made = self._given[pick % len(self._given)]
            self._try(lambda session: hand_overs.correct(session, made, reason="x", at=self._at))

    @invariant()
    def nothing_is_away_twice(self) -> None:
        with self._database.read() as session:
            away: Counter[UUID] = Counter()
            for move in session.scalars(select(MailMove).order_by(MailMove.id)):
                away[move.item_id] += {"handed_over": 1, "handover_corrected": -1}.get(move.what, 0)
                assert away[move.item_id] in (0, 1)
            kept = set(session.scalars(select(HandedOver.item_id)))
            assert kept == {item for item, count in away.items() if count}

    @invariant()
    def every_item_is_somewhere_and_the_wall_counts_what_is_here(self) -> None:
        with self._database.read() as session:
            states = {state.item_id: state for state in session.scalars(select(MailState))}
            items = session.scalars(select(MailItem)).all()
            handed = set(session.scalars(select(HandedOver.item_id)))
            wall = mail_wall.look(session, at=self._at)
        assert set(states) == {item.id for item in items} == set(self._items)
        for item in items:
            state = states[item.id]
            assert (state.box, state.organisation_id, state.kind) == (
                item.box,
                item.organisation_id,
                item.kind,
            )
            assert state.is_open == (state.place in OPEN)
            assert (state.place == "handed_over") == (item.id in handed)
        assert wall.waiting == sum(state.is_open for state in states.values())


def test_post_in_any_order(empty_file: Path) -> None:
    Desk.empty_file = empty_file
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=30,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

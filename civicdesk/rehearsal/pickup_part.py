"""The part of the day in which post goes out: an authority that ended, three items with a signature, the receipt."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from sqlalchemy import select

from civicdesk import codes
from civicdesk.app import CivicDesk
from civicdesk.desk import hand_overs, phone_messages
from civicdesk.desk.pickups import Taking
from civicdesk.errors import Refusal
from civicdesk.models import HandOver, MailItem, MailState, PaperKind, Place
from civicdesk.printing import picture
from civicdesk.rehearsal.hands import Hands, expect
from civicdesk.rehearsal.post_cast import Holder
from civicdesk.rehearsal.post_part import PostPart
from civicdesk.rehearsal.report import Step
from civicdesk.rehearsal.stage import Missing, Stage
from civicdesk.rehearsal.thermal_printer import ThermalPrinter
from civicdesk.settings import PrinterSettings, RouteSettings

_THREE = 3
_A5 = (148, 210)
_MESSAGE = "Salı günkü toplantı saat ikiye alındı"


class PickupPart(Hands):
    """Hands post over as a clerk does, and as a manager where the authority does not hold."""

    def __init__(
        self, civicdesk: CivicDesk, stage: Stage, out: Path, papers: list[Path], post: PostPart
    ) -> None:
        super().__init__(civicdesk, stage)
        self.out, self.papers, self.post = out, papers, post
        self.printer = ThermalPrinter()

    def steps(self) -> tuple[tuple[str, Callable[[Step], None]], ...]:
        """What is played, in order."""
        return (
            ("A message is taken by phone", self._message),
            ("Three items go over with a signature; the message is told of; nothing goes twice", self._three),
            ("The receipt comes out of a thermal printer, as A5 and by e-mail", self._receipt),
            ("An ended authority is refused; a manager sets it aside with a reason", self._ended),
        )

    def close(self) -> None:
        """Switch the printer off."""
        if self.printer.port:
            self.printer.__exit__(None, None, None)

    @property
    def holder(self) -> Holder:
        return self.post.holder

    def _message(self, step: Step) -> None:
        stage = self.stage
        stage.read_notice()
        stage.click("rail_secretariat")
        stage.write("message_for", self.holder.name)
        stage.click("message_for_match_1")
        stage.write("message_caller", "Selin Karaca")
        stage.write("message_number", "0500 000 12 34")
        stage.write("message_text", _MESSAGE)
        tick = stage.reach("message_urgent")
        stage.click_at(tick, QPoint(tick.height() // 2, tick.height() // 2))
        stage.touch("message_take")
        stage.wait(lambda: self.read(phone_messages.count_open) == (1, 1), "the message was not taken")
        stage.read_notice()
        stage.picture("58-messages")
        step.checks.append("urgent, for an organisation that is here today")

    def _three(self, step: Step) -> None:
        stage, holder = self.stage, self.holder
        items, before = self._waiting(holder), self.count(HandOver)
        expect(len(items), _THREE, "items that wait")
        stage.click("rail_today")
        stage.touch("today_hand_over")
        self._touch_box(holder.box)
        expect(self.desk.pages.post.box.who.people.value(), holder.may, "who is chosen")
        self.sign()
        stage.picture("59-pickup")
        expect(stage.is_there("post_messages"), True, "whether the card says that a message waits")
        stage.touch("post_hand_over")
        stage.wait(lambda: self.count(HandOver) == before + 1, "nothing was handed over")
        stage.wait(lambda: stage.is_there("post_handed"), "it is not said what was handed over")
        made = self._latest()
        expect((made.items, made.person_id), (_THREE, holder.may), "what was handed over")
        if made.signature_id is None:
            raise Missing("there is no signature")
        self._not_twice(items)
        stage.read_notice()
        stage.picture("60-handed-over")
        self._expect_told()
        step.checks.append(
            "three touches and a signature: the box, itself in large, the button; who may take it was chosen already"
        )

    def _touch_box(self, number: int) -> None:
        """By finger: the place on the wall, then the box in the lens."""
        wall = self.desk.pages.post.wall
        for boxes in (wall.boxes, wall.lens.boxes):
            at = boxes.visualRect(boxes.wall.index(boxes.wall.row(number))).center()
            self.stage.touch_at(boxes.viewport(), at)
        self.stage.wait(lambda: self.stage.is_there("post_hand_over"), "the box did not open")

    def _not_twice(self, items: list[MailItem]) -> None:
        """The same items again, past the screens."""
        taking = Taking(
            organisation_id=self.holder.organisation_id,
            items=tuple(item.id for item in items),
            person_id=self.holder.may,
        )
        try:
            self.write(lambda session: hand_overs.give(session, taking, at=self.at()))
        except Refusal as refusal:
            expect(refusal.reason, "not_here", "why nothing goes twice")
        else:
            raise Missing("the same items were handed over twice")

    def _expect_told(self) -> None:
        found = self.read(lambda session: phone_messages.open_ones(session, self.holder.organisation_id))
        if not self.stage.is_there("post_handed_messages") or not found[0].shown_at:
            raise Missing("nobody was told of the message")
        if any(_MESSAGE in text for text in self.stage.texts()):
            raise Missing("the visitor can read the message on the screen")

    def _receipt(self, step: Step) -> None:
        stage, folder = self.stage, self.out / "post"
        folder.mkdir(exist_ok=True)
        self._with_printer()
        stage.touch("post_receipt")
        stage.wait(lambda: bool(self.printer.printed), "no receipt came out")
        self.printer.printed[0].image.save(folder / "receipt-thermal.png")
        self.desk.settings_wanted.emit(self.desk.settings.with_(printers=(), routes={}))
        papers = len(self.papers)
        stage.touch("post_receipt")
        stage.wait(lambda: len(self.papers) > papers, "no receipt was made")
        made = Path(shutil.copy(self.papers[-1], folder / "receipt-a5.pdf")).read_bytes()
        sizes = [tuple(round(side) for side in size) for size in picture.page_sizes(made)]
        expect(sizes, [_A5], "the paper of the receipt")
        said = picture.words(made)
        for words in (self.holder.name, self.holder.may_name, *self._numbers()):
            if words not in said:
                raise Missing(f"the receipt does not say “{words}”")
        stage.read_notice()
        stage.click("post_receipt_email")
        stage.click("post_handed_ask_go")
        stage.click("post_handed_done")
        step.checks.append("receipt-thermal.png and receipt-a5.pdf: who, whose, and each number")

    def _with_printer(self) -> None:
        """A thermal printer for receipts; nobody needs to look at the first one."""
        self.printer.__enter__()
        printer = PrinterSettings(name="Makbuz yazıcısı", link="network", address=self.printer.address)
        route = RouteSettings(printer=printer.name, is_seen=True)
        settings = self.desk.settings
        self.desk.settings_wanted.emit(settings.with_(printers=(printer,), routes={PaperKind.RECEIPT: route}))
        self.stage.settle()

    def _ended(self, step: Step) -> None:
        stage, second = self.stage, self.post.second
        assert second is not None
        before = self.count(HandOver)
        self._open_by_label(second)
        stage.touch(f"post_who_{second.ended}")
        self.sign()
        stage.touch("post_hand_over")
        stage.wait(lambda: stage.is_there("post_refusal"), "it was handed over without authority")
        expect(self.count(HandOver), before, "hand-overs")
        stage.picture("61-authority-ended")
        self.change_to("Deniz Polat")
        self._open_by_label(second)
        stage.touch(f"post_who_{second.ended}")
        stage.write("post_override", "Başkan telefonla onayladı")
        stage.click("key_done")
        stage.click("post_sign_clear")
        self.sign(by_mouse=True)
        stage.picture("62-override")
        stage.touch("post_hand_over")
        stage.wait(lambda: self.count(HandOver) == before + 1, "the manager's reason does not count")
        made = self._latest()
        expect(made.override, "Başkan telefonla onayladı", "the reason")
        if made.override_by_id is None or made.person_id != second.ended:
            raise Missing("it is not written down who set the rule aside, and for whom")
        stage.click("post_handed_done")
        self.change_to("Elif Aksoy")
        step.checks.append("refused at reception, handed over by the manager; reason and name are kept")

    def _open_by_label(self, holder: Holder) -> None:
        """The label of the box opens it, on any screen."""
        self.stage.read_notice()
        for _again in range(3):  # a computer that is busy may read a code as typing, as at any desk
            if not self._is_open(holder):
                self.stage.scan(codes.numbered(codes.Kind.BOX, holder.box))
        self.stage.wait(lambda: self._is_open(holder), "the box did not open")

    def _is_open(self, holder: Holder) -> bool:
        open_box = self.desk.pages.post.box.box
        return bool(open_box and open_box.number == holder.box and self.stage.is_there("post_hand_over"))

    def _waiting(self, holder: Holder) -> list[MailItem]:
        wanted = (
            select(MailItem)
            .join(MailState, MailState.item_id == MailItem.id)
            .where(MailState.organisation_id == holder.organisation_id, MailState.place == Place.WAITING)
        )
        return self.read(lambda session: list(session.scalars(wanted)))

    def _latest(self) -> HandOver:
        return self.read(
            lambda session: session.scalars(select(HandOver).order_by(HandOver.id.desc())).first()
        )  # type: ignore[return-value]

    def _numbers(self) -> list[str]:
        made = self._latest()
        return self.read(lambda session: [item.number for item in hand_overs.items_of(session, made.id)])

"""Post comes in: one by one in three steps, or a whole delivery by scanner."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from civicdesk import codes
from civicdesk.desk import mail, mail_batches, mail_ends, notices
from civicdesk.desk.mail_batches import Answer
from civicdesk.errors import Refusal
from civicdesk.models import MailItem, MailKind, new_id
from civicdesk.text import _, clock
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.post.delivery_part import DeliveryPart
from civicdesk.ui.pages.post.receive_form import ReceiveForm
from civicdesk.ui.pages.side import place_side
from civicdesk.ui.post_words import items_words, kind_icon, kind_tone, kind_words, whose_words
from civicdesk.ui.runner import Runner, UseCase
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import BigButton, Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.tone_icon import ToneIcon
from civicdesk.ui.widgets.touch import TouchScrollArea

_SIDE_WIDTH = 380
_SHOWN = 60
_ONE, _DELIVERY = "one", "delivery"
_OF_THE_BOX = ("no_box", "free_box", "shared_box", "not_in_box", "no_organisation")


class ReceivePage(Page):
    """The form or the delivery, and beside it what came in since the page was opened."""

    notice_wanted = Signal(object)  # item id
    item_wanted = Signal(object)  # item id
    scan_answered = Signal(str)  # ok, warn or bad, for the ear

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("receive_page")
        self._key = new_id().hex
        self.came: list[MailItem] = []
        self.back = IconButton("arrow-left", "", name="receive_back")
        self.title, self.second = label("", "title"), label("", "second", wrap=True)
        self.mode = Segmented([], name="receive_mode", spoken="", joined=True, value=_ONE)
        self.banner = RefusalBanner(name="receive_refusal")
        self.form, self.delivery = ReceiveForm(runner), DeliveryPart(runner)
        self.list_card = Card(name="receive_came")
        self.save = BigButton("", "check", name="receive_save", role="primary")
        self._build()
        self._join()
        self.retranslate()

    @property
    def is_delivery(self) -> bool:
        return self.mode.value() == _DELIVERY

    def begin(self, number: str = "") -> None:
        """Ready for an item; a half-written one stays, and a scanned `number` goes in."""
        if number:
            self.takes_scan(number)
        elif not self.is_delivery:
            self.form.number.setFocus()

    def takes_scan(self, text: str) -> bool:
        """Whatever is on an item or a box lands here; badges and passes are answered as everywhere."""
        parsed = codes.parse(text)
        if isinstance(parsed, codes.Code) and parsed.kind not in (codes.Kind.BOX, codes.Kind.POST):
            return False
        if self.is_delivery:
            self.delivery.scan(text)
        elif not isinstance(parsed, codes.Code):
            self.form.take_number(text)
            self._say_save()
        elif parsed.kind is codes.Kind.BOX:
            self.form.take_box(parsed.number)
        elif 0 <= parsed.number < len(mail_batches.KINDS):
            self.form.kind.set_value(str(mail_batches.KINDS[parsed.number]))
        return True

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self.title.setText(_("Receive post"))
        mode = self.mode.value() or _ONE
        self.mode.set_choices([(_ONE, _("One by one")), (_DELIVERY, _("Delivery by scanner"))])
        self.mode.set_value(mode)
        self.mode.setAccessibleName(_("How it comes in"))
        self._say_second()
        self._say_save()
        self._show_came()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.second)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back)
        head.addLayout(words, 1)
        head.addWidget(self.mode)
        card = Card(name="receive_card", padded=True)
        self._stack = QStackedWidget()
        for part in (self.form, self.delivery):
            part.setProperty("kind", "scrolled")
            self._stack.addWidget(TouchScrollArea(part))
        card.add(self.banner)
        card.add(self._stack, 1)
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(self.list_card, 1)
        side.addWidget(self.save)
        self._side = QWidget()
        self._side.setLayout(side)
        column = Card(name="")
        column.setProperty("kind", "column")
        self._list = column
        self.list_card.add(TouchScrollArea(column), 1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(20, 20, 20, 20)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(0, 1)
        self._grid.addLayout(head, 0, 0, 1, 2)
        self._grid.addWidget(card, 1, 0)
        self._grid.setRowStretch(1, 1)
        self._fit()

    def _fit(self) -> None:
        # in large letters the form needs its share more than the list of what came
        width = max(min(roomy(_SIDE_WIDTH), self.width() * 2 // 5), self.save.minimumSizeHint().width())
        place_side(self, self._grid, self._side, first_row=1, last_row=1, width=width)

    def _join(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.mode.chosen.connect(lambda _mode: self._other_mode())
        self.form.changed.connect(self._say_save)
        self.form.entered.connect(self._save)
        self.save.clicked.connect(self._save)
        self.delivery.received.connect(self._came)
        self.delivery.answered.connect(self._heard)

    def _other_mode(self) -> None:
        self.banner.clear()
        self._stack.setCurrentIndex(int(self.is_delivery))
        self._say_second()
        self._say_save()

    def _heard(self, answer: Answer) -> None:
        self._say_save()
        self.scan_answered.emit("ok" if answer.heard.is_good else "warn")

    def _save(self) -> None:
        """Take it in and be ready for the next; a notice goes to its own flow instead."""
        if self.is_delivery:
            self.delivery.finish(self._delivered)
            return
        if self.form.whose.is_unsettled:
            self.form.whose.take_only()
        incoming, at, key = self.form.incoming(), self.runner.at(), self._key
        take = notices.present if incoming.kind == MailKind.NOTICE else mail.receive
        self.runner.now(
            lambda session: take(session, incoming, at=at, key=key), then=self._saved, refused=self._refuse
        )

    def _saved(self, item: MailItem) -> None:
        self._key = new_id().hex
        self.banner.clear()
        self.form.next_item()
        self._say_save()
        self._came(item)
        if item.kind == MailKind.NOTICE:
            self.notice_wanted.emit(item.id)
            return
        said = _("{number} was received: {whose}.").format(number=item.number, whose=whose_words(item))
        self.runner.say(said, undo=lambda session: mail.withdraw(session, item.id, at=self.runner.at()))

    def _delivered(self, count: int) -> None:
        self.runner.say(_("The delivery is over: {} received.").format(items_words(count)))
        self._say_save()

    def _refuse(self, refusal: Refusal) -> None:
        if refusal.reason in _OF_THE_BOX:
            self.form.whose.field.refuse(str(refusal))
            self.form.whose.text.setFocus()
        elif refusal.reason == "long_tracking":
            self.form.number_field.refuse(str(refusal))
        else:
            self.banner.show_refusal(str(refusal))

    def _came(self, item: MailItem) -> None:
        self.came.insert(0, item)
        self._show_came()
        self._say_save()

    def _show_came(self) -> None:
        self.list_card.set_title(
            _("Came in now: {}").format(items_words(len(self.came))) if self.came else _("Came in now")
        )
        rows: list[QWidget] = [self._row(item) for item in self.came[:_SHOWN]]
        if len(self.came) > _SHOWN:
            rows.append(label(_("{} more").format(len(self.came) - _SHOWN), "second"))
        if not rows:
            words = _("What you receive shows up here, the latest on top, and can be taken out again.")
            rows.append(EmptyState("inbox", words, name="receive_nothing"))
        self._list.fill(rows)

    def _row(self, item: MailItem) -> ListRow:
        take_out = Button(_("Undo"), name=f"receive_undo_{item.id.hex}", role="quiet")
        take_out.setAccessibleName(_("Take out {}").format(item.number))
        second = " · ".join(filter(None, (whose_words(item), item.tracking, clock(item.received_at))))
        lead = ToneIcon(kind_icon(item.kind), kind_tone(item.kind), size=40)
        row = ListRow(
            f"{item.number} · {kind_words(item.kind)}",
            second,
            name=f"receive_item_{item.id.hex}",
            lead=lead,
            button=take_out,
            opens=True,
        )
        row.clicked.connect(lambda _on=False: self.item_wanted.emit(item.id))
        row.action_wanted.connect(lambda: self._take_out(item))
        return row

    def _take_out(self, item: MailItem) -> None:
        at = self.runner.at()

        def gone(_item: object) -> None:
            self.came = [each for each in self.came if each.id != item.id]
            self._show_came()
            self.runner.say(_("Item {} was taken out.").format(item.number), undo=self._back(item))

        self.runner.now(lambda session: mail.withdraw(session, item.id, at=at), then=gone)

    def _back(self, item: MailItem) -> UseCase[object]:
        return lambda session: mail_ends.bring_back(
            session, [item.id], reason=_("taken back"), at=self.runner.at()
        )

    def _say_second(self) -> None:
        self.second.setText(
            _("Scan the item, then its box, then the next item. Nothing needs to be touched.")
            if self.is_delivery
            else _("Scan or type the number, say whose it is, choose the kind.")
        )

    def _say_save(self) -> None:
        if self.is_delivery:
            self.save.setText(_("The delivery is over"))
            self.save.set_role("primary")
            self.save.setEnabled(self.delivery.is_under_way)
            return
        is_notice = self.form.chosen_kind == MailKind.NOTICE
        self.save.setEnabled(True)
        self.save.set_role("danger" if is_notice else "primary")
        self.save.set_icon("file-pen" if is_notice else "check")
        self.save.setText(_("Decide on the official notice") if is_notice else _("Receive, and the next"))

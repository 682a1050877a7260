from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from civicdesk import text
from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT
from civicdesk.ui.widgets import notice_bar
from civicdesk.ui.widgets.button import BigButton, Button, Chip, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.choice import ChoiceField
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import ElidedLabel
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.notice_bar import NoticeBar
from civicdesk.ui.widgets.number_pad import NumberPad, PinDots
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.rail_button import RailButton
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.stat_tile import StatTile
from civicdesk.ui.widgets.stepper import Stepper
from civicdesk.ui.widgets.touch import TouchScrollArea
from tests.ui.widgets.finger import Finger

LEFT = Qt.MouseButton.LeftButton
scales = pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])


@scales
def test_no_button_is_smaller_than_a_finger_or_its_words(
    qtbot: QtBot, dressed: QApplication, scale: float
) -> None:
    apply_theme(dressed, LIGHT, scale)
    buttons = [
        Button("Giriş yap", name="plain"),
        Button("Yazdırmadan giriş yap", "printer", name="icon", role="primary"),
        Button("Toplantı", name="pill", role="pill"),
        BigButton("Ziyaretçi girişi", "user-plus", name="big"),
        Chip("Eşitlendi 02:31", "cloud-upload", name="chip"),
        IconButton("arrow-left", "Geri", name="back"),
        RailButton("phone", "Sekreterya", name="rail"),
    ]
    for button in buttons:
        qtbot.addWidget(button)
        button.ensurePolished()
        hint = button.minimumSizeHint()
        assert hint.width() >= 44
        assert hint.height() >= 44
        assert hint.width() > button.fontMetrics().horizontalAdvance(button.text())


def test_an_ampersand_is_an_ampersand(qtbot: QtBot) -> None:
    button = Button("Ar & Ge", "users", name="rnd")
    qtbot.addWidget(button)

    assert button.words() == "Ar & Ge"
    assert button.accessibleName() == "Ar & Ge"


def test_long_words_end_in_an_ellipsis_and_stay_whole_for_the_ear(qtbot: QtBot) -> None:
    words = ElidedLabel("Kıyı ve Ova Dernekleri Federasyonu")
    qtbot.addWidget(words)
    words.resize(120, 30)

    assert words.shown().endswith("…")
    assert words.toolTip() == words.accessibleName() == "Kıyı ve Ova Dernekleri Federasyonu"
    words.resize(words.sizeHint())
    assert words.shown() == words.text()


def test_a_choice_that_is_taken_has_room_for_its_heavier_letters(qtbot: QtBot) -> None:
    words = "Minimum illumination, in millimetres and minutes"
    pill = Button(words, name="pill", role="pill")
    pill.setCheckable(True)
    row = FlowRow([pill])
    qtbot.addWidget(row)
    row.resize(800, 60)
    row.show()
    qtbot.waitExposed(row)
    heavy = QFont(pill.font())
    heavy.setWeight(QFont.Weight.DemiBold)
    assert pill.width() >= QFontMetrics(heavy).horizontalAdvance(words) + 2 * 16


def test_pills_go_on_in_the_next_line(qtbot: QtBot) -> None:
    pills = [Pill(f"Toplantı · Salon {at}", "primary") for at in range(6)]
    row = FlowRow(pills)
    qtbot.addWidget(row)
    row.resize(320, 400)
    row.show()

    assert len({pill.y() for pill in pills}) > 1
    assert all(pill.geometry().right() <= 320 for pill in pills)
    assert all(pill.shown() == pill.text() for pill in pills)
    assert row.heightForWidth(320) > row.heightForWidth(2000)


def test_growing_buttons_fill_their_line(qtbot: QtBot) -> None:
    buttons = [BigButton(word, name=word) for word in ("Bir", "İki", "Üç")]
    row = FlowRow(buttons, grow=True)
    qtbot.addWidget(row)
    row.resize(900, 80)
    row.show()

    assert buttons[-1].geometry().right() >= 895


def test_the_number_pad_is_touched(qtbot: QtBot, finger: Finger) -> None:
    pad = NumberPad(name="pin")
    qtbot.addWidget(pad)
    pad.show()
    typed: list[str] = []
    pad.digit.connect(typed.append)
    pad.erased.connect(lambda: typed.append("erased"))
    pad.entered.connect(lambda: typed.append("entered"))

    for key in "10<>":
        finger.tap(pad.keys[key])

    qtbot.waitUntil(lambda: typed == ["1", "0", "erased", "entered"])
    assert pad.keys["5"].width() >= 104
    assert pad.keys["5"].height() >= 84


def test_the_number_pad_takes_a_physical_keyboard_too(qtbot: QtBot) -> None:
    pad = NumberPad(name="pin")
    qtbot.addWidget(pad)
    typed: list[str] = []
    pad.digit.connect(typed.append)

    qtbot.keyClicks(pad, "4x2")

    assert typed == ["4", "2"]


def test_pin_dots_say_how_many_and_never_which(qtbot: QtBot) -> None:
    dots = PinDots(name="dots")
    qtbot.addWidget(dots)

    dots.show_filled(3)

    assert dots.accessibleName() == "3 digits entered"


def test_what_was_done_can_be_taken_back(qtbot: QtBot) -> None:
    notice = NoticeBar()
    qtbot.addWidget(notice)
    taken_back: list[bool] = []
    notice.say("Selin Karaca is inside.", undo=lambda: taken_back.append(True))
    assert notice.undo.words() == "Undo (10)"

    with qtbot.waitSignal(notice.undo_wanted):
        qtbot.mouseClick(notice.undo, LEFT)

    assert taken_back == [True]
    assert not notice.isVisible()


def test_undo_goes_when_its_seconds_are_over(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice_bar, "SECONDS", 1)
    notice = NoticeBar()
    qtbot.addWidget(notice)
    notice.say("Checked out.", undo=lambda: None)

    qtbot.waitUntil(lambda: not notice.isVisible(), timeout=3000)


def test_a_refusal_stays_and_offers_the_next_step(qtbot: QtBot) -> None:
    notice = NoticeBar()
    qtbot.addWidget(notice)
    done: list[str] = []
    notice.say("The card is not valid.", "bad", action=("Find by name", lambda: done.append("search")))

    assert not notice.undo.isVisible()
    assert notice.action.words() == "Find by name"
    assert not notice.counting()
    qtbot.mouseClick(notice.action, LEFT)
    assert done == ["search"]


def test_the_stepper_counts_and_is_typed_into(qtbot: QtBot) -> None:
    stepper = Stepper("People", name="people", highest=12)
    qtbot.addWidget(stepper)
    stepper.show()
    assert not stepper.less.isEnabled()

    qtbot.mouseClick(stepper.more, LEFT)
    assert stepper.value() == 2

    stepper.number.selectAll()
    qtbot.keyClicks(stepper.number, "12")
    assert stepper.value() == 12
    assert not stepper.more.isEnabled()

    stepper.set_value(99)
    assert stepper.value() == 12
    assert stepper.number.text() == "12"


def test_one_of_the_segments_is_taken(qtbot: QtBot) -> None:
    reasons = Segmented(
        [("meeting", "Toplantı"), ("event", "Etkinlik")], name="reason", spoken="Neden", value="meeting"
    )
    qtbot.addWidget(reasons)
    reasons.show()

    with qtbot.waitSignal(reasons.chosen) as chosen:
        qtbot.mouseClick(reasons.findChild(Button, "reason_event"), LEFT)

    assert chosen.args == ["event"]
    assert reasons.value() == "event"
    reasons.set_choices([("event", "Event"), ("post", "Post")])
    assert reasons.value() == "event"
    reasons.set_value(None)
    assert reasons.value() is None


def test_one_of_many_is_chosen_and_kept(qtbot: QtBot) -> None:
    rooms = ChoiceField("Salon", [(1, "Meclis Salonu"), (2, "Atölye 1")], name="room")
    qtbot.addWidget(rooms)
    rooms.show()
    assert rooms.value() is None

    with qtbot.waitSignal(rooms.chosen) as chosen:
        qtbot.keyClick(rooms, Qt.Key.Key_Down)
        qtbot.keyClick(rooms, Qt.Key.Key_Down)
    assert chosen.args == [1]
    rooms.set_value(2)

    rooms.set_choices([(2, "Workshop 1"), (3, "Workshop 2")])
    assert rooms.value() == 2
    rooms.set_choices([(3, "Workshop 2")])
    assert rooms.value() is None


def test_a_page_is_scrolled_by_keys_when_there_is_more_than_can_be_seen(qtbot: QtBot) -> None:
    content = QWidget()
    content.setMinimumHeight(2000)
    page = TouchScrollArea(content)
    qtbot.addWidget(page)
    page.resize(300, 400)
    page.show()
    assert page.focusPolicy() == Qt.FocusPolicy.TabFocus

    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert page.verticalScrollBar().value() > 0

    content.setMinimumHeight(100)
    qtbot.waitUntil(lambda: page.focusPolicy() == Qt.FocusPolicy.NoFocus)


def test_a_row_is_opened_by_pressing_it_and_its_button_does_its_own(qtbot: QtBot) -> None:
    row = ListRow(
        "Selin Karaca",
        "Ege Kadın Emeği",
        name="row",
        time="10:45",
        button=Button("Giriş yap", name="in"),
        opens=True,
    )
    qtbot.addWidget(row)
    row.resize(500, 80)
    row.show()
    opened: list[str] = []
    row.clicked.connect(lambda: opened.append("row"))
    row.action_wanted.connect(lambda: opened.append("button"))

    qtbot.mouseClick(row, LEFT, pos=QPoint(200, 20))
    qtbot.mouseClick(row.button, LEFT)
    qtbot.keyClick(row, Qt.Key.Key_Space)

    assert opened == ["row", "button", "row"]
    assert row.accessibleName() == "10:45, Selin Karaca, Ege Kadın Emeği"


def test_a_row_that_opens_nothing_is_not_pressed(qtbot: QtBot) -> None:
    row = ListRow("Selin Karaca", name="row")
    qtbot.addWidget(row)
    row.show()

    with qtbot.assertNotEmitted(row.clicked):
        qtbot.mouseClick(row, LEFT)


@scales
def test_rows_never_overlap(qtbot: QtBot, dressed: QApplication, scale: float) -> None:
    apply_theme(dressed, LIGHT, scale)
    card = Card("Beklenen", name="card")
    rows: list[QWidget] = [
        ListRow(f"Ziyaretçi {at}", "Dernek", name=f"r{at}", pills=[Pill("Heyet")]) for at in range(3)
    ]
    card.fill(rows)
    qtbot.addWidget(card)
    card.resize(420, 100)
    card.show()

    for row in rows:
        content = row.layout()
        assert content is not None
        assert row.height() >= content.minimumSize().height()


def test_a_tile_is_read_out_whole(qtbot: QtBot) -> None:
    tile = StatTile("door-open", "İçeride", name="inside", tone="ok")
    qtbot.addWidget(tile)

    tile.say("47", "kapasite 320")

    assert tile.accessibleName() == "47 İçeride kapasite 320"


def test_a_refused_field_says_why(qtbot: QtBot) -> None:
    field = text_field("Telefon", name="phone")
    labelled = LabelledField("Telefon", field)
    qtbot.addWidget(labelled)
    labelled.show()

    labelled.refuse("Bu numara eksik.")
    assert labelled.trouble.isVisible()
    assert field.accessibleDescription() == "Bu numara eksik."

    labelled.refuse("")
    assert not labelled.trouble.isVisible()


def test_nothing_written_is_learned_and_nothing_endless_is_taken(qtbot: QtBot) -> None:
    field = text_field("Ad", name="name", hints=Qt.InputMethodHint.ImhDigitsOnly)
    qtbot.addWidget(field)

    wanted = Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhSensitiveData
    assert field.inputMethodHints() & wanted == wanted
    assert field.inputMethodHints() & Qt.InputMethodHint.ImhDigitsOnly
    field.setText("a" * 400)
    assert len(field.text()) == 300


def test_a_page_is_moved_by_finger_and_nothing_is_pressed(qtbot: QtBot, finger: Finger) -> None:
    content = QWidget()
    rows = QVBoxLayout(content)
    pressed: list[bool] = []
    for at in range(40):
        button = Button(f"Satır {at}", name=f"row_{at}")
        button.clicked.connect(lambda: pressed.append(True))
        rows.addWidget(button)
    page = TouchScrollArea(content)
    qtbot.addWidget(page)
    page.resize(300, 400)
    page.show()
    qtbot.waitExposed(page)

    finger.drag(page.viewport(), QPoint(100, 350), QPoint(100, 50))

    qtbot.waitUntil(lambda: page.verticalScrollBar().value() > 100)
    assert not pressed


def test_the_notice_speaks_the_language_of_the_screen(qtbot: QtBot) -> None:
    notice = NoticeBar()
    qtbot.addWidget(notice)
    notice.say("Bitti", undo=lambda: None)

    text.use_language("tr")
    QApplication.sendEvent(notice, QEvent(QEvent.Type.LanguageChange))

    assert notice.undo.words() == text._("Undo ({seconds})").format(seconds=10)

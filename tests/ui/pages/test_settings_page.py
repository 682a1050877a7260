from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from civicdesk import codes, text
from civicdesk.desk import centre, hours, opening, staff, trail
from civicdesk.models import Role, Room
from civicdesk.settings import Settings
from civicdesk.ui.pages.settings.about import AboutSection
from civicdesk.ui.pages.settings.centre import CentreSection
from civicdesk.ui.pages.settings.hours import HoursSection
from civicdesk.ui.pages.settings.own_pin import OwnPinSection
from civicdesk.ui.pages.settings.rooms import RoomsSection
from civicdesk.ui.pages.settings.safety import SafetySection
from civicdesk.ui.pages.settings.section import Section
from civicdesk.ui.pages.settings.staff import StaffSection
from civicdesk.ui.pages.settings_page import SettingsPage
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT
from civicdesk.ui.widgets.list_row import ListRow
from tests import builders

LEFT = Qt.MouseButton.LeftButton
FRIDAY = date(2026, 11, 27)
SECTIONS = [
    "looks",
    "reader",
    "printers",
    "own_pin",
    "centre",
    "badges",
    "hours",
    "rooms",
    "booking_rules",
    "staff",
    "denials",
    "safety",
    "about",
]


class Told:
    """What the notice bar was told."""

    def __init__(self, runner: Runner) -> None:
        self.runner = runner
        self.notices: list[Notice] = []
        runner.notice.connect(self.notices.append)

    @property
    def last(self) -> str:
        return self.notices[-1].sentence

    def undo(self) -> None:
        undo = self.notices[-1].undo
        assert undo is not None
        self.runner.now(undo)


@pytest.fixture
def told(runner: Runner) -> Told:
    return Told(runner)


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(runner)
    page.show_settings(Settings())
    return seen(page, qtbot)


def settle() -> None:
    """Let rows that were replaced go, and new ones come."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def seen(page: QWidget, qtbot: QtBot) -> QWidget:
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def press(qtbot: QtBot, within: QWidget, name: str) -> None:
    settle()
    button = within.findChild(QPushButton, name)
    assert button is not None, name
    assert button.isVisible(), name
    qtbot.mouseClick(button, LEFT)


def write(qtbot: QtBot, field: QLineEdit, typed: str) -> None:
    field.clear()
    for letter in typed:  # Qt's own key clicks know no Turkish letters
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(field, key)


def rows(within: QWidget) -> list[str]:
    """The titles of the rows of a list, as they stand now."""
    settle()
    return [row.title.text() for row in within.findChildren(ListRow) if row.isVisibleTo(within)]


def press_row(qtbot: QtBot, within: QWidget, title: str) -> None:
    settle()
    row = next(row for row in within.findChildren(ListRow) if row.title.text() == title)
    qtbot.mouseClick(row, LEFT)


def words(within: QWidget) -> str:
    settle()
    return "\n".join(part.text() for part in within.findChildren(QLabel) if part.isVisibleTo(within))


# --- the page ---


def test_a_receptionist_sees_what_belongs_to_the_desk_and_nothing_of_the_centre(page: SettingsPage) -> None:
    assert rows(page.list) == [
        "Looks and sound",
        "Reader",
        "Printers",
        "My code",
        "Labels and cards",
        "About",
    ]
    page.show_section("safety")
    assert page.section() is page.looks


def test_a_manager_sees_every_section_and_opens_it_by_hand(manager: Runner, qtbot: QtBot) -> None:
    page = seen(SettingsPage(manager), qtbot)
    for title in rows(page.list):
        press_row(qtbot, page.list, title)
        assert page.section().heading.text() == title
        assert page.section().isVisible()
    assert {"Printers", "Staff", "Audit trail"} <= set(rows(page.list))


def test_what_a_manager_left_open_is_closed_for_the_next_who_signs_in(manager: Runner, qtbot: QtBot) -> None:
    page = seen(SettingsPage(manager), qtbot)
    page.show_section("denials")
    with manager.database.begin() as session:
        manager.staff = builders.member_of_staff(session, "Murat Ersan")
    page.refresh_now()
    assert page.section() is page.looks
    assert not any(part.isVisible() for part in page.findChildren(QWidget, "denial_list"))


@pytest.mark.parametrize(("size", "scale"), [((984, 1800), 1.0), ((1824, 1000), 2.0)])
def test_the_list_becomes_pills_where_there_is_no_room_for_it(
    qapp: QApplication, page: SettingsPage, qtbot: QtBot, size: tuple[int, int], scale: float
) -> None:
    assert page.list.isVisible()
    assert not page.pills.isVisible()
    apply_theme(qapp, LIGHT, scale)
    page.resize(*size)
    qtbot.waitUntil(page.pills.isVisible)
    assert not page.list.isVisible()
    press(qtbot, page, "settings_pills_about")
    assert isinstance(page.section(), AboutSection)
    apply_theme(qapp, LIGHT, 1.0)


def test_every_section_fits_a_narrow_screen_in_the_largest_letters(
    qapp: QApplication, manager: Runner, qtbot: QtBot
) -> None:
    text.use_language("tr")
    apply_theme(qapp, LIGHT, 2.0)
    page = seen(SettingsPage(manager), qtbot)
    page.resize(984, 1800)
    for entry in SECTIONS:
        page.show_section(entry)
        settle()
        assert page.minimumSizeHint().width() <= 984, entry
        assert page.width() == 984, entry
    apply_theme(qapp, LIGHT, 1.0)


def test_the_page_speaks_turkish_after_a_switch(qapp: QApplication, page: SettingsPage) -> None:
    text.use_language("tr")
    qapp.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    qapp.sendEvent(page.looks, QEvent(QEvent.Type.LanguageChange))
    assert page.title.text() == "Ayarlar"
    assert rows(page.list) == [
        "Görünüm ve ses",
        "Okuyucu",
        "Yazıcılar",
        "Kodum",
        "Etiketler ve kartlar",
        "Hakkında",
    ]
    assert page.looks.language.accessibleName() == "Dil"


# --- looks ---


@pytest.mark.parametrize(
    ("pill", "values"),
    [
        ("looks_language_en", {"language": "en"}),
        ("looks_theme_contrast", {"theme": "contrast"}),
        ("looks_scale_175", {"scale": 1.75}),
        ("looks_sound_off", {"is_silent": True}),
        ("looks_keyboard_layout_tr-f", {"keyboard": "tr-f"}),
        ("looks_keyboard_when_never", {"shows_keyboard": "never"}),
        ("looks_lock_15", {"lock_after_minutes": 15}),
    ],
)
def test_each_choice_is_wanted_at_once_and_leaves_the_others(
    page: SettingsPage, qtbot: QtBot, pill: str, values: dict[str, object]
) -> None:
    with qtbot.waitSignal(page.settings_wanted) as wanted:
        press(qtbot, page, pill)
    assert wanted.args[0].model_dump() == Settings().with_(**values).model_dump()


def test_the_choices_of_this_computer_are_marked(page: SettingsPage) -> None:
    page.show_settings(Settings(theme="dark", scale=1.5, is_silent=True, lock_after_minutes=7))
    looks = page.looks
    assert (looks.theme.value(), looks.scale.value(), looks.sound.value()) == ("dark", 150, "off")
    assert looks.lock.value() == 7


# --- reader ---


@pytest.mark.parametrize(
    ("sent", "verdict", "tone"),
    [
        (codes.make(codes.Kind.TEST_CARD, lambda _below: 7), "Test card: the reader works", "ok"),
        (codes.make(codes.Kind.BADGE, lambda _below: 7), "Visitor badge", "ok"),
        ("190000000000000000000000", "Damaged code", "bad"),
        ("https://example.org", "Not our code", "warn"),
    ],
)
def test_the_last_scan_is_shown_and_judged(
    page: SettingsPage, qtbot: QtBot, sent: str, verdict: str, tone: str
) -> None:
    page.show_section("reader")
    last = page.reader.last
    assert last.verdict.text() == "Nothing yet"
    page.scanned(sent, f"{sent}\r")
    said = {name: fact.said.text().replace("\u200b", "") for name, fact in last.facts.items()}
    assert (last.verdict.text(), last.verdict.tone) == (verdict, tone)
    assert (said["text"], said["raw"]) == (sent, f"{sent}<Enter>")
    assert said["length"] == f"{len(sent) + 1} characters"
    assert said["time"] == "10:42:00"


def test_the_picture_of_the_test_card_appears(page: SettingsPage, qtbot: QtBot) -> None:
    picture = page.reader.picture
    page.show_section("reader")
    qtbot.waitUntil(lambda: picture.grab().toImage().pixelColor(40, 60).lightness() < 60, timeout=10_000)


# --- my code ---


def own_pin(runner: Runner, qtbot: QtBot, present: str, first: str, again: str) -> Section:
    section = OwnPinSection(runner)
    seen(section, qtbot)
    write(qtbot, section.present, present)
    write(qtbot, section.pins.first, first)
    write(qtbot, section.pins.again, again)
    press(qtbot, section, "own_pin_save")
    return section


def fits(runner: Runner, pin: str) -> bool:
    me = runner.staff
    assert me is not None
    with runner.database.begin() as session:
        return isinstance(staff.sign_in(session, me.id, pin, at=runner.at()), type(me))


def test_everybody_changes_their_own_code(runner: Runner, qtbot: QtBot, told: Told) -> None:
    section = own_pin(runner, qtbot, builders.PIN, "975310", "975310")
    assert told.last == "Your code was changed."
    assert fits(runner, "975310")
    assert section.present.text() == ""


def test_a_wrong_present_code_changes_nothing_and_counts_as_a_failure(runner: Runner, qtbot: QtBot) -> None:
    section = own_pin(runner, qtbot, "111222", "975310", "975310")
    assert section.banner.sentence.text() == "Wrong code. 2 more tries."
    assert fits(runner, builders.PIN)


def test_two_different_new_codes_are_refused_at_the_field(runner: Runner, qtbot: QtBot) -> None:
    section = own_pin(runner, qtbot, builders.PIN, "975310", "975311")
    assert "This is not the same code as the first." in words(section)
    assert fits(runner, builders.PIN)


def test_an_easy_code_is_refused(runner: Runner, qtbot: QtBot) -> None:
    section = own_pin(runner, qtbot, builders.PIN, "123456", "123456")
    assert "too easy" in section.banner.sentence.text()


# --- centre ---


def test_the_centre_is_changed_and_a_new_notice_is_a_new_version(
    manager: Runner, qtbot: QtBot, told: Told
) -> None:
    section = seen(CentreSection(manager), qtbot)
    write(qtbot, section.name, "Defne Evi")
    section.capacity.set_value(75)
    section.notice.setPlainText("We keep names for 90 days.")
    qtbot.mouseClick(section.save, LEFT)
    assert told.last == "The centre's settings were saved."
    with manager.database.read() as session:
        here = centre.the_centre(session)
    assert (here.name, here.capacity, here.notice_version) == ("Defne Evi", 75, 2)
    assert section.version.text().startswith("Version 2.")


def test_a_centre_without_a_name_is_refused_and_keeps_what_was_typed(manager: Runner, qtbot: QtBot) -> None:
    section = seen(CentreSection(manager), qtbot)
    write(qtbot, section.address, "Çınar Sokak 3")
    section.name.clear()
    qtbot.mouseClick(section.save, LEFT)
    assert section.banner.sentence.text() == "Write the centre's name."
    assert section.address.text() == "Çınar Sokak 3"


# --- hours ---


def test_a_weekday_is_closed_and_another_opens_longer(manager: Runner, qtbot: QtBot, told: Told) -> None:
    section = seen(HoursSection(manager), qtbot)
    section.days[4].open.click()
    write(qtbot, section.days[0].closes, "2130")
    qtbot.mouseClick(section.save, LEFT)
    with manager.database.read() as session:
        week = opening.week(session)
    assert 4 not in week
    assert week[0] == ("09:00", "21:30")
    assert section.days[0].closes.text() == "21:30"
    told.undo()
    with manager.database.read() as session:
        assert opening.week(session)[4] == ("09:00", "19:30")
    assert section.days[4].open.isChecked()


def test_hours_that_end_before_they_begin_are_refused(manager: Runner, qtbot: QtBot) -> None:
    section = seen(HoursSection(manager), qtbot)
    write(qtbot, section.days[0].closes, "8")
    qtbot.mouseClick(section.save, LEFT)
    assert section.banner.sentence.text() == "The end must be later than the beginning."
    write(qtbot, section.days[0].closes, "late")
    qtbot.mouseClick(section.save, LEFT)
    assert section.banner.sentence.text() == "Monday: Write times as 09:00."


def test_a_part_of_a_day_is_closed_listed_and_opened_again_with_undo(
    manager: Runner, qtbot: QtBot, told: Told
) -> None:
    section = seen(HoursSection(manager), qtbot)
    write(qtbot, section.form.on, "2711")
    write(qtbot, section.form.reason, "Training")
    press(qtbot, section, "closing_part_part")
    write(qtbot, section.form.opens, "12")
    write(qtbot, section.form.closes, "14")
    press(qtbot, section, "closing_add")
    assert told.last == "Closed: Friday, 27 November 2026 · 12:00–14:00"
    assert rows(section.closures_card) == ["Friday, 27 November 2026 · 12:00–14:00"]
    assert "open 09:00–12:00, 14:00–19:30" in words(section.coming_card)
    button = section.closures_card.findChild(ListRow).button
    assert button is not None
    qtbot.mouseClick(button, LEFT)
    with manager.database.read() as session:
        assert len(hours.day(session, FRIDAY).spans) == 1
    told.undo()
    with manager.database.read() as session:
        assert len(hours.day(session, FRIDAY).spans) == 2


@pytest.mark.parametrize(
    ("on", "reason", "sentence"),
    [
        ("", "Painting", "Write the date as 24.11.2026."),
        ("23.11.2026", "Painting", "This time has passed. Choose a later one."),
        ("27.11.2026", "", "Write why the centre is closed; visitors are told so."),
    ],
)
def test_a_closure_that_cannot_be_says_why_beside_the_form(
    manager: Runner, qtbot: QtBot, on: str, reason: str, sentence: str
) -> None:
    section = seen(HoursSection(manager), qtbot)
    write(qtbot, section.form.on, on)
    write(qtbot, section.form.reason, reason)
    press(qtbot, section, "closing_add")
    assert section.form.banner.sentence.text() == sentence
    assert section.form.reason.text() == reason


def test_holidays_are_switched_off_and_leave_the_list(manager: Runner, qtbot: QtBot) -> None:
    section = seen(HoursSection(manager), qtbot)
    assert "Yılbaşı" in words(section.coming_card)
    section.holidays.click()
    with manager.database.read() as session:
        assert not centre.the_centre(session).observes_holidays
    assert not section.coming_card.isVisible()


# --- rooms ---


def room_names(runner: Runner) -> list[str]:
    with runner.database.read() as session:
        return [room.name for room in centre.rooms(session)]


def test_a_room_is_added_changed_and_moved(manager: Runner, qtbot: QtBot) -> None:
    section = seen(RoomsSection(manager), qtbot)
    press(qtbot, section, "rooms_new")
    write(qtbot, section.form.name, "Zeytin")
    press(qtbot, section, "room_colour_6b4fbb")
    section.form.accessible.click()
    press(qtbot, section, "room_save")
    assert section.form_card.title.text() == "Zeytin"  # it stays open for its layouts
    press(qtbot, section, "rooms_all")
    assert rows(section.list)[-1] == "Zeytin"
    press_row(qtbot, section.list, "Zeytin")
    press(qtbot, section, "room_class_hall")
    section.form.capacity.set_value(42)
    press(qtbot, section, "room_up")
    press(qtbot, section, "room_save")
    assert room_names(manager) == ["Çınar Odası", "Ihlamur Salonu", "Zeytin", "Defne Atölyesi"]
    with manager.database.read() as session:
        made: Room = centre.rooms(session)[2]
    assert (made.capacity, made.colour, made.is_accessible) == (42, "#6B4FBB", False)
    assert (made.room_class, made.is_work_area) == ("hall", False)


def test_a_room_is_removed_with_undo(manager: Runner, qtbot: QtBot, told: Told) -> None:
    section = seen(RoomsSection(manager), qtbot)
    press_row(qtbot, section.list, "Ihlamur Salonu")
    press(qtbot, section, "room_remove")
    assert (told.last, rows(section.list)) == (
        "Removed: Ihlamur Salonu",
        ["Çınar Odası", "Defne Atölyesi"],
    )
    told.undo()
    assert "Ihlamur Salonu" in rows(section.list)


def test_a_room_with_somebody_inside_stays_and_says_why(manager: Runner, qtbot: QtBot) -> None:
    with manager.database.begin() as session:
        room = centre.rooms(session)[0]
        builders.visit(session, room_id=room.id)
    section = seen(RoomsSection(manager), qtbot)
    press_row(qtbot, section.list, "Çınar Odası")
    press(qtbot, section, "room_remove")
    assert section.form.banner.sentence.text().startswith("1 person is in “Çınar Odası”.")
    assert "Çınar Odası" in room_names(manager)


def test_a_room_without_a_name_is_refused_in_the_form(manager: Runner, qtbot: QtBot) -> None:
    section = seen(RoomsSection(manager), qtbot)
    press(qtbot, section, "rooms_new")
    press(qtbot, section, "room_save")
    assert section.form.banner.sentence.text() == "Write the room's name."
    assert section.form_card.isVisible()


# --- staff ---


def test_somebody_new_is_enrolled(manager: Runner, qtbot: QtBot) -> None:
    section = seen(StaffSection(manager), qtbot)
    press(qtbot, section, "staff_new")
    write(qtbot, section.name, "Sevgi Ünal")
    press(qtbot, section, "staff_role_secretariat")
    write(qtbot, section.pins.first, "975310")
    write(qtbot, section.pins.again, "975310")
    press(qtbot, section, "staff_save")
    with manager.database.read() as session:
        made = staff.everyone(session)[-1]
    assert (made.name, made.role) == ("Sevgi Ünal", Role.SECRETARIAT)
    assert "Sevgi Ünal" in rows(section.list)
    assert section.pins.first.text() == ""


def test_a_short_code_is_refused_and_nobody_is_enrolled(manager: Runner, qtbot: QtBot) -> None:
    section = seen(StaffSection(manager), qtbot)
    press(qtbot, section, "staff_new")
    write(qtbot, section.name, "Sevgi Ünal")
    write(qtbot, section.pins.first, "97")
    write(qtbot, section.pins.again, "97")
    press(qtbot, section, "staff_save")
    assert section.banner.sentence.text() == "A code has 6 to 12 digits."
    assert rows(section.list) == ["Elif Aksoy", "Deniz Polat"]


def test_a_member_of_staff_is_dismissed_with_undo(manager: Runner, qtbot: QtBot, told: Told) -> None:
    section = seen(StaffSection(manager), qtbot)
    press_row(qtbot, section.list, "Elif Aksoy")
    press(qtbot, section, "staff_dismiss")
    assert rows(section.list) == ["Deniz Polat"]
    told.undo()
    assert "Elif Aksoy" in rows(section.list)


def test_managers_cannot_dismiss_themselves(manager: Runner, qtbot: QtBot) -> None:
    section = seen(StaffSection(manager), qtbot)
    press_row(qtbot, section.list, "Deniz Polat")
    assert not section.dismiss.isVisible()


# --- audit trail and about ---


def test_the_trail_is_read_checked_and_exported(
    manager: Runner, qtbot: QtBot, told: Told, tmp_path: Path
) -> None:
    with manager.database.begin(by=manager.staff.id if manager.staff else None) as session:
        centre.change(session, manager.at(), capacity=100)
        builders.member_of_staff(session, "=Sum")
    section = seen(SafetySection(manager, tmp_path / "Documents"), qtbot)
    shown = [section.rows.index(0, column).data() for column in range(3)]
    assert shown == ["25.10.2026 10:42", "Deniz Polat", "Enrolled a member of staff · Reception"]
    qtbot.mouseClick(section.check, LEFT)
    qtbot.waitUntil(section.banner.isVisible)
    assert section.banner.sentence.text() == "All 4 entries are as they were written."
    with qtbot.waitSignal(manager.notice):
        qtbot.mouseClick(section.export, LEFT)
    file = tmp_path / "Documents" / "civicdesk-20261124-1042.csv"
    assert told.last == f"Written to {file}"
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "When;Who;What;Desk;Details;Seal"
    assert lines[3].startswith("24.11.2026 10:42;Deniz Polat;Changed the centre's settings;")
    with manager.database.read() as session:
        assert trail.latest(session, 1)[0].entry.action == "export_trail"


def test_a_folder_that_takes_no_file_is_told(
    manager: Runner, qtbot: QtBot, told: Told, tmp_path: Path
) -> None:
    (tmp_path / "Documents").write_text("no folder")
    section = seen(SafetySection(manager, tmp_path / "Documents"), qtbot)
    with qtbot.waitSignal(manager.notice):
        qtbot.mouseClick(section.export, LEFT)
    assert told.last.startswith("The file could not be written")


def test_about_names_the_file_and_shows_each_licence(runner: Runner, qtbot: QtBot) -> None:
    section = seen(AboutSection(runner), qtbot)
    assert section.path.text().replace("\u200b", "") == str(runner.database.path)
    assert section.bytes.text().endswith(" MB")
    press(qtbot, section, "about_licence_lucide")
    assert "ISC License" in section.licence.text()
    press(qtbot, section, "about_licence_inter")
    assert "SIL Open Font License" in section.licence.text()

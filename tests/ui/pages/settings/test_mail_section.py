"""The mail server as a manager sets it, tries it and takes it away."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from pytestqt.qtbot import QtBot

from civicdesk.desk import email_templates
from civicdesk.desk.email_texts import Text
from civicdesk.messages import secret
from civicdesk.settings import MailSettings, Settings
from civicdesk.ui.pages.settings.mail import MailSection
from civicdesk.ui.pages.settings.mail_texts import MailTextsSection
from civicdesk.ui.runner import Runner
from tests.messages.mail_server import Postbox, free_port, serving

SERVER = MailSettings(server="mail.merkez.example", sender="danisma@merkez.example", user="danisma")


class Drawer(KeyringBackend):
    """A keyring of the test's own."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop((service, username), None)


@pytest.fixture(autouse=True)
def drawer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawer]:
    before = keyring.get_keyring()
    drawer = Drawer()
    keyring.set_keyring(drawer)
    monkeypatch.delenv(secret.VARIABLE, raising=False)
    yield drawer
    keyring.set_keyring(before)
    secret.forget()


@pytest.fixture
def section(manager: Runner, qtbot: QtBot) -> MailSection:
    section = MailSection(manager)
    qtbot.addWidget(section)
    section.resize(960, 700)
    section.settings_wanted.connect(section.show_settings)
    section.show_settings(Settings.model_construct(mail=None))
    section.show()
    return section


def write(section: MailSection, **words: str) -> None:
    given = {"server": "mail.merkez.example", "from_": "danisma@merkez.example", "user": "danisma", **words}
    for name, said in given.items():
        getattr(section, name).setText(said)


def test_what_is_written_is_used_and_the_password_goes_to_the_keyring_alone(
    section: MailSection, drawer: Drawer, qtbot: QtBot
) -> None:
    write(section, password="çınar-1923")
    with qtbot.waitSignal(section.settings_wanted) as wanted:
        section.save.click()

    settings: Settings = wanted.args[0]
    assert settings.mail == SERVER
    assert "çınar-1923" not in settings.model_dump_json()
    assert list(drawer.kept.values()) == ["çınar-1923"]
    assert section.password.text() == ""
    secret.forget()
    assert secret.find(SERVER) == "çınar-1923"


def test_without_a_keyring_it_is_said_what_that_means(section: MailSection, qtbot: QtBot) -> None:
    keyring.set_keyring(NoKeyring())
    write(section, password="gizli")
    with qtbot.waitSignal(section.settings_wanted):
        section.save.click()

    assert section.kept.isVisible()
    assert "CIVICDESK_MAIL_PASSWORD" in section.kept.text()
    assert secret.find(SERVER) == "gizli", "until CivicDesk is closed"


def test_without_a_keyring_the_variable_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.set_keyring(NoKeyring())
    assert secret.find(SERVER) == ""
    monkeypatch.setenv(secret.VARIABLE, "gizli")

    assert secret.find(SERVER) == "gizli"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"server": " "}, "server"),
        ({"port": "abc"}, "port"),
        ({"port": "70000"}, "port"),
        ({"from_": "danisma"}, "from_"),
        ({"from_": ""}, "from_"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(
    section: MailSection, qtbot: QtBot, words: dict[str, str], field: str
) -> None:
    write(section, **words)
    with qtbot.assertNotEmitted(section.settings_wanted):
        section.save.click()

    assert section.parts[getattr(section, field)].trouble.text()


def test_the_port_follows_the_security_unless_it_is_another(section: MailSection) -> None:
    for choice, port in (("tls", "465"), ("none", "25"), ("starttls", "587")):
        section.security.findChild(type(section.save), f"mail_security_{choice}").click()  # type: ignore[union-attr]
        assert section.port.text() == port
    section.port.setText("2525")
    section.security.findChild(type(section.save), "mail_security_tls").click()  # type: ignore[union-attr]
    assert section.port.text() == "2525"


def test_nothing_more_is_sent_and_the_password_goes_too(
    section: MailSection, drawer: Drawer, qtbot: QtBot
) -> None:
    secret.keep(SERVER, "gizli")
    section.show_settings(Settings.model_construct(mail=SERVER))
    with qtbot.waitSignal(section.settings_wanted) as wanted:
        section.off.click()

    assert wanted.args[0].mail is None
    qtbot.waitUntil(lambda: drawer.kept == {})


def test_a_trial_says_that_it_was_taken_or_why_not(section: MailSection, qtbot: QtBot) -> None:
    box = Postbox()
    with serving(box) as port:
        write(section, server="localhost", port=str(port), user="", to="biz@merkez.example")
        section.security.set_value("none")
        section.try_it.click()
        qtbot.waitUntil(lambda: "took the trial" in section.answer.sentence.text(), timeout=20_000)
    assert [str(message["To"]) for message in box.arrived] == ["biz@merkez.example"]
    section.port.setText(str(free_port()))
    section.try_it.click()
    qtbot.waitUntil(lambda: "does not answer" in section.answer.sentence.text(), timeout=20_000)


def test_a_text_is_written_with_its_gaps_or_not_at_all(manager: Runner, qtbot: QtBot) -> None:
    section = MailTextsSection(manager)
    qtbot.addWidget(section)
    section.show()
    assert "{number}" in section.body.toPlainText()
    section.body.setPlainText("Gönderen {sender}")
    section.save.click()
    assert "{sender}" in section.banner.sentence.text()
    assert section.body.toPlainText() == "Gönderen {sender}", "nothing that was typed is lost"
    section.body.setPlainText("{number} sizi bekliyor")
    section.save.click()

    with manager.database.read() as session:
        assert email_templates.text_of(session, Text.POST, "tr").body == "{number} sizi bekliyor"
    assert section.own.isVisible()
    section.own.click()
    with manager.database.read() as session:
        assert email_templates.is_own(session, Text.POST, "tr")


def test_each_language_has_its_own_text(manager: Runner, qtbot: QtBot) -> None:
    section = MailTextsSection(manager)
    qtbot.addWidget(section)
    section.show()
    turkish = section.body.toPlainText()
    section.findChild(type(section.save), "mail_text_language_en").click()  # type: ignore[union-attr]

    assert section.body.toPlainText() != turkish
    assert section.body.toPlainText().startswith("Hello")

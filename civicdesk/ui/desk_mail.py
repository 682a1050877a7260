"""What the window does about e-mail: the chip on trouble, the lines on Today, the page of what waits."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from civicdesk.desk.email_trouble import EmailTrouble
from civicdesk.text import _, ngettext, number
from civicdesk.ui.desk_pages import DeskPages
from civicdesk.ui.email_words import advice, trouble_words
from civicdesk.ui.mail_desk import MailDesk
from civicdesk.ui.pages.page import Page
from civicdesk.ui.paper_state import since_words
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.top_bar import TopBar

Matter = tuple[str, str, str, str]


class DeskMail(QObject):
    """Connects pages and top bar to the mail queue."""

    way_wanted = Signal(str)

    def __init__(self, runner: Runner, mail: MailDesk, pages: DeskPages, top_bar: TopBar) -> None:
        super().__init__(mail)
        self._runner, self._mail, self._pages, self._top_bar = runner, mail, pages, top_bar
        top_bar.mail_wanted.connect(self.open_queue)
        mail.changed.connect(self.show)
        pages.made.connect(lambda _way, page: self.join(page))
        for page in pages.there.values():
            self.join(page)

    def join(self, page: Page) -> None:
        """A page that shows how e-mail stands was made."""
        if use_mail := getattr(page, "use_mail", None):
            use_mail(self._mail)

    def show(self) -> None:
        """The chip and the card “needs attention” say how it stands; while all is well neither says anything."""
        self._top_bar.show_mail(*chip(self._mail))
        self._pages.today.attend(matters(self._mail, self._runner), topic="mail")

    def open_queue(self) -> None:
        """Show what waits."""
        if self._runner.staff is not None:
            self.way_wanted.emit("emails")

    def tell_cut_short(self) -> None:
        """What was being sent when the desk stopped is sent once more, and may arrive twice."""
        count = self._mail.cut_short
        if count:
            words = ngettext(
                "{count} e-mail was being sent when the desk stopped. It is sent once more.",
                "{count} e-mails were being sent when the desk stopped. They are sent once more.",
                count,
            )
            action = (_("E-mails"), self.open_queue)
            self._runner.notice.emit(Notice(words.format(count=count), "warn", action=action))


def chip(mail: MailDesk) -> tuple[str, str, str]:
    """Words, tone and tip of the chip; no words while nobody need know."""
    standing, trouble = mail.standing, mail.state.trouble
    if trouble is not None and standing.waiting:
        tone = "warn" if trouble == EmailTrouble.AWAY else "bad"
        return _("E-mail · {}").format(number(standing.waiting)), tone, trouble_words(trouble)
    if standing.failed:
        return _("E-mail · {}").format(number(standing.failed)), "bad", _("Some could not be delivered")
    return "", "ok", ""


def matters(mail: MailDesk, runner: Runner) -> list[Matter]:
    """What a person may have to see to; every line leads to the page of e-mails."""
    standing, trouble = mail.standing, mail.state.trouble
    found: list[Matter] = []
    if trouble is not None and standing.waiting and standing.oldest is not None:
        waits = ngettext("{} waits, since {}", "{} wait, since {}", standing.waiting)
        second = waits.format(number(standing.waiting), since_words(standing.oldest, runner.at()))
        tone = "warn" if trouble == EmailTrouble.AWAY else "bad"
        found.append(("mail", tone, trouble_words(trouble), " · ".join((second, advice(trouble)))))
    if standing.failed:
        title = ngettext(
            "{} e-mail could not be delivered", "{} e-mails could not be delivered", standing.failed
        )
        found.append(("mail", "bad", title.format(number(standing.failed)), _("see why, and try again")))
    return found + _returned(mail)


def _returned(mail: MailDesk) -> list[Matter]:
    """What came back, who was told of nothing, and a mailbox that cannot be read."""
    found: list[Matter] = []
    back, untold, trouble = mail.standing.came_back, mail.untold, mail.looked.trouble
    if back:
        title = ngettext("{} e-mail came back", "{} e-mails came back", back)
        found.append(("mail", "bad", title.format(number(back)), _("correct the address")))
    if untold:
        title = ngettext(
            "{} organisation was not told of its post", "{} organisations were not told of their post", untold
        )
        found.append(("mail", "warn", title.format(number(untold)), _("see why, and call them")))
    if trouble is not None:
        said = " · ".join(filter(None, (trouble_words(trouble), mail.looked.said)))
        found.append(("mail", "warn", _("The mailbox for returned e-mails cannot be read"), said))
    return found

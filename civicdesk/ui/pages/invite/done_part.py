"""What was saved: whom staff now expect, each with a pass to print."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from civicdesk.desk import centre
from civicdesk.models import Invitation
from civicdesk.printing.visitor_pass import pass_pdf, when
from civicdesk.text import _, ngettext
from civicdesk.ui.pages.invite.pass_mail import PassMail
from civicdesk.ui.pages.invite.pass_picture import PassPicture
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.avatar import Avatar
from civicdesk.ui.widgets.button import BigButton, Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.themed import Themed
from civicdesk.ui.widgets.touch import TouchScrollArea

MOST_ROWS = 200
_NARROW = 500


class DonePart(Themed, QWidget):
    """The visitors just saved on one side, the pass of the chosen one on the other."""

    pass_wanted = Signal(object)  # invitation id
    passes_wanted = Signal(object)  # invitation ids
    another_wanted = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._made: Sequence[Invitation] = []
        self._skipped = ""
        self.chosen: Invitation | None = None
        self.list = Card(name="invited")
        self.note, self.more = label("", "second", wrap=True), label("", "second", wrap=True)
        self.picture = PassPicture(runner)
        self.print_button = BigButton("", "printer", name="invite_print", role="primary")
        self.print_all = Button("", "printer", name="invite_print_all")
        self.another = Button("", "user-plus", name="invite_another")
        self.mail = PassMail(runner)
        self._build()
        self.retranslate()

    def show_made(self, made: Sequence[Invitation], skipped: str = "") -> None:
        """Show these, and the pass of the first; `skipped` names the days left out."""
        self._made, self._skipped = made, skipped
        self._fill()
        self.choose(made[0])
        self.print_button.setFocus()

    def choose(self, invitation: Invitation) -> None:
        """Show the pass of this visitor."""
        self.chosen = invitation
        self.mail.show_invitation(invitation)
        self._runner.read(
            lambda session: pass_pdf(centre.the_centre(session), invitation),
            lambda pdf: self.picture.show_pass(pdf, invitation.visitor.name),
        )

    def retranslate(self) -> None:
        self.print_button.setText(_("Print the pass"))
        self.another.setText(_("Expect another"))
        self.mail.retranslate()
        if self.chosen:
            self._fill()
            self.choose(self.chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The second half of a double tap on the save button lands here, and was not meant for us."""
        return event.type() == QEvent.Type.MouseButtonDblClick

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.dress()

    def dress(self) -> None:
        is_narrow = self.width() < max(self.height(), roomy(roomy(_NARROW)))
        self._row.setDirection(
            QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        )

    def _build(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.picture, 1)
        column.addWidget(self.print_button)
        column.addWidget(self.print_all)
        column.addWidget(self.mail)
        column.addWidget(self.another)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.addWidget(TouchScrollArea(self.list), 3)
        self._row.addWidget(side, 2)
        for button in (self.print_button, self.print_all, self.another):
            button.installEventFilter(self)
        self.print_button.clicked.connect(self._print)
        self.print_all.clicked.connect(lambda _on=False: self._print_all())
        self.another.clicked.connect(self.another_wanted)

    def _fill(self) -> None:
        count = len(self._made)
        is_one = len({each.visitor_id for each in self._made}) == 1 < count
        title = (
            ngettext("{count} visit is expected", "{count} visits are expected", count)
            if is_one
            else ngettext("{count} visitor is expected", "{count} visitors are expected", count)
        )
        self.list.set_title(title.format(count=count))
        self.print_all.setText(_("Print all {} passes").format(count))
        self.print_all.setVisible(count > 1)
        rows: list[QWidget] = [self._made_row(each) for each in self._made[:MOST_ROWS]]
        for words in (self._more_words(), self._skipped):
            if words:
                said = label(words, "second", wrap=True)
                said.setContentsMargins(roomy(16), roomy(8), roomy(16), roomy(8))
                rows.append(said)
        self.list.fill(rows)

    def _more_words(self) -> str:
        more = len(self._made) - MOST_ROWS
        return ngettext("and {count} more", "and {count} more", more).format(count=more) if more > 0 else ""

    def _made_row(self, invitation: Invitation) -> ListRow:
        name = invitation.visitor.name
        row = ListRow(
            name, when(invitation), name=f"invited_{invitation.id.hex}", lead=Avatar(name), opens=True
        )
        row.title.setTextFormat(Qt.TextFormat.PlainText)
        row.clicked.connect(lambda _on=False: self.choose(invitation))
        return row

    def _print(self) -> None:
        if self.chosen:
            self.pass_wanted.emit(self.chosen.id)

    def _print_all(self) -> None:
        self.passes_wanted.emit([each.id for each in self._made])

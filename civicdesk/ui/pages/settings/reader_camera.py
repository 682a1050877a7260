"""The camera as a reader: which one, what it sees, and how to get what it needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from civicdesk.settings import Settings
from civicdesk.text import _
from civicdesk.ui.camera import CameraChoice, cameras, is_installed
from civicdesk.ui.reader_words import missing_extra, state_words
from civicdesk.ui.reading import ReaderState, State, Way
from civicdesk.ui.theme.now import current, roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.themed import Themed, named

_OFF = ""


class CameraCard(Card):
    """Asks for another camera, or none."""

    change_wanted = Signal(object)  # the settings to change, by name

    def __init__(self) -> None:
        super().__init__(name="reader_camera", padded=True)
        self._key = _OFF
        self._state: ReaderState | None = None
        self._found: Sequence[CameraChoice] = ()
        self._is_installed = is_installed()
        self.state = Pill("", "")
        self.state.setObjectName("reader_camera_state")
        self.how = label("", "second", wrap=True)
        self.choice = Segmented([], name="reader_camera_choice", spoken="")
        self.part = LabelledField("", self.choice)
        self.again = Button("", "refresh-cw", name="reader_cameras_again")
        self.view = Viewfinder()
        self.add(FlowRow([self.state]))
        self.add(self.how)
        self.add(self.part)
        self.add(FlowRow([self.again]))
        self.body.addWidget(self.view, 0, Qt.AlignmentFlag.AlignLeft)
        self.choice.chosen.connect(lambda key: self.change_wanted.emit({"camera": str(key)}))
        self.again.clicked.connect(self.look)
        self.retranslate()

    def show_settings(self, settings: Settings) -> None:
        """Show which camera is chosen."""
        self._key = settings.camera
        self._offer()

    def show_states(self, states: Sequence[ReaderState]) -> None:
        """How the camera is."""
        self._state = next((each for each in states if each.way is Way.CAMERA), None)
        self._say()

    def show_picture(self, picture: QImage) -> None:
        """What the camera sees just now."""
        if self.isVisible():
            self.view.show_picture(picture)

    def look(self) -> None:
        """Look which cameras there are."""
        self._found = cameras() if self._is_installed else ()
        self._offer()
        self._say()

    def retranslate(self) -> None:
        self.set_title(_("Camera"))
        self.part.set_words(_("Codes are read by"))
        self.again.setText(_("Look for cameras again"))
        self.view.setAccessibleName(_("What the camera sees"))
        self._offer()
        self._say()

    def _offer(self) -> None:
        choices: list[tuple[object, str]] = [(_OFF, _("no camera"))]
        choices += [(each.key, each.words) for each in self._found]
        if self._key and self._key not in {each.key for each in self._found}:
            choices.append((self._key, _("{camera} (not there)").format(camera=self._key)))
        self.choice.set_choices(choices)
        self.choice.set_value(self._key)
        self.part.setVisible(self._is_installed or bool(self._key))
        self.again.setVisible(self._is_installed)

    def _say(self) -> None:
        is_on = self._state is not None and self._state.state is State.WORKING
        self.view.setVisible(is_on)
        if self._state:
            said = state_words(self._state)
            self.state.show_as(said.word, said.tone, said.icon)
            self.how.setText(said.sentence)
        elif not self._is_installed:
            self.state.show_as(_("Parts missing"), "info", "camera-off")
            self.how.setText(missing_extra())
        else:
            self.state.show_as(_("Off"), "", "camera-off")
            self.how.setText(self._offer_words())

    def _offer_words(self) -> str:
        if not self._found:
            return _("No camera was found. Plug one in and look again.")
        return _("A camera can read badges, too. Its picture is looked at for codes and kept nowhere.")


class Viewfinder(Themed, QWidget):
    """What the camera sees, in the shades of grey in which codes are looked for, as in a mirror."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QImage()
        named(self, "reader_viewfinder", "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_picture(self, picture: QImage) -> None:
        """Show this picture until the next."""
        self._picture = picture
        self.update()

    def is_seeing(self) -> bool:
        """Whether there is a picture."""
        return not self._picture.isNull()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._picture = QImage()  # nothing of it stays

    def sizeHint(self) -> QSize:
        return QSize(roomy(360), roomy(202))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), 12, 12)
        painter.fillPath(frame, QColor(current().rail))
        if self._picture.isNull():
            return
        painter.setClipPath(frame)
        shown = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        at = QRectF((self.width() - shown.width()) / 2, (self.height() - shown.height()) / 2, 0, 0)
        at.setSize(shown.toSizeF())
        painter.translate(self.width(), 0)
        painter.scale(-1, 1)
        painter.drawImage(at, self._picture)

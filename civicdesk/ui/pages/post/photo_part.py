"""The outside of a parcel as a picture: taken with the camera or from a file, looked at, and taken away."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.desk import mail_photos
from civicdesk.desk.mail_photos import Ready
from civicdesk.errors import Refusal
from civicdesk.models import MailPhoto, new_id
from civicdesk.text import _
from civicdesk.ui.camera import Camera, cameras, is_installed
from civicdesk.ui.pages.settings.reader_camera import Viewfinder
from civicdesk.ui.readers import Readers
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.themed import Themed, named


class PhotoPart(QWidget):
    """Shows the picture of one item, and how to get one; the camera is on only while somebody aims it."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._item: UUID | None = None
        self._readers: Readers | None = None
        self._camera: Camera | None = None
        self._seen = QImage()
        self._has_camera: bool | None = None
        self.photograph, self.view = Photograph(), Viewfinder()
        self.banner = RefusalBanner(name="post_photo_refusal")
        self.take = Button("", "camera", name="post_photo_take")
        self.choose = Button("", "image-up", name="post_photo_choose")
        self.remove = Button("", "trash-2", name="post_photo_remove", role="quiet")
        self.shoot = Button("", "camera", name="post_photo_shoot", role="primary")
        self.stop = Button("", "x", name="post_photo_stop")
        self._lay_out()
        self.take.clicked.connect(lambda _on=False: self.aim())
        self.choose.clicked.connect(lambda _on=False: self._ask_for_file())
        self.remove.clicked.connect(lambda _on=False: self._remove())
        self.shoot.clicked.connect(lambda _on=False: self._shoot())
        self.stop.clicked.connect(lambda _on=False: self.put_away())
        self.retranslate()
        self.put_away()

    def use_readers(self, readers: Readers) -> None:
        """A camera that reads codes gives its pictures here, too."""
        self._readers = readers

    def show_photo(self, item_id: UUID, jpeg: bytes, *, may_change: bool) -> None:
        """Show the picture of an item; `may_change` while the item is at the desk."""
        if item_id != self._item:
            self.banner.clear()
            self.put_away()
        self._item = item_id
        self.photograph.show_jpeg(jpeg)
        self._changing.setVisible(may_change)
        self.take.setVisible(self._may_aim())
        self.remove.setVisible(bool(jpeg))

    def aim(self) -> None:
        """Show what the camera sees; a camera that reads codes is shared, another one is switched on."""
        self.banner.clear()
        shared = self._readers.camera if self._readers else None
        if shared is None:
            found = cameras()
            if not found:
                self.banner.show_refusal(_("No camera was found. Plug one in and look again."), tone="warn")
                return
            shared = self._camera = Camera(found[0].key)
        shared.seen.connect(self._see)
        if shared is self._camera:
            shared.start()
        self._aiming.show()
        self._changing.hide()

    def put_away(self) -> None:
        """Look no more; what was seen is forgotten."""
        shared = self._readers.camera if self._readers else None
        if self._camera is not None:
            self._camera.stop()
            self._camera.deleteLater()
            self._camera = None
        elif shared is not None and not self._aiming.isHidden():
            shared.seen.disconnect(self._see)
        self._seen = QImage()
        self.shoot.setEnabled(False)
        if not self._aiming.isHidden():
            self._aiming.hide()
            self._changing.show()

    def take_file(self, file: Path) -> None:
        """Put the picture in this file to the item."""
        self._make(partial(mail_photos.from_file, file))

    def retranslate(self) -> None:
        self.take.setText(_("Take a picture"))
        self.choose.setText(_("Picture from a file"))
        self.remove.setText(_("Remove the picture"))
        self.shoot.setText(_("Keep this picture"))
        self.stop.setText(_("Cancel"))
        self.photograph.setAccessibleName(_("Picture of the outside"))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.put_away()

    def _lay_out(self) -> None:
        self._aiming, self._changing = QWidget(), FlowRow([self.take, self.choose, self.remove])
        aiming = QVBoxLayout(self._aiming)
        aiming.setContentsMargins(0, 0, 0, 0)
        aiming.addWidget(self.view)
        aiming.addWidget(FlowRow([self.shoot, self.stop]))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(roomy(8))
        for part in (self.photograph, self.banner, self._aiming, self._changing):
            column.addWidget(part)
        self._aiming.hide()

    def _may_aim(self) -> bool:
        """Whether this computer has a camera; it is looked for once, when an item is first seen."""
        if self._readers is not None and self._readers.camera is not None:
            return True
        if self._has_camera is None:
            self._has_camera = is_installed() and bool(cameras())
        return self._has_camera

    def _see(self, picture: object) -> None:
        assert isinstance(picture, QImage)
        self._seen = picture
        self.view.show_picture(picture)
        self.shoot.setEnabled(True)

    def _shoot(self) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._seen.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want the format as bytes
        data = bytes(buffer.data().data())
        self.put_away()
        self._make(partial(mail_photos.ready, data))

    def _make(self, make: partial[Ready]) -> None:
        self.banner.clear()
        item = self._item
        if item is not None:
            self._runner.background(make, partial(self._keep, item), self._refuse, owner=self)

    def _keep(self, item: UUID, picture: Ready) -> None:
        at, key = self._runner.at(), new_id().hex
        self._runner.now(
            lambda session: mail_photos.keep(session, item, picture, at=at, key=key),
            lambda made: self._runner.say(
                _("The picture is kept."),
                undo=lambda session: mail_photos.take_away(session, made.item_id, at=self._runner.at()),
            ),
            self._refuse,
        )

    def _remove(self) -> None:
        item, at = self._item, self._runner.at()
        if item is not None:
            self._runner.now(lambda session: mail_photos.take_away(session, item, at=at), self._removed)

    def _removed(self, had: UUID | None) -> None:
        if had is not None:
            at = self._runner.at

            def undo(session: object) -> MailPhoto | None:
                return mail_photos.bring_back(session, had, at=at())  # type: ignore[arg-type]

            self._runner.say(_("The picture was removed."), undo=undo)

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, _("Choose a picture"), "", _("Pictures") + " (*.png *.jpg *.jpeg *.webp)")
        dialog.setObjectName("post_photo_dialog")
        dialog.fileSelected.connect(lambda name: self.take_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _refuse(self, refusal: Refusal) -> None:
        self.banner.show_refusal(str(refusal))


class Photograph(Themed, QWidget):
    """A picture as wide as there is room, its corners round."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QImage()
        self._jpeg = b""
        named(self, "post_photo", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_jpeg(self, jpeg: bytes) -> None:
        """Show this picture; without one it is not there."""
        if jpeg != self._jpeg:
            self._jpeg, self._picture = jpeg, QImage.fromData(jpeg)
            self.updateGeometry()
            self.update()
        self.setVisible(not self._picture.isNull())

    def sizeHint(self) -> QSize:
        return QSize(roomy(240), roomy(190))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shown = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, (self.height() - shown.height()) / 2, shown.width(), shown.height())
        frame = QPainterPath()
        frame.addRoundedRect(place, 12, 12)
        painter.setClipPath(frame)
        painter.drawImage(place, self._picture)

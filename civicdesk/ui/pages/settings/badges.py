"""The badge as managers want it, pictured at every touch before it is saved. For managers."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout
from sqlalchemy.orm import Session

from civicdesk import codes
from civicdesk.database import Changes
from civicdesk.desk import centre, logos
from civicdesk.models import Centre, Logo, Organisation, OrganisationKind, Reason, Room
from civicdesk.printing import faces
from civicdesk.printing.badge import BadgeFace, BadgeSize
from civicdesk.text import _
from civicdesk.ui.pages.checkin.badge_picture import BadgePicture
from civicdesk.ui.pages.settings.badge_form import BadgeForm
from civicdesk.ui.pages.settings.section import Section
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy, scaled
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.segmented import Segmented

_SIDE, _SIDE_MOST, _PICTURE_MOST = 330, 460, 640
_WIDE, _HIGH = 600, 310
"""From this room on, at the clerk's text size, the picture stands beside the choices."""

_ANY = 16_777_215
"""What Qt takes for no limit."""

_TOP = 3
"""In the column after heading, lead and banner."""

_NUMBER = 1047


class BadgesSection(Section):
    """Choices on the left, the badge they make on the right; saved together with the button under it."""

    watches: ClassVar[Changes] = frozenset({Centre, Logo, Room})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_badges")
        self._centre: Centre | None = None
        self._room: Room | None = None
        self._stored_logo: bytes | None = None
        self._logo: logos.Ready | None = None
        self._code = codes.make(codes.Kind.TEST_CARD)
        self.form = BadgeForm()
        self.seen_as = Segmented([], name="badge_seen_as", spoken="")
        self.picture = BadgePicture(runner)
        self.save = Button("", name="badges_save", role="primary")
        self.side = Card(name="badge_side", padded=True)
        self._body = QHBoxLayout()
        self._is_beside = True
        self._build()
        self._connect()
        self.retranslate()
        self.seen_as.set_value("plain")

    def refresh(self) -> None:
        self.runner.read(_stored, then=self._show, refused=self.refuse)

    def retranslate(self) -> None:
        self.set_heading(_("Badges"), _("What every badge of the centre looks like, from the next one on."))
        self.side.set_title(_("The badge"))
        self.seen_as.set_choices([("plain", _("Usual")), ("discreet", _("Discreet")), ("roll", _("Roll"))])
        self.seen_as.setAccessibleName(_("The badge"))
        self.save.setText(_("Save"))
        self.form.retranslate()
        self.picture.redraw()

    def take_file(self, file: Path) -> None:
        """Put this picture on the draft; it is stored when the draft is saved."""
        self.runner.background(
            lambda: logos.from_file(file), then=self._take_logo, refused=self.refuse, owner=self
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()
            self.form.show_logo(self._draft_logo())

    def _build(self) -> None:
        self.add(self.form)
        self.side.add(self.seen_as)
        self.side.add(self.picture, 1)
        self.side.add(self.save)
        self.side.body.addStretch()
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        self._body.addWidget(self.area, 1)
        self._body.addWidget(self.side)
        layout.addLayout(self._body)

    def _connect(self) -> None:
        self.picture.ask(self._face)
        self.form.changed.connect(self.picture.redraw)
        self.form.logo_wanted.connect(self._ask_for_file)
        self.form.logo_removed.connect(lambda: self._take_logo(logos.NO_LOGO))
        self.seen_as.chosen.connect(self.picture.redraw)
        self.save.clicked.connect(self._save)

    def _arrange(self) -> None:
        """The picture stays in sight beside the choices while they scroll; without room it scrolls with them."""
        is_beside = self.width() >= scaled(_WIDE) and self.height() >= roomy(_HIGH)
        wide = max(scaled(_SIDE), min(self.width() * 2 // 5, scaled(_SIDE_MOST)))
        self.side.setMaximumWidth(wide if is_beside else _ANY)
        self.side.setMinimumWidth(wide if is_beside else 0)
        self.picture.setMinimumHeight(roomy(100 if is_beside else 320))
        self.picture.setMaximumHeight(roomy(_PICTURE_MOST))
        self._body.setSpacing(roomy(14))
        if is_beside != self._is_beside:
            self._is_beside = is_beside
            self._body.addWidget(self.side) if is_beside else self.column.insertWidget(_TOP, self.side)

    def _show(self, found: tuple[Centre, bytes, Room | None]) -> None:
        self._centre, logo, self._room = found
        self._stored_logo = logo
        self.form.show_design(self._centre)
        self.form.show_logo(self._draft_logo())
        self.picture.redraw()

    def _draft_logo(self) -> bytes:
        return self._logo.png if self._logo is not None else self._stored_logo or b""

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, _("Choose a picture"), "", _("Pictures") + " (*.png *.jpg *.jpeg)")
        dialog.fileSelected.connect(lambda name: self.take_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_logo(self, logo: logos.Ready) -> None:
        self.banner.clear()
        self._logo = logo
        self.form.show_logo(logo.png)
        self.picture.redraw()

    def _save(self) -> None:
        at, values, logo = self.runner.at(), self.form.values(), self._logo

        def store(session: Session) -> Centre:
            if logo is not None and logo.png != logos.current(session):
                logos.put(session, logo, at=at)
            return centre.change(session, at, **values)

        self.runner.now(store, then=self._saved, refused=self.refuse)

    def _saved(self, _changed: Centre) -> None:
        self.banner.clear()
        self._logo = None
        self.refresh_now()
        self.runner.say(_("The badge was saved."))

    def _face(self) -> tuple[BadgeFace, BadgeSize] | None:
        """A badge with everything on it, so that every choice is seen."""
        if self._centre is None:
            return None
        draft = Centre(name=self._centre.name, **self.form.values())  # type: ignore[arg-type]
        seen_as = self.seen_as.value()
        face = faces.draft_face(
            draft,
            name=_("Name of the visitor"),
            at=self.runner.at(),
            number=_NUMBER,
            code=self._code,
            host=Organisation(name=_("Host organisation"), kind=OrganisationKind.ASSOCIATION),
            room=self._room,
            reason=Reason.MEETING,
            needs=("sign_language",),
            is_discreet=seen_as == "discreet",
            logo=self._draft_logo(),
        )
        size = faces.badge_size(draft)
        return face, BadgeSize.ROLL_80 if seen_as == "roll" and not size.is_roll else size


def _stored(session: Session) -> tuple[Centre, bytes, Room | None]:
    return centre.the_centre(session), logos.current(session), next(iter(centre.rooms(session)), None)

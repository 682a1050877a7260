"""What is done from a member's page, and how each is taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from civicdesk.desk import addresses, belongings, bounces, collectors, members, memberships
from civicdesk.errors import Refusal
from civicdesk.models import AddressPaper, Organisation, OrganisationPerson, new_id
from civicdesk.text import _
from civicdesk.ui.pages.member.face_form import FaceForm
from civicdesk.ui.pages.member.form_card import FormCard
from civicdesk.ui.pages.member.leave_form import LeaveForm, MergeForm
from civicdesk.ui.pages.member.paper_form import PaperForm
from civicdesk.ui.pages.member.person_form import PersonForm
from civicdesk.ui.pages.member.place_form import PlaceForm
from civicdesk.ui.runner import Runner, UseCase


class Deeds(QObject):
    """Saves what the forms hold; a refusal goes back to the form it came from."""

    saved = Signal()
    opened = Signal(object)  # an organisation to turn to

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner

    def save_face(self, form: FaceForm, organisation_id: UUID | None, *, is_another: bool = False) -> None:
        """Enter a new organisation, or change one."""
        at, key = self._runner.at(), form.key

        def change(session: Session) -> members.Face:
            assert organisation_id is not None
            return members.change(session, organisation_id, at=at, key=key, **form.face())

        def changed(before: members.Face) -> None:
            assert organisation_id is not None
            back = partial(members.change, organisation_id=organisation_id)
            self._done(
                _("Saved"), lambda session: back(session, at=self._runner.at(), **before) if before else None
            )

        def add(session: Session) -> Organisation:
            return members.add(session, at=at, key=key, is_another=is_another, **form.face())

        def added(made: Organisation) -> None:
            self._done(
                _("Entered: {}").format(made.name),
                lambda session: members.remove(session, made.id, at=self._runner.at()),
            )
            self.opened.emit(made.id)

        def refused(refusal: Refusal) -> None:
            again = partial(self.save_face, form, organisation_id, is_another=True)
            is_offered = refusal.reason == "same_name" and organisation_id is None
            form.refuse(refusal, *([(_("It is another one"), again)] if is_offered else []))

        if organisation_id is None:
            self._runner.now(add, added, refused)
        else:
            self._runner.now(change, changed, refused)

    def save_person(self, form: PersonForm, organisation_id: UUID) -> None:
        """Name somebody, or change what is written."""
        at, key, person = self._runner.at(), form.key, form.person

        def added(made: OrganisationPerson) -> None:
            self._done(
                _("Entered: {}").format(made.name),
                lambda session: collectors.remove(session, made.id, at=self._runner.at()),
            )

        def changed(before: collectors.Face) -> None:
            assert person is not None
            self._done(
                _("Saved"),
                lambda session: collectors.change(session, person.id, at=self._runner.at(), **before),
            )

        if person is None:
            self._runner.now(
                lambda session: collectors.add(session, organisation_id, at=at, key=key, **form.face()),
                added,
                form.refuse,
            )
        else:
            self._runner.now(
                lambda session: collectors.change(session, person.id, at=at, key=key, **form.face()),
                changed,
                form.refuse,
            )

    def remove_person(self, person: OrganisationPerson | None) -> None:
        """Somebody is named no more."""
        if person is None:
            return
        self._do(
            lambda session: collectors.remove(session, person.id, at=self._runner.at()),
            _("Removed: {}").format(person.name),
            lambda session: collectors.restore(session, person.id, at=self._runner.at()),
        )

    def save_paper(self, form: PaperForm, organisation_id: UUID) -> None:
        """Enter a paper, or change what is written."""
        at, key, paper = self._runner.at(), form.key, form.paper

        def added(made: AddressPaper) -> None:
            self._done(_("Saved"), lambda session: addresses.remove(session, made.id, at=self._runner.at()))

        def changed(before: addresses.Face) -> None:
            assert paper is not None
            self._done(
                _("Saved"),
                lambda session: addresses.change(session, paper.id, at=self._runner.at(), **before),
            )

        if paper is None:
            self._runner.now(
                lambda session: addresses.add(session, organisation_id, at=at, key=key, **form.face()),
                added,
                form.refuse,
            )
        else:
            self._runner.now(
                lambda session: addresses.change(session, paper.id, at=at, key=key, **form.face()),
                changed,
                form.refuse,
            )

    def remove_paper(self, paper: AddressPaper | None) -> None:
        """A paper was entered by mistake."""
        if paper is None:
            return
        self._do(
            lambda session: addresses.remove(session, paper.id, at=self._runner.at()),
            _("Paper removed"),
            lambda session: addresses.restore(session, paper.id, at=self._runner.at()),
        )

    def save_place(self, form: PlaceForm, organisation_id: UUID) -> None:
        """Give the box that is written, and a new line if one is."""
        at = self._runner.at()
        phone, extension = form.phone.text().strip(), form.extension.text().strip()

        def save(session: Session) -> tuple[int | None, UUID | None]:
            before = belongings.give_box(session, organisation_id, form.wanted(), at=at, key=form.key)
            if not (phone or extension):
                return before, None
            line = belongings.give_line(
                session, organisation_id, phone=phone, extension=extension, at=at, key=f"{form.key}-line"
            )
            return before, line.id

        def saved(found: tuple[int | None, UUID | None]) -> None:
            box, line = found

            def undo(session: Session) -> None:
                belongings.give_box(session, organisation_id, box, at=self._runner.at())
                if line is not None:
                    belongings.take_line_back(session, line, at=self._runner.at())

            self._done(_("Saved"), undo)

        self._runner.now(save, saved, form.refuse)

    def take_line_back(self, line_id: UUID, organisation_id: UUID) -> None:
        """A line is free again."""
        self._do(
            lambda session: belongings.take_line_back(session, line_id, at=self._runner.at()),
            _("The line is free again"),
            lambda session: belongings.give_line_again(
                session, line_id, organisation_id, at=self._runner.at()
            ),
        )

    def address_is_right(self, bounce_id: UUID) -> None:
        """Somebody asked: e-mail goes to the address again."""
        self._do(
            lambda session: bounces.address_is_right(session, bounce_id, at=self._runner.at()),
            _("E-mail goes to this address again."),
            lambda session: bounces.address_is_wrong(session, bounce_id, at=self._runner.at()),
        )

    def leave(self, form: LeaveForm, organisation: Organisation) -> None:
        """The organisation leaves."""
        self._memberships(
            form,
            lambda session: memberships.leave(
                session,
                organisation.id,
                on=form.day(),
                reason=form.text.text(),
                is_forwarded=form.forwards.isChecked(),
                at=self._runner.at(),
                key=form.key,
            ),
            _("{} has left").format(organisation.name),
        )

    def come_back(self, organisation: Organisation) -> None:
        """It is a member again."""
        key = new_id().hex
        self._do(
            lambda session: memberships.come_back(session, organisation.id, at=self._runner.at(), key=key),
            _("{} is here again").format(organisation.name),
            lambda session: memberships.undo(session, key, at=self._runner.at()),
        )

    def merge(self, form: MergeForm, organisation: Organisation) -> None:
        """It becomes a part of the one that was chosen."""
        heir = form.into.organisation
        if heir is None:
            form.into.field.refuse(_("Choose the other organisation from those that fit."))
            return
        on = form.today
        self._memberships(
            form,
            lambda session: memberships.merge(
                session, organisation.id, heir.id, on=on, at=self._runner.at(), key=form.key
            ),
            _("{} is a part of {} now").format(organisation.name, heir.name),
        )

    def remove(self, organisation: Organisation, refused: Callable[[Refusal], None]) -> None:
        """It was entered by mistake."""

        def removed(_one: Organisation) -> None:
            self._done(
                _("Struck off: {}").format(organisation.name),
                lambda session: members.restore(session, organisation.id, at=self._runner.at()),
            )
            self.opened.emit(None)

        self._runner.now(
            lambda session: members.remove(session, organisation.id, at=self._runner.at()), removed, refused
        )

    def _memberships(self, form: FormCard, deed: UseCase[object], sentence: str) -> None:
        key = form.key
        self._runner.now(
            deed,
            lambda _one: self._done(
                sentence, lambda session: memberships.undo(session, key, at=self._runner.at())
            ),
            form.refuse,
        )

    def _do(self, deed: UseCase[object], sentence: str, undo: UseCase[object]) -> None:
        self._runner.now(deed, lambda _done: self._done(sentence, undo))

    def _done(self, sentence: str, undo: UseCase[object]) -> None:
        self.saved.emit()
        self._runner.say(sentence, undo=undo)

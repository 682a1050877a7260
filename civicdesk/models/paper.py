"""What is to be printed: rows that outlive a power cut, each with what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from civicdesk.models.base import Base, Removable, new_id


class PaperKind(StrEnum):
    """What comes out of a printer."""

    BADGE = "badge"
    PASS = "pass"
    EVACUATION = "evacuation"
    DAY_LIST = "day_list"
    SETUP_LIST = "setup_list"
    OCCUPANCY = "occupancy"
    REPORT = "report"
    DOOR_SIGN = "door_sign"
    RECEIPT = "receipt"
    MAIL_REGISTER = "mail_register"
    POST_LABELS = "post_labels"
    TEST_CARD = "test_card"


class JobState(StrEnum):
    """What became of a job. Only a printer that says so makes a job PRINTED.

    SENT is for printers that never answer; UNSURE is what may or may not have come out: a person is asked.
    """

    WAITING = "waiting"
    SENDING = "sending"
    PRINTED = "printed"
    SENT = "sent"
    UNSURE = "unsure"
    CANCELLED = "cancelled"


class Trouble(StrEnum):
    """Why a job waits, or why nobody knows whether it came out."""

    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    FAULT = "fault"
    AWAY = "away"
    SILENT = "silent"
    CUT_OFF = "cut_off"
    STOPPED = "stopped"
    POWER = "power"
    GONE = "gone"
    NO_PAPER = "no_paper"
    UNDRAWN = "undrawn"


class PrintJob(Base, kw_only=True):
    """One thing to print on this desk's printers. The same `key` is the same job, however often it is asked for.

    `subject_id` is the badge, the invitation, the booking, the hand-over or the organisation; `label` the badge's
    number, the day of a list, the days of a register, a report and its
    period, the size of a sign or the code of a test card, and never a
    name. What stands on the paper is read anew when it is printed, so that a list that waited is of the minute it
    comes out. `printer` is empty while the settings say which one;
    `sent_to` is the printer that has it or had it last, empty where it is known that nothing came out there.
    """

    __tablename__ = "print_job"
    __table_args__ = (Index("print_job_open", "state", "next_at"), Index("print_job_by_time", "asked_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    asked_at: Mapped[datetime]
    next_at: Mapped[datetime]
    subject_id: Mapped[UUID | None] = mapped_column(default=None)
    label: Mapped[str] = mapped_column(default="")
    by_id: Mapped[UUID | None] = mapped_column(default=None)
    printer: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=JobState.WAITING)
    trouble: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    sent_to: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class Logo(Removable, Base, kw_only=True):
    """The centre's logo as a PNG picture; a table of its own, so that the centre is quick to read."""

    __tablename__ = "logo"
    __groups__ = {"picture": ("png",), "del": ("deleted_at",)}

    png: Mapped[bytes]

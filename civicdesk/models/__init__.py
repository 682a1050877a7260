"""The tables of CivicDesk, one file per thing the desk talks about."""

from civicdesk.models.base import Base, new_id
from civicdesk.models.booking import Booking, BookingState
from civicdesk.models.centre import Centre, Closure, Mark, OpeningHours, Room
from civicdesk.models.local import Counter, DoneAction, HeadTotal, Presence
from civicdesk.models.organisation import Mailbox, Organisation, OrganisationKind
from civicdesk.models.paper import JobState, Logo, PaperKind, PrintJob, Trouble
from civicdesk.models.staff import AuditEntry, Role, Staff
from civicdesk.models.visit import (
    Badge,
    HeadCount,
    How,
    Muster,
    MusterMark,
    Need,
    Passage,
    Reason,
    Scan,
    Visit,
)
from civicdesk.models.visitor import Denial, Invitation, Visitor

__all__ = [
    "AuditEntry",
    "Badge",
    "Base",
    "Booking",
    "BookingState",
    "Centre",
    "Closure",
    "Counter",
    "Denial",
    "DoneAction",
    "HeadCount",
    "HeadTotal",
    "How",
    "Invitation",
    "JobState",
    "Logo",
    "Mailbox",
    "Mark",
    "Muster",
    "MusterMark",
    "Need",
    "OpeningHours",
    "Organisation",
    "OrganisationKind",
    "PaperKind",
    "Passage",
    "Presence",
    "PrintJob",
    "Reason",
    "Role",
    "Room",
    "Scan",
    "Staff",
    "Trouble",
    "Visit",
    "Visitor",
    "new_id",
]

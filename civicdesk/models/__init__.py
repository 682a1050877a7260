"""The tables of CivicDesk, one file per thing the desk talks about."""

from civicdesk.models.base import Base, new_id
from civicdesk.models.booking import Booking, BookingEquipment, BookingKind, BookingPartner, BookingState
from civicdesk.models.centre import Centre, Closure, Mark, OpeningHours, Room
from civicdesk.models.furnishing import Equipment, Layout, LayoutKind, RoomClass
from civicdesk.models.local import Claim, Counter, DoneAction, EquipmentClaim, HeadTotal, Presence
from civicdesk.models.organisation import Mailbox, Organisation, OrganisationKind
from civicdesk.models.paper import JobState, Logo, PaperKind, PrintJob, Trouble
from civicdesk.models.series import Earlier, Series
from civicdesk.models.sharing import UseLimit, Waiting, WaitingState
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
    "BookingEquipment",
    "BookingKind",
    "BookingPartner",
    "BookingState",
    "Centre",
    "Claim",
    "Closure",
    "Counter",
    "Denial",
    "DoneAction",
    "Earlier",
    "Equipment",
    "EquipmentClaim",
    "HeadCount",
    "HeadTotal",
    "How",
    "Invitation",
    "JobState",
    "Layout",
    "LayoutKind",
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
    "RoomClass",
    "Scan",
    "Series",
    "Staff",
    "Trouble",
    "UseLimit",
    "Visit",
    "Visitor",
    "Waiting",
    "WaitingState",
    "new_id",
]

"""The timeline: rooms (or days) down, hours across, bookings on it, moved by finger, mouse and keyboard."""

from civicdesk.ui.widgets.timeline.plan import Block, Closed, Plan, Row, Stretch
from civicdesk.ui.widgets.timeline.view import Timeline

__all__ = ["Block", "Closed", "Plan", "Row", "Stretch", "Timeline"]

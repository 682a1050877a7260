"""The audit trail in words."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from civicdesk.desk.trail import Line
from civicdesk.errors import Unavailable
from civicdesk.models import AuditEntry
from civicdesk.text import N_, _, clock, day, local
from civicdesk.ui.words import role_words

_ACTIONS: dict[str, str] = {
    "accept_notice": N_("Accepted an official notice"),
    "bring_mail_back": N_("Brought post back to the desk"),
    "call_about_notice": N_("Called about an official notice"),
    "correct_hand_over": N_("Corrected a hand-over of post"),
    "correct_mail": N_("Corrected what was said of an item of post"),
    "drop_pickup": N_("Dropped a pickup that was signed for"),
    "forward_mail": N_("Sent post on"),
    "give_up_mail": N_("Gave post up as unclaimed"),
    "hand_over_mail": N_("Handed post over"),
    "match_mail": N_("Said whose an item of post is"),
    "not_take_notice": N_("Did not take an official notice"),
    "present_notice": N_("Registered an official notice that was held out"),
    "receive_mail": N_("Took an item of post in"),
    "return_mail": N_("Sent post back"),
    "shelve_mail": N_("Put an item of post on a shelf"),
    "withdraw_mail": N_("Took back that an item of post came in"),
    "add_address_paper": N_("Entered a paper for the address"),
    "add_organisation": N_("Entered an organisation"),
    "add_person": N_("Entered a person of an organisation"),
    "change_address_paper": N_("Changed a paper for the address"),
    "change_organisation": N_("Changed an organisation"),
    "change_person": N_("Changed a person of an organisation"),
    "come_back": N_("Took an organisation in again"),
    "export_members": N_("Wrote the register into a file"),
    "give_box": N_("Gave out a box or took it back"),
    "give_line": N_("Gave out a phone line"),
    "import_members": N_("Took members in from a file"),
    "keep_seat": N_("Changed for whom a seat is kept"),
    "leave_register": N_("Noted that an organisation leaves"),
    "look_at_organisation": N_("Looked at an organisation's page"),
    "merge_organisations": N_("Merged two organisations"),
    "remove_address_paper": N_("Took a paper for the address away"),
    "remove_organisation": N_("Struck an organisation off the register"),
    "remove_person": N_("Took a person of an organisation away"),
    "restore_address_paper": N_("Brought a paper for the address back"),
    "restore_organisation": N_("Brought an organisation back"),
    "restore_person": N_("Brought a person of an organisation back"),
    "take_line_back": N_("Took a phone line back"),
    "add_equipment": N_("Added equipment"),
    "add_room": N_("Added a room"),
    "allow": N_("Took somebody off the list of refused entry"),
    "book": N_("Booked a room"),
    "book_assembly": N_("Booked both calls of a general assembly"),
    "book_series": N_("Booked a room repeatedly"),
    "import_bookings": N_("Took bookings in from a file"),
    "cancel_booking": N_("Called a booking off"),
    "cancel_invitation": N_("Cancelled an expected visit"),
    "change_booking": N_("Changed a booking"),
    "change_equipment": N_("Changed equipment"),
    "change_centre": N_("Changed the centre's settings"),
    "change_people": N_("Put the number of a visit right"),
    "change_pin": N_("Changed a code"),
    "change_room": N_("Changed a room"),
    "change_visitor": N_("Changed a visitor's name or phone"),
    "check_in": N_("Checked a visitor in"),
    "check_out": N_("Checked a visitor out"),
    "check_out_all": N_("Took everybody as left"),
    "close_day": N_("Closed a day"),
    "confirm_booking": N_("Made a booking firm"),
    "deny": N_("Put somebody on the list of refused entry"),
    "dismiss": N_("Ended somebody's right to sign in"),
    "divide_room": N_("Changed which room is a part of which"),
    "end_booking": N_("Noted the end of an event"),
    "end_muster": N_("Ended an evacuation"),
    "enrol": N_("Enrolled a member of staff"),
    "export_trail": N_("Exported the audit trail"),
    "free_no_show": N_("Freed a room nobody came to"),
    "head_count": N_("Counted heads"),
    "invite": N_("Entered an expected visitor"),
    "leave_early": N_("Part of a group left"),
    "look_at_visitor": N_("Looked at a visitor's page"),
    "move_booking": N_("Moved a booking"),
    "move_room": N_("Moved a room in the list"),
    "muster": N_("Started an evacuation"),
    "open_visitor_log": N_("Opened the visitor log"),
    "paper_came_out": N_("Said that a paper had come out"),
    "print_while_locked": N_("Printed a list while the desk was locked"),
    "reinstate": N_("Gave back the right to sign in"),
    "remove_logo": N_("Took the logo off the badges"),
    "quorum_met": N_("Noted that the quorum was met"),
    "remove_equipment": N_("Removed equipment"),
    "remove_room": N_("Removed a room"),
    "reopen_day": N_("Opened a closed day again"),
    "reprint_badge": N_("Printed a badge again"),
    "resume_muster": N_("Went on with an evacuation"),
    "remove_use_limit": N_("Took a limit of hours away"),
    "resize_booking": N_("Made a booking longer or shorter"),
    "restore_equipment": N_("Brought equipment back"),
    "restore_booking": N_("Brought a booking back"),
    "restore_invitation": N_("Brought an expected visit back"),
    "restore_room": N_("Brought a room back"),
    "second_call_needed": N_("Noted that the second call is needed"),
    "set_hours": N_("Changed the opening hours"),
    "set_layouts": N_("Changed how a room is set up"),
    "set_use_limit": N_("Set a limit of hours"),
    "skip_bookings": N_("Put off the bookings of a closed day"),
    "start_booking": N_("Noted the beginning of an event"),
    "take_waiting": N_("Booked a room for somebody who waited"),
    "wait_for_room": N_("Put a wish on the waiting list"),
    "withdraw_waiting": N_("Took a wish off the waiting list"),
    "forget_names": N_("Deleted names whose days were over"),
    "forget_contacts": N_("Deleted contacts of bookings whose days were over"),
    "forget_mail": N_("Deleted names, signatures and pictures of post whose years were over"),
    "forget_messages": N_("Deleted messages and names of loans whose days were over"),
    "found_centre": N_("Set up the centre"),
    "sign_in": N_("Signed in"),
    "take_logo": N_("Put a logo on the badges"),
    "undo_check_in": N_("Took a check-in back"),
    "undo_check_out": N_("Took a check-out back"),
    "undo_leave_early": N_("Took back that part of a group left"),
    "undo_head_count": N_("Took a head count back"),
    "cancel_email": N_("Cancelled an e-mail"),
    "deliver_message": N_("Passed on a phone message"),
    "email_again": N_("Had an e-mail tried again"),
    "extend_loan": N_("Let a loan stay out longer"),
    "get_up": N_("Noted that somebody got up in a work area"),
    "hold_email": N_("Held an e-mail back"),
    "lend": N_("Lent something or noted a wish"),
    "loan_back": N_("Noted that a loan came back"),
    "loan_still_out": N_("Took back that a loan came back"),
    "remove_loan": N_("Removed a loan"),
    "remove_message": N_("Removed a phone message"),
    "reopen_message": N_("Took back that a message was passed on"),
    "reset_email_text": N_("Went back to the desk’s own text of an e-mail"),
    "restore_loan": N_("Brought a loan back to the list"),
    "restore_message": N_("Brought a phone message back"),
    "sit": N_("Gave somebody a seat in a work area"),
    "sit_again": N_("Took back that somebody got up"),
    "take_message": N_("Took a phone message"),
    "write_email_text": N_("Wrote the text of an e-mail"),
    "wrong_pin": N_("A wrong code was entered"),
}


def what(entry: AuditEntry) -> str:
    """What was done, with the little that may be said of it; an action of a newer desk is shown as it is stored."""
    return " · ".join(filter(None, (_done(entry.action), _detail(entry))))


def when(entry: AuditEntry) -> str:
    """`24.11.2026 10:42`."""
    return f"{local(entry.at):%d.%m.%Y} {clock(entry.at)}"


def who(line: Line) -> str:
    """Who did it."""
    return line.by or _("The desk itself")


def write_trail(lines: Iterable[Line], file: Path) -> Path:
    """Write the trail as a table that spreadsheets open; a file of the same name is replaced.

    Raises Unavailable if the folder takes no file.
    """
    part = file.with_suffix(".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # the mark tells spreadsheets that the letters are UTF-8; Turkish ones part columns by semicolons
        with part.open("w", encoding="utf-8-sig", newline="") as out:
            table = csv.writer(out, delimiter=";")
            table.writerow([_("When"), _("Who"), _("What"), _("Desk"), _("Details"), _("Seal")])
            table.writerows([_plain(cell) for cell in _cells(line)] for line in lines)
        part.replace(file)
    except OSError as error:
        raise Unavailable(_("The file could not be written: {}").format(error.strerror)) from error
    return file


def _done(action: str) -> str:
    if action in _ACTIONS:
        return _(_ACTIONS[action])
    undone = action
    while undone.startswith("undo_"):  # an undo can be undone
        undone = undone.removeprefix("undo_")
    return " · ".join((_(_ACTIONS[undone]), _("taken back"))) if undone in _ACTIONS else action


def _cells(line: Line) -> tuple[str, ...]:
    entry = line.entry
    return when(entry), who(line), what(entry), entry.desk, entry.details, entry.seal


def _plain(cell: str) -> str:
    """A name that begins like a formula must not become one."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell


def _detail(entry: AuditEntry) -> str:
    details = json.loads(entry.details)
    if "on" in details:
        return day(date.fromisoformat(details["on"]), "d MMMM yyyy")
    if "role" in details:
        return role_words(details["role"])
    return _("taken back") if details.get("undo") is True else ""

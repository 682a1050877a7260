"""Members and their post: people with authority, items and their moves, e-mail, messages, loans, seats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from civicdesk.models import post_triggers, triggers
from civicdesk.models.base import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _widen_organisations()
    _make_members()
    _make_mail()
    _make_facts()
    _make_states()
    _make_emails()
    _make_secretariat()
    for statement in (*triggers.keep_facts(post_triggers.FACTS), *post_triggers.ALL):
        op.execute(statement)


def _words(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _whole(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _flag(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _instants(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, Instant(length=24), nullable=nullable) for name in names]


def _days(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Date(), nullable=True) for name in names]


def _ids(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=nullable) for name in names]


def _table(name: str, *columns: sa.schema.SchemaItem, key: str = "id") -> None:
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(key))


def _removed() -> list[sa.Column[object]]:
    return _instants("deleted_at", nullable=True)


def _widen_organisations() -> None:
    for name, default in (
        ("short_name", ""),
        ("mersis", ""),
        ("uets", ""),
        ("responsible_person", ""),
        ("notify", "at_once"),
        ("language", "tr"),
        ("authority_note", ""),
        ("left_reason", ""),
    ):
        op.add_column("organisation", sa.Column(name, sa.String(), nullable=False, server_default=default))
    for column in (*_days("forwarding_until_on"), *_ids("merged_into_id", nullable=True)):
        op.add_column("organisation", column)


def _make_members() -> None:
    _table(
        "organisation_person",
        *_ids("id", "organisation_id"),
        *_words("name", "role", "phone", "email", "authority_reference"),
        *_days("authority_from_on", "authority_until_on"),
        _flag("may_take_notices"),
        *_words("note", "folded"),
        *_removed(),
    )
    op.create_index("person_by_organisation", "organisation_person", ["organisation_id"])
    op.create_index("organisation_person_folded", "organisation_person", ["folded"])
    _table(
        "address_paper",
        *_ids("id", "organisation_id"),
        *_words("kind", "reference"),
        *_days("valid_from_on", "valid_until_on"),
        *_words("note"),
        *_removed(),
    )
    op.create_index("paper_by_organisation", "address_paper", ["organisation_id"])
    op.create_index("paper_by_end", "address_paper", ["valid_until_on"])
    _table(
        "line",
        *_ids("id"),
        *_words("number", "extension"),
        *_ids("organisation_id", nullable=True),
        *_removed(),
    )
    op.create_index("line_by_organisation", "line", ["organisation_id"])
    _table(
        "work_seat",
        *_ids("id", "room_id"),
        *_words("name"),
        _whole("position"),
        *_ids("organisation_id", nullable=True),
        *_removed(),
    )
    op.create_index("seat_by_room", "work_seat", ["room_id"])


def _make_mail() -> None:
    _table(
        "mail_item",
        *_ids("id"),
        *_words("number", "desk"),
        *_instants("received_at"),
        *_ids("received_by_id", "batch_id", "organisation_id", nullable=True),
        _whole("box", nullable=True),
        *_words("addressed_to", "kind", "tracking", "sender", "condition", "shelf", "note"),
        *_removed(),
    )
    op.create_index("mail_by_time", "mail_item", ["received_at"])
    op.create_index("mail_by_tracking", "mail_item", ["tracking"])
    op.create_index("mail_by_number", "mail_item", ["number"])
    op.create_index("mail_by_organisation", "mail_item", ["organisation_id", "received_at"])


def _make_facts() -> None:
    _table(
        "mail_move",
        *_ids("id", "item_id"),
        *_words("what"),
        *_instants("at"),
        *_ids("by_id", nullable=True),
        *_words("person", "capacity", "authority", "reason", "details"),
        *_ids("hand_over_id", nullable=True),
    )
    op.create_index("move_by_item", "mail_move", ["item_id", "id"])
    op.create_index("move_by_time", "mail_move", ["at"])
    op.create_index("move_by_hand_over", "mail_move", ["hand_over_id"])
    _table(
        "hand_over",
        *_ids("id"),
        *_ids("organisation_id", "person_id", nullable=True),
        *_words("collector", "capacity", "authority", "override"),
        *_ids("override_by_id", "signature_id", nullable=True),
        _whole("items"),
        *_instants("at"),
        *_ids("by_id", nullable=True),
    )
    op.create_index("hand_over_by_time", "hand_over", ["at"])
    op.create_index("hand_over_by_organisation", "hand_over", ["organisation_id", "at"])
    _table(
        "signature",
        *_ids("id"),
        sa.Column("strokes", sa.LargeBinary(), nullable=False),
        _whole("width"),
        _whole("height"),
        *_instants("at"),
    )
    _table(
        "notice_taking",
        *_ids("id", "item_id"),
        _flag("is_taken"),
        _flag("is_authority_on_file"),
        *_words("authority", "person", "capacity", "reason"),
        *_instants("at"),
        *_ids("by_id", nullable=True),
    )
    op.create_index("taking_by_item", "notice_taking", ["item_id", "at"])


def _make_states() -> None:
    _table(
        "mail_state",
        *_ids("item_id"),
        *_words("place"),
        _flag("is_open"),
        _whole("box", nullable=True),
        *_ids("organisation_id", nullable=True),
        *_words("kind"),
        *_instants("received_at", "changed_at"),
        *_instants("notified_at", "reminded_at", nullable=True),
        _whole("reminders"),
        key="item_id",
    )
    op.create_index("mail_open", "mail_state", ["is_open", "box", "kind", "received_at"])
    op.create_index("mail_open_of_organisation", "mail_state", ["organisation_id", "is_open"])
    _table("handed_over", *_ids("item_id", "hand_over_id"), key="item_id")
    _table(
        "signed_pickup",
        *_words("key"),
        *_ids("signature_id"),
        *_ids("organisation_id", "person_id", nullable=True),
        *_words("collector", "capacity", "authority", "override", "items"),
        *_instants("at"),
        *_ids("by_id", nullable=True),
        key="key",
    )


def _make_emails() -> None:
    _table(
        "email_job",
        *_ids("id"),
        *_words("key", "kind", "to", "subject", "body", "language"),
        *_ids("organisation_id", "subject_id", "by_id", nullable=True),
        *_instants("asked_at", "next_at"),
        *_words("state"),
        _whole("attempts"),
        *_words("trouble"),
        *_instants("ended_at", nullable=True),
        sa.UniqueConstraint("key"),
    )
    op.create_index("email_job_open", "email_job", ["state", "next_at"])
    op.create_index("email_job_by_time", "email_job", ["asked_at"])
    op.create_index("email_job_by_organisation", "email_job", ["organisation_id", "asked_at"])
    _table("email_template", *_ids("id"), *_words("kind", "language", "subject", "body"), *_removed())


def _make_secretariat() -> None:
    _table(
        "phone_message",
        *_ids("id", "organisation_id"),
        *_words("caller", "number", "for_person", "text"),
        _flag("is_urgent"),
        *_instants("taken_at"),
        *_ids("taken_by_id", nullable=True),
        *_removed(),
    )
    op.create_index("message_by_organisation", "phone_message", ["organisation_id", "taken_at"])
    op.create_index("message_by_time", "phone_message", ["taken_at"])
    _table(
        "message_move",
        *_ids("id", "message_id"),
        *_words("what"),
        *_instants("at"),
        *_ids("by_id", nullable=True),
        *_words("person"),
    )
    op.create_index("message_move_by_message", "message_move", ["message_id", "id"])
    _table(
        "loan",
        *_ids("id"),
        *_words("kind"),
        *_ids("organisation_id", nullable=True),
        *_words("person", "what"),
        _whole("count"),
        *_words("note"),
        *_instants("out_at"),
        *_ids("out_by_id", nullable=True),
        *_instants("due_at", "back_at", nullable=True),
        *_ids("back_by_id", nullable=True),
        *_removed(),
        sa.CheckConstraint("count >= 1", name="something_is_lent"),
    )
    op.create_index("loan_by_organisation", "loan", ["organisation_id", "out_at"])
    is_open = sa.text("back_at IS NULL AND deleted_at IS NULL")
    op.create_index("loan_open", "loan", ["due_at"], sqlite_where=is_open)
    _table(
        "seat_stay",
        *_ids("id", "room_id"),
        *_ids("visit_id", "seat_id", "organisation_id", nullable=True),
        _whole("people"),
        *_instants("since_at"),
        *_instants("left_at", nullable=True),
        *_removed(),
        sa.CheckConstraint("people >= 1", name="stay_has_people"),
        sa.CheckConstraint("left_at IS NULL OR left_at >= since_at", name="stay_ends_after_it_begins"),
    )
    sits = sa.text("left_at IS NULL AND deleted_at IS NULL")
    op.create_index("stay_open", "seat_stay", ["room_id"], sqlite_where=sits)
    op.create_index("stay_by_visit", "seat_stay", ["visit_id"])
    op.create_index("stay_by_time", "seat_stay", ["since_at"])


def downgrade() -> None:
    """A newer file is never made older; the copy from before the migration is the way back."""
    raise NotImplementedError

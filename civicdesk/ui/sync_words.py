"""How the sync goes, in the clerk's words."""

from __future__ import annotations

from datetime import datetime, timedelta

from civicdesk.errors import Refusal, Unavailable
from civicdesk.models import Alarm
from civicdesk.sync.port import Away, Refused
from civicdesk.sync.session import GivenUp, Outcome, Phase, Progress, Stopped
from civicdesk.sync.standing import Standing
from civicdesk.text import _, clock, day, local, ngettext, number

_ALARMS = {"revoked": Alarm.REVOKED, "unknown_desk": Alarm.UNKNOWN}
_DAY = timedelta(days=1)
_OLD = timedelta(hours=36)
"""So long without a sync, and more than one night was missed."""

LONG_AWAY = timedelta(hours=12)
"""So long may a hub be away before Today says so."""


def when_words(at: datetime, now: datetime) -> str:
    """A time of today or tonight; of another day with its day."""
    if now - at < _DAY and local(at).date() == local(now).date():
        return clock(at)
    form = "EEEE" if now - at < 6 * _DAY else "d MMMM"
    return f"{day(local(at).date(), form)} {clock(at)}"


def chip(standing: Standing, now: datetime, *, is_at_work: bool) -> tuple[str, str, str]:
    """Words, tone and tip of the chip; no words for a desk without a hub."""
    if not standing.is_joined:
        return "", "ok", ""
    if is_at_work and not standing.alarm:
        return _("Syncing…"), "info", waits_words(standing, now)
    return _at_rest(standing, now)


def _at_rest(standing: Standing, now: datetime) -> tuple[str, str, str]:
    waits = ngettext("{} change waits", "{} changes wait", standing.waits).format(number(standing.waits))
    last = last_words(standing, now)
    if standing.alarm:
        return _("Sync stopped"), "bad", alarm_words(Alarm(standing.alarm))
    if standing.away_since is not None:
        words = _("Hub away since {}").format(when_words(standing.away_since, now))
        return words, "warn", f"{waits} · {last}"
    if standing.synced_at is None:
        return _("Not synced yet"), "warn", waits
    if standing.waits and now - standing.synced_at > _OLD:
        return waits, "warn", last
    return last, "ok", waits if standing.waits else _("Everything was sent.")


def last_words(standing: Standing, now: datetime) -> str:
    """When the desk and its hub last had the same."""
    if standing.synced_at is None:
        return _("Not synced yet")
    return _("Synced {}").format(when_words(standing.synced_at, now))


def waits_words(standing: Standing, now: datetime) -> str:
    """What the hub does not have yet, and how old the oldest of it is."""
    if not standing.waits:
        return _("Everything was sent.")
    words = ngettext("{} change waits", "{} changes wait", standing.waits).format(number(standing.waits))
    if standing.oldest_at is not None:
        words += " · " + _("the oldest since {}").format(when_words(standing.oldest_at, now))
    return words


def progress_words(progress: Progress) -> str:
    """Where a session is."""
    said = {
        Phase.HELLO: _("Calling the hub"),
        Phase.PUSH: _("Sending: {}"),
        Phase.PULL: _("Receiving: {}"),
        Phase.BLOBS: _("Exchanging pictures"),
        Phase.VERIFY: _("Comparing both sides"),
        Phase.DONE: _("Done"),
    }[progress.phase]
    return said.format(number(progress.done))


def alarm_words(alarm: Alarm) -> str:
    """Why the sync stopped, and what to do."""
    return {
        Alarm.NONE: "",
        Alarm.EPOCH: _(
            "This hub is not as it was: restored from a backup, or another one. Nothing is sent until a manager has "
            "confirmed it."
        ),
        Alarm.HUB_OLDER: _("The hub is older than this desk. It waits until the hub is brought up to date."),
        Alarm.DESK_OLDER: _("This desk is older than the hub allows. Bring CivicDesk up to date here."),
        Alarm.REVOKED: _("The hub does not let this desk in any more. Ask whoever looks after the hub."),
        Alarm.UNKNOWN: _("The hub does not know this desk. Scan its code once more."),
    }[alarm]


def outcome_words(ended: object) -> tuple[str, str]:
    """What a session came to: a sentence and its tone."""
    if isinstance(ended, Outcome):
        words = _("Synced: {sent} sent, {received} received.")
        return words.format(sent=number(ended.pushed), received=number(ended.pulled)), "ok"
    if isinstance(ended, GivenUp):
        return _("The sync was stopped. What was done stays; the next one goes on."), "info"
    if isinstance(ended, Away):
        return _("The hub does not answer. Work goes on; it is tried again by itself."), "warn"
    return _trouble(ended), "bad"


def arrival_words(ended: object) -> str:
    """Why a new desk did not get all of its centre; nothing where it did."""
    if ended is None:
        return ""
    if isinstance(ended, GivenUp):
        return _("Stopped. What has arrived is kept.")
    if isinstance(ended, Away):
        return _("The hub does not answer. See whether this computer is in the network, then try again.")
    return _trouble(ended)


def _trouble(ended: object) -> str:
    if isinstance(ended, Stopped):
        return alarm_words(ended.alarm)
    if isinstance(ended, Refused) and ended.reason in _ALARMS:
        return alarm_words(_ALARMS[ended.reason])
    if isinstance(ended, Refusal | Unavailable):
        return str(ended)
    return _("The sync ended with an error. Nothing is lost; tell whoever looks after the hub.")

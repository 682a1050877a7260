"""What of the post needs somebody: notices that wait, items of nobody known, a pickup that was cut short."""

from __future__ import annotations

from civicdesk.desk.notices import OpenNotice
from civicdesk.desk.today import Today
from civicdesk.models import Place, SignedPickup
from civicdesk.text import _, clock, ngettext, number
from civicdesk.ui.pages.today.matter import Matter
from civicdesk.ui.post_words import items_words, kind_words, whose_words

_SHOWN = 3


def post_matters(seen: Today) -> list[Matter]:
    """The lines of the post, the red ones first."""
    post = seen.post
    found = [_signed(pickup) for pickup in post.signed]
    found += [_notice(notice) for notice in post.open_notices[:_SHOWN]]
    left = len(post.open_notices) - _SHOWN
    if left > 0:
        title = ngettext("{} more official notice waits", "{} more official notices wait", left)
        found.append(
            Matter("file-pen", "bad", title.format(number(left)), act="post_list", subject="notices")
        )
    if post.unmatched:
        title = ngettext("{} item belongs to nobody known", "{} items belong to nobody known", post.unmatched)
        found.append(
            Matter(
                "circle-help",
                "warn",
                title.format(number(post.unmatched)),
                _("find out whose"),
                act="post_list",
                subject="unmatched",
            )
        )
    return found


def _notice(notice: OpenNotice) -> Matter:
    """How long it has waited; never what must be done by when."""
    item, days = notice.item, notice.days
    kind = kind_words(item.kind)
    if days:
        title = ngettext("{kind}: waits for {count} day", "{kind}: waits for {count} days", days)
        said = title.format(kind=kind, count=number(days))
    else:
        said = _("{kind}: came today").format(kind=kind)
    is_presented = notice.place == Place.PRESENTED
    second = " · ".join((whose_words(item), _("decide") if is_presented else _("tell them")))
    act = "notice" if is_presented else "post_item"
    return Matter("file-pen", "bad", said, second, act=act, subject=item.id, key=item.id.hex)


def _signed(pickup: SignedPickup) -> Matter:
    count = len(pickup.items.split(","))
    second = " · ".join((pickup.collector, items_words(count), clock(pickup.at)))
    return Matter(
        "hand-helping", "warn", _("Signed for, but not handed over"), second, act="post", key=pickup.key
    )

"""The sheet on which a calendar lies."""

from __future__ import annotations

from civicdesk.ui.widgets.card import Card


class Sheet(Card):
    """A card whose corners stay round whatever is painted on it."""

    def dress(self) -> None:
        super().dress()
        self.body.setContentsMargins(3, 6, 3, 6)

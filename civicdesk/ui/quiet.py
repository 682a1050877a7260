"""Nothing of the desk's own housekeeping may be felt under a finger."""

from __future__ import annotations

import gc


def settle() -> None:
    """Call once the desk stands: what is there now stays all day, so the collector need not go through it again.

    Going through it halts the screen for five frames each time, in the middle of a fling as well.
    """
    gc.unfreeze()  # another centre may have been opened before
    gc.collect()
    gc.freeze()

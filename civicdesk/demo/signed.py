"""Signatures of people who do not exist: the same for the same name."""

from __future__ import annotations

from functools import cache
from math import sin
from random import Random

from civicdesk.desk import signatures

WIDTH, HEIGHT = 366, 137


@cache
def drawn(name: str) -> tuple[bytes, int, int]:
    """The packed strokes of a signature, and the size of the pad."""
    hand = Random(name)
    waves, lean, high = hand.randint(3, 6), hand.uniform(0.2, 0.9), hand.uniform(18, 34)
    left, right = hand.uniform(30, 70), hand.uniform(250, 330)
    steps = 12 * waves
    stroke = []
    for step in range(steps + 1):
        share = step / steps
        fading = high * (1 - 0.7 * share)
        angle = share * waves * 6.283
        x = left + (right - left) * share + fading * lean * sin(angle * 0.5)
        stroke.append((x, 75 - 12 * share + fading * sin(angle)))
    dash = [(left + 10, 112.0), (right - hand.uniform(0, 60), 104 + hand.uniform(-6, 6))]
    strokes = [stroke, dash] if hand.random() < 0.5 else [stroke]  # noqa: PLR2004  half of them underline
    return signatures.pack(strokes), WIDTH, HEIGHT

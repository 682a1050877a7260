"""The seventeen goals of sustainable development, as they are called here."""

from __future__ import annotations

from civicdesk.text import N_, _

_GOALS = (
    N_("No poverty"),
    N_("Zero hunger"),
    N_("Good health and well-being"),
    N_("Quality education"),
    N_("Gender equality"),
    N_("Clean water and sanitation"),
    N_("Affordable and clean energy"),
    N_("Decent work and economic growth"),
    N_("Industry, innovation and infrastructure"),
    N_("Reduced inequalities"),
    N_("Sustainable cities and communities"),
    N_("Responsible consumption and production"),
    N_("Climate action"),
    N_("Life below water"),
    N_("Life on land"),
    N_("Peace, justice and strong institutions"),
    N_("Partnerships for the goals"),
)


def goal_words(goal: int) -> str:
    """A goal with its number: `4 Quality education`."""
    return f"{goal} {_(_GOALS[goal - 1])}"

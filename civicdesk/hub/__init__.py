"""The hub of a municipality: PostgreSQL, and nothing of ours running beside it.

What desks may do there are versioned functions (`sql/desk_v1.sql`); everything else here sets the hub up and looks
after it. The tables of the desks are not written down a second time: they follow from the models.
"""

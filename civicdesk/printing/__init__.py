"""Everything the desk puts on paper: badges, the evacuation list, and their pictures for the screen.

The libraries that draw are slow to load, so each is loaded when the first document is drawn.
"""

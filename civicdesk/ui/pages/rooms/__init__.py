"""The pieces of the calendar of rooms."""

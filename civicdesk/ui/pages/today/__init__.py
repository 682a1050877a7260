"""The pieces of the screen that is open all day."""

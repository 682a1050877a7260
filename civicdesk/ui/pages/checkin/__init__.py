"""The parts of the check-in page."""

"""The parts of the page of all members."""

"""The parts of the page on which staff write whom they expect."""

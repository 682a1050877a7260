"""The parts of the page of the print queue."""

"""The parts of the page of visitors."""

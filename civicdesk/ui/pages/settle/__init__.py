"""The parts of the page on which two versions are settled."""

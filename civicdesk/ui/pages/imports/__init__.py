"""The parts of the page that takes bookings in from a file."""

"""The parts of the page where bookings are written."""

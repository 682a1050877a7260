"""The demo centre: a made-up place with three years behind it, the same each time for the same seed.

Nobody and nothing in it exists: the district is invented, mail ends in `.example`, phones are 0500 000 NN NN.
"""

from civicdesk.demo.centre import Cancelled, DemoCentre, make
from civicdesk.demo.clock import NOW
from civicdesk.demo.staff import PIN

__all__ = ["NOW", "PIN", "Cancelled", "DemoCentre", "make"]

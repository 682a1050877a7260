"""What the very first start shows: a centre set up in four short steps, a desk taken over, or a look around."""

from civicdesk.ui.first_start.demo_progress import DemoProgress
from civicdesk.ui.first_start.restoring import Restoring
from civicdesk.ui.first_start.taking_over import TakingOver
from civicdesk.ui.first_start.window import FirstStart

__all__ = ["DemoProgress", "FirstStart", "Restoring", "TakingOver"]

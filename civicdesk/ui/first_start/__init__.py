"""What the very first start shows: set up one's own centre in four short steps, or look around in a demo."""

from civicdesk.ui.first_start.demo_progress import DemoProgress
from civicdesk.ui.first_start.restoring import Restoring
from civicdesk.ui.first_start.window import FirstStart

__all__ = ["DemoProgress", "FirstStart", "Restoring"]

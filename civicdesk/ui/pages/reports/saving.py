"""Where reports are saved; the asking is that of all papers."""

from civicdesk.ui.saving import ask_where, write

__all__ = ["ask_where", "write"]

"""`python -m civicdesk`."""

from __future__ import annotations

import sys


def main() -> None:
    """Open the desk at once where that is all that was asked; else read the command line.

    The command line's own library takes longer to import than the first window takes to paint.
    """
    if sys.argv[1:] in ([], ["open"]):
        from civicdesk.app import open_desk  # noqa: PLC0415

        sys.exit(open_desk())
    from civicdesk.cli import app  # noqa: PLC0415

    app()


if __name__ == "__main__":
    main()

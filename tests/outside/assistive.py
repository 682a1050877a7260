"""What a screen reader does, from another process: finds controls by name and role, reads, writes, presses.

Run by the system's Python, which has pyatspi. Speaks JSON, one object a line: a request names an `order` and its
arguments; the answer is `{"ok": …}` or `{"wrong": "…"}`.
"""

# ruff: noqa: ANN401  pyatspi has no types
from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import pyatspi

DEEPEST = 40


def _children(node: Any) -> list[Any]:
    try:
        children = [node.getChildAtIndex(i) for i in range(node.childCount)]
    except Exception:
        return []
    return [child for child in children if child is not None]


def _walk(node: Any, depth: int = 0) -> Iterator[Any]:
    yield node
    if depth < DEEPEST:
        for child in _children(node):
            yield from _walk(child, depth + 1)


def _walk_shown(node: Any) -> Iterator[Any]:
    """What is seen; nothing shows inside of what does not."""
    for child in _children(node):
        if _is_showing(child):
            yield child
            yield from _walk_shown(child)


def _fits(node: Any, name: str | None, role: str | None, handle: str | None) -> bool:
    try:
        return (
            (name is None or node.name == name)
            and (role is None or node.getRoleName() == role)
            and (handle is None or node.get_accessible_id().split(".")[-1] == handle)
        )
    except Exception:
        return False


def _is_showing(node: Any) -> bool:
    try:
        return bool(node.getState().contains(pyatspi.STATE_SHOWING))
    except Exception:
        return False  # gone meanwhile


def _is_named(node: Any, name: str) -> bool:
    try:
        return (node.name or "").lower() == name.lower()
    except Exception:
        return False  # a program that was killed is still listed for a moment


class Eyes:
    """Looks at one program."""

    def __init__(self, program: str, patience: float) -> None:
        self.program = program
        self.patience = patience

    def _root(self) -> Any:
        for candidate in _children(pyatspi.Registry.getDesktop(0)):
            if _is_named(candidate, self.program):
                return candidate
        return None

    def _look(self, **what: str | None) -> Any:
        root = self._root()
        return next((node for node in _walk_shown(root) if _fits(node, **what)), None) if root else None

    def find(self, name: str | None = None, role: str | None = None, handle: str | None = None) -> Any:
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            node = self._look(name=name, role=role, handle=handle)
            if node is not None:
                return node
            time.sleep(0.02)
        raise LookupError(f"no control named {name!r}, role {role!r}, handle {handle!r} is showing")

    # The orders.

    def wait(self, **what: str) -> dict[str, Any]:
        return self._described(self.find(**what))

    def watch(self, names: list[str], handle: str) -> str:
        """Look at one control without a break until its name is one of these; that name."""
        node, until = None, time.monotonic() + self.patience
        while time.monotonic() < until:
            node = node or self._look(name=None, role=None, handle=handle)
            if node is not None and node.name in names:
                return str(node.name)
        raise LookupError(f"{handle!r} says none of {names}")

    def read(self, **what: str) -> str:
        return self._text(self.find(**what))

    def write(self, text: str, **what: str) -> bool:
        return bool(self.find(**what).queryEditableText().setTextContents(text))

    def press(self, **what: str) -> bool:
        action = self.find(**what).queryAction()
        names = [action.getName(i).lower() for i in range(action.nActions)]
        wanted = next((i for i, each in enumerate(names) if each in ("press", "toggle")), 0)
        return bool(action.doAction(wanted))

    def items(self, **what: str) -> list[str]:
        return [child.name for child in _children(self.find(**what)) if child.name]

    def tree(self, **what: str) -> list[dict[str, Any]]:
        return [self._described(node) for node in _walk(self.find(**what) if what else self._root())]

    def _text(self, node: Any) -> str:
        if "Text" in pyatspi.listInterfaces(node):
            return str(node.queryText().getText(0, -1))
        return str(node.name)

    def _described(self, node: Any) -> dict[str, Any]:
        box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS) if self._has_place(node) else None
        return {
            "name": node.name,
            "role": node.getRoleName(),
            "handle": node.get_accessible_id(),
            "text": self._text(node),
            "showing": _is_showing(node),
            "focused": bool(node.getState().contains(pyatspi.STATE_FOCUSED)),
            "box": [box.x, box.y, box.width, box.height] if box else None,
        }

    def _has_place(self, node: Any) -> bool:
        return "Component" in pyatspi.listInterfaces(node)


ORDERS = ("wait", "watch", "read", "write", "press", "items", "tree")


def main() -> None:
    eyes = Eyes(sys.argv[1], float(sys.argv[2]))
    for line in sys.stdin:
        request = json.loads(line)
        order = request.pop("order")
        try:
            answer = {"ok": getattr(eyes, order)(**request)} if order in ORDERS else {"wrong": order}
        except Exception as problem:
            answer = {"wrong": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(answer, ensure_ascii=False), flush=True)  # noqa: T201  this is how it speaks


if __name__ == "__main__":
    main()

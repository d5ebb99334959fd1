"""What does the script of a page send to a browser? Its messages as a tree: blocks with their keys, elements inside them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

# The first number of an element's place: what is on the page itself, and what has no place on it, as style sheets.
MAIN, OUT_OF_SIGHT = 0, 2


@dataclass
class Node:
    """A block or an element: `kind` is its name in Streamlit's messages, `content` the message of that kind, `around` the one
    that holds it with its width and height."""

    kind: str
    content: Any = None
    around: Any = None
    children: dict[int, "Node"] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key that the page gave it; empty where it gave none."""
        return key_of(str(getattr(self.content, "id", "") or getattr(self.around, "id", "")))

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The figure of a chart, the deck of a map."""
        spec: dict[str, Any] = json.loads(self.content.spec if self.kind == "plotly_chart" else self.content.json)
        return spec

    def in_order(self) -> list["Node"]:
        return [self.children[at] for at in sorted(self.children)]


@dataclass
class SentPage:
    """What a run of a page sent: its title in the window, the paths and names of all pages, its content, its own style sheets."""

    title: str = ""
    pages: list[tuple[str, str]] = field(default_factory=list)
    main: Node = field(default_factory=lambda: Node("main"))
    styles: Node = field(default_factory=lambda: Node("styles"))


def key_of(element_id: str) -> str:
    """The key inside an id of Streamlit's, as $$ID-<digits>-<key>; empty where there is none."""
    parts = element_id.split("-", 2)
    return parts[2] if element_id.startswith("$$ID-") and len(parts) == 3 and parts[2] != "None" else ""


def page_of(messages: Iterable[ForwardMsg]) -> SentPage:
    """The messages of a run as a page. RuntimeError where the script of the page failed."""
    page = SentPage()
    for message in messages:
        kind = message.WhichOneof("type")
        if kind == "new_session":  # a script that is run again begins anew
            page = SentPage()
        elif kind == "page_config_changed":
            page.title = message.page_config_changed.title
        elif kind == "navigation":
            page.pages = [(app_page.url_pathname, app_page.page_name) for app_page in message.navigation.app_pages]
        elif kind == "delta":
            root, *place = message.metadata.delta_path
            _put(page.styles if root == OUT_OF_SIGHT else page.main, place, _node(message.delta))
    return page


def _node(delta: Any) -> Node:
    around = getattr(delta, delta.WhichOneof("type"))
    kind = around.WhichOneof("type") or "empty"
    if kind == "exception":
        raise RuntimeError(f"The page failed: {around.exception.message}")
    return Node(kind, getattr(around, kind, None), around)


def _put(root: Node, place: list[int], node: Node) -> None:
    """Puts a node at its place; a block that is sent again loses what it held."""
    parent = root
    for at in place[:-1]:
        parent = parent.children.setdefault(at, Node("flex_container"))
    parent.children[place[-1]] = node

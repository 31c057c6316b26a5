"""Punctuation written in templates, set as the language of the page sets it.

Between two values a template writes 、 or （） as it stands in Chinese. Readers of another language get their own
marks, with the blanks those need; nobody has to have a comma translated. What values hold is never touched.
"""

import re
from collections.abc import Iterator
from functools import cache

from django.template.base import Node, NodeList, TextNode
from django.template.defaulttags import IfNode
from django.utils.translation import get_language

MARKS = {
    "，": ", ",
    "、": ", ",
    "；": "; ",
    "：": ": ",
    "。": ". ",
    "？": "? ",
    "！": "! ",
    "（": " (",
    "）": ") ",
    "《": "“",
    "》": "”",
    "～": "–",
    "＋": "+",
    "－": "−",
    "＝": "=",
    "／": "/",
    "｜": "|",
    "\u3000": "\u2003",  # as wide
}
"""What other languages write for a mark of Chinese."""

_MARK = re.compile(f" ?([{''.join(MARKS)}]) ?")
_KEPT = re.compile(r"""(\s(?:data-[\w-]+|value|name)=(?:"[^"]*"|'[^']*'))""")
"""Attributes that a script or the server reads."""


def inside(node: Node) -> Iterator[NodeList]:
    """Yield the lists of nodes that a node of a template holds."""
    if isinstance(node, IfNode):
        yield from (inner for _, inner in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        if isinstance(inner := getattr(node, name, None), NodeList):
            yield inner


def typeset(nodes: NodeList) -> None:
    """Have the Chinese marks in the text of a template follow the language of the page."""
    for index, node in enumerate(nodes):
        if type(node) is TextNode and _MARK.search(node.s):
            nodes[index] = Punctuated(node)
        for inner in inside(node):
            typeset(inner)


class Punctuated(Node):
    """Text of a template with Chinese marks in it."""

    child_nodelists = ()

    def __init__(self, node: TextNode) -> None:
        self.text = node.s
        self.token, self.origin = node.token, node.origin

    def render_annotated(self, context: object) -> str:
        """Return the text with the marks of the page's language."""
        return self.text if (get_language() or "zh").startswith("zh") else western(self.text)

    render = render_annotated


@cache
def western(text: str) -> str:
    """Return text of a template with the marks of Western languages."""
    parts = _KEPT.split(text)
    parts[::2] = [_set(part) for part in parts[::2]]
    return "".join(parts)


def _set(text: str) -> str:
    text = _MARK.sub(lambda found: MARKS[found.group(1)], text)
    return re.sub(r"\) (?=[,.;:)?!<\"])", ")", text)

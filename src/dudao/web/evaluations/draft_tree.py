"""A draft as a tree that people edit: its lines with their doubts, and what can be done to a line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from dudao.issues import Issue
from dudao.scheme.edit_pack import EditablePack, Entry
from dudao.scheme.write_pack import Plain, Quoted
from dudao.web.evaluations.refusals import InvalidValueError

Node = dict[str, Entry]
DEEPEST_GROUP = 3
_QUOTED_NAME = re.compile(r"“([^”]+)”")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the tree. `path` leads to it by positions, as `0.2.1`; `doubts` are what nobody has settled."""

    path: str
    depth: int
    is_group: bool
    id: str
    name: str
    points: str
    lead: str
    has_rule: bool
    parent: str
    doubts: tuple[str, ...] = field(default=())


def text_of(node: Node, key: str) -> str:
    """Return a text of a node, empty when there is none."""
    value = node.get(key, "")
    return str(value) if isinstance(value, str) and not (isinstance(value, Plain) and value in {"~", "null"}) else ""


def texts_of(node: Node, key: str) -> list[str]:
    """Return a list of texts of a node."""
    value = node.get(key, [])
    return [str(each) for each in value if isinstance(each, str)] if isinstance(value, list) else []


def children_of(node: Node) -> list[Entry]:
    """Return the items below a node."""
    below = node.get("items")
    return below if isinstance(below, list) else []


def tree_lines(pack: EditablePack, undecided: Sequence[str] = (), issues: Sequence[Issue] = ()) -> list[Line]:
    """Return the lines of a draft in order, each with the doubts that name it."""
    said = [*undecided, *(issue.message for issue in issues if issue.level != "note")]
    scored = text_of(pack.head, "scored") != "false"

    def walk(nodes: Sequence[Entry], above: str, depth: int, parent: str) -> Iterator[Line]:
        for position, node in enumerate(nodes):
            if not isinstance(node, dict):
                continue
            path = f"{above}.{position}" if above else str(position)
            is_group = "items" in node
            key, name, points = (text_of(node, each) for each in ("id", "name", "full_points"))
            doubts = [line for line in said if _names(line, key, name)]
            if scored and not is_group and not points:
                doubts.append(_("没有分值。"))
            yield Line(
                path,
                depth,
                is_group,
                key,
                name,
                points,
                text_of(node, "lead_department"),
                "rule" in node,
                parent,
                tuple(dict.fromkeys(doubts)),
            )
            yield from walk(children_of(node), path, depth + 1, key)

    return list(walk(pack.indicators, "", 0, ""))


def _names(line: str, key: str, name: str) -> bool:
    quoted = _QUOTED_NAME.findall(line)
    return bool((name and name in quoted) or ("." in key and re.search(rf"(?<![\w.]){re.escape(key)}(?![\w.])", line)))


def _place(pack: EditablePack, path: str) -> tuple[list[Entry], int]:
    """Return the list that holds a line and the line's position in it.

    Raises:
        InvalidValueError: there is no such line.
    """
    siblings: list[Entry] = list(pack.indicators)
    holder: list[Entry] = siblings
    position = -1
    try:
        for step in path.split("."):
            if position >= 0:
                node = holder[position]
                if not isinstance(node, dict):
                    raise IndexError
                holder = children_of(node)
            position = int(step)
            if not 0 <= position < len(holder):
                raise IndexError
    except (ValueError, IndexError):
        raise InvalidValueError(_("这一行已不在草稿里，可能已被移动或删除。"), advice=_("请刷新页面。")) from None
    return holder, position


def node_at(pack: EditablePack, path: str) -> Node:
    """Return the entry of a line, to be read or changed in place.

    Raises:
        InvalidValueError: there is no such line.
    """
    holder, position = _place(pack, path)
    node = holder[position]
    if not isinstance(node, dict):
        raise InvalidValueError(_("这一行不是指标。"))
    return node


def _siblings(pack: EditablePack, path: str) -> tuple[list[Entry], int]:
    """Return the real list that holds a line (the first level too), to be changed."""
    if "." not in path:
        _place(pack, path)
        top: list[Entry] = pack.indicators  # type: ignore[assignment]  # first-level entries are mappings, by checks
        return top, int(path)
    return _place(pack, path)


def next_id(pack: EditablePack, parent: str) -> str:
    """Return an id that no line has, below a parent's id."""
    used = {line.id for line in tree_lines(pack)}
    number = 1
    while (f"{parent}.{number}" if parent else str(number)) in used:
        number += 1
    return f"{parent}.{number}" if parent else str(number)


def add_below(pack: EditablePack, path: str, *, group: bool) -> str:
    """Add an empty indicator or point below a line (at the first level with an empty path); return its path.

    Raises:
        InvalidValueError: the line is a point, or the tree would become too deep.
    """
    if not path:
        pack.indicators.append({"id": Quoted(next_id(pack, "")), "name": "", "items": []})
        return str(len(pack.indicators) - 1)
    parent = node_at(pack, path)
    if "items" not in parent:
        raise InvalidValueError(_("测评点下面不能再加下级。"), advice=_("请在它的上级下面添加。"))
    if group and path.count(".") + 2 > DEEPEST_GROUP:
        raise InvalidValueError(_("指标最多三级，测评点在其下。"), advice=_("请改为添加测评点。"))
    below = children_of(parent)
    made: Node = {"id": Quoted(next_id(pack, text_of(parent, "id"))), "name": ""}
    if group:
        made["items"] = []
    below.append(made)
    parent["items"] = below
    return f"{path}.{len(below) - 1}"


def remove(pack: EditablePack, path: str) -> None:
    """Take a line out with everything below it."""
    holder, position = _siblings(pack, path)
    del holder[position]


def shift(pack: EditablePack, path: str, step: int) -> str:
    """Move a line up (-1) or down (1) among its siblings and return its new path; at the end it stays."""
    holder, position = _siblings(pack, path)
    target = position + step
    if not 0 <= target < len(holder):
        return path
    holder[position], holder[target] = holder[target], holder[position]
    return ".".join([*path.split(".")[:-1], str(target)])


def _height(node: Node) -> int:
    """Return how many levels of indicators a line has below and with it."""
    if "items" not in node:
        return 0
    return 1 + max((_height(each) for each in children_of(node) if isinstance(each, dict)), default=0)


def move_below(pack: EditablePack, path: str, parent: str) -> str:
    """Move a line below another indicator, by the parent's id (empty for the first level); return its new path.

    Raises:
        InvalidValueError: the parent does not exist, lies below the line itself, or the tree would become too deep.
    """
    node = node_at(pack, path)
    lines = tree_lines(pack)
    target = next((line for line in lines if line.is_group and line.id == parent), None)
    if parent and target is None:
        raise InvalidValueError(
            _("没有编号为“%(parent)s”的上级指标。") % {"parent": parent}, advice=_("请填已有指标的编号。")
        )
    if not parent and "items" not in node:
        raise InvalidValueError(_("测评点要放在一级指标下面。"), advice=_("请填上级指标的编号。"))
    if target is not None and (target.path == path or target.path.startswith(f"{path}.")):
        raise InvalidValueError(_("不能把指标移到它自己下面。"))
    if (target.depth + 1 if target else 0) + _height(node) > DEEPEST_GROUP:
        raise InvalidValueError(_("移过去以后层次超过三级指标。"), advice=_("请换一个上级。"))
    below = node_at(pack, target.path) if target else None
    remove(pack, path)
    if below is None:
        pack.indicators.append(node)
    else:
        items = children_of(below)
        items.append(node)
        below["items"] = items
    return next(line.path for line in tree_lines(pack) if node_at(pack, line.path) is node)

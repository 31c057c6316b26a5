"""From a YAML file to its tree, all problems at once.

A pack is data from strangers, so the reader takes the plain part of YAML only: anchors, aliases, merge keys and
tags are refused (which also makes exploding files harmless), and size, depth and number of values are bounded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from dudao.issues import Issue, Level, Location
from dudao.located_yaml.nodes import YamlList, YamlMap, YamlNode, YamlText

MAXIMUM_BYTES = 2_000_000
MAXIMUM_DEPTH = 24
MAXIMUM_VALUES = 200_000

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml_file(path: Path, *, name: str | None = None) -> tuple[YamlNode | None, list[Issue]]:
    """Return the tree of a file and what is wrong with it; the tree is None when the file cannot be read at all.

    Args:
        path: the file.
        name: how issues name the file; the path as given without it.
    """
    file = name or str(path)
    if path.exists() and not path.is_file():
        return None, [_error("yaml.unreadable", "这里不是普通文件，读不了。", Location(file), "请给出YAML文件。")]
    try:
        if path.stat().st_size > MAXIMUM_BYTES:
            size = f"{path.stat().st_size / 1_000_000:.1f}"
            message = f"文件有{size}MB，超过方案文件的上限{MAXIMUM_BYTES // 1_000_000}MB。"
            return None, [_error("yaml.too_large", message, Location(file), "请确认选对了文件，或拆成多个小文件。")]
        content = path.read_bytes()
    except OSError as error:
        return None, [
            _error("yaml.unreadable", f"文件打不开：{error.strerror}。", Location(file), "请检查路径和权限。")
        ]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = "文件不是UTF-8编码，无法读成文字。"
        return None, [_error("yaml.encoding", message, Location(file, line), "请在编辑器里另存为UTF-8。")]
    return read_yaml(text, file=file)


def read_yaml(text: str, *, file: str = "") -> tuple[YamlNode | None, list[Issue]]:
    """Return the tree of a text and what is wrong with it; the tree is None when the text is no YAML."""
    if len(text) > MAXIMUM_BYTES:
        message = f"内容有{len(text)}字，超过上限{MAXIMUM_BYTES}字。"
        return None, [_error("yaml.too_large", message, Location(file), "请拆成多个小文件。")]
    builder = _Builder(file)
    try:
        builder.run(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + 1
        message = "YAML写法有误，读到这里读不下去。"
        remedy = _SYNTAX_ADVICE.get(
            (error.problem or "").split(",")[0], "请检查这一行及上一行的缩进、冒号后的空格和引号。"
        )
        builder.issues.append(_error("yaml.syntax", message, Location(file, line), remedy))
        return None, builder.issues
    except yaml.YAMLError:
        message = "文件里有YAML不允许的控制字符。"
        builder.issues.append(
            _error("yaml.syntax", message, Location(file), "请用纯文本编辑器打开，删去看不见的字符。")
        )
        return None, builder.issues
    except _TooMuchError as stop:
        builder.issues.append(
            _error("yaml.too_complex", str(stop), stop.location, "方案文件不需要这样的结构，请检查文件来源。")
        )
        return None, builder.issues
    if builder.refused:
        return None, builder.issues
    if builder.root is None:
        builder.issues.append(_error("yaml.empty", "文件是空的。", Location(file), "请写入内容或删去该文件。"))
    return builder.root, builder.issues


_SYNTAX_ADVICE = {
    "found character '\\t' that cannot start any token": "缩进里有制表符，请改成空格。",
    "mapping values are not allowed here": "值里含有冒号时请给整个值加引号；也请检查缩进。",
    "mapping values are not allowed in this context": "值里含有冒号时请给整个值加引号；也请检查缩进。",
    "found unexpected end of stream": "有引号或括号没有写完，请补上另一半。",
    "did not find expected key": "请检查这一行与上面各行的缩进是否对齐。",
    "could not find expected ':'": "这里缺少冒号，写法是“键: 值”。",
}


class _TooMuchError(Exception):
    def __init__(self, message: str, location: Location) -> None:
        super().__init__(message)
        self.location = location


def _error(code: str, message: str, location: Location, remedy: str = "") -> Issue:
    return Issue(Level.ERROR, code, message, location, remedy)


@dataclass
class _Open:
    """A list or mapping still being read; `key` is the key that waits for its value."""

    location: Location
    mapping: bool
    items: list[YamlNode] = field(default_factory=list)
    entries: dict[str, YamlNode] = field(default_factory=dict)
    places: dict[str, Location] = field(default_factory=dict)
    key: str | None = None
    key_place: Location = field(default_factory=Location)

    def close(self) -> YamlNode:
        if self.mapping:
            return YamlMap(self.entries, self.places, self.location)
        return YamlList(tuple(self.items), self.location)


class _Builder:
    """Builds nodes from the events of the parser, so that no alias is ever expanded."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.issues: list[Issue] = []
        self.root: YamlNode | None = None
        self.refused = False
        self._open: list[_Open] = []
        self._documents = 0
        self._values = 0
        self._told: set[str] = set()

    def run(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            mark = event.start_mark
            place = Location(self.file, None if mark is None else mark.line + 1)
            if isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    self._refuse(
                        "yaml.several_documents", "一个文件里有多份文档（以---隔开）。", place, "请每个文件只写一份。"
                    )
                    return
            elif isinstance(event, yaml.AliasEvent):
                self._refuse_anchor(place)
                self._add(YamlText("", False, place))
            elif isinstance(event, yaml.ScalarEvent):
                self._check_node(event, place)
                self._scalar(event, place)
            elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
                self._check_node(event, place)
                self._descend(_Open(place, isinstance(event, yaml.MappingStartEvent)))
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                self._add(self._open.pop().close())

    def _descend(self, child: _Open) -> None:
        if len(self._open) >= MAXIMUM_DEPTH:
            raise _TooMuchError(f"嵌套超过{MAXIMUM_DEPTH}层。", child.location)
        self._open.append(child)

    def _check_node(self, event: yaml.NodeEvent, place: Location) -> None:
        self._values += 1
        if self._values > MAXIMUM_VALUES:
            raise _TooMuchError(f"文件里的值超过{MAXIMUM_VALUES}个。", place)
        if event.anchor is not None:
            self._refuse_anchor(place)
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            message = f"这里用了YAML标签“{tag}”，方案文件不接受标签。"
            self._refuse("yaml.tag", message, place, "请删去以!开头的部分，只写值。")

    def _scalar(self, event: yaml.ScalarEvent, place: Location) -> None:
        quoted = bool(event.style)  # libyaml says "" for plain, the Python parser None
        parent = self._open[-1] if self._open else None
        if parent is not None and parent.mapping and parent.key is None:
            if event.value == "<<" and not quoted:
                self._refuse(
                    "yaml.merge_key", "这里用了合并键“<<”，方案文件不接受。", place, "请把要合并的内容直接写出来。"
                )
            parent.key, parent.key_place = event.value, place
            if event.value in parent.entries:
                first = parent.places[event.value]
                message = f"键“{event.value}”写了两次，第一次在第{first.line}行。"
                self.issues.append(
                    Issue(Level.ERROR, "yaml.duplicate_key", message, place, "请只留一处。", related=(first,))
                )
            return
        self._add(YamlText(event.value, quoted, place))

    def _add(self, node: YamlNode) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if not parent.mapping:
            parent.items.append(node)
        elif parent.key is None:
            # A list, mapping or alias stands where a key should: keep reading, so that later problems are told too.
            self._refuse("yaml.key_not_text", "键只能是文字。", node.location, "请把键写成普通文字。")
            parent.key, parent.key_place = f"?{len(parent.entries)}", node.location
        else:
            if parent.key not in parent.entries:
                parent.entries[parent.key] = node
                parent.places[parent.key] = parent.key_place
            parent.key = None

    def _refuse_anchor(self, place: Location) -> None:
        message = "这里用了YAML的锚点或引用（&、*），方案文件不接受：它可以让很小的文件展开成极大的内容。"
        self._refuse("yaml.anchor", message, place, "请把被引用的内容直接写出来；文字以&或*开头时请加引号。")

    def _refuse(self, code: str, message: str, place: Location, remedy: str) -> None:
        self.refused = True
        if code not in self._told:
            self._told.add(code)
            self.issues.append(_error(code, message, place, remedy))

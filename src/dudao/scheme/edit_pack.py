"""A pack taken apart for editing and put together again: what nobody touches comes out as it went in.

Figures and rules keep their digits and quotes; comments and the division into lines are lost.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from dudao.errors import UnreadableInputError
from dudao.located_yaml.nodes import YamlList, YamlMap, YamlNode
from dudao.located_yaml.read import read_yaml
from dudao.scheme.load import HEAD
from dudao.scheme.write_pack import Plain, Quoted, mapping_text

Entry: TypeAlias = str | list["Entry"] | dict[str, "Entry"]
"""What an editable pack holds: texts (`Plain` as they stood without quotes, `Quoted` with), lists, mappings."""

FACTS = "facts.yaml"


@dataclass(slots=True)
class EditablePack:
    """The entries of a pack: its head, its first-level indicators in order, its facts, all of which may be changed."""

    head: dict[str, Entry]
    indicators: list[dict[str, Entry]] = field(default_factory=list)
    facts: list[Entry] = field(default_factory=list)


def read_editable(files: Mapping[str, str]) -> EditablePack:
    """Return the entries of a pack's files.

    Raises:
        UnreadableInputError: a file is no YAML, or not of the shape of a pack.
    """
    head = _read(HEAD, files.get(HEAD, ""))
    if not isinstance(head, dict):
        raise UnreadableInputError(f"{HEAD}里没有方案的名称等内容。", advice="请写上“键: 值”。")
    indicators: list[Entry] = []
    facts: list[Entry] = []
    for source in (head.pop("indicators", []), *(_read(name, files[name]) for name in _indicator_files(files))):
        indicators += source if isinstance(source, list) else [source]
    for source in (head.pop("facts", []), _read(FACTS, files[FACTS]) if files.get(FACTS) else []):
        facts += source if isinstance(source, list) else [source]
    for each in indicators:
        _check_items(each)
    return EditablePack(head, [each for each in indicators if isinstance(each, dict)], facts)


def files_of(pack: EditablePack) -> dict[str, str]:
    """Return the files of a pack: head, one file for each first-level indicator, the facts."""
    files = {HEAD: mapping_text(pack.head)}
    for position, indicator in enumerate(pack.indicators, start=1):
        name = re.sub(r"[^A-Za-z0-9-]+", "-", str(indicator.get("id", ""))).strip("-") or str(position)
        files[f"indicators/{position:02d}-{name}.yaml"] = mapping_text(indicator)
    if pack.facts:
        files[FACTS] = facts_text(pack)
    return files


def facts_text(pack: EditablePack) -> str:
    """Return the declared facts as YAML, empty when there are none."""
    listed = mapping_text({"facts": pack.facts}).split("\n")[1:] if pack.facts else []
    return "".join(f"{line[2:]}\n" for line in listed[:-1])


def entry_of(text: str, *, file: str) -> tuple[Entry | None, YamlNode | None, list[str]]:
    """Return a snippet of YAML as an entry and as a located node, and what is wrong with it, each with its line."""
    node, issues = read_yaml(text, file=file)
    problems = [f"{issue.location}：{issue.message}{issue.remedy}" for issue in issues]
    if node is None or problems:
        return None, None, problems
    return _entry(node), node, []


def _indicator_files(files: Mapping[str, str]) -> list[str]:
    return sorted(name for name in files if name.startswith("indicators/") and name.endswith(".yaml"))


def _read(name: str, text: str) -> Entry:
    node, issues = read_yaml(text, file=name)
    if node is None:
        reason = f"{issues[0].location}：{issues[0].message}" if issues else f"{name}是空的。"
        raise UnreadableInputError(reason, advice=issues[0].remedy if issues else "")
    return _entry(node)


def _entry(node: YamlNode) -> Entry:
    if isinstance(node, YamlMap):
        return {key: _entry(value) for key, value in node.entries.items()}
    if isinstance(node, YamlList):
        return [_entry(item) for item in node.items]
    return Quoted(node.text) if node.quoted else Plain(node.text)


def _check_items(entry: Entry) -> None:
    if not isinstance(entry, dict):
        raise UnreadableInputError("指标应写成“键: 值”，如 id、name、items。")
    below = entry.get("items", [])
    if not isinstance(below, list):
        raise UnreadableInputError(f"指标{entry.get('id', '')}的items应是列表。")
    for each in below:
        _check_items(each)

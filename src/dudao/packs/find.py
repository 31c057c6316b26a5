"""Finds packs: those shipped with dudao and those in the user's own folders, and loads one by id or path.

A user's pack with the id of a shipped one takes its place, so that an office can correct a scheme at once.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from dudao.errors import UnreadableInputError
from dudao.issues import Issue, Level, has_errors
from dudao.located_yaml.nodes import YamlMap, YamlText
from dudao.located_yaml.read import read_yaml_file
from dudao.scheme.checks.every import check_scheme
from dudao.scheme.load import HEAD, load_scheme
from dudao.scheme.model import Scheme

ENVIRONMENT_VARIABLE = "DUDAO_PACKS"

SHIPPED = Path(__file__).parent
DEEPEST_FOLDER = 4


@dataclass(frozen=True, slots=True)
class PackEntry:
    """A pack that was found: its id, folder, and whether it came with dudao."""

    id: str
    folder: Path
    shipped: bool


def user_folders(environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Return the folders that the environment variable DUDAO_PACKS names, separated as PATH is."""
    written = environment.get(ENVIRONMENT_VARIABLE, "")
    return tuple(Path(part).expanduser() for part in written.split(os.pathsep) if part.strip())


def find_packs(folders: Sequence[Path] = (), *, shipped: bool = True) -> tuple[PackEntry, ...]:
    """Return every pack, ordered by id; a pack in `folders` hides a shipped one with the same id.

    Raises:
        UnreadableInputError: one of the folders does not exist.
    """
    found: dict[str, PackEntry] = {}
    if shipped:
        found.update((entry.id, entry) for entry in _entries(SHIPPED, shipped=True))
    for folder in folders:
        if not folder.is_dir():
            advice = f"请检查选项 --packs 或环境变量{ENVIRONMENT_VARIABLE}里的路径。"
            raise UnreadableInputError(f"找不到方案包文件夹“{folder}”。", advice=advice)
        found.update((entry.id, entry) for entry in _entries(folder, shipped=False))
    return tuple(found[key] for key in sorted(found))


def _entries(root: Path, *, shipped: bool) -> Iterable[PackEntry]:
    for folder in _pack_folders(root, DEEPEST_FOLDER):
        identifier = _identifier(folder / HEAD)
        if identifier:
            yield PackEntry(identifier, folder, shipped)


def packs_below(folder: Path) -> tuple[Path, ...]:
    """Return the folders of all packs in a folder, itself included."""
    return tuple(_pack_folders(folder, DEEPEST_FOLDER))


def _pack_folders(folder: Path, depth: int) -> Iterable[Path]:
    try:
        if (folder / HEAD).is_file():
            yield folder
            return
        with os.scandir(folder) as entries:
            children = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError:  # a folder that may not be read holds no pack for this user
        return
    for name in children if depth else ():
        if not name.startswith((".", "_")):
            yield from _pack_folders(folder / name, depth - 1)


def _identifier(head: Path) -> str:
    """Return the id a pack gives itself; the folder's name when its head cannot be read."""
    return _written(head, "id") or head.parent.name


def name_of(entry: PackEntry) -> str:
    """Return the name a pack gives itself; its id when its head has none."""
    return _written(entry.folder / HEAD, "name") or entry.id


def _written(head: Path, key: str) -> str:
    node, _ = read_yaml_file(head)
    written = node.entries.get(key) if isinstance(node, YamlMap) else None
    return written.text if isinstance(written, YamlText) else ""


def find_pack(wanted: str, folders: Sequence[Path] = ()) -> Path:
    """Return the folder or file of a pack named by its id or by a path; whether a path holds a pack, loading tells.

    Raises:
        UnreadableInputError: no pack has this id and no file has this path; the nearest ids are offered.
    """
    entries = {entry.id: entry for entry in find_packs(folders)}
    if wanted in entries:
        return entries[wanted].folder
    path = Path(wanted)
    if path.exists() or "/" in wanted or wanted.endswith((".yaml", ".yml")):
        return path
    near = _nearest_ids(wanted, sorted(entries))
    advice = f"最接近的是：{'、'.join(near)}。" if near else ""
    raise UnreadableInputError(f"没有编号为“{wanted}”的方案。", advice=f"{advice}用 dudao scheme list 查看全部方案。")


def _nearest_ids(wanted: str, known: list[str]) -> list[str]:
    lowered = wanted.lower()
    containing = [name for name in known if lowered and lowered in name]
    near = get_close_matches(lowered, known, n=3, cutoff=0.5)
    return list(dict.fromkeys([*near, *containing]))[:3]


def load_pack(wanted: str, folders: Sequence[Path] = ()) -> Scheme:
    """Return the scheme of a pack named by its id or by a path, to be worked with.

    Raises:
        UnreadableInputError: there is no such pack, or it is not sound; the message tells its first problem with
            file and line.
    """
    path = find_pack(wanted, folders)
    scheme, issues = load_scheme(path)
    if scheme is not None:
        issues = [*issues, *check_scheme(scheme)]
    if scheme is None or has_errors(issues):
        raise unsound(wanted, issues)
    return scheme


def unsound(wanted: str, issues: Sequence[Issue]) -> UnreadableInputError:
    """Return the error for a pack that cannot be worked with, naming its first error."""
    errors = [issue for issue in issues if issue.level is Level.ERROR]
    first = f"{errors[0].location}：{errors[0].message}" if errors else ""
    message = f"方案“{wanted}”有{len(errors)}处错误，不能使用。{first}"
    return UnreadableInputError(message, advice=f"用 dudao scheme check {wanted} 查看全部问题。")

"""Pack → scheme → issues: how it is written, whether it is sound, whether its rules can be computed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dudao.issues import Issue, Level, has_errors
from dudao.packs.find import find_pack, find_packs, packs_below
from dudao.pipelines.run_examples import load_examples, run_example
from dudao.scheme.checks.every import check_scheme
from dudao.scheme.compare import ChangeKind, compare_schemes
from dudao.scheme.load import load_scheme
from dudao.scheme.model import Scheme
from dudao.scoring.engine import read_scheme
from dudao.scoring.reading import check_rules


@dataclass(frozen=True, slots=True)
class CheckedPack:
    """One pack with everything found in it; `scheme` is None when its head cannot be read."""

    path: Path
    scheme: Scheme | None
    issues: tuple[Issue, ...]

    @property
    def unreadable(self) -> bool:
        """Return whether the pack is no readable YAML at all, which is worse than a wrong one."""
        return any(issue.code.startswith("yaml.") and issue.code != "yaml.duplicate_key" for issue in self.issues)


def check_pack(path: Path) -> CheckedPack:
    """Return the pack at a folder or file with all its issues, in the order of the checks.

    Raises:
        UnreadableInputError: there is no pack at this path.
    """
    scheme, issues = load_scheme(path)
    if scheme is not None:
        issues = [*issues, *check_scheme(scheme), *check_rules(scheme)]
        if path.is_dir() and not has_errors(issues):
            issues += _examples(path, scheme)
    return CheckedPack(path, scheme, tuple(issues))


def _examples(folder: Path, scheme: Scheme) -> list[Issue]:
    """Return what is wrong with the worked examples, and each that does not come out as it says."""
    examples, issues = load_examples(folder, scheme)
    read = read_scheme(scheme)
    for example in examples:
        for difference in run_example(read, example):
            message = f"示例“{example.name}”没有得到所写的结果：{difference}"
            remedy = "请核对示例里的数据和结果，或改正规则。"
            issues.append(Issue(Level.ERROR, "examples.not_met", message, example.location, remedy))
    return issues


def check_packs(wanted: Sequence[str], folders: Sequence[Path] = ()) -> tuple[CheckedPack, ...]:
    """Return each named pack checked; without names every pack there is.

    A name is an id, the path of a pack, or a folder that holds packs.

    Raises:
        UnreadableInputError: there is neither a pack with this id nor a file at this path, or a folder holds no pack.
    """
    if wanted:
        paths = [path for name in wanted for path in _paths(name, folders)]
    else:
        paths = [entry.folder for entry in find_packs(folders)]
    published = {entry.id: entry.folder for entry in find_packs()}
    return tuple(_against_published(check_pack(path), published) for path in paths)


def _against_published(checked: CheckedPack, published: Mapping[str, Path]) -> CheckedPack:
    """Add a warning for each item that a user's copy of a shipped pack renumbered or gave a used number."""
    scheme = checked.scheme
    folder = published.get(scheme.id) if scheme else None
    if scheme is None or folder is None or folder.resolve() == checked.path.resolve():
        return checked
    original, _ = load_scheme(folder)
    if original is None:
        return checked
    issues = list(checked.issues)
    for change in compare_schemes(original, scheme).changes:
        if change.kind is ChangeKind.RENUMBERED and change.old and change.new:
            message = f"“{change.new.name}”的编号由{change.old.id}改成了{change.new.id}，已发布的编号不能改。"
            remedy = f"请改回{change.old.id}；作答、佐证和公式都按它查找。"
            place = change.new.item.location
            issues.append(Issue(Level.WARNING, "scheme.renumbered", message, place, remedy))
    return replace(checked, issues=tuple(issues))


def _paths(name: str, folders: Sequence[Path]) -> Iterable[Path]:
    below = packs_below(Path(name)) if Path(name).is_dir() else ()
    return below or (find_pack(name, folders),)

"""Find the sentences that the core and the trail say in Chinese, as phrases with numbered gaps, for the phrase book.

A sentence with values in it is an f-string: `f"缺 {period} 年{label}"` becomes the phrase `缺 {1} 年{2}`. The platform
finds the phrase again by its fixed words when a page is shown in another language (`dudao.web.phrase_book`), so what
the core says stays one plain Chinese string in the command line's output, in the trail and in the database.
"""

import ast
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SPEAKING = (
    "assessment/fit.py",
    "assessment/read_facts.py",
    "assessment/values.py",
    "balance/compute.py",
    "balance/duties",
    "balance/optimise",
    "balance/reasons.py",
    "balance/school_frames.py",
    "balance/whatif.py",
    "claims",
    "documents",
    "issues.py",
    "located_yaml",
    "pipelines/check_scheme.py",
    "pipelines/duties/compute.py",
    "pipelines/duties/money.py",
    "pipelines/duties/school_means.py",
    "pipelines/run_examples.py",
    "pipelines/whatif_payload.py",
    "reporting/balance_chart_svg.py",
    "reporting/balance_charts.py",
    "reporting/balance_words.py",
    "scheme",
    "scoring",
    "tables",
    "web",
)
"""The parts of dudao whose sentences come to a page."""
SILENT = (
    r"web/(__main__|backups|demonstration|operation|publications|setting_list|settings|environment|running"
    r"|robot_settings|measures|database|door|words|phrases|phrase_book|embedded_worker|people/actions/first_administrator"
    r"|notices/(mail|robots)|document_checks/(exports|fact_sheet|references|views)|evaluations/(round_progress|views))"
    r"|web/.*(/management/|/migrations/|models\.py)|tables/(generate|template|mark|read_parquet)"
    r"|claims/(corpus|context|mentions|places_named|table_facts)|documents/citations"
)
"""Of those, what no page shows: the operator's terminal, what programs read, papers that are Chinese by nature."""
LISTED = "web/phrases.py"
"""Where phrases are listed that stand nowhere as one f-string."""
_PATTERN = re.compile(r"\(\?|\[\^|\\[sdwSDW]|\)\?|\)\*|\]\?|\]\*|\{\d*,\d*\}")
_SENTENCE = re.compile(r"^请|。$")
_SAYING = frozenset(
    {
        "message",
        "remedy",
        "advice",
        "reason",
        "sentence",
        "title",
        "summary",
        "words",
        "warning",
        "effect",
        "slip",
        "description",
    }
)
_SAYERS = re.compile(r"(Error|Issue|Finding|Missing|Improvement|note|issue|problem|refuse|_finding|Conclusion|offers)$")
_READERS = frozenset(
    {
        "compile",
        "search",
        "match",
        "fullmatch",
        "sub",
        "split",
        "findall",
        "finditer",
        "replace",
        "startswith",
        "endswith",
        "removesuffix",
        "removeprefix",
        "partition",
        "rpartition",
        "strip",
        "gettext",
        "_",
        "gettext_lazy",
        "gettext_noop",
        "ngettext",
    }
)


def phrases(source: Path) -> Iterator[tuple[str, str]]:
    """Yield the phrases of the package `dudao` below a folder, each with the name of its file."""
    for part in SPEAKING:
        found = source / part
        for path in [found] if part.endswith(".py") else sorted(found.rglob("*.py")):
            name = path.relative_to(source).as_posix()
            if path.exists() and not re.match(SILENT, name):
                for phrase in _said(ast.parse(path.read_text(encoding="utf-8"))):
                    yield phrase, name
    for line in ast.parse((source / LISTED).read_text(encoding="utf-8")).body:
        if isinstance(line, ast.Assign):
            for phrase in ast.literal_eval(line.value):
                yield phrase, LISTED


def _said(tree: ast.Module) -> Iterator[str]:
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            phrase = template(node)
            if _is_phrase(phrase) and not _read_for(node, above):
                yield phrase
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_phrase(node.value):
            if isinstance(above[node], ast.Expr):
                continue  # a docstring
            alone = not isinstance(above[node], ast.JoinedStr)
            said = (alone and _SENTENCE.search(node.value)) or _is_said(node, above)
            if said and not _read_for(node, above):
                yield _numbered(node.value) if re.search(r"\{(value)?\}", node.value) else node.value


def _is_phrase(text: str) -> bool:
    return len(CHINESE.findall(text)) > 1 and not _PATTERN.search(text)


def template(node: ast.JoinedStr) -> str:
    """Return an f-string with its values as numbered gaps."""
    text, gap = "", 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            text += str(part.value)
        else:
            gap += 1
            text += f"{{{gap}}}"
    return _numbered(text)


def _numbered(text: str) -> str:
    """Return a phrase with its gaps numbered as they come; some are filled in later, so they stand as `{value}`."""
    count = itertools.count(1)
    return re.sub(r"\{\w*\}", lambda _gap: f"{{{next(count)}}}", text)


def _read_for(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    """Say whether a text is looked for in documents, or put through gettext already."""
    below, here = node, above.get(node)
    while here is not None and not isinstance(here, ast.stmt):
        if isinstance(here, ast.Call):
            called = here.func.id if isinstance(here.func, ast.Name) else getattr(here.func, "attr", "")
            if called in _READERS:
                return True
        if isinstance(here, ast.Compare) or _is_looked_up(below, here):
            return True
        below, here = here, above.get(here)
    return False


def _is_looked_up(text: ast.AST, node: ast.AST) -> bool:
    """Say whether a text stands in brackets as a key; what is only cut off at a length, as f"…"[:200], is told."""
    if not isinstance(node, ast.Subscript) or _is_annotated(node):
        return False
    return not (isinstance(text, ast.JoinedStr) and text is node.value and isinstance(node.slice, ast.Slice))


def _is_annotated(node: ast.Subscript) -> bool:
    """Say whether brackets describe a parameter of the API, so that the words in them are told."""
    return isinstance(node.value, ast.Name) and node.value.id == "Annotated"


def _is_said(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    """Say whether a plain text is part of what is told: within an f-string, given to what tells, or returned."""
    below, here = node, above.get(node)
    while here is not None:
        if isinstance(here, ast.JoinedStr):
            return below is not node  # the words of the f-string itself are told with it
        if isinstance(here, ast.keyword) and here.arg in _SAYING:
            return True
        if isinstance(here, ast.Call):
            called = here.func.id if isinstance(here.func, ast.Name) else getattr(here.func, "attr", "")
            if _SAYERS.search(called) or called in {"record", "progress"}:
                return True
            if called not in {"join", "append", "replace", "str", "format_html"}:
                return False
        if isinstance(here, ast.Return | ast.Raise | ast.Yield):
            return True
        if isinstance(here, ast.Assign | ast.AugAssign | ast.AnnAssign):
            target = here.targets[0] if isinstance(here, ast.Assign) else here.target
            return (
                isinstance(target, ast.Name | ast.Attribute) and ast.unparse(target).islower() and _within(here, above)
            )
        if isinstance(here, ast.stmt):
            return False
        below, here = here, above.get(here)
    return False


def _within(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    here: ast.AST | None = node
    while here is not None and not isinstance(here, ast.FunctionDef):
        here = above.get(here)
    return here is not None

"""Scheme pack → assessment → scoring: the path of `dudao score`, from an assessment file or a score sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dudao.assessment.completeness import Completeness, completeness
from dudao.assessment.fit import fit
from dudao.assessment.load import load_assessment
from dudao.assessment.model import Assessment
from dudao.assessment.what_if import changed, read_changes
from dudao.errors import UnreadableInputError
from dudao.issues import Issue, Level
from dudao.pipelines.load_scheme import usable_scheme
from dudao.pipelines.score_document import assessment_of_document, is_document
from dudao.scheme.model import Scheme
from dudao.scoring.engine import score
from dudao.scoring.result import SchemeScore


@dataclass(frozen=True, slots=True)
class ScoredAssessment:
    """An assessment with its scores; `before` are the scores without the what-if changes, None without any."""

    file: str
    scheme: Scheme
    assessment: Assessment
    score: SchemeScore
    issues: tuple[Issue, ...]
    completeness: Completeness
    what_if: tuple[str, ...] = ()
    before: SchemeScore | None = None


def score_file(
    path: Path, *, scheme_id: str = "", what_if: Sequence[str] = (), folders: Sequence[Path] = ()
) -> ScoredAssessment:
    """Return the scores of an assessment file, or of the score sheet in a report.

    Raises:
        UnreadableInputError: the file is not there, is no assessment, holds no score sheet, or its scheme is not
            known or not sound.
        WrongUseError: a what-if change is not known.
    """
    if path.is_file() and is_document(path):
        answered, scheme, found = assessment_of_document(path, scheme_id)
        return score_assessment(answered, scheme, what_if=what_if, file=str(path), issues=found)
    assessment, issues = load_assessment(path)
    if assessment is None:
        raise _unreadable(path, issues)
    scheme = _scheme(scheme_id or assessment.scheme, path, folders, asked=bool(scheme_id))
    return score_assessment(assessment, scheme, what_if=what_if, file=str(path), issues=issues)


def score_assessment(
    assessment: Assessment,
    scheme: Scheme,
    *,
    what_if: Sequence[str] = (),
    file: str = "",
    issues: Sequence[Issue] = (),
) -> ScoredAssessment:
    """Return the scores of an assessment under a scheme, with and without the what-if changes."""
    fitting, misfits = fit(assessment, scheme)
    before = score(scheme, fitting) if what_if else None
    found = [*issues, *misfits]
    if what_if:
        fitting, more = fit(changed(fitting, read_changes(what_if, fitting, scheme)), scheme)
        found += [issue for issue in more if issue not in misfits]
    return ScoredAssessment(
        file=file,
        scheme=scheme,
        assessment=fitting,
        score=score(scheme, fitting),
        issues=tuple(found),
        completeness=completeness(scheme, fitting),
        what_if=tuple(what_if),
        before=before,
    )


def _scheme(wanted: str, path: Path, folders: Sequence[Path], *, asked: bool) -> Scheme:
    try:
        return usable_scheme(wanted, folders)
    except UnreadableInputError as error:
        if asked:
            raise
        raise UnreadableInputError(f"“{path}”写的方案：{error.message}", advice=error.advice) from error


def _unreadable(path: Path, issues: Sequence[Issue]) -> UnreadableInputError:
    errors = [issue for issue in issues if issue.level is Level.ERROR]
    if not errors:
        return UnreadableInputError(f"“{path}”不是评价数据文件。")
    first = errors[0]
    more = f"（共 {len(errors)} 处）" if len(errors) > 1 else ""
    return UnreadableInputError(f"“{path}”读不成评价数据：{first.location}：{first.message}{more}", advice=first.remedy)

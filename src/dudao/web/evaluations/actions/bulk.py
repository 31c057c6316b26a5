"""Many figures and points at once from a worksheet: tried first, saved only as a whole and when confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from dudao.errors import DudaoError
from dudao.reporting.fill_in_sheet import FillInRow
from dudao.scoring.asked import Asked
from dudao.web.audit.actions import record
from dudao.web.evaluations.actions.answers import save_fact
from dudao.web.evaluations.actions.points import save_choice, save_points
from dudao.web.evaluations.choice_fields import fields_of
from dudao.web.evaluations.convert import asked_by, scheme_of
from dudao.web.evaluations.fill_in_file import FileLine
from dudao.web.evaluations.items import Item, items_of
from dudao.web.evaluations.models import Answer, Assessment, FactValue, PointScore
from dudao.web.evaluations.refusals import ConflictError, InvalidValueError, NotAllowedError, NotPossibleError
from dudao.web.people.models import User


@dataclass(frozen=True, slots=True)
class Change:
    """One line that says something new: the row it is about, what stands there and what is to stand there."""

    number: int
    kind: str
    key: int
    item: str
    name: str
    before: str
    value: str
    remark: str
    version: int
    field: str = ""


@dataclass(frozen=True, slots=True)
class RowError:
    """One line that cannot be taken, and why."""

    number: int
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a worksheet would change, the lines that cannot be taken, and how many lines say nothing new."""

    changes: tuple[Change, ...]
    errors: tuple[RowError, ...]
    same: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the platform that a line of the worksheet may be about."""

    kind: str
    row: FactValue | PointScore
    answer: Answer
    item: Item
    name: str
    part: str
    unit: str
    value: str
    remark: str
    field: str = ""

    @property
    def mark(self) -> str:
        """What the line is recognised by, whatever its version; 判 and the place of the field for what is stated."""
        sign = {"fact": "数", "point": "分"}.get(self.kind, "判")
        return f"{sign}{self.row.pk}{'.' + self.kind.partition(':')[2] if self.field else ''}"


def _lines(assessment: Assessment, answers: Iterable[Answer]) -> list[_Line]:
    """Return all rows of the given answers, in the order of the scheme; a fact stands with the first item it is for."""
    scheme = scheme_of(assessment.round.scheme)
    declared = {fact.name: fact for fact in scheme.facts}
    by_item = {answer.item: answer for answer in answers}
    facts: dict[str, list[FactValue]] = {}
    year = str(assessment.round.year)
    for row in FactValue.objects.filter(region_id=assessment.region_id, period=year).order_by("pk"):
        facts.setdefault(row.name, []).append(row)
    scores = {
        (score.answer_id, score.point): score
        for score in PointScore.objects.filter(answer__assessment=assessment).select_related("answer")
    }
    lines: list[_Line] = []
    seen: set[str] = set()
    for item in items_of(scheme):
        answer = by_item.get(item.id)
        if answer is None:
            continue
        for name in item.inputs:
            if name in seen or name not in declared:
                continue
            seen.add(name)
            parts = dict(declared[name].parts)
            for row in facts.get(name, []):
                part = parts.get(row.part, row.part)
                lines.append(
                    _Line("fact", row, answer, item, declared[name].title, part, row.unit, row.value, row.source)
                )
        for point in item.points:
            score = scores.get((answer.pk, point.id))
            if score is not None and point.full_points is not None:
                shown = "" if score.points is None else f"{score.points.normalize():f}"
                lines.append(_Line("point", score, answer, item, point.name, "自评分", "分", shown, score.reason))
            if score is not None:
                lines += _stated_lines(asked_by(assessment.round.scheme, point.id), score, answer, item, point.name)
    return lines


def _stated_lines(asked: Asked, score: PointScore, answer: Answer, item: Item, name: str) -> Iterable[_Line]:
    """Return a line for every field of what the rule asks people, the words to choose from in the name of the part."""
    units = {"count": "次", "points": "分", "options": ""}
    for number, each in enumerate(fields_of(asked, score.choice or {}), start=1):
        ways = "/".join(each.options) or each.hint
        part = " ".join(piece for piece in (each.part, each.title) if piece)
        part = f"{part}（{ways}）" if ways else part
        kind = f"choice:{number}"
        yield _Line(kind, score, answer, item, name, part, units[each.kind], each.value, each.reason, each.key)


def worksheet_rows(assessment: Assessment, answers: Iterable[Answer]) -> list[FillInRow]:
    """Return the lines of the worksheet for the given answers, with last year's figures beside."""
    last = {
        (row.name, row.part): row.value
        for row in FactValue.objects.filter(region_id=assessment.region_id, period=str(assessment.round.year - 1))
    }
    return [
        FillInRow(
            key=f"{line.mark}-{line.row.version}",
            item=f"{line.item.id} {line.item.name}",
            name=line.name,
            part=line.part,
            unit=line.unit,
            last=last.get((line.row.name, line.row.part), "") if isinstance(line.row, FactValue) else "",
            value=line.value,
            remark=line.remark,
        )
        for line in _lines(assessment, answers)
    ]


def plan(*, by: User, assessment: Assessment, answers: Iterable[Answer], lines: list[FileLine]) -> Plan:
    """Return what a worksheet would change; every change is tried as it would be saved, and taken back."""
    known = {line.mark: line for line in _lines(assessment, answers)}
    changes: list[Change] = []
    errors: list[RowError] = []
    seen: dict[str, int] = {}
    same = 0
    for each in lines:
        mark, _, version = each.key.partition("-")
        line = known.get(mark)
        if line is None or not version.isascii() or not version.isdigit():
            errors.append(RowError(each.number, each.name, gettext("识别码不在您可填的范围内，请重新下载模板。")))
            continue
        if mark in seen:
            errors.append(
                RowError(each.number, each.name, gettext("与第 %(n)s 行重复，请只保留一行。") % {"n": seen[mark]})
            )
            continue
        seen[mark] = each.number
        if (each.value, each.remark) == (line.value, line.remark):
            same += 1
            continue
        changes.append(
            Change(
                number=each.number,
                kind=line.kind,
                key=line.row.pk,
                item=line.item.id,
                name=" · ".join(part for part in (line.name, line.part) if part),
                before=line.value,
                field=line.field,
                value=each.value,
                remark=each.remark,
                version=int(version[:9]),
            )
        )
    with transaction.atomic():
        refused = _apply(by, assessment, changes)
        transaction.set_rollback(True)
    errors += refused
    wrong = {error.number for error in refused}
    fine = tuple(change for change in changes if change.number not in wrong)
    return Plan(fine, tuple(sorted(errors, key=lambda error: error.number)), same)


def _apply(by: User, assessment: Assessment, changes: Iterable[Change]) -> list[RowError]:
    """Save each change in a transaction of its own within the one around; return those that are refused."""
    answers = {row.item: row for row in Answer.objects.filter(assessment=assessment)}
    errors = []
    written: dict[tuple[str, int], tuple[int, int]] = {}  # rows with several lines: the version before and after
    for group in _together(changes):
        first = group[0]
        table = "fact" if first.kind == "fact" else "point"
        before, after = written.get((table, first.key), (-1, first.version))
        version = after if first.version == before else first.version
        try:
            with transaction.atomic():
                row = _save(by, assessment, answers, group, version)
        except ConflictError as conflict:
            theirs = conflict.theirs
            message = gettext("下载模板以后，%(by)s %(at)s 已改为“%(value)s”，没有覆盖。请核对后重新下载模板。") % {
                "by": theirs.by,
                "at": theirs.at,
                "value": theirs.value,
            }
            errors.append(RowError(first.number, first.name, message))
        except (InvalidValueError, NotAllowedError, NotPossibleError) as refusal:
            errors.append(RowError(first.number, first.name, _words(refusal)))
        else:
            written[table, first.key] = (first.version, row.version)
    return errors


def _together(changes: Iterable[Change]) -> list[list[Change]]:
    """Return the changes one by one; what is stated for one point together, as its fields depend on each other."""
    groups: list[list[Change]] = []
    stated: dict[int, list[Change]] = {}
    for change in changes:
        if not change.field:
            groups.append([change])
        elif change.key in stated:
            stated[change.key].append(change)
        else:
            stated[change.key] = [change]
            groups.append(stated[change.key])
    return groups


def _words(refusal: DudaoError) -> str:
    return " ".join(part for part in (refusal.message, refusal.advice) if part)


def _save(
    by: User, assessment: Assessment, answers: dict[str, Answer], group: list[Change], version: int
) -> FactValue | PointScore:
    change = group[0]
    answer = answers.get(change.item)
    if answer is None:
        raise InvalidValueError(gettext("没有第 %(item)s 项。") % {"item": change.item})
    if change.kind == "fact":
        fact = FactValue.objects.filter(pk=change.key, region_id=assessment.region_id).first()
        if fact is None:
            raise InvalidValueError(gettext("没有这项数据。"))
        typed = {"value": change.value, "unit": fact.unit, "source": change.remark}
        return save_fact(by=by, answer=answer, fact=fact, version=version, **typed)
    score = PointScore.objects.select_related("answer").filter(pk=change.key, answer=answer).first()
    if score is None:
        raise InvalidValueError(gettext("没有这个测评点。"))
    if change.field:
        given = {each.field: (each.value, each.remark) for each in group}
        return save_choice(by=by, score=score, given=given, version=version)
    return save_points(
        by=by,
        score=score,
        points=change.value,
        version=version,
        not_applicable=score.not_applicable,
        reason=change.remark,
    )


@transaction.atomic
def save_plan(*, by: User, assessment: Assessment, changes: list[Change]) -> tuple[RowError, ...]:
    """Save the changes of a worksheet, all of them or, when one is refused, none; return what was refused."""
    errors = _apply(by, assessment, changes)
    if errors:
        transaction.set_rollback(True)
        return tuple(errors)
    record(
        by=by,
        action="evaluations.bulk.save",
        summary=f"批量填报 {len(changes)} 处",
        object_type="assessment",
        object_id=assessment.pk,
        region=assessment.region.code,
        after={"changes": [_told(change) for change in changes]},
    )
    return ()


def _told(change: Change) -> dict[str, Any]:
    return {"kind": change.kind, "row": change.key, "before": change.before, "after": change.value}

"""Filling in: texts, points, facts, each guarded by its version; and the way of an answer through its states."""

from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from dudao.scheme.model import FactDeclaration
from dudao.web.audit.actions import record
from dudao.web.audit.models import Event
from dudao.web.audit.queries import history
from dudao.web.evaluations.actions.answer_rows import SHORTEST_REASON, begin, on_the_trail, theirs
from dudao.web.evaluations.actions.answer_rows import held as held_row
from dudao.web.evaluations.actions.permissions import (
    may_type_fact,
    require_edit,
    require_scheme_in_use,
    require_transition,
    roles_on_answer,
)
from dudao.web.evaluations.choice_fields import without_reason
from dudao.web.evaluations.concerned import concerned_by
from dudao.web.evaluations.convert import asked_by, scheme_of
from dudao.web.evaluations.figures import FigureError, read_value, scale_to_base
from dudao.web.evaluations.happenings import Kind, tell
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Answer, Assessment, Comment, FactValue
from dudao.web.evaluations.refusals import (
    ConflictError,
    InvalidValueError,
    NotAllowedError,
    NotPossibleError,
)
from dudao.web.evaluations.scores import forecast
from dudao.web.people.access import subject_of
from dudao.web.people.models import User
from dudao.workflow.machine import Need, Role

NOTE_LIMIT = 20000


@transaction.atomic
def save_note(*, by: User, answer: Answer, note: str, version: int) -> Answer:
    """Save the self-evaluation text, written on top of a version.

    Raises:
        ConflictError: somebody saved another text since that version.
        InvalidValueError: the text is too long.
        NotAllowedError: the person may not edit the answer now.
    """
    row = held_row(answer)
    require_edit(by, row)
    text = note.replace("\r\n", "\n").replace("\x00", "")
    if len(text) > NOTE_LIMIT:
        raise InvalidValueError(
            gettext("自评说明有 %(count)s 字，超过 %(note_limit)s 字。")
            % {"count": len(text), "note_limit": NOTE_LIMIT},
            advice=gettext("请精简，或把细节放入佐证材料。"),
        )
    if text == row.note:
        return row
    if version != row.version:
        raise ConflictError(theirs(row, row.note, by), text)
    return _write_note(row, text, by, f"修改第 {row.item} 项自评说明")


def _write_note(row: Answer, text: str, by: User, summary: str) -> Answer:
    before = row.note
    begin(row, by)
    row.note, row.version = text, row.version + 1
    row.changed_at, row.changed_by = timezone.now(), by
    row.save()
    on_the_trail(row, by, "note", summary, before={"note": before}, after={"note": text})
    return row


@transaction.atomic
def restore_note(*, by: User, answer: Answer, sequence: int, version: int) -> Answer:
    """Make a former text the newest one; what stands there now stays in the history.

    Args:
        sequence: number of the event that wrote the former text.

    Raises:
        ConflictError: somebody saved another text since that version.
        InvalidValueError: the history of this answer holds no such text.
        NotAllowedError: the person may not edit the answer now.
    """
    row = held_row(answer)
    require_edit(by, row)
    events = history("answer", row.pk).filter(action="evaluations.answer.note", sequence=sequence)
    event = events.first()
    if event is None or "note" not in event.after:
        raise InvalidValueError(gettext("历史中没有这份文字。"), advice=gettext("请刷新页面后重新选择。"))
    text = str(event.after["note"])
    if text == row.note:
        return row
    if version != row.version:
        raise ConflictError(theirs(row, row.note, by), text)
    at = f"{timezone.localtime(event.at):%Y-%m-%d %H:%M}"
    return _write_note(row, text, by, f"恢复第 {row.item} 项自评说明为 {at} 的文字")


def _checked_fact(
    by: User, held: Answer, fact: FactValue, value: str, unit: str
) -> tuple[FactValue, FactDeclaration | None]:
    """Return the row of a fact, held, with its declaration, once the person and the value are in order."""
    require_edit(by, held)
    row = (
        FactValue.objects.select_for_update(no_key=True, of=("self",))
        .select_related("owner", "changed_by")
        .get(pk=fact.pk)
    )
    if row.region_id != held.assessment.region_id:
        raise InvalidValueError(gettext("该数据不属于本地区。"))
    subject = subject_of(by)
    if not may_type_fact(subject, roles_on_answer(subject, held), row.owner_id):
        raise NotAllowedError(
            gettext("这项数据由%(owner)s填报，您不能修改。") % {"owner": row.owner},
            advice=gettext("请联系%(owner)s或督导室更正。") % {"owner": row.owner},
        )
    scheme = scheme_of(held.assessment.round.scheme)
    item = next((each for each in items_of(scheme) if each.id == held.item), None)
    if item is None or row.name not in item.inputs:
        raise InvalidValueError(
            gettext("第 %(item)s 项不填这项数据。") % {"item": held.item}, advice=gettext("请在用到它的指标中填写。")
        )
    declaration = next((each for each in scheme.facts if each.name == row.name), None)
    try:
        if unit and declaration is not None:
            scale_to_base(unit, declaration.unit)
        read_value(value, unit, declaration)
    except FigureError as error:
        raise InvalidValueError(error.message, advice=error.advice) from error
    return row, declaration


@transaction.atomic
def check_fact(*, by: User, answer: Answer, fact: FactValue, value: str, unit: str) -> None:
    """Refuse a value as saving it would, without saving: what it would change is shown first.

    Raises:
        InvalidValueError: no figure of the kind asked for, or a unit that cannot be converted.
        NotAllowedError: the person may not edit the answer now, or the fact is another department's.
    """
    _checked_fact(by, held_row(answer), fact, value, unit)


def fact_history(fact: FactValue) -> QuerySet[Event]:
    """Return what happened to a fact, newest first."""
    return history("fact", fact.pk)


@transaction.atomic
def save_fact(
    *, by: User, answer: Answer, fact: FactValue, value: str, unit: str, version: int, source: str | None = None
) -> FactValue:
    """Save a fact as typed, from the page of an answer that asks for it.

    Raises:
        ConflictError: somebody saved another value since that version.
        InvalidValueError: no figure of the kind asked for, or a unit that cannot be converted.
        NotAllowedError: the person may not edit the answer now.
    """
    held = held_row(answer)
    row, declaration = _checked_fact(by, held, fact, value, unit)
    wanted = (value.strip(), unit.strip(), row.source if source is None else source.strip())
    for text, name, limit in zip(
        wanted, (gettext("数值"), gettext("单位"), gettext("来源")), (60, 20, 200), strict=True
    ):
        if len(text) > limit or "\x00" in text:
            raise InvalidValueError(
                gettext("%(name)s过长或含有不能保存的字符（最多 %(limit)s 字）。") % {"name": name, "limit": limit},
                advice=gettext("请检查后重填。"),
            )
    if wanted == (row.value, row.unit, row.source):
        return row
    if version != row.version:
        raise ConflictError(theirs(row, row.value, by), value)
    before = {"value": row.value, "unit": row.unit, "source": row.source}
    row.value, row.unit, row.source = wanted
    row.version += 1
    row.changed_at, row.changed_by = timezone.now(), by
    row.save()
    begin(held, by)
    held.changed_at, held.changed_by = row.changed_at, by
    held.save()
    title = declaration.title if declaration else row.name
    record(
        by=by,
        action="evaluations.fact.save",
        summary=f"修改数据：{title} {row.period} {row.part}".strip(),
        object_type="fact",
        object_id=row.pk,
        region=held.assessment.region.code,
        before=before,
        after={"value": row.value, "unit": row.unit, "source": row.source},
    )
    return row


@transaction.atomic
def declare_last_year(*, by: User, answer: Answer, like: FactValue) -> FactValue:
    """Return the row of last year's figure of a fact, made empty where no round of last year left one.

    Raises:
        NotAllowedError: the person may not edit the answer now.
        NotPossibleError: a round of last year holds the figure; it is corrected there.
    """
    held = held_row(answer)
    require_edit(by, held)
    year = held.assessment.round.year - 1
    if last_year_held(held.assessment):
        raise NotPossibleError(
            gettext("%(year)s 年的数据已在 %(year)s 年度的填报中。") % {"year": year},
            advice=gettext("如有错误，请在该年度更正。"),
        )
    row, _ = FactValue.objects.get_or_create(
        region_id=held.assessment.region_id,
        name=like.name,
        period=str(year),
        part=like.part,
        defaults={"unit": like.unit, "owner_id": like.owner_id},
    )
    return row


def last_year_held(assessment: Assessment) -> bool:
    """Return whether a round of last year holds the region's figures, so that they are not typed again."""
    return Assessment.objects.filter(
        region_id=assessment.region_id, round__slug=assessment.round.slug, round__year=assessment.round.year - 1
    ).exists()


def unreasoned(answer: Answer) -> list[str]:
    """Return the points whose self points lie above what the facts support, with no reason given for it."""
    judged = {each.point.id: each for each in forecast(answer.assessment).points}
    found = []
    for score in answer.scores.all():
        point = judged.get(score.point)
        if point is None or score.points is None or score.not_applicable or len(score.reason) >= SHORTEST_REASON:
            continue
        if point.contradicts and score.points > point.award.high:
            most = f"{point.award.high.normalize():f}"
            found.append(
                gettext("测评点“%(name)s”自评高于数据支持的 %(most)s 分，没有说明理由")
                % {"name": point.point.name, "most": most}
            )
    return found


def missing_for_submission(answer: Answer) -> list[str]:
    """Return what an answer still lacks before it can be submitted, in words."""
    scheme = scheme_of(answer.assessment.round.scheme)
    names = {point.id: point for point in scheme.points()}
    gaps = []
    scores = list(answer.scores.all())
    for score in scores:
        point = names.get(score.point)
        if point is None or score.not_applicable:
            continue
        asked = asked_by(answer.assessment.round.scheme, point.id)
        unexplained = without_reason(asked, score.choice or {})
        gaps += [
            gettext("测评点“%(name)s”的%(title)s没有说明理由") % {"name": point.name, "title": title}
            for title in unexplained
        ]
        if point.full_points is None:
            continue
        if score.points is None:
            gaps.append(gettext("测评点“%(name)s”没有填自评分") % {"name": point.name})
    reasons_say_it_all = bool(scores) and all(score.not_applicable for score in scores)
    if not answer.note.strip() and not reasons_say_it_all:
        gaps.append(gettext("没有填自评说明"))
    return gaps + unreasoned(answer)


@transaction.atomic
def move(*, by: User, answer: Answer, event: str, reason: str = "") -> Answer:
    """Cause an event on an answer: submit, withdraw, return, accept.

    Raises:
        NotAllowedError: not possible now, or not for this person.
        InvalidValueError: the event needs a reason and none is given.
        NotPossibleError: something is missing before it can be submitted.
    """
    row = held_row(answer)
    transition = require_transition(by, row, event)
    if event == "submit":
        require_scheme_in_use(row.assessment)
    if Need.REASON in transition.needs and len(reason.strip()) < SHORTEST_REASON:
        raise InvalidValueError(
            gettext("“%(title)s”须说明理由（至少 %(shortest_reason)s 个字）。")
            % {"title": transition.title, "shortest_reason": SHORTEST_REASON}
        )
    if Need.COMPLETE in transition.needs and (gaps := missing_for_submission(row)):
        raise NotPossibleError(
            gettext("第 %(item)s 项还不能提交：%(list)s。") % {"item": row.item, "list": gettext("；").join(gaps)},
            advice=gettext("请补齐后再提交。"),
        )
    before = row.state
    row.state = transition.target
    row.return_reason = (
        reason.strip() if event in {"return", "unlock"} else ("" if event == "submit" else row.return_reason)
    )
    row.save()
    summary = f"{transition.title}第 {row.item} 项"
    on_the_trail(row, by, event, summary, reason=reason.strip(), before={"state": before}, after={"state": row.state})
    if (kind := _KINDS.get(event)) is not None:
        tell(
            kind,
            row.assessment,
            f"{by}{transition.title}了第 {row.item} 项",
            key=f"answer:{row.pk}:{event}:{timezone.now().isoformat()}",
            told=lambda: concerned_by(row, transition.tells),
            answer=row,
            by=by,
            words=reason.strip(),
        )
    return row


_KINDS = {
    "submit": Kind.SUBMITTED,
    "withdraw": Kind.WITHDRAWN,
    "return": Kind.RETURNED,
    "accept": Kind.ACCEPTED,
}


@transaction.atomic
def comment(*, by: User, answer: Answer, text: str, field: str = "", mentions: tuple[User, ...] = ()) -> Comment:
    """Keep a remark on a field of an answer; whoever may read the answer may remark on it.

    Raises:
        InvalidValueError: the remark is empty or too long.
    """
    plain = text.strip()
    if not plain or len(plain) > 2000:
        raise InvalidValueError(gettext("请填写意见（1 至 2000 字）。"))
    made = Comment.objects.create(answer=answer, field=field, text=plain, by=by)
    made.mentions.set(mentions)
    on_the_trail(answer, by, "comment", f"对第 {answer.item} 项提出意见", after={"comment": made.pk, "text": plain})
    called = {person.pk for person in mentions}
    say = partial(tell, assessment=answer.assessment, key=f"comment:{made.pk}", answer=answer, by=by, words=plain)
    if called:
        say(Kind.MENTIONED, sentence=f"{by}在第 {answer.item} 项的意见中提到您", told=lambda: called)
    both = {Role.SUPERVISION_CLERK, Role.DEPARTMENT_OFFICER}
    sentence = f"{by}对第 {answer.item} 项提出意见"
    say(Kind.REMARKED, sentence=sentence, told=lambda: concerned_by(answer, both) - called)
    return made

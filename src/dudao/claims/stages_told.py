"""What a report tells once of each stage as a whole, and what that makes: sizes of classes and schools, 生师比, ….

小学在校生281459人 stands in one sentence, 专任教师16874人 in another, and 小学生师比16.68∶1 in a third. The name of the
stage ties them; only where each stands once, all of them, is a slip of one digit called one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from dudao.claims.arithmetic import judge
from dudao.claims.formulas import quotient, share_in_percent
from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal, Wording, propose, text_of
from dudao.claims.slips import corrected, digits_of, moves_of
from dudao.claims.stage_names import NARROWED, stage_in, stage_of
from dudao.quantities.model import Interval, Kind

TOLD_LIMIT = 40
"""So many tellings of one thing of one stage are looked at; a report tells them a few times."""
SENTENCE_REACH = 160
"""How many characters before a figure its sentence may name its stage."""
_AREA = r"(?:全[省市州盟县区旗]|义务教育阶段|普通)*"
_STAGE = r"(?:普通)?(?:小学|初中|普通高中|高中|中职|幼儿园|学前教育)(?:阶段|教育)?"
_PUPILS = re.compile(rf"{_AREA}(?:{_STAGE})?(?:在校|在园|在读)(?:学|幼)?(?:生|儿)?|{_AREA}{_STAGE}(?:学|幼)?[生儿]")
_TEACHERS = re.compile(rf"{_AREA}(?:{_STAGE})?专任教师")
_SCHOOLS = re.compile(rf"{_AREA}{_STAGE}(?:学校)?")
_CLASSES = re.compile(rf"{_AREA}(?:{_STAGE})?(?:教学班|班级|班)?")
_OF_CLASSES = re.compile(r"个?(?:教学)?班")
_NAMED_CLASSES = re.compile(r"(?:教学班|班级)$")
_BOARDERS = re.compile(r"寄宿学?生")
_WHOSE = rf"(?:^|，)(?:其中)?(?:{_AREA}{_STAGE})?"
_IS = "(?:为|是|达到?|约)*$"
_SIZE = re.compile(rf"{_WHOSE}(?:平均班额|班均(?:规模|人数|学生)?){_IS}")
_SCHOOL_SIZE = re.compile(rf"{_WHOSE}[校园]均(?:规模|人数|在校生|学生|幼儿)?{_IS}")
_PROPORTION = re.compile(rf"{_WHOSE}(?:生师比|师生比|师幼比)(?:例)?{_IS}")
_BOARDING = re.compile(rf"{_WHOSE}(?:学生)?寄宿率{_IS}")
_THING = "在校学?生|教学班|班级|专任教师"
_OF_STAGE = re.compile(
    rf"(?:^|，)(?:仅|只|约)?占{_AREA}(?P<stage>{_STAGE})(?P<thing>{_THING})(?:总数|总人数|数)?的(?:约)?$"
)
_THINGS = {"在校生": "pupils", "在校学生": "pupils", "教学班": "classes", "班级": "classes", "专任教师": "teachers"}
STAGE = re.compile(r"小学|初中|高中")
_LISTED = re.compile(
    r"(?P<thing>教学班|专任教师)[\d,，.]+[^，。；]{0,3}，(?:其中)?"
    r"(?:[^，。；、]{2,4}[\d,，.]+[^，。；、]{1,2}[，、])*[^，。；、\d]{0,6}$"
)
"""教学班486个，其中小学318个、初中168个."""
IN_SCHOOL = re.compile(
    r"在校学?生[\d,，.]+[^，。；]{0,3}，(?:其中)?(?:[^，。；]{2,4}[\d,，.]+人[，、])*[^，。；\d]{0,6}$"
)
"""在校生58326人，其中小学41209人，初中17117人."""
_SIDES = re.compile(r"(?P<left>\d+(?:\.(?P<point>\d+))?)\s*[:：∶]\s*(?P<right>\d+(?:\.(?P<behind>\d+))?)")


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is divided by what, as the kinds of things told of a stage."""

    top: str
    bottom: str


def sizes_of_stages(passage: Passage) -> Iterator[Proposal]:
    """Yield class sizes, ratios and boarding rates of stages: those that fit, and those one slip keeps from fitting."""
    yield from _shares_of_stages(passage)
    wanted = [(place, *said) for place, one in enumerate(passage.mentions) if (said := _said(one)) is not None]
    if not wanted:
        return
    told = _told(passage)
    schools: list[Proposal] = []
    for place, shape, kind in wanted:
        one = passage.mentions[place]
        stage = _stage_at(passage, one)
        if stage is None or one.quantity.upper is not None or one.quantity.approximation is not None:
            continue
        figures = [told.get((name, stage), []) for name in (shape.top, shape.bottom)]
        values = [{each.quantity.value for each in group} for group in figures]
        if any(len(group) != 1 for group in values):
            continue
        top, bottom = (min(group, key=lambda each: abs(each.index - one.index)) for group in figures)
        claims = _claim(passage, one, top, bottom, kind)
        if shape.bottom == "schools":
            schools.extend(claims)
        else:
            yield from claims
    # Which schools are counted differs from text to text; that those of another stage make their mean tells.
    yield from schools if any(one.holds for one in schools) else ()


def _shares_of_stages(passage: Passage) -> Iterator[Proposal]:
    """Yield 小学班额超过45人的7个，占小学教学班的2.2%: of all classes, pupils or teachers of a stage, told once."""
    told: dict[tuple[str, int], list[Mention]] | None = None
    for place, share in enumerate(passage.mentions):
        said = _OF_STAGE.search(share.clause) if share.quantity.kind is Kind.PERCENT else None
        part = passage.mentions[place - 1] if place and said is not None else None
        if said is None or part is None or share.quantity.upper is not None or share.quantity.approximation is not None:
            continue
        beside = part.sentence == share.sentence and share.clause_number - part.clause_number == 1
        # 占高中阶段在校生总数: of both kinds of schools, and not of 普通高中 alone
        stage = None if "高中阶段" in said[0] else stage_in(said["stage"])
        if not (beside and part.level and part.amount) or part.each or part.depth != share.depth or stage is None:
            continue
        told = told if told is not None else _told(passage)
        wholes = [one for one in told.get((_THINGS[said["thing"]], stage), []) if one.index < part.index]
        if len({one.quantity.value for one in wholes}) == 1 and same_unit(part, wholes[-1]):
            spoken = f"{text_of(part)}÷{text_of(wholes[-1])}×100%"
            wording = Wording("stage_means", ClaimType.SHARE, "share = part / whole", spoken)
            operands = {"part": part, "whole": wholes[-1]}
            found = propose(passage, wording, ("share", share), operands, share_in_percent, STRUCTURAL)
            if found is not None:
                yield found


def _said(one: Mention) -> tuple[_Shape, ClaimType] | None:
    """Return what the words before a figure call it; None for nothing of a stage."""
    kind = one.quantity.kind
    if one.family == "人" and one.level and _SIZE.search(one.clause):
        return _Shape("pupils", "classes"), ClaimType.PER_CAPITA
    if one.family == "人" and one.level and _SCHOOL_SIZE.search(one.clause):
        return _Shape("pupils", "schools"), ClaimType.PER_CAPITA
    if kind is Kind.RATIO and _PROPORTION.search(one.clause):
        return _Shape("pupils", "teachers"), ClaimType.RATIO
    if kind is Kind.PERCENT and _BOARDING.search(one.clause):
        return _Shape("boarders", "pupils"), ClaimType.SHARE
    return None


def _told(passage: Passage) -> dict[tuple[str, int], list[Mention]]:
    """Return the exact figures that count all pupils, teachers, classes, schools or boarders of a stage."""
    found: dict[tuple[str, int], list[Mention]] = {}
    for one in passage.mentions:
        if not one.level or not one.amount or one.each or one.slack != 0 or one.quantity.value <= 0:
            continue
        thing = "" if NARROWED.search(one.clause) else _thing(one)
        stage = _stage_at(passage, one) if thing else None
        if stage is not None and len(known := found.setdefault((thing, stage), [])) < TOLD_LIMIT:
            known.append(one)
    return found


def _thing(one: Mention) -> str:
    name = core_noun(one.noun)
    if STAGE.fullmatch(one.noun) is not None and (head := _LISTED.search(one.topic)) is not None:
        return _THINGS[head["thing"]]
    if one.quantity.unit == "所":
        return "schools" if _SCHOOLS.fullmatch(name) else ""
    counted = _OF_CLASSES.match(one.quantity.unit + one.tail) or _NAMED_CLASSES.search(name)
    if one.family in ("所", "班"):
        return "classes" if counted and _CLASSES.fullmatch(name) else ""
    if one.family != "人":
        return ""
    if _BOARDERS.search(one.topic) and not re.search("[；。]", one.topic) and stage_in(one.lead) is not None:
        return "boarders" if len(name) <= len("普通高中") else ""
    if _TEACHERS.fullmatch(name):
        return "teachers"
    listed = STAGE.fullmatch(one.noun) is not None and IN_SCHOOL.search(one.topic) is not None
    return "pupils" if listed or _PUPILS.fullmatch(name) else ""


def _stage_at(passage: Passage, one: Mention) -> int | None:
    """Return the stage that a figure's name, its part of the sentence, its sentence or its paragraph names last."""
    stage = stage_in(one.noun)
    if stage is None:
        stage = stage_in(one.clause)
    if stage is None:
        stage = stage_of(one)
    start = one.quantity.span.start
    if stage is None:
        sentence = passage.segmentation.sentences.span(one.sentence).start
        stage = stage_in(passage.text[max(sentence, start - SENTENCE_REACH) : start])
    if stage is None:
        paragraph = passage.segmentation.paragraphs.span(one.paragraph).start
        stage = stage_in(passage.text[max(paragraph, start - SENTENCE_REACH) : start])
    return stage


def _claim(passage: Passage, one: Mention, top: Mention, bottom: Mention, kind: ClaimType) -> Iterator[Proposal]:
    if top.index == one.index or bottom.index == one.index or top.index == bottom.index:
        return
    ratio = kind is ClaimType.RATIO
    formula = share_in_percent if kind is ClaimType.SHARE else quotient
    stated, names, written = {
        ClaimType.PER_CAPITA: ("per", ("total", "n"), "per = total / n"),
        ClaimType.SHARE: ("share", ("part", "whole"), "share = part / whole"),
        ClaimType.RATIO: ("ratio", ("b", "a"), "ratio = b / a"),
    }[kind]
    # The value of a ratio 16.68∶1 is 1∶16.68: what stands on the right for one on the left.
    first, second = (bottom, top) if ratio and _pupils_first(one) else (top, bottom)
    percent = "×100%" if kind is ClaimType.SHARE else ""
    spoken = f"{text_of(first)}÷{text_of(second)}{percent}"
    wording = Wording("stage_means", kind, written, spoken)
    strength = STRUCTURAL if _one_slip(one, top, bottom, kind) else WEAK
    operands = dict(zip(names, (first, second), strict=True))
    found = propose(passage, wording, (stated, one), operands, formula, strength)
    if found is not None:
        yield found


def _pupils_first(one: Mention) -> bool:
    sides = _SIDES.search(one.quantity.text)
    return sides is not None and Decimal(sides["right"]) == 1 and Decimal(sides["left"]) != 1


def _as_number(one: Mention) -> Mention:
    """Return 16.68∶1 and 1∶16.68 as the number 16.68, whose digits may be mistyped; any other figure as it is."""
    sides = _SIDES.fullmatch("".join(one.quantity.text.split()))
    if sides is None:
        return one
    left = Decimal(sides["right"]) == 1
    value, decimals = Decimal(sides["left" if left else "right"]), len(sides["point" if left else "behind"] or "")
    half = Decimal(5).scaleb(-decimals - 1)
    figure = replace(
        one.quantity,
        text=f"{value}",
        value=value,
        interval=Interval(value - half, value + half),
        decimals=decimals,
        scale=Decimal(1),
    )
    return replace(one, quantity=figure)


def _one_slip(one: Mention, top: Mention, bottom: Mention, kind: ClaimType) -> bool:
    """Return whether the figures hold together but for one digit of one of them."""
    formula = share_in_percent if kind is ClaimType.SHARE else quotient
    figures = [_as_number(one).quantity, top.quantity, bottom.quantity]
    for place, figure in enumerate(figures):
        digits = digits_of(figure)
        if digits is None:
            return False
        for moved in moves_of(digits.number):
            right = [*figures]
            right[place] = corrected(figure, digits.number + moved, digits.unit)
            if right[2].value and judge(right[0], formula, right[1:]).holds:
                return True
    return False

"""Settles what rows leave open: which items are points, what adds up, which ids they get.

Whatever is decided here without being printed is told; the draft that comes out is sound in itself.
"""

import re
from decimal import Decimal

from dudao.issues import Issue, Level, Location
from dudao.scheme.checks.points import plain
from dudao.scheme.table_import.items import DraftItem
from dudao.scheme.table_import.rows import ReadTables

DEEPEST_POINT = 4
LONGEST_NAME = 80

_BONUS = re.compile(r"加分(?:项|指标|因素)?$|^加分|附加分|奖励(?:加)?分")
_CONDITION = re.compile(r"一票否决|否决(?:项|指标|情形)|扣分项|减分项|负面清单")


def settle(read: ReadTables) -> Decimal | None:
    """Settle the items of the tables in place and return the full points; None when the draft cannot be scored."""
    _take_out_conditions(read)
    _take_out_remarks(read)
    for item in read.items:
        _mark_bonus(item, False)
        _fold(read, item)
        _cut_depth(read, item, 1)
    _take_out_unlimited_bonus(read, read.items)
    read.items[:] = [item if item.children else _wrapped(item) for item in read.items]
    for item in _all(read):
        _infer_missing(read, item)
    total = _settle_sums(read)
    _give_ids(read)
    for item in _all(read):
        _shorten(read, item)
    return total


def _all(read: ReadTables) -> list[DraftItem]:
    return [each for item in read.items for each in item.everything()]


def _take_out_conditions(read: ReadTables) -> None:
    """Move vetoes and deductions out of the scored items: they are conditions on the whole, not points."""
    _take_out_of(read, read.items)


def _take_out_of(read: ReadTables, siblings: list[DraftItem]) -> None:
    for item in list(siblings):
        negative = item.points is not None and item.points <= 0
        unscored = not any(leaf.points for leaf in item.leaves())
        if not (negative or (_CONDITION.search(item.name) and unscored)):
            had_children = bool(item.children)
            _take_out_of(read, item.children)
            if had_children and not item.children and item.points is None:
                siblings.remove(item)
            continue
        siblings.remove(item)
        words = "；".join(leaf.name for leaf in item.leaves())
        read.notes.append(f"{item.name}：{words}" if words != item.name else item.name)
        message = f"“{item.name}”没有可得的分，像是否决、扣分或限等的情形，没有列入测评点，已记在notes里。"
        remedy = "请按需要写成pack.yaml里的outcome_rules（veto、cap、downgrade）。"
        read.undecided("condition", message, item.place, remedy)


def _take_out_remarks(read: ReadTables) -> None:
    """Move a lone first cell without points into the notes: 填报人, 审核单位 and the like below a scored table."""
    if not any(leaf.points for item in read.items for leaf in item.leaves()):
        return
    for item in list(read.items):
        beside = item.points or item.rules or item.requirements or item.evidence or item.lead
        if item.children or beside or item.number:
            continue
        read.items.remove(item)
        read.notes.append(item.name)
        message = f"“{item.name}”一行没有分值，也没有别的内容，没有当作指标，已记在notes里。"
        read.undecided("remark", message, item.place, "它是指标的，请在草稿里补上。")


def _mark_bonus(item: DraftItem, inherited: bool) -> None:
    item.bonus = inherited or _BONUS.search(item.name) is not None
    for child in item.children:
        _mark_bonus(child, item.bonus)


def _take_out_unlimited_bonus(read: ReadTables, siblings: list[DraftItem]) -> None:
    """Move bonus items without points into the notes: without a limit nobody can score them."""
    for item in list(siblings):
        had_children = bool(item.children)
        _take_out_unlimited_bonus(read, item.children)
        if item.children or not (item.bonus and (had_children or item.points is None)):
            continue
        siblings.remove(item)
        if not had_children:
            read.notes.append(item.name)
            message = f"加分项“{item.name}”没有写最多加几分，没有列入测评点，已记在notes里。"
            read.undecided("bonus_without_limit", message, item.place, "知道上限的，请在草稿里补上。")


def _fold(read: ReadTables, item: DraftItem) -> None:
    """Make an item with points but unscored children one point; what the children say becomes its requirement."""
    for child in item.children:
        _fold(read, child)
    if not item.children or item.points is None:
        return
    leaves = list(item.leaves())
    if leaves == [item] or any(each.points is not None for child in item.children for each in child.everything()):
        return
    for leaf in leaves:
        item.add(item.requirements, leaf.name)
        for name in ("requirements", "rules", "evidence", "departments"):
            for text in getattr(leaf, name):
                item.add(getattr(item, name), text)
        item.lead = item.lead or leaf.lead
    item.departments = [name for name in item.departments if name != item.lead]
    item.children.clear()
    message = f"“{item.name}”有{plain(item.points)}分，下面{len(leaves)}条内容没有各自的分值，已合成一个测评点。"
    read.issues.append(Issue(Level.NOTE, "import.folded", message, item.place, "各条内容写在requirement里。"))


def _cut_depth(read: ReadTables, item: DraftItem, depth: int) -> None:
    if depth == DEEPEST_POINT - 1:
        flat = [leaf for child in item.children for leaf in child.leaves()]
        if any(child.children for child in item.children):
            message = f"“{item.name}”下面还有两级，已把最下一级直接放在它下面。"
            read.undecided("too_deep", message, item.place, "方案最多四级，请核对层次。")
            item.children = flat
        return
    for child in item.children:
        _cut_depth(read, child, depth + 1)


def _wrapped(item: DraftItem) -> DraftItem:
    """Return an indicator that holds a point standing alone at the first level."""
    point = DraftItem(**{name: getattr(item, name) for name in item.__dataclass_fields__})
    point.number, point.style = "1", ""
    return DraftItem(item.name, item.place, item.number, item.style, item.points, [point], bonus=item.bonus)


def _infer_missing(read: ReadTables, item: DraftItem) -> None:
    """Give the only child without points what is left of its parent's."""
    if item.points is None or item.bonus:
        return
    missing = [child for child in item.children if _points_of(child) is None]
    if len(missing) != 1 or missing[0].children:
        return
    rest = item.points - sum((_points_of(child) or Decimal(0)) for child in item.children)
    if rest > 0:
        missing[0].points = rest
        message = (
            f"“{missing[0].name}”没有印分值，按“{item.name}”的{plain(item.points)}分减去其余各项推算为{plain(rest)}分。"
        )
        read.undecided("points_inferred", message, missing[0].place, "请核对分值。")


def _points_of(item: DraftItem) -> Decimal | None:
    """Return what the leaves below add up to, None when one has no points."""
    total = Decimal(0)
    for leaf in item.leaves():
        if leaf.points is None:
            return item.points if item.children and item.points is not None else None
        total += leaf.points
    return total


def _leaf_sum(items: list[DraftItem], *, bonus: bool) -> Decimal | None:
    total = Decimal(0)
    for item in items:
        for leaf in item.leaves():
            if leaf.bonus is not bonus:
                continue
            if leaf.points is None:
                return None
            total += leaf.points
    return total


def _settle_sums(read: ReadTables) -> Decimal | None:
    for item in _all(read):
        if not item.children or item.points is None:
            continue
        own = _leaf_sum([item], bonus=item.bonus)
        if own is not None and own != item.points:
            if not item.bonus:
                message = f"“{item.name}”印的是{plain(item.points)}分，下面各项加起来是{plain(own)}分。"
                remedy = "草稿按下面各项计，没有写这一级的分值；请核对原表后补上。"
                read.undecided("points_do_not_add_up", message, item.place, remedy)
            item.points = None
    return _settle_total(read)


def _settle_total(read: ReadTables) -> Decimal | None:
    place = Location(read.file)
    own = _leaf_sum(read.items, bonus=False)
    leaves = [leaf for item in read.items for leaf in item.leaves() if not leaf.bonus]
    missing = [leaf for leaf in leaves if leaf.points is None]
    if own is None or not leaves:
        if len(missing) < len(leaves):
            names = "、".join(leaf.name for leaf in missing[:5])
            message = f"有{len(missing)}个测评点读不出分值：{names}{'等' if len(missing) > 5 else ''}。"
            remedy = "草稿写成了不计分（scored: false）；补上分值后请删去这一行，写上总分。"
            read.undecided("points_missing", message, missing[0].place, remedy)
        else:
            message = "整张表没有分值，草稿写成了不计分（scored: false）。"
            read.undecided("unscored", message, place, "方案另有分值的，请补上。")
        return None
    bonus = _leaf_sum(read.items, bonus=True) or Decimal(0)
    if read.total is not None and read.total not in {own, own + bonus}:
        message = f"合计行印的是{plain(read.total)}分，各项加起来是{plain(own)}分。"
        read.undecided("total_does_not_add_up", message, place, "草稿按各项之和计，请核对原表。")
    elif read.total is None and own != 100:
        message = f"表里没有合计行，各项加起来是{plain(own)}分。"
        read.undecided("total_not_printed", message, place, "请核对总分。")
    return Decimal(plain(own))


# -- ids ------------------------------------------------------------------------------------------------------------


def _give_ids(read: ReadTables) -> None:
    used: set[str] = set()
    clashes: list[DraftItem] = []
    for position, item in enumerate(read.items, start=1):
        _give_id(item, "", position, used, clashes)
    if clashes:
        names = "、".join(f"“{item.name}”（{item.id}）" for item in clashes[:5])
        message = f"有{len(clashes)}项的印刷序号重复或缺失，已另编：{names}{'等' if len(clashes) > 5 else ''}。"
        read.undecided("number_clash", message, clashes[0].place, "编号发布后不再改动，请现在核对。")


def _give_id(item: DraftItem, parent: str, position: int, used: set[str], clashes: list[DraftItem]) -> None:
    wanted = _wanted_id(item, parent) if item.number else ""
    item.id = wanted
    if not wanted or wanted in used:
        if wanted:
            clashes.append(item)
        prefix = f"{parent}." if parent else ""
        while f"{prefix}{position}" in used:
            position += 1
        item.id = f"{prefix}{position}"
    used.add(item.id)
    for place, child in enumerate(item.children, start=1):
        _give_id(child, item.id, place, used, clashes)


def _wanted_id(item: DraftItem, parent: str) -> str:
    if item.style == "code" or not parent:
        return item.number
    if item.style.startswith("path") and item.number.startswith(f"{parent}."):
        return item.number
    return f"{parent}.{item.number.rsplit('.', 1)[-1]}"


def _shorten(read: ReadTables, item: DraftItem) -> None:
    """Keep a name readable; the whole text of a long one goes into the requirement."""
    if len(item.name) <= LONGEST_NAME:
        return
    whole = item.name
    first = re.split(r"[。；;]", whole)[0]
    item.name = first if 2 <= len(first) <= LONGEST_NAME else whole[: LONGEST_NAME - 1] + "…"
    if not item.children:
        item.requirements.insert(0, whole)
    message = f"{item.id}的名称有{len(whole)}字，已截短为“{item.name}”。"
    remedy = "全文写在requirement里，请另起名称。"
    read.issues.append(Issue(Level.NOTE, "import.name_shortened", message, item.place, remedy))

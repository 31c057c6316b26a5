"""From a text to claims and findings: figures, the words around them, relations, the best reading of each figure."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dudao.claims.arithmetic import add, judge, subtract
from dudao.claims.cells import judging
from dudao.claims.dates import check_dates
from dudao.claims.doubts import passage_of, stands
from dudao.claims.explained import makes_rate_behind, shared_pair
from dudao.claims.mention_reading import read_passage
from dudao.claims.mention_words import family_of
from dudao.claims.mentions import MENTIONS_LIMIT, Passage
from dudao.claims.mistold import without_first_tellings
from dudao.claims.model import Claim, ClaimReport, ClaimType, Finding, Verdict
from dudao.claims.nearby.companions import companions
from dudao.claims.proposals import EXPLICIT, WEAK, Proposal, digits_written
from dudao.claims.registry import RELATIONS
from dudao.claims.relations import (
    changes_of_sums,
    measures_of_sums,
    near_fits,
    near_slips,
    score_sums,
    table_columns,
    table_sums,
    text_tables,
    told_of_cells,
)
from dudao.claims.slipped.standing import NAME as NEAR_SLIPS
from dudao.claims.sums.rest_of_share import rests
from dudao.claims.table_facts import has_header
from dudao.claims.table_layout import as_meant
from dudao.claims.worded_cells import WordedCells
from dudao.documents.bare_tables import bare_tables
from dudao.documents.model import Document, Table
from dudao.documents.score_sheet import ScoreSheet
from dudao.documents.score_sheets.prose import read_prose
from dudao.documents.score_sheets.reading import read_score_sheet
from dudao.issues import Level
from dudao.provenance import Span
from dudao.quantities.model import Quantity
from dudao.quantities.reading import read_quantities

_TELLING_DIGITS, _BESIDE = 3, 60
_BEHIND = 6
"""How many figures behind the last part the one may stand that makes the total with the others."""
_APART = 60
"""How many characters nearer a whole stands that is meant rather than one told before it."""
_TELLING_PART = 10
"""A smaller figure makes up for a slip of one by chance."""
_REST = re.compile(r"(?:年末|年底|累计)?(?:结余|结转|剩余|余|节余|结存|未(?:支出|使用|拨付|支付))")
_REMEDY = "请核对原始数据，改正有误的数字；如属口径不同，请在文中注明。"


def check_plain(text: str) -> ClaimReport:
    """Return what a text without damage asserts about its figures, with verdicts and findings.

    Spans count characters of the text.
    """
    passage = read_passage(text, read_quantities(text))
    sheet = read_prose(text)
    scores = list(score_sums.find(sheet, passage.quantities)) if sheet is not None else []
    return _report(passage.quantities, [*settle(passage), *best(scores)], list(check_dates(text)))


def check_text(document: Document) -> ClaimReport:
    """Return what a document asserts about its figures; spans count characters of the document's own text."""
    return check_passage(document, passage_of(document), read_score_sheet(document))


def check_passage(document: Document, passage: Passage, sheet: ScoreSheet | None) -> ClaimReport:
    """Return the same for a document whose repaired text and score sheet have been read already."""
    text, place = passage.text, document.repaired.source_span
    quantities, proposals = passage.quantities, settle(passage)
    read = [table.span for table in document.tables if has_header(table)]
    # What is read as a table with its header is not read once more as bare lines.
    lined = [one for one in bare_tables(text) if not _overlaps(place(one.span), read)]
    if lined:
        proposals = best([*_in_tables(text, lined, quantities), *proposals])
    if read:
        worded = WordedCells(document.tables)
        proposals = [
            one
            for one in proposals
            if one.holds
            or not (
                _of_lines(one, place(one.claim.span), read)
                or worded.mixed([place(quantities[number].span) for number in one.claim.operands.values()])
            )
        ]
    if not document.repaired.is_source:
        quantities = tuple(one.at(place(one.span)) for one in quantities)
        proposals = [_moved(one, document) for one in proposals]
    if sheet is not None:
        scores = best(score_sums.find(sheet, quantities))
        proposals.extend(one for one in scores if one.holds or not document.repaired.in_doubt(one.claim.span))
    if document.tables:
        # What the cells say themselves comes before what their lines of text may say.
        proposals = best([*_in_tables(document.text, document.tables, quantities), *proposals])
    told = list(told_of_cells.find(passage, document.text, _all_tables(document, lined), quantities, proposals, place))
    if told:
        proposals = best([*told, *proposals])
    if passage.torn:
        proposals = [one for one in proposals if stands(passage, one)]
    dates = [replace(one, span=place(one.span)) for one in check_dates(text)]
    return _report(quantities, proposals, dates)


def _in_tables(text: str, drawn: Sequence[Table], quantities: Sequence[Quantity]) -> list[Proposal]:
    tables = as_meant(text, drawn)
    sums = table_sums.find(text, tables, quantities)
    return [*sums, *table_columns.find(text, tables, quantities)]


def _all_tables(document: Document, lined: Sequence[Table]) -> list[Table]:
    """Return the tables of a document and those that its lines make, which only an unrepaired text places."""
    drawn = [*document.tables, *(lined if document.repaired.is_source else ())]
    return as_meant(document.text, drawn)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(one.start < span.end and span.start < one.end for one in others)


def _of_lines(proposal: Proposal, span: Span, read: Sequence[Span]) -> bool:
    return proposal.claim.relation == text_tables.NAME and _overlaps(span, read)


def _moved(proposal: Proposal, document: Document) -> Proposal:
    span = document.repaired.source_span(proposal.claim.span)
    return replace(proposal, claim=replace(proposal.claim, span=span))


def _report(quantities: tuple[Quantity, ...], proposals: list[Proposal], dates: list[Finding]) -> ClaimReport:
    proposals.sort(key=lambda one: (one.claim.span.start, one.claim.span.end, one.claim.type))
    findings: list[Finding] = [*dates]
    reported: set[int] = set()
    for one in proposals:
        if one.stated in reported and not one.holds:
            continue
        found = _findings(one)
        if found:
            reported.add(one.stated)
            findings.extend(found)
    if len(quantities) > MENTIONS_LIMIT:
        findings.append(_unread(quantities[MENTIONS_LIMIT:]))
    findings.sort(key=lambda one: (one.span.start, one.span.end, one.code))
    return ClaimReport(
        quantities=quantities,
        claims=tuple(one.claim for one in proposals),
        findings=tuple(findings),
    )


def _unread(beyond: tuple[Quantity, ...]) -> Finding:
    """Return the note that a text has more figures than are read for claims."""
    span = Span(beyond[0].span.start, beyond[-1].span.end)
    message = f"全文数字超过{MENTIONS_LIMIT}个，此处以后的{len(beyond)}个数字可能没有核验。"
    return Finding("claims.too_many_figures", Level.WARNING, span, message, remedy="请把文件拆成几份分别核验。")


def settle(passage: Passage) -> list[Proposal]:
    """Return the proposals of all relations with one reading for each figure explained."""
    found = [proposal for relation in RELATIONS for proposal in relation.find(passage)]
    # 覆盖学校128所，覆盖率68.4%: that some whole makes the rate explains nothing yet.
    told = (one for one in found if one.holds and one.claim.computed is not None)
    explained = {(one.stated, _result(one.claim.type)) for one in told if one.claim.type is not ClaimType.FEASIBILITY}
    found.extend(near_fits.find(passage, explained))
    for relation in (changes_of_sums, measures_of_sums):
        found.extend([*relation.find(passage, found)])
    found.extend([*companions(passage, found), *rests(passage, found)])
    found = without_first_tellings(passage, found)
    found.extend(near_slips.find(passage, best(found)))
    if passage.torn:
        found = [one for one in found if one.holds or (not passage.has_unread(one.claim.span) and stands(passage, one))]
    chosen = best(found)
    shared = {pair for one in chosen if one.holds and (pair := shared_pair(one))}
    return [
        one
        for one in chosen
        if one.holds
        or not (
            _left_by_others(passage, one)
            or _makes_with_another(passage, one)
            or (one.strength < EXPLICIT and shared_pair(one) in shared)
            or makes_rate_behind(passage, one)
        )
    ]


def _left_by_others(passage: Passage, one: Proposal) -> bool:
    """Return whether a difference that fails is just what two other figures of its sentence leave.

    预算5212.7万元，到位5166.2万元；支出5046.3万元，结余119.9万元: what is left is of what came, not of the plan.
    """
    if one.claim.type is not ClaimType.DIFFERENCE:
        return False
    stated = passage.quantities[one.stated]
    if len(format(stated.value / stated.scale, "f").replace(".", "").strip("0")) < _TELLING_DIGITS:
        return False
    place = bisect_left(passage.mentions, one.stated, key=lambda mention: mention.index)
    if place == len(passage.mentions) or passage.mentions[place].index != one.stated:
        return False
    first, last = passage.sentences[passage.mentions[place].sentence]
    figures = [mention.quantity for mention in passage.mentions[first : min(last, first + _BESIDE)]]
    values = {figure.value for figure in figures if figure.unit == stated.unit and figure is not stated}
    return any(value + stated.value in values for value in values)


def _makes_with_another(passage: Passage, one: Proposal) -> bool:
    """Return whether a sum that fails is just what its parts make with one more figure told among them.

    普通高中98.7万人；中职62.3万人（不含技工学校9.4万人）。若计技工学校，高中阶段170.4万人.
    """
    if one.claim.type is not ClaimType.SUM:
        return False
    stated, operands = passage.quantities[one.stated], set(one.claim.operands.values())
    parts = [passage.quantities[index] for index in sorted(operands - {one.stated})]
    if _made_of_some(passage, stated, parts):
        return True
    first = bisect_left(passage.mentions, one.claim.span.start, key=lambda mention: mention.quantity.span.start)
    for mention in passage.mentions[first : first + _BESIDE]:
        if mention.quantity.span.start >= one.claim.span.end:
            break
        told = mention.family == family_of(stated, "") is not None and mention.level and not mention.each
        further = told and mention.index not in operands and abs(mention.quantity.value) >= _TELLING_PART
        if further and judge(stated, add, [*parts, mention.quantity], derived=False).holds:
            return True
    return _leaves_rest(passage, stated, parts)


def _made_of_some(passage: Passage, stated: Quantity, parts: Sequence[Quantity]) -> bool:
    """Return whether all parts but one and a figure told right behind them make a total: the one was within it.

    支出27037万元。其中，本级支出4044万元，对下转移支付12378万元。乡镇用本级收入和转移支付安排支出22993万元.
    """
    if len(stated.text) < _TELLING_DIGITS or not parts:
        return False
    place = bisect_left(passage.mentions, parts[-1].span.end, key=lambda mention: mention.quantity.span.start)
    last = passage.mentions[place - 1].paragraph if place else 0
    for mention in passage.mentions[place : place + _BEHIND]:
        if mention.paragraph != last:
            return False
        beside = mention.level and mention.amount and not mention.each and mention.quantity.unit == stated.unit
        if not beside or digits_written(mention.quantity) <= _TELLING_DIGITS:
            continue
        for left_out in range(len(parts)):
            tried = [*parts[:left_out], *parts[left_out + 1 :], mention.quantity]
            if judge(stated, add, tried, derived=False).holds:
                return True
    return False


def _leaves_rest(passage: Passage, stated: Quantity, parts: Sequence[Quantity]) -> bool:
    """Return whether what seems a sum and the rest told right behind it are just what the parts make.

    教育费附加1.37亿元、地方教育附加0.92亿元，两项共支出2.21亿元，结余0.08亿元: so much was spent of the two together.
    """
    place = bisect_left(passage.mentions, stated.span.end, key=lambda mention: mention.quantity.span.start)
    rest = passage.mentions[place] if place < len(passage.mentions) else None
    if rest is None or not _REST.match(rest.lead) or rest.quantity.unit != stated.unit:
        return False
    return judge(rest.quantity, lambda made: subtract(add(made[:-1]), made[-1]), [*parts, stated], derived=False).holds


def best(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Drop doubles, and readings that do not fit where another reading of the same figure does."""
    kept: dict[tuple[ClaimType, frozenset[int]], Proposal] = {}
    fitting: dict[tuple[int, str], int] = {}
    for one in proposals:
        key = (one.claim.type, frozenset(one.claim.operands.values()))
        if key not in kept or (one.holds, one.strength) > (kept[key].holds, kept[key].strength):
            kept[key] = one
        if one.holds:
            explained = (one.stated, _group(one.claim.type))
            fitting[explained] = max(fitting.get(explained, 0), one.strength)
    nearer = {one.stated: one.claim.span.start for one in kept.values() if _is_exact_share(one)}
    chosen: list[Proposal] = []
    failed: dict[int, int] = {}
    listed: dict[int, list[Proposal]] = {}
    divided: dict[int, list[Proposal]] = {}
    for one in kept.values():
        if one.holds and one.claim.type is ClaimType.SUM:
            divided.setdefault(one.stated, []).append(one)
            for part in _parts(one):
                listed.setdefault(part, []).append(one)
    for one in kept.values():
        if one.claim.verdict is Verdict.INCONSISTENT:
            if one.claim.type is ClaimType.SUM and _of_another_total(one, listed):
                continue
            if one.claim.type is ClaimType.SHARE and _between_parts(one, listed):
                continue
            if one.claim.type is ClaimType.DIFFERENCE and _leaves_out_parts(one, listed):
                continue
            if one.claim.type is ClaimType.SHARE and nearer.get(one.stated, -1) > one.claim.span.start + _APART:
                # 计划647亿元…。计划565.6亿元…，完成482亿元，占计划的85.2%: of what stands nearer and makes it.
                continue
            rivalled = fitting.get((one.stated, _group(one.claim.type)), 0) >= min(one.strength, EXPLICIT - 1)
            if rivalled and not _divides_anew(one, divided):
                continue
            failed[one.stated] = max(failed.get(one.stated, 0), one.strength)
        chosen.append(one)
    chosen = [one for one in chosen if one.holds or one.strength >= failed.get(one.stated, 0)]
    # 542处，已整改528处，尚未整改的18处 is told once: that 542 less 528 leaves no 18.
    left = {frozenset(one.claim.operands.values()) for one in chosen if _fails_as(ClaimType.DIFFERENCE, one)}
    return [
        one for one in chosen if not (_fails_as(ClaimType.SUM, one) and frozenset(one.claim.operands.values()) in left)
    ]


def _fails_as(kind: ClaimType, one: Proposal) -> bool:
    return one.claim.type is kind and one.claim.verdict is Verdict.INCONSISTENT


def _is_exact_share(one: Proposal) -> bool:
    return one.claim.type is ClaimType.SHARE and one.claim.verdict is Verdict.CONSISTENT


def _parts(proposal: Proposal) -> set[int]:
    operands = proposal.claim.operands
    # Of a whole divided once more the parts are what is explained; its total is no part for that.
    total = operands.get("total", proposal.stated)
    return {number for number in operands.values() if number != total}


def _of_another_total(one: Proposal, listed: dict[int, list[Proposal]]) -> bool:
    """Return whether the parts of a sum that fails are the parts of one that holds: 54所…83所，17所、42所、24所.

    Words that name a whole for its parts outweigh a sum that further figures make by chance. Some rows of a table
    that a sentence adds up are part of what the table's own total adds up, and contradict it in nothing.
    """
    if one.claim.relation == judging.NAME:
        return False
    parts = _parts(one)
    return any(
        (parts == _parts(other) and not _told_nearer(one, other))
        or (parts < _parts(other) and other.strength >= one.strength)
        for other in listed.get(min(parts), ())
    )


def _told_nearer(one: Proposal, other: Proposal) -> bool:
    """Return whether words divide the figure right before the parts, and none the one that they make further on.

    教职工8560人，其中在职6426人，退休1834人。…共有教职工8260人: the slip is in what is divided.
    """
    first = min(_parts(one))
    return one.strength > other.strength and one.stated == first - 1 and other.stated > one.stated


def _divides_anew(one: Proposal, divided: dict[int, list[Proposal]]) -> bool:
    """Return whether a total is divided twice over: 17所，其中蒙古语授课5所、普通授课12所；按学段分，小学9所…."""
    if one.claim.type is not ClaimType.SUM or one.strength <= WEAK:
        return False
    parts = _parts(one)
    if one.strength < EXPLICIT and one.claim.relation != NEAR_SLIPS and max(parts) > one.stated:
        # 8060万元，配套5240万元，合计13700万元，投向新建9180万元、…: summed up before, divided behind.
        return False
    return all(parts.isdisjoint(_parts(other)) for other in divided.get(one.stated, ()))


def _between_parts(one: Proposal, listed: dict[int, list[Proposal]]) -> bool:
    """Return whether a share that fails is that of one part in another of a sum: 迁出118人、劝返76人，100%."""
    operands = _parts(one)
    return any(operands < _parts(other) for other in listed.get(min(operands), ()))


def _leaves_out_parts(one: Proposal, listed: dict[int, list[Proposal]]) -> bool:
    """Return whether a difference that fails takes some parts alone: 31项，达标24项、基本达标4项、未达标3项."""
    operands = {*one.claim.operands.values()}
    return any(operands < {*other.claim.operands.values()} for other in listed.get(one.stated, ()))


_CHANGES = (ClaimType.LEVEL_DELTA_GROWTH, ClaimType.TWO_LEVEL_CHANGE, ClaimType.DIFFERENCE)
_SHARES = (ClaimType.SHARE, ClaimType.FEASIBILITY)


def _group(kind: ClaimType) -> str:
    """Return which types of claims are rival readings of one figure."""
    if kind in _CHANGES:
        return "change"
    return "share" if kind in _SHARES else kind


def _result(kind: ClaimType) -> str:
    """Return what kind of result a claim explains: a change, a share, or the type of the claim."""
    return "change" if kind is ClaimType.EXCEEDS_STANDARD else _group(kind)


def _findings(proposal: Proposal) -> list[Finding]:
    """Return what a person should look at in one claim."""
    claim = proposal.claim
    found: list[Finding] = []
    if claim.verdict is Verdict.INCONSISTENT:
        parts = [f"{claim.message}。"]
        if proposal.slip:
            parts.append(f"{proposal.slip}。")
        parts.append(f"影响：{proposal.effect or _effect(claim)}。")
        found.append(Finding("claims.inconsistent", Level.ERROR, claim.span, "".join(parts), remedy=_REMEDY))
    elif proposal.warning:
        found.append(Finding("claims.wording", Level.WARNING, claim.span, f"{proposal.warning}。{claim.message}。"))
    return found


def _effect(claim: Claim) -> str:
    if claim.type is ClaimType.SCORE_SUM:
        return "影响自评得分"
    if claim.type in (ClaimType.EXCEEDS_STANDARD, ClaimType.THRESHOLD):
        return "影响是否达标的结论"
    computed = claim.computed
    if computed is not None and claim.type in (ClaimType.LEVEL_DELTA_GROWTH, ClaimType.TWO_LEVEL_CHANGE):
        high = computed.interval.high
        if high is not None and high < 0:
            return "增减方向与文中相反，改变结论"
    return "数字有误，结论方向不变"

"""The relations that are looked for, in the order of their report; to see what is checked, read the tuple."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dudao.claims.mentions import Passage
from dudao.claims.proposals import Proposal
from dudao.claims.relations import (
    above_standard,
    age_bands,
    balances,
    changes_of_sums,
    closed_lists,
    common_wholes,
    complement,
    compound_growth,
    dealt_lists,
    deductions,
    difference,
    divisions,
    enumeration,
    equal_counts,
    feasible_share,
    filled_shares,
    from_to_change,
    household_size,
    implied_counts,
    interleaved_sums,
    level_increase_growth,
    measures_of_sums,
    meets_standard,
    named_others,
    natural_growth,
    near_fits,
    near_sums,
    of_average,
    parallel_columns,
    part_within_whole,
    parts_and_total,
    per_capita,
    percent_of,
    price_times_count,
    rank,
    ratio,
    remainder,
    rest_rate,
    row_means,
    sex_ratio,
    share,
    shares_within_whole,
    stage_chapters,
    stage_means,
    stage_sums,
    stated_order,
    structure_ratio,
    text_tables,
    told_in_turn,
    viewed_parts,
    worded_fractions,
    written_products,
)
from dudao.claims.slipped.standing import NAME as NEAR_SLIPS

Finder = Callable[[Passage], Iterator[Proposal]]


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of relation: its name (also that of its file and corpus), its Chinese title, how it is found."""

    name: str
    title: str
    find: Finder


RELATIONS: tuple[Relation, ...] = (
    Relation("level_increase_growth", "水平—增量—增幅", level_increase_growth.find),
    Relation("from_to_change", "前后两期与变化", from_to_change.find),
    Relation("compound_growth", "多年平均增长", compound_growth.find),
    Relation("difference", "差额与缺口", difference.find),
    Relation("named_others", "与点名的另一方相比", named_others.find),
    Relation("ratio", "比例与倍数", ratio.find),
    Relation("structure_ratio", "三次产业之比", structure_ratio.find),
    Relation("household_size", "家庭户规模", household_size.find),
    Relation("natural_growth", "人口自然增长率", natural_growth.find),
    Relation("sex_ratio", "性别比", sex_ratio.find),
    Relation("parts_and_total", "部分与合计", parts_and_total.find),
    Relation("closed_lists", "没有“其中”的列举", closed_lists.find),
    Relation("age_bands", "分年龄段之和", age_bands.find),
    Relation("interleaved_sums", "交错写的两列合计", interleaved_sums.find),
    Relation("viewed_parts", "从一个方面看的划分", viewed_parts.find),
    Relation("balances", "结转结余", balances.find),
    Relation("parallel_columns", "并列各项的几列合计", parallel_columns.find),
    Relation("told_in_turn", "轮流列出的几列合计", told_in_turn.find),
    Relation("divisions", "同一总数的又一种划分", divisions.find),
    Relation("stage_sums", "各学段之和", stage_sums.find),
    Relation("stage_chapters", "各学段分节之和", stage_chapters.find),
    Relation("remainder", "其余部分", remainder.find),
    Relation("complement", "由前文补足的合计", complement.find),
    Relation("near_sums", "未明说的合计", near_sums.find),
    Relation("share", "部分占总体的比重", share.find),
    Relation("common_wholes", "占同一总体的各个比重", common_wholes.find),
    Relation("of_average", "同一平均数的倍数", of_average.find),
    Relation("rest_rate", "由未达到的数目得出的比率", rest_rate.find),
    Relation("filled_shares", "占满一个总数的各部分", filled_shares.find),
    Relation("percent_of", "占另一数的百分之几", percent_of.find),
    Relation("worded_fractions", "几分之几、几成", worded_fractions.find),
    Relation("dealt_lists", "分别、依次的对应", dealt_lists.find),
    Relation("shares_within_whole", "占比之和不超过百分之百", shares_within_whole.find),
    Relation("feasible_share", "百分比能否成立", feasible_share.find),
    Relation("part_within_whole", "部分不多于总体", part_within_whole.find),
    Relation("per_capita", "人均与总量", per_capita.find),
    Relation("stage_means", "分学段的均值", stage_means.find),
    Relation("row_means", "并列各数的平均", row_means.find),
    Relation("deductions", "满分、扣分与得分", deductions.find),
    Relation("price_times_count", "单价与数量", price_times_count.find),
    Relation("written_products", "写成算式的乘积", written_products.find),
    Relation("above_standard", "超出或低于标准的幅度", above_standard.find),
    Relation("meets_standard", "达到标准、目标或平均水平", meets_standard.find),
    Relation("stated_order", "文字所述的大小", stated_order.find),
    Relation("implied_counts", "全部、半数以上所含的数目", implied_counts.find),
    Relation("rank", "位次", rank.find),
    Relation("enumeration", "所列名单与数目", enumeration.find),
    Relation("text_tables", "印成文字的表格", text_tables.find),
    Relation("equal_counts", "前后相同的数目", equal_counts.find),
)

LAST = (near_fits.NAME, changes_of_sums.NAME, measures_of_sums.NAME, NEAR_SLIPS)
"""The relations that are asked last, for the figures that no other one explains."""

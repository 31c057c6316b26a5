"""Units as written: the base unit and the factor to it, and what kind of thing they measure."""

from dataclasses import dataclass
from decimal import Decimal

from dudao.quantities.model import Kind


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A written unit: `base` is the unit values are given in, `factor` leads there (公顷 → 10000 平方米)."""

    written: str
    base: str
    kind: Kind
    factor: Decimal = Decimal(1)


_COUNT_WORDS = """
人 名 位 人次 人·次 人份 户 户次 家 家次 家（次） 家(次) 所 所次 校次 个 个次 次 场 场次 班次 件次 车次 条次
课次 届次 份次 期 册 台 台套 台（套） 台(套) 台/套 套 套件 件套 座 间 栋 幢 项 件 条 份 张 篇 部 门 支 辆 处 轮
届 批 批次 节 节课 堂 堂课 本 例 起 宗 封 幅 块 片 面 枚 株 棵 头 只 盏 站 层 床 席 对 双 组 队 款 章 种 类 县
区 市 乡 镇 村 省 州 旗 街道 社区 乡镇 学校 校 园 班 个班 轨 科 课 笔 道 字 页 点 步 股 顶 把 副 根 颗 粒 箱 袋
瓶 盒 包 桶 趟 遍 回 票 声 学位 团队 师生 路
"""
_DURATION_WORDS = """
年 个月 周 天 小时 分钟 秒 秒钟 学时 课时 学年 学期 个学期 个学年 个年头 个季度 岁 周岁 周年 个小时 个课时
个学时 工作日 个工作日 星期 个星期 个周 个昼夜 载
"""
_OTHER_WORDS = """
米 公里 千米 厘米 毫米 立方米 千克 公斤 克 吨 斤 度 ℃ 兆 M GB TB MB Mbps Gbps 千瓦 千瓦时 勒克斯 分贝 升 毫升
英寸 寸
"""
_SQUARE_METRE_WORDS = "平方米 平米 平方 ㎡ m² m2 M² M2"
_ORDINAL_WORDS = "号 级 年级 号线 号楼 号令"
_FOREIGN_MONEY_WORDS = "美元 港元 欧元 日元 英镑 澳门元 澳元"


def _same(kind: Kind, words: str) -> list[Unit]:
    return [Unit(word, word, kind) for word in words.split()]


def _into(base: str, kind: Kind, factors: dict[str, str]) -> list[Unit]:
    return [Unit(written, base, kind, Decimal(factor)) for written, factor in factors.items()]


# Length and weight stay in the unit as written: nobody adds 公里 to 厘米 in a report on education.
UNITS: tuple[Unit, ...] = (
    *_into("元", Kind.MONEY, {"元": "1", "块钱": "1", "元人民币": "1", "元钱": "1", "角": "0.1"}),
    *_same(Kind.MONEY, _FOREIGN_MONEY_WORDS),
    *_into("%", Kind.PERCENT, {"%": "1", "‰": "0.1", "成": "10"}),
    *_into(
        "百分点",
        Kind.PERCENTAGE_POINT,
        {"个百分点": "1", "百分点": "1", "个点": "1", "个千分点": "0.1", "个基点": "0.01"},
    ),
    *_same(Kind.RATIO, "倍"),
    *_same(Kind.SCORE, "分"),
    *_into("平方米", Kind.AREA, dict.fromkeys(_SQUARE_METRE_WORDS.split(), "1")),
    *_into("平方米", Kind.AREA, {"公顷": "10000"}),
    *_same(Kind.AREA, "亩 平方公里 平方千米"),
    *_same(Kind.DURATION, _DURATION_WORDS),
    *_same(Kind.COUNT, _COUNT_WORDS),
    *_into("人", Kind.COUNT, {"人口": "1"}),
    *_same(Kind.OTHER, _OTHER_WORDS),
    *_same(Kind.ORDINAL, _ORDINAL_WORDS),
)

# Units in which a whole figure counts things and is exact; every other whole figure has been rounded.
EXACT_KINDS = frozenset(
    {Kind.COUNT, Kind.DURATION, Kind.SCORE, Kind.ORDINAL, Kind.YEAR, Kind.DATE, Kind.DOCUMENT_NUMBER}
)

# 元/生, 册/生, 平方米/人·年: what the amount is spread over.
DIVISORS = (
    "百名学生",
    "百生",
    "百人",
    "千人",
    "万人",
    "每生",
    "生·年",
    "生年",
    "人·年",
    "人年",
    "人·月",
    "人月",
    "生·学年",
    "生",
    "人",
    "年",
    "月",
    "班",
    "天",
    "日",
    "校",
    "学期",
    "学年",
    "平方米",
    "小时",
    "课时",
    "次",
    "户",
    "亩",
    "园",
    "节",
    "周",
)

# A written unit that is the beginning of another word is no unit: 分别, 年级, 点多面散, 部分.
_NOT_BEFORE: dict[str, str] = {
    "分": "别类布解享校区期步批层管工流配析散项摊之支成发",
    "人": "均",
    "所": "有以在属需用谓示",
    "名": "列单称义",
    "家": "长庭校",
    "点": "多面半",
    "部": "分门署",
    "门": "口",
    "次": "年日月要",
    "成": "为立效绩果功熟都年员长",
    "位": "于居列置",
    "对": "于比照标口接全",
    "面": "向对积",
    "处": "于置理罚",
    "类": "似型",
    "种": "植子",
    "市": "场政级直域本",
    "区": "域分别间",
    "县": "级域直",
    "校": "园长外内区",
    "班": "级主额子",
    "园": "区所长",
    "课": "程后题堂",
    "科": "学研技目室",
    "节": "约能日假",
    "组": "织成建",
    "条": "件",
    "项": "目",
    "期": "间待末望满",
    "周": "边",
    "天": "津",
    "支": "出持撑付部",
    "本": "级市县省区地科校年期届轮文",
    "省": "级份内外",
    "章": "程",
    "层": "次面级",
    "站": "位",
    "路": "径",
    "道": "德路",
    "步": "伐",
    "字": "号",
    "头": "部",
    "回": "头升落",
    "队": "伍",
    "包": "括含",
    "起": "来",
    "笔": "试",
    "元": "素旦月宵",
    "套": "路",
    "克": "服",
    "升": "学级至到",
    "场": "地所馆",
    "台": "湾账阶",
    "片": "面区",
    "例": "如",
    "把": "握控",
    "根": "据本",
    "声": "明",
    "村": "级",
    "镇": "区域",
    "乡": "村",
    "户": "籍外",
    "副": "校书主",
    "只": "增有能",
    "双": "语师减",
    "轮": "换岗",
    "批": "准示复评改",
    "年": "级",
    "个": "性体人别税",
}


_YET_A_UNIT = ("以上", "以下", "以内", "之内", "以外", "义务")  # 5所以上: 所 and not 所以; 3326名义务教育教师: no 名义


def _by_first_character() -> dict[str, tuple[Unit, ...]]:
    table: dict[str, list[Unit]] = {}
    for unit in UNITS:
        table.setdefault(unit.written[0], []).append(unit)
    return {first: tuple(sorted(units, key=lambda unit: -len(unit.written))) for first, units in table.items()}


_TABLE = _by_first_character()
UNIT_HEADS = frozenset(_TABLE)


def unit_at(text: str, position: int) -> Unit | None:
    """Return the longest unit that begins at the position of a folded text, None when there is none."""
    for unit in _TABLE.get(text[position : position + 1], ()):
        if text.startswith(unit.written, position):
            end = position + len(unit.written)
            behind = text[end : end + 1]
            if behind and behind in _NOT_BEFORE.get(unit.written, "") and not text.startswith(_YET_A_UNIT, end):
                continue
            return unit
    return None

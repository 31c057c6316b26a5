"""Names that leave nothing of a whole over: 公办 and 民办, 本科 and 专科, 竣工, 在建 and 未开工."""

import re
from functools import lru_cache

CROSSING = re.compile(
    r"新增|增加(?!值)|女|高级(?!中学)|中级|正高|副高|骨干|名师|特级|党员|学历|岁|贫困|困难|寄宿|留守|随迁|残疾|民族|专任|双语|"
    r"示范|达标|普惠|优质|星级|优秀|先进|合格|住宿|住校|班主任|支教|轮岗|交流"
)
"""What may be said of one thing beside another, so that parts told by it overlap: 女教师, 高级教师, 骨干教师."""

_SCHOOLS = (
    "公办 民办",
    "公立 民办",
    "公办 普惠性民办",
    "公办 普惠性民办 非普惠",
    "公办 民办 民办普惠",
    "公办 普惠 营利",
    "中学 小学",
    "初中 高中",
    "普通高中 中职",
    "高职 中职",
    "本科院校 专科学校",
    "本科院校 专科院校",
    "本科院校 高职",
    "部属 地方属",
    "部委属 地方属",
    "部属 省属 市属",
    "省属 市属",
    "市属 县属",
    "中心校 村小",
    "中心校 教学点",
    "注销 转型",
    "达标 未达标",
    "分设 一肩挑",
    "党委 党总支 党支部",
)
_PUPILS = (
    "男 女",
    "小班 中班 大班",
    "住校 走读",
    "寄宿 走读",
    "应届 往届",
    "户籍 随迁",
    "户籍 非户籍",
    "物理 历史",
    "理科 文科",
    "必修 选修",
    "普通本科 职业本科 高职",
    "统招 自主招生 指标",
    "特殊教育学校 随班就读 送教",
    "特教学校 随班就读 送教",
    "报名 放弃",
    "参加 缺考",
    "参考 缺考",
    "上学期 下学期",
    "线上 线下",
    "校内 校外",
)
_STAFF = (
    "在编 编外",
    "在编 聘",
    "在编 临时",
    "在编 合同",
    "在职 退休",
    "在职 离退休",
    "在职 离休 退休",
    "专职 兼职",
    "校长 教师",
    "公益性岗位 自聘",
    "财政 自聘",
    "本科 专科",
    "本科 专科 中师",
    "研究生 本科 专科",
    "研究生 本科 专科 中师",
    "研究生 本科 专科 中专",
    "高级 中级 初级",
    "正高 副高 中级 初级",
    "国培 省培 市",
    "国培 省培 县",
)
_GRADES = (
    "优秀 合格",
    "优秀 良好 合格",
    "优秀 良好 一般",
    "优秀 良好 及格 不及格",
    "优秀 良好 合格 不合格",
    "优 良 中",
    "优 良 中 差",
    "约束性 预期性",
    "共性 个性",
    "通过 退回",
    "通过 未通过",
    "增长 下降",
    "金牌 银牌 铜牌",
)
_PLACES_AND_LEVELS = (
    "城市 农村",
    "城镇 农村",
    "城镇 乡村",
    "城镇 村级",
    "城区 农村",
    "县城 农村",
    "县城 乡镇",
    "城区 乡镇",
    "城区 镇区 乡村",
    "城市 县镇 农村",
    "东部 中部 西部",
    "省内 省外",
    "固定 流动",
    "中央 地方",
    "省级 市县级",
    "省本级 市县级",
    "市本级 县",
    "市本级 区",
    "市直 县",
    "上级 本级",
    "国家级 省级 市级 县级",
)
_MONEY = (
    "收入 支出",
    "进口 出口",
    "一般债 专项债",
    "本金 利息",
    "税收 非税",
    "税务部门 财政部门",
    "国税 地税 财政",
    "地方 上划",
    "上划 地方一般公共预算",
    "地方 上划中央 上划省",
    "一般公共预算 政府性基金",
    "一般公共预算 政府性基金 国有资本",
    "财政拨款 事业收入 其他收入",
    "基本支出 项目支出",
    "人员支出 公用支出",
    "人员经费 公用经费",
    "个人部分 公用部分",
    "人员 公用 项目",
    "人员 公用 基建",
    "事业性经费 基本建设",
    "公务接待 公务用车",
    "公务接待 公务用车 出国",
    "货物 工程",
    "货物 服务",
    "工程 服务",
    "货物 工程 服务",
    "省级补助 自筹",
    "上级 自筹",
    "争取 自筹",
    "补助 自筹",
    "专项 自筹",
    "财政 自筹",
)
_WORKS_AND_TASKS = (
    "新建 改扩建",
    "新建 改建 扩建",
    "新建 改扩建 维修",
    "新建 改扩建 修缮",
    "已完成 正在",
    "已开工 未开工",
    "开工 未开工",
    "已完工 未完工",
    "已投用 未投用",
    "竣工 在建",
    "完工 在建",
    "建成 在建",
    "完工 在建 未开工",
    "竣工 在建 未开工",
    "建成 在建 未开工",
    "当场 限期",
    "现场 限期",
    "立即 限期",
    "独立 联合",
    "单独 联合",
    "自主 委托",
    "自营 委托",
)
_ECONOMY = (
    "第一产业 第二产业 第三产业",
    "农业 林业 牧业 渔业",
    "农业 林业 牧业 渔业 服务业",
    "农业 林业 牧业 渔业 辅助性",
    "铁路 道路 水路 民航",
    "铁路 公路 水路 民航",
    "铁路 公路 民航",
    "过夜 一日游",
    "家庭户 集体户",
    "财产保险 人身保险",
    "财产险 寿险",
    "公益性 经营性",
    "纪检 公安",
)
_COMPLETE = tuple(
    frozenset(words.split())
    for words in (
        *_SCHOOLS,
        *_PUPILS,
        *_STAFF,
        *_GRADES,
        *_PLACES_AND_LEVELS,
        *_MONEY,
        *_WORKS_AND_TASKS,
        *_ECONOMY,
    )
)
_COMPLETE_OF_SIZE = {
    size: tuple(family for family in _COMPLETE if len(family) == size) for size in {*map(len, _COMPLETE)}
}
_WORDS_OF_SIZE = {size: frozenset().union(*families) for size, families in _COMPLETE_OF_SIZE.items()}
_RUN_BY = re.compile(r"办(?:的|园|校|幼儿园|学校)?$")
"""教育部门办和集体办的41所，民办23所: whoever else runs schools, 民办 is the rest."""
_KINDS_OF_WORKS = re.compile("改扩建|新建|改建|扩建|续建|维修|修缮")


@lru_cache(maxsize=4096)
def names_divide(whole: str, names: tuple[str, ...]) -> bool:
    """Return whether parts of these names are together all of what a whole is called; "" for a whole without name."""
    if len(names) == 2 and all(_RUN_BY.search(name) for name in names) and not whole.endswith("办"):
        return names[0] != names[1] and any("民办" in name for name in names) and not any(map(CROSSING.search, names))
    if "研究生" in whole and len(names) == 2 and "博士" in names[0] + names[1] and "硕士" in names[0] + names[1]:
        return True
    told = "、".join(names)
    words = {word for word in _WORDS_OF_SIZE.get(len(names), ()) if word in told}
    for family in _COMPLETE_OF_SIZE.get(len(names), ()):
        if not family <= words or not all(any(word in name for word in family) for name in names):
            continue
        named = whole.removesuffix("进出口").endswith(tuple(family)) or _one_of_kind(whole, family)
        if not named or all(word in whole for word in family):  # 新建改扩建幼儿园 names all of its kinds
            # 交流2834人，其中校长87人、骨干教师641人: 骨干, which the whole is not told by, leaves some out.
            crossed = {word for name in names for word in CROSSING.findall(_without(name, family))}
            return crossed <= {*CROSSING.findall(whole)}
    return False


def _one_of_kind(whole: str, family: frozenset[str]) -> bool:
    """Return whether what seems a whole is itself one kind of works: 改建幼儿园14所，新建7所，改扩建1所."""
    told = set(_KINDS_OF_WORKS.findall(whole))
    return bool(told) and all(_KINDS_OF_WORKS.search(word) for word in family) and not told >= {*family}


def _without(name: str, words: frozenset[str]) -> str:
    """Return a name without the words that divide the whole."""
    for word in sorted(words, key=len, reverse=True):
        name = name.replace(word, "")
    return name

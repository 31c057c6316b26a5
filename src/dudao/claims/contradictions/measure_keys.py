"""The name under which two figures are of one measure, whatever the order of its words.

A report says 核定中小学教师编制 and 中小学教师编制核定数, 小学教师本科学历比例 and 小学教师中具有本科学历的占.
What is left once words of extent, counting and politeness are gone is compared as a bag of characters.
"""

import re
from functools import lru_cache

from dudao.claims.likeness import core_noun

_PAID = re.compile(r"^(?:共|总)?(?:投入|安排|拨付|下达|落实|支出)|(?:总?投入|投资)$")
_SAME: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"公开(?=招聘|招考|招录)|(?<=招聘)(?:新)?(?=教师)|具有|拥有|接受|取得|所占|本地区|现", ""),
        (r"(?<=[办惠立性])(?:幼儿)?园(?=在园)|(?<=在园幼儿中公办)(?:幼儿)?园|(?<=在园幼儿中民办)(?:幼儿)?园", ""),
        (r"(?<![办惠立性])幼儿园(?=在园)|学前(?:教育)?(?=普惠|公办|幼儿)|(?<=教师|学生|幼儿|学校|人员)中", ""),
        (r"财政(?=教育支出)|决算数?|执行数", ""),
        (r"生均|平均每生", "每"),  # 均 is left out of names, and 生均支出 is no 支出
        (r"总(?=收入|支出)", "全额"),  # 预算总支出 holds what is carried over and handed on, 预算支出 does not
        (r"(?<=小学|初中|教育)阶段", ""),
        (r"九年制?(?=义务)|适龄(?=残疾)|(?<=残疾儿童)少年|(?<=残疾儿童少年)义务教育|(?<=残疾儿童)义务教育", ""),
        (r"学前(?:教育)?三年(?:教育)?|学前教育(?=毛|入园|三年|普惠)", "学前"),
        (r"(?<=高中阶段)教育(?=毛)", ""),
        (r"(?:外来|进城)(?:务工|就业|经商)?(?:人员)?(?:随迁)?子女", "随迁子女"),
        (r"(?<=经费|业费|用费)支出", ""),
        (r"仍有|还有|尚有|现有|现存|保留(?!率)|^(?:仍|还|尚)", ""),
        (r"(?:年人均|人均年|年平均|平均年|年均|平均)(?=工资|收入)", "年均"),
        (r"工资收入水平|收入水平", "工资收入"),
        (r"中等职业(?:教育)?学校$", "中职学校"),
        (r"乡镇[（(]街道[）)]", "乡镇街道"),
        (r"中小学校(?!园)", "中小学"),
        (r"学校(?=在校)|(?<=教师)参与(?=交流)", ""),
        (r"(?<=小)学生$", "学在校生"),
        (r"(?<=初中|高中)学?生$", "在校生"),
        (r"年均工资(?!收入)", "年均工资收入"),
        (r"(?:中小学|青少年|儿童|在校)*(?:学?生)?(?=(?:总体)?近视率|视力不良率|肥胖率|体质健康)", ""),
        (r"(?:国家)?(?:学生)?体质健康(?:标准)?(?:测试|监测)?(?:达到)?(?=优良率|优秀率|合格率|及格率)", ""),
        (r"普通学校(?=随班)|(?<=随班就读)(?:残疾)?(?:学生|儿童少年)(?:人数)?", ""),
    )
)
_SHARE = re.compile(r"(?:占比|比例|比重|占)$")
_OF_SPENDING = re.compile(r"^(?:一般公共预算)?教育(?:经费|支出|经费支出)?占(?:一般)?公共(?:财政)?预算(?:总)?支出")
_PART_OF = re.compile(r"(?P<part>.{2,}?)占(?P<base>.{2,})")
_OWN_SPENDING = "教育支出占公共预算支出"
_TWICE = re.compile(r"(?<=园)园$|(?<=[学园])学校$")
_HEADS = re.compile(r"学校数|园数|校数|机构数|户数")


_BROAD = re.compile(
    r"中小学校?(?!幼)|(?<=.)义务教育(?:阶段)?(?:学校)?|^义务教育(?:阶段)?(?:学校)?(?=.{4})|^高考(?=.{4})|(?:一般)?公共(?:财政)?预算(?=教育支出)|各级各类|各类"
    r"|发放|落实|配备|聘任|聘请|选聘|配齐|实施|享受|获得|安排|投入|完成|资金(?=受益|惠及|覆盖)|受益|惠及|组织|开展|全部|足额|及时"
)
"""Words of wide extent and of doing, written here and left out there: 聘任中小学责任督学, 配备责任督学."""


@lru_cache(maxsize=8192)
def broad_key_of(measure: str, unit: str) -> str:
    """Return a wider name of a measure, under which values that look like a slip of each other may be of one thing."""
    return key_of(_BROAD.sub("", measure), unit)


def _without_repeated(match: re.Match[str]) -> str:
    """Return a share without the noun its base repeats: 骨干教师占交流教师 and 骨干教师占交流 are one."""
    part, base = match["part"], match["base"]
    return f"{part}占{base.replace(part[-2:], '') or base}"


@lru_cache(maxsize=8192)
def key_of(measure: str, unit: str) -> str:
    """Return what two names of one measure have in common: 小学学校数 and 小学, 投入资金 and 资金总投入."""
    words = measure
    for pattern, instead in _SAME:
        words = pattern.sub(instead, words)
    if unit == "%":
        words = _OF_SPENDING.sub(_OWN_SPENDING, words)
        words = _SHARE.sub("", words) if _PART_OF.match(words) else _SHARE.sub("率", words)
        words = _PART_OF.sub(_without_repeated, words)
        if _OWN_SPENDING in words:
            words = _OWN_SPENDING
    if unit == "所":
        words = _TWICE.sub("", _HEADS.sub("", words))
    core = _PAID.sub("", core_noun(_PAID.sub("", words))) or core_noun(words)
    if unit == "所" and len(core) >= 4:
        core = core.removesuffix("学校").removesuffix("校")
    if unit == "人":
        core = core.replace("在校生", "生")
    return "".join(sorted(core))

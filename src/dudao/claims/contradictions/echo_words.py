"""The words around a figure brought to one form: what names it, to what kinds they narrow it, what they share."""

import re
from functools import lru_cache

_SAME: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"学前(?:教育)?(?:三年)?(?=毛?入园率)", ""),
        (r"普高", "普通高中"),
        (r"负债", "债务"),
        (r"(?<=高中)阶段(?:教育)?", ""),
        (r"职校", "中职"),
        (r"新(?=教师)", ""),
        (r"(?:投入|支出)教育(?:经费|资金)?|教育(?:经费)?(?:总)?(?:投入|支出)|教育经费", "教育投"),
        (r"普通(?=小学|中学)|(?<=义务教育)阶段", ""),
        (r"中等职业(?:教育)?学校?|中职学校|职业学校|职业教育学校", "中职"),
        (r"(?:幼儿园)+|学前教育(?=专任|教师|教职工)", "园"),
        (r"(?<=[公民]办)园(?:园|幼儿园)", "园"),
        (r"拨款标准", ""),
        (r"校外(?=培训机构)|国家(?=学生体质)|(?<=体质健康)(?:标准)?(?:抽测|测试|监测)|(?<=体质健康)标准", ""),
        (r"在校学生|在校生|(?<!小)学生", "生"),
        (r"在编教职工|教职员工", "教职工"),
        (r"新增加|新增|增加|净增|扩充|扩增", "增"),
        (r"公开招聘|新招聘|新补充|招聘|招录|录用|考录|招考|招引|新?引进|新进|补充", "招"),
        (r"改扩建|改建|扩建|新建成|建成|新建|建设", "建"),
        (r"累计投入|共投入|投入|投资|拨付|安排|落实|发放|支出", "投"),
        (r"受益|惠及|享受|覆盖", "惠"),
        (r"教师平均工资|教师年平均工资|教师年均工资", "教师工资"),
        (r"专任(幼儿|小学|初中|高中)?教师", r"\1专师"),
        (r"特殊教育", "特教"),
        (r"学前教育", "学前"),
        (r"中小学校", "中小学"),
        (r"占比|比例|比重|占", "率"),
        (r"资金|经费", "资"),
        (r"交流轮岗|轮岗交流|轮岗", "交流"),
        (r"(?<=子女)在(?=公办)", ""),
        (r"(?:社会)?认可程?度", "满意度"),
        (r"满意程度", "满意度"),
        (r"(?:重新|返校)(?:入学|就读)|返学|返校复学", "复学"),
        (r"不足[一二三四五六七八九]成", ""),
        (r"化解|消化", "消除"),
        (r"硕士研究生", "硕士"),
        (r"特殊类型招生控制线|特殊类型控制线|特殊类型线", "特控线"),
        (r"压减", "减少"),
        (r"大专|专科及?|大学专科", "专科"),
        (r"(?<=[\u4e00-\u9fff])(?:实际)?每[生人](?:每?[年学期月天日])*", ""),
    )
)
_EMPTY = re.compile(
    r"全年|全[国省市县区旗州盟]|[我本][省市县区旗州盟]|目前|现有|共有|共计|总计|合计|累计|已有|达到|达|其中|为|的|了|已|均|在|由|从|到|"
    r"现有|现|上年同期|去年同期|上年|去年|同期|分别|依次|中小学|义务教育|各级各类|提高|提升|下降|降|约|实际|近|有|共|总|虽|仅剩|仅|只|仍|高达|面积|和|及|(?<!参)与|或|等|数|名|人|所|个|元|万|亿|平方米|公里|[一二三四五六七八九十]是|年度?|月|日|中$|全部|所有|针对|关于|市县两级|县乡两级|各级|[^\u4e00-\u9fff]"
)
_WEAK_WORDS = """
教育 学校 教师 学生 中小 小学 中学 初中 义务 务教 工作 建设 情况 实施 人员 资金 经费 项目 园园 率率
"""
WEAK = frozenset(_WEAK_WORDS.split())
PLANNED = re.compile(
    r"(?<!改善)(?<!特岗)(?<!培养)(?<!培训)计划|(?<!公共)预算|决算|在建|竣工|开工|缺|空编|超编|退休|调出|应[配设有到]|需配|核定|减少|压减|关停|注销|取缔|撤并|清退|未|不足(?![一二三四五六七八九]成)|欠(?!账|发达)|年初|期初|反馈时|距离"
)
"""What is planned, missing or given up is another thing than what there is."""
SORTS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(words)
    for words in (
        r"小学|初中|高中|中职|职业|技工|幼儿|学前|(?<!校)园|特殊教育|特教|高校|高等|教学点|[初高][一二三](?!个)|[一二三四五六七八九]年级",
        r"公办|民办|普惠",
        r"县域(?=普通高中|高中)|农村|乡村|城区|城镇|县城|乡镇|本级|市直|县直|区直|牧区|山区|镇|(?<!东)[东西南北中]部(?!门|协作)",
        r"男|女|骨干|研究生|硕士|本科|专科|高级|中级|在编|编外|非在编|临聘|特岗|寄宿|留守|随迁|残疾|(?<!学习)(?<!生活)困难|贫困|脱贫|随班|送教",
        PLANNED.pattern,
        r"收入|支出|结余|结转",
        r"进出口|(?<!进)出口|进口(?!出)",
        r"校舍|用地|占地|绿化|运动|宿舍|食堂",
        r"公务员|编制",
        r"第[一二三四五六七八九十\d]{1,3}(?=[中小幼学高实])",
    )
)
_PEOPLE = re.compile("公务员|教师")
"""Of both a report tells how many there are and what they are paid, in the same words."""
PLANNED_SORT = SORTS[4]
MONEY_SORT = SORTS[5]
BUDGETS = re.compile("一般公共预算|政府性基金|国有资本经营|社会保险基金")
"""Each of the budgets has its own revenue, subsidies and rest of the year before."""
_ONE_SORT = {"幼儿": "学前", "园": "学前", "特教": "特殊教育", "中职": "职业", "高等": "高校"}
_ALL_SCHOOLS = re.compile("纳入[^，。；]{0,8}预算|(?<!其)中小学校?|义务教育|普通高中(?=高考)|面向(?:高校|全国|社会)")
"""What names no kind: all schools, and 经费纳入财政预算, which is no figure of a budget."""
_NAMED = re.compile(
    r"(?<![全我本各县市省区])[\u4e00-\u9fff]{2,3}(?:县|(?<![城市县社学小校园地辖置])区|(?<![县城])市|旗|镇|(?<!城)乡(?!村)|街道)(?!级)(?=[\u4e00-\u9fff\d])"
    r"|[\u4e00-\u9fff]{2}(?:中学|小学|幼儿园)(?=[\u4e00-\u9fff]{0,4}\d)"
)
_NO_NAME = re.compile(
    r"目前|[值率积全我本各年到在向对于为中有的所等每开动入展优善辖]|落实|发放|实施|所有|各个|下辖|城乡|普通|[一二三]级|星级|示范|优质|乡镇|农村|公办|民办|普惠|新建|扩建|全部|中心|完全|初级|高级|义务|其中|多个|惠性|建立|创建|党的|教师|学生|[和及与]|实现|责任区|[山牧郊]区|衡发|街镇|镇街"
)
_WITHOUT = re.compile(r"(?:不含|不包括|不计|未含|扣除|剔除)[^（）()，。；]{0,8}")
_WITH = re.compile(r"[（(]含[^（）()，。；]{0,6}")


def of_one_sort(own: str, wide: str, other_own: str, other_wide: str) -> bool:
    """Return whether neither figure is narrowed to a kind of school or people that the other is not told of.

    Each figure is given by the words that name it and by all the words around it.
    """
    for sort in SORTS:
        if not sorts(sort, own) <= sorts(sort, other_wide) or not sorts(sort, other_own) <= sorts(sort, wide):
            return False
    return True


def no_other_sort(wide: str, other_wide: str) -> bool:
    """Return whether the words around two figures name no different kinds of school or people."""
    for sort in SORTS:
        left, right = sorts(sort, wide), sorts(sort, other_wide)
        if left and right and not left & right:
            return False
    return True


def of_other_people(wide: str, other_wide: str) -> bool:
    """Return whether the words around one figure are of civil servants, and those around another of teachers."""
    left, right = sorts(_PEOPLE, wide), sorts(_PEOPLE, other_wide)
    return bool(left and right) and not left & right


@lru_cache(maxsize=65536)
def sorts(sort: re.Pattern[str], words: str) -> frozenset[str]:
    """Return which kinds of one sort words name, one name for each kind."""
    return frozenset(_ONE_SORT.get(one, one) for one in sort.findall(_ALL_SCHOOLS.sub("", words)))


@lru_cache(maxsize=8192)
def names_in(words: str) -> frozenset[str]:
    """Return the towns and schools that words name, and what they say is counted with the rest or is not counted."""
    return places_in(words) | frozenset(_WITH.findall(words))


@lru_cache(maxsize=8192)
def places_in(words: str) -> frozenset[str]:
    """Return the same without what is counted with the rest: one place may say （含教学点） and another mean it."""
    named = {match[0] for match in _NAMED.finditer(words) if not _NO_NAME.search(match[0])}
    return frozenset(named | set(_WITHOUT.findall(words)))


def within(own: frozenset[str], wide: frozenset[str]) -> float:
    """Return which part of the pairs of a name stands among those around another figure, 1 for no pairs."""
    return len(own & wide) / len(own) if own else 1.0


def letters_within(own: str, wide: str) -> float:
    """Return which part of the characters of a name stands among those around another figure."""
    letters, around = set(plain(own)), set(plain(wide))
    return len(letters & around) / len(letters) if letters else 1.0


@lru_cache(maxsize=8192)
def plain(words: str) -> str:
    """Return words without those of extent, time and counting, one word for those that mean the same."""
    for pattern, instead in _SAME:
        words = pattern.sub(instead, words)
    return _EMPTY.sub("", words)


@lru_cache(maxsize=8192)
def pairs(words: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of words brought to one form."""
    form = plain(words)
    return frozenset(form[at : at + 2] for at in range(len(form) - 1))

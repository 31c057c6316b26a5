"""What the chapters of results deny or praise, and the chapter of problems admits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dudao.claims.chapters import Chapter
from dudao.claims.contradictions.denied_words import denied_pairs
from dudao.claims.contradictions.pasts import is_past
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.subjects import (
    admitted_clauses,
    complete_clauses,
    denied_again,
    denying_clauses,
    praised_clauses,
    shared_subject,
)
from dudao.claims.contradictions.wages import wages_denied
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.provenance import Span

CODE = "claims.contradiction.results_against_problems"


@dataclass(frozen=True, slots=True)
class _Topic:
    """A thing both chapters may speak of: how results claim it is well, how problems say it is not."""

    name: str
    claimed: re.Pattern[str]
    admitted: re.Pattern[str]
    elsewhere: re.Pattern[str] | None = None
    """Schools that the claim is not about unless it names them."""
    overall: re.Pattern[str] | None = None
    graver: re.Pattern[str] | None = None
    """The worst of its kind: that there is none left (超大班额清零) says nothing of what is less bad (大班额)."""
    """Claims that speak of the whole place together: in one county of it things may be otherwise."""


_WITHIN = r"[^，。；！？\n]"
_NO = (
    r"(?<!基本)(?<!有)(?:无|没有|未发生|未出现|没有发生|没有出现|不存在|杜绝了?"
    r"|全面消除|全部消除|消除了|已消除|彻底消除|全部化解|零)"
)
_YES = r"(?:个别|部分|有的|少数|存在|仍有|现有|现存|尚有|还有|发生了?|出现|\d+ ?(?:起|例|所|名|人|次))"
_STILL = (
    r"(?:仍然|依然|仍|较多|偏[大高多]|较重|突出|反弹|时有发生|尚未|未能|未完全|没有完全|\d+ ?(?:起|例|所|名|人|次))"
)
_FALL = r"(?:下降|降低|减少|负增长|下滑|未实现|没有实现|未能实现)"
# 大班额化解, 安全事故防范: what is said of the work against a thing says nothing of the thing.
_WORK = (
    r"(?!的?(?:整改|治理|专项|防控|预防|监管|管理|机制|工作|风险|隐患|压力|化解|教育|防范|意识|建设|处置|举报|排查"
    r"|消除|倾向|心理|意愿|现象的?整治))"
)


_UNPAID = "拖欠[^，。；\n]{0,6}(?:工资|津贴|绩效|待遇)|欠发工资|(?:工资|津贴|绩效|待遇)[^，。；\n]{0,4}拖欠"


_CLASSES = (
    r"班额[^，。；]{0,6}(?:均|全部|都)?[^，。；]{0,2}控制在[^，。；]{0,4}\d+人以[内下]|班级?(?:学生|人)数[^，。；]{0,8}?(?:控制在|不超过)[^，。；]{0,10}|班级?(?:均|全部|都)(?:符合|控制在)[^，。；]{0,8}(?:班额|标准)"
    r"|班额[^，。；]{0,6}(?:均|全部|都)[^，。；]{0,4}(?:控制在|符合|达到)[^，。；]{0,8}(?:规定|标准|要求)",
    r"(?:5[6-9]|[6-9]\d)人以上的?(?:教学班|班级?)[^，。；\d]{0,4}\d|\d个?(?:教学)?班级?(?:学生数|人数)?(?:仍|均)?(?:超过|超出|高于)[^，。；]{0,8}(?:班额|标准|规定)"
    r"|班[^，。；]{0,4}(?:(?:学生|人)数|学生)[^，。；\d]{0,6}(?:超过55|5[6-9]|[6-9]\d)人|班级?[^，。；]{0,4}(?:超过55|(?:超过|达到?)(?:5[6-9]|[6-9]\d))人",
)
"""What is said of the size of classes without the word 大班额."""
_SCHOOL_SIZES = (
    r"超过\d+人的学校(?:数)?(?:为零|为0|清零|全部消除)|规模[^，。；]{0,4}(?:不超过|控制在)[^，。；]{0,10}人",
    r"(?:超过|超出)(?:规定|标准|国家规定)的?(?:办学)?规模|超出规模(?:标准|规定)|超规模办学",
)
_ACCIDENTS = (
    r"(?!)",
    r"发生了?[\d一二两三]*起[^，。；]{0,14}(?:事故|事件)|(?:事故|坍塌|溺水|踩踏)[^。；]{0,14}(?:死亡事[故件]|\d+(?:人|名学生|名师生)(?:死亡|溺亡|受伤|遇难)|死亡\d+人)",
)


def _denied(
    name: str,
    words: str,
    elsewhere: re.Pattern[str] | None = None,
    also: tuple[str, str] = (r"(?!)", r"(?!)"),
    graver: re.Pattern[str] | None = None,
) -> _Topic:
    """Return a topic that results say does not occur; `also` are further ways to deny it and to admit it."""
    return _Topic(
        name,
        re.compile(
            rf"{also[0]}|{_NO}(?:新增|新的|任何|重大|一起|校园|学生)?[^，。；、！？\n]{{0,8}}?(?:{words}){_WORK}"
            rf"|(?:{words}){_WORK}(?:由[^。；，\n]{{0,30}}，)?(?:由[^。；，\n]{{0,20}}?)?{_WITHIN}{{0,8}}?(?:(?:减少|压减|下降|降)[为至到](?:0|零)|(?:人数)?为0(?![.\d])|清零|归零|为零|实现零|(?:全部|全面|均已|已|彻底)(?:消除|化解|清除|销号|杜绝|根除))"
        ),
        re.compile(
            rf"{also[1]}|{_YES}{_WITHIN}{{0,16}}?(?:{words}){_WORK}|(?:{words}){_WORK}{_WITHIN}{{0,14}}?{_STILL}"
        ),
        elsewhere,
        graver=graver,
    )


def _rated(name: str, words: str) -> _Topic:
    """Return a topic that results say is up to standard, everywhere or in full."""
    return _Topic(
        name,
        re.compile(
            rf"(?:{words}){_WITHIN}{{0,16}}?"
            r"(?:全部达标|均达标|全面达标|均已达标|已达标|已全部达标|达标率(?:达到?|为)?100%"
            rf"|均?达到了?(?:国家|省|规定)?{_WITHIN}{{0,6}}标准)"
        ),
        re.compile(
            rf"(?:{words}){_WITHIN}{{0,16}}?"
            rf"(?:没有达标|未达标|不达标|未达到|没有达到|达不到|低于{_WITHIN}{{0,8}}标准|不足标准)"
        ),
    )


TOPICS: tuple[_Topic, ...] = (
    _Topic(
        "教育支出只增不减",
        re.compile(
            rf"(?:教育(?:经费|支出|投入)){_WITHIN}{{0,30}}?(?:只增不减|逐年增长|逐年增加)|两个[“”]?只增不减"
            r"|教育(?:经费|支出|投入)(?:持续|稳步|连年|逐年|保持)(?:增长|增加)"
        ),
        re.compile(
            rf"(?:教育(?:经费|支出|投入|事业费))(?:(?!占|比例|比重|效益|效率|收入|学费){_WITHIN}){{0,20}}?"
            rf"(?:[\d.]+[万亿]?元[，,]{_WITHIN}{{0,10}}?)?{_FALL}"
            rf"|(?:没有实现|未实现|未能实现|没有做到|未做到){_WITHIN}{{0,30}}?只增不减"
        ),
        overall=re.compile(r"(?!.*只增不减)"),
    ),
    _denied(
        "大班额",
        "大班额|超大班额",
        re.compile("高中|高级中学|完全中学|中职|幼儿"),
        also=_CLASSES,
        graver=re.compile("超大班额|6[6-9]人"),
    ),
    _denied("大校额", "大校额|大规模学校", also=_SCHOOL_SIZES),
    _denied("安全责任事故", "安全责任事故|安全事故|伤亡事故|安全事件|溺水事故|溺亡(?:事故|事件)", also=_ACCIDENTS),
    _denied("师德师风问题", "师德师风问题|师德失范|违反师德|有偿补课|违规补课"),
    _denied(
        "拖欠教师工资",
        _UNPAID,
        also=(
            r"(?:工资|待遇)[^。；，\n]{0,12}，(?:无|没有|从未|未发生|不存在)[^，。；]{0,4}拖欠",
            r"(?:工资|津贴|绩效|待遇)[^，。；\n]{0,4}(?:存在|仍有|出现)拖欠",
        ),
    ),
    _Topic(
        "拖欠教师待遇",
        re.compile(
            rf"{_NO}[^，。；、！？\n]{{0,8}}?(?:{_UNPAID})|(?:工资|待遇|津补?贴)[^，。；\n]{{0,10}}(?:全部|全面|足额)(?:兑现|发放)"
        ),
        re.compile(
            rf"教师[^，。；\n]{{0,8}}?(?:工资|津补?贴|补贴|绩效|待遇)(?:(?!考核|办法|制度|方案){_WITHIN}){{0,14}}?"
            r"(?:未|没有|未能)(?:全部|及时|足额|按时)?(?:发放|兑现|到位|落实)|欠发教师"
        ),
    ),
    _Topic(
        "教师工资收入不低于公务员",
        re.compile(
            rf"教师[^。；！？\n]{{0,24}}?(?:工资|收入){_WITHIN}{{0,12}}?(?:不低于|高于){_WITHIN}{{0,8}}?公务员"
            r"|教师[^。；！？\n]{0,14}?(?:工资|收入)[^。；！？\n]{0,40}?(?:实现|做到|落实|达到)了?[^，。；]{0,6}[“\"]不低于[”\"]"
            r"|教师[^。；！？\n]{0,20}?(?:工资|收入)[^。；！？\n]{0,14}?(?:略|均|已)?高于(?:当地)?公务员"
            r"|教师[^。；！？\n]{0,20}?(?:工资|收入)[^。；！？\n]{0,14}?比(?:当地)?公务员[^。；！？\n]{0,14}?高"
        ),
        re.compile(
            rf"(?:未|没有|未能){_WITHIN}{{0,4}}?(?:落实|达到|实现|做到){_WITHIN}{{0,24}}?不低于|"
            rf"教师[^。；！？\n]{{0,16}}?(?:工资|收入)[^。；！？\n]{{0,14}}?比{_WITHIN}{{0,6}}?公务员{_WITHIN}{{0,10}}?低|"
            rf"教师{_WITHIN}{{0,16}}?(?:工资|收入){_WITHIN}{{0,8}}?(?<!不)(?:低于|未达到|不及|比{_WITHIN}{{0,6}}?公务员{_WITHIN}{{0,10}}?低){_WITHIN}{{0,8}}?(?:公务员|\d)"
        ),
    ),
    _Topic(
        "学科教师配备",
        re.compile(
            rf"(?:各学科|学科|紧缺|音体美|体音美){_WITHIN}{{0,6}}?教师{_WITHIN}{{0,6}}?(?:配备齐全|配齐|配足|全部到位|满足需[要求])"
            r"|(?:不存在|无)(?:结构性)?缺编"
        ),
        re.compile(
            rf"结构性缺[编员额]|缺编(?:问题|现象)?{_WITHIN}{{0,6}}?(?:突出|严重|存在|\d)"
            rf"|(?:学科|音乐|美术|体育|音体美|体音美|艺术|英语|信息科?技术?|心理健康|科学)教?师?{_WITHIN}{{0,12}}?教师{_WITHIN}{{0,10}}?(?:不足|短缺|紧缺|缺口|缺\d)"
            rf"|教师{_WITHIN}{{0,12}}?缺(?:口|编|额)?(?:达到?|为|约|近)?\d"
        ),
    ),
    _denied("辍学", "辍学|失学", also=(r"控辍保学[^，。；]{0,6}清零", r"(?!)")),
    _Topic(
        "食品安全",
        re.compile(rf"{_NO}[^，。；、！？\n]{{0,10}}?(?:食品安全(?:责任)?(?:事故|事件|问题)|食物中毒)"),
        re.compile(
            r"(?:发生|出现)[^，。；]{0,16}(?:食物中毒|食品安全(?:事故|事件))|食物中毒[^，。；]{0,4}(?:事故|事件)"
        ),
    ),
    _Topic(
        "资助全覆盖",
        re.compile(r"应(?:助尽助|享尽享|补尽补)(?:率[^，。；\d]{0,4}100%)?|资助[^，。；]{0,10}(?:全覆盖|一个不[少漏])"),
        re.compile(
            r"(?:困难|脱贫|低保|残疾|监测)[^，。；]{0,10}(?:学生|幼儿|家庭|户)[^，。；]{0,6}(?:未|没有)(?:享受|获得|得到|纳入|发放)[^，。；]{0,6}(?:资助|补助|助学)"
        ),
    ),
    _Topic(
        "小区配套园治理",
        re.compile(
            r"配套(?:幼儿)?园[^，。；]{0,14}(?:全部|全面|均已?)(?:完成|移交|到位)|配套(?:幼儿)?园[^，。；\d]{0,10}率[^，。；\d]{0,4}100%"
        ),
        re.compile(r"配套(?:幼儿)?园[^，。；]{0,10}(?:未|没有)(?:移交|完成|办成|收回|建成|交付)"),
        re.compile("在建|拟建|新建|筹建|新交付"),
    ),
    _Topic(
        "近视率与平均水平",
        re.compile(r"(?:近视率|肥胖率|视力不良率)[^。；]{0,20}低于全[国省市州]平均"),
        re.compile(r"(?:近视率|肥胖率|视力不良率)[^。；]{0,20}高于全[国省市州]平均"),
    ),
    _denied("学生欺凌", "校园欺凌|学生欺凌|欺凌事件"),
    _denied("择校", "择校|违规(?:提前|跨区|超计划)?招生|跨区招生"),
    _Topic(
        "旱厕与老旧设施",
        re.compile(
            r"(?:旱厕|燃煤锅炉|彩钢房|土操场|老旧校车)[^，。；]{0,8}(?:全部|全面|均已?)(?:改造|消除|淘汰|拆除|取缔|更换)"
        ),
        re.compile(
            r"(?:仍在?使用|仍有|尚有|还有)[^，。；]{0,8}(?:旱厕|燃煤锅炉|彩钢房|土操场|老旧校车)|(?:旱厕|燃煤锅炉|彩钢房|土操场|老旧校车)[^，。；]{0,6}(?:仍在使用|未改造|未拆除)"
        ),
    ),
    _Topic(
        "借用教师",
        re.compile(
            r"(?:借调|借用|抽调)[^，。；]{0,14}(?:全部|均已?|全员)[^，。；]{0,4}(?:返回|返岗|返校|清退|清理|归还|回到|回归)"
            rf"|{_NO}[^，。；、！？\n]{{0,8}}?(?:借调|借用|抽调|占用)[^，。；]{{0,4}}(?:教师|教职工)"
        ),
        re.compile(
            r"(?:仍有|尚有|还有|现有|存在)[^，。；]{0,20}(?:借调|借用|抽调|占用)(?:教师|在|到|，|。|；|未)"
            r"|(?:借调|借用|抽调|占用)[^，。；]{0,12}(?:未返|未归|未回|没有返|\d+[名人])"
        ),
    ),
    _Topic(
        "危房",
        re.compile(
            r"危房[^，。；]{0,14}(?:全部|均已?|全面)(?:拆除|消除|改造|清零|排除|完成改造)|(?:全部|全面|彻底)消除[^，。；]{0,6}危房"
            rf"|{_NO}[^，。；、！？\n]{{0,6}}?危房|危房[^，。；]{{0,6}}(?:清零|归零)"
        ),
        re.compile(
            r"危房[^，。；]{0,10}(?:仍在使用|未拆除|尚未|未完成|没有拆除|亟待|未改造)|(?:仍有|尚有|还有|存在)[^，。；]{0,14}危房(?!改造|排查|隐患)"
        ),
    ),
    _denied("编外教师", "长期聘用编外教师|编外教师|有编不补"),
    _Topic(
        "课程开设",
        re.compile(rf"开[齐足]开?[足齐]?{_WITHIN}{{0,20}}?课|课程{_WITHIN}{{0,6}}?(?:全部|均|都)?开[齐足]"),
        re.compile(
            rf"(?:未|没有|未能|没能){_WITHIN}{{0,4}}?开[齐足]{_WITHIN}{{0,16}}?课|课程{_WITHIN}{{0,8}}?(?:未|没有|未能)开[齐足]"
        ),
    ),
    _denied(
        "无证园",
        "无证园|无证幼儿园|无证办园",
        also=(
            r"无证(?:幼儿)?园[^，。；]{0,10}(?:全部|全面)(?:完成|取缔|清理|清零|关停)",
            r"\d+所无证(?:幼儿)?园[^，。；]{0,4}(?:仍|在办|未|招生)",
        ),
    ),
    _rated("学生体质健康", "体质健康|优良率"),
    _rated("生均公用经费", "公用经费"),
    _rated("教师工资收入", "教师[^。，；\n]{0,8}(?:工资|收入|待遇)"),
    _rated("校舍与场地", "生均[^。，；\n]{0,8}(?:面积|用地)|校舍面积|(?:运动|体育)场地"),
    _rated("师资配备", "师生比|教师编制|教职工编制|音体美教师|体音美教师|心理健康教师"),
    _Topic(
        "教职工编制",
        re.compile(
            rf"(?:中小学|教职工|教师){_WITHIN}{{0,6}}?编制{_WITHIN}{{0,10}}?(?:全部|均|全面|已){_WITHIN}{{0,4}}?"
            rf"(?:达到|达标|配足|配齐){_WITHIN}{{0,8}}"
        ),
        re.compile(r"(?:仍|尚|还)?(?:缺|少)(?:教职工|教师)?编(?:制)?\d+"),
        re.compile("幼儿|学前|高中|中职|特殊教育|特教"),
    ),
    _rated("近视防控", "近视率"),
    _Topic(
        "项目按期完工",
        re.compile(
            r"按期(?:完工|竣工|完成)率[^，。；\d]{0,4}100%|(?:项目|工程)[^，。；]{0,6}(?:全部|均|都)(?:按期|如期)(?:完工|竣工)"
        ),
        re.compile(
            r"(?:项目|工程)[^，。；]{0,6}(?:超过|逾期|延期|滞后|超出)[^，。；]{0,8}(?:工期|未完工|未竣工|完工|竣工)"
        ),
    ),
    _Topic(
        "补助及时发放",
        re.compile(r"(?:补助|资助|助学金|补贴)[^，。；]{0,10}(?:及时|按时|按学期|按月)[^，。；]{0,6}发放"),
        re.compile(r"(?:补助|资助|助学金|补贴)[^，。；]{0,14}(?:才(?:发放|到位)|迟发|滞后|未及时|没有及时|延迟|拖欠)"),
    ),
    _Topic(
        "持健康证明",
        re.compile(r"(?:全部|均|都)[^，。；]{0,4}(?:持有|办理|具有)[^，。；]{0,4}健康证|健康证[^，。；]{0,6}100%"),
        re.compile(r"健康证明?[^，。；]{0,4}(?:缺失|过期|不全|未办)|(?:未|没有|无)[^，。；]{0,6}健康证"),
    ),
    _Topic(
        "教师持证上岗",
        re.compile(
            r"持证上岗率?[^，。；\d]{0,6}100%|(?:全部|均|全员|都)持证上岗|(?:全部|均|全员|都)(?:已)?(?:持有|具有|具备|取得)[^，。；]{0,4}教师资格|教师资格证?(?:持有|持证)率[^，。；\d]{0,6}100%|教师持证率[^，。；\d]{0,6}100%"
        ),
        re.compile(
            r"无证上岗|(?:未|没有|尚未)(?:取得|持有|获得)[^，。；]{0,6}教师资格|不具备[^，。；]{0,6}教师资格"
            r"|正在(?:考取|申请|报考)[^，。；]{0,10}教师资格"
        ),
        re.compile("高中|中职|保育"),
    ),
    _Topic(
        "办学条件达标",
        re.compile(r"办[学园]条件[^，。；]{0,8}(?:全部|均|全面|都)(?:已)?(?:达标|达到[^，。；]{0,8}(?:标准|要求))"),
        re.compile(
            r"(?:功能室|校舍|园舍|运动场地?|活动场地|仪器|图书|实验室|宿舍|食堂|厕所)[^，。；]{0,10}"
            r"(?:达不到|未达到|没有达到|不达标|未达标|低于[^，。；]{0,6}标准|不足标准)"
        ),
        re.compile("高中|中职|职业|幼儿"),
    ),
    _rated("综合差异系数", "差异系数"),
    _Topic(
        "教育经费专款专用",
        re.compile(
            r"(?:附加|专项资金|教育经费|保障资金)[^，。；]{0,12}(?:全部|全额|足额)用于教育|专款专用"
            r"|(?:无|没有|未发现|未出现|不存在)[^，。；]{0,6}(?:截留|挤占|挪用)"
        ),
        re.compile(
            r"(?<![无未止禁绝])(?<!没有)(?<!不得)(?:属于|存在|被|违规|擅自)[^，。；]{0,6}(?:截留|挤占|挪用)|(?:截留|挤占|挪用)[^，。；]{0,12}\d"
            r"|(?:教育费附加|教育附加|专项资金|教育经费|公用经费)[^，。；]{0,12}用于[^，。；]{0,3}(?:市政|道路|绿化|偿还|归还|平衡|弥补|非教育|其他支出)"
        ),
    ),
    _Topic(
        "资源配置达标",
        re.compile(r"[七7]项指标[^，。；]{0,8}(?:均|全部|都)[^，。；]{0,4}达|[七7]项指标达标[^，。；\d]{0,8}100%"),
        re.compile(
            r"生均[^，。；]{2,16}(?:面积|设备值|用房)[^。；]{0,14}(?:达不到|未达到?|没有达到|不达标|低于[^，。；]{0,8}标准)"
            r"|每百名学生[^。；]{4,24}(?:达不到|未达到?|没有达到|不达标|低于[^，。；]{0,8}标准)"
        ),
    ),
    _Topic(
        "标准班额",
        re.compile(r"班级?(?:学生|人)数[^，。；]{0,12}?不超过(?:45|50)人"),
        re.compile(
            r"\d个(?:教学)?班级?(?:学生数|人数)?(?:仍|均|都)?超过50人|小学[^。；]{0,14}班[^，。；]{0,6}(?:达到?|超过|为)(?:4[6-9]|[5-9]\d)"
        ),
    ),
)


_WAGES = next(topic for topic in TOPICS if topic.name == "教师工资收入不低于公务员")


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each thing that results claim to be well and problems admit is not, both places shown."""
    problems = reading.sentences_of(Chapter.PROBLEMS)
    if not problems:
        return []
    # What stands under a heading that tells nothing, in a report that has a chapter of problems, is told as done.
    results = sorted([*reading.sentences_of(Chapter.RESULTS), *reading.sentences_of(Chapter.OTHER)])
    found: list[Finding] = []
    for topic in TOPICS:
        pair = _pair(reading, topic, results, problems)
        if pair is not None:
            found.append(_finding(reading, *pair, topic.name))
    told = {span for finding in found for span in (finding.span, *finding.related)}
    if not any(_WAGES.name in finding.message for finding in found) and (
        pair := wages_denied(reading, _matches(_WAGES.admitted, problems))
    ):
        found.append(_finding(reading, *pair, _WAGES.name))
    for claimed, admitted, name in _by_subject(reading, results, problems):
        if not any(claimed.overlaps(span) or admitted.overlaps(span) for span in told):
            found.append(_finding(reading, claimed, admitted, f"“{name}”"))
            told.update((claimed, admitted))
    return found


def _by_subject(
    reading: Reading, results: list[tuple[int, str]], problems: list[tuple[int, str]]
) -> Iterator[tuple[Span, Span, str]]:
    """Yield the pairs of clauses about one thing of which one says it is done in full and one that it is missing."""
    text = reading.text
    yield from _denials(reading, results, problems)
    yield from denied_pairs(reading, results, problems)
    admissions = [
        one
        for start, words in problems
        for one in admitted_clauses(start, words[:_LONGEST])
        if not is_past(reading, one.span)
    ][:_CLAUSES]
    praises = [one for start, words in results for one in praised_clauses(start, words[:_LONGEST])][:_CLAUSES]
    for admitted in admissions:
        for praised in praises:
            shared = shared_subject(praised, admitted)
            if shared and compatible(clause_at(text, praised.span), clause_at(text, admitted.span)):
                yield praised.span, admitted.span, shared
                break


def _denials(
    reading: Reading, results: list[tuple[int, str]], problems: list[tuple[int, str]]
) -> Iterator[tuple[Span, Span, str]]:
    """Yield the pairs of clauses of which one says that all do a thing and one that some do not."""
    text = reading.text
    denials = [
        one
        for start, words in problems
        for one in denying_clauses(start, words[:_LONGEST])
        if not is_past(reading, one.span)
    ][:_CLAUSES]
    if not denials:
        return
    complete = [one for start, words in results for one in complete_clauses(start, words[:_LONGEST])][:_CLAUSES]
    for denial in denials:
        for claimed in complete:
            shared = denied_again(claimed, denial)
            if shared and compatible(clause_at(text, claimed.span), clause_at(text, denial.span)):
                yield claimed.span, denial.span, shared
                break


def _finding(reading: Reading, claimed: Span, admitted: Span, topic: str) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        claimed,
        f"成效部分称“{_words(reading, claimed)}”，存在问题部分又写“{_words(reading, admitted)}”，"
        f"关于{topic}两处说法相反。",
        related=(admitted,),
        remedy="请核实情况：如只是部分县区或学校的问题，请在成效部分写明范围。",
    )


_LEVELS = re.compile(r"小学|初中|普通高中|高中|中职|职业|幼儿园|幼教|学前|特殊教育|义务教育")
_ONE_LEVEL = {"幼儿园": "学前", "幼教": "学前", "普通高中": "高中", "中职": "职业"}
_OWNERS = re.compile(r"民办|公办")
_YEARS = re.compile(r"(?:19|20)\d\d(?=年)")
_MONEY = re.compile(r"支出|投入|经费")
_OTHER_MONEY = re.compile(r"政府性基金|附加|计提|学费|社会捐|项目支出|民办学校")
_COUNTY = re.compile(r"(?<![全我本各辖])[\u4e00-\u9fff]{2,4}?[县区旗](?![\u4e00-\u9fff]{0,3}[级属直])")
_OF_SOME = re.compile(r"其中\d+个|中[，,]?(?:已)?有\d+[个所]|(?<!中)有\d+[个所](?!.{0,8}(?:均|全部|都))")
"""8个县（区）中有7个实现……: a claim for some of them."""
_GRAVE = re.compile("重大|特大|较大")
_DEADLY = re.compile("重大|特大|较大|死亡|溺亡|遇难|坍塌|踩踏")
"""What may be grave: that there were small accidents does not gainsay 未发生重特大事故."""
_TITLE = 40
"""In so many characters a report names the place it is about."""
_QUALITY = re.compile(r"优质均衡")


def _pair(
    reading: Reading, topic: _Topic, results: list[tuple[int, str]], problems: list[tuple[int, str]]
) -> tuple[Span, Span] | None:
    """Return the first claim and the first admission that speak of the same schools and year."""
    text = reading.text
    admissions = [one for one in _matches(topic.admitted, problems) if not is_past(reading, one)]
    if not admissions:
        return None
    for claimed in _matches(topic.claimed, results):
        if _OF_SOME.search(clause_at(text, claimed)):
            continue
        grave = _GRAVE.search(text, claimed.start, claimed.end) is not None
        for admitted in admissions:
            if grave and not _DEADLY.search(text, admitted.start, admitted.end):
                continue
            if topic.elsewhere and _only_there(text, topic.elsewhere, claimed, admitted):
                continue
            if topic.graver and _only_graver(topic.graver, topic.admitted, text, claimed, admitted):
                continue
            whole = topic.overall is not None and topic.overall.match(text, claimed.start, claimed.end)
            if whole and _of_one_county(text, admitted):
                continue
            if compatible(clause_at(text, claimed), clause_at(text, admitted)):
                return claimed, admitted
    return None


def _only_graver(graver: re.Pattern[str], words: re.Pattern[str], text: str, claimed: Span, admitted: Span) -> bool:
    """Return whether a claim is of the graver kind alone and the admission not of that kind."""
    said = text[claimed.start : claimed.end]
    return graver.search(said) is not None and not graver.search(text, admitted.start, min(len(text), admitted.end))


def _only_there(text: str, elsewhere: re.Pattern[str], claimed: Span, admitted: Span) -> bool:
    """Return whether only the admission names schools that the claim is not about."""
    title = text.lstrip()[:_TITLE].split("\n")[0].replace("学前", "幼儿")
    named = elsewhere.search(clause_at(text, admitted))
    return named is not None and named[0] not in title and not elsewhere.search(clause_at(text, claimed))


def _of_one_county(text: str, admitted: Span) -> bool:
    """Return whether an admission is told of a county of the place, named before it: 望海县2022年教育支出…减少."""
    before = re.split(r"[。；！？\n]", text[max(0, admitted.start - 30) : admitted.start])[-1]
    named = _COUNTY.search(before)
    return named is not None and named[0] not in text[:_TITLE]


def _matches(pattern: re.Pattern[str], sentences: list[tuple[int, str]]) -> list[Span]:
    found: list[Span] = []
    for start, sentence in sentences:
        # a sentence without an end is no prose; only its beginning is looked at, so that the work stays bounded
        if match := pattern.search(sentence[:_LONGEST]):
            found.append(Span(start + match.start(), start + match.end()))
            if len(found) == _ENOUGH:
                break
    return found


_ENOUGH = 8
_LONGEST = 600
_CLAUSES = 120
"""So many clauses of each chapter are held against one another; a report has some ten of them."""


def clause_at(text: str, span: Span) -> str:
    """Return the words a claim stands in, with those shortly before it."""
    before = re.split(r"[。；！？\n]", text[max(0, span.start - 30) : span.start])[-1]
    return before + text[span.start : span.end]


def compatible(claimed: str, admitted: str) -> bool:
    """Return whether two clauses may speak of the same: no other kind of school, year or standard."""
    levels, below = _levels(claimed), _levels(admitted)
    if levels and below and not levels & below:
        return False
    for pattern in (_OWNERS, _YEARS):
        left, right = (set(pattern.findall(words)) for words in (claimed, admitted))
        if left and right and not left & right:
            return False
    if _MONEY.search(claimed) and _OTHER_MONEY.search(admitted) and not _OTHER_MONEY.search(claimed):
        return False
    return bool(_QUALITY.search(claimed)) == bool(_QUALITY.search(admitted))


def _levels(words: str) -> set[str]:
    """Return the kinds of school that words name, with those that a wider name holds."""
    named = {_ONE_LEVEL.get(one, one) for one in _LEVELS.findall(words.replace("中小学", ""))}
    if "义务教育" in named:
        named |= {"小学", "初中"}  # what all schools of compulsory education do, no primary school leaves undone
    if "中小学" in words:
        named |= {"小学", "初中", "高中", "义务教育"}
    return named


def _words(reading: Reading, span: Span) -> str:
    words = re.sub(r"\s+", "", reading.text[span.start : span.end])
    return words if len(words) <= 40 else f"{words[:24]}……{words[-14:]}"

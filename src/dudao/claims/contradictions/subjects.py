"""What is said to be done in full, what is said to be missing: clauses, their subjects, and whether they meet."""

import re
from dataclasses import dataclass

from dudao.provenance import Span

CLAUSE = re.compile(r"[^，。；！？\n,;]+")
_STANDARD = r"(?:国家|省|市|省定|国定|规定|相应|有关|法定)?[^，。；]{0,6}?(?:标准|要求|比例)"
PRAISED = re.compile(
    r"(?:已|均|都)*(?:全部|均|都|全面)(?:已)?(?:达标|落实|配齐|完成|兑现|到位|发放|拨付|安装|开齐|消除|建成)"
    r"|(?:全部|均已?|都已?|全面)?达到了?"
    + _STANDARD
    + r"|率(?:均|都|已)*(?:达到?了?|为|是|保持)?100%|落实到位|(?:按时|及时)?足额(?:拨付|落实|到位|安排|发放|兑现|核定)"
    r"|配备齐全|配齐(?:配强)?了?|开齐开足|全覆盖[”’）)]*$|清零|归零|实现零|(?:已|均)达标|不存在|未(?:发生|出现)|没有(?:发生|出现)|不低于(?!标准)"
)
"""Words that say something is done in full, everywhere, or does not occur."""
EVENLY = (
    r"(?:(?<![人生师班户平年])均(?![衡值等分匀价数])"
    r"(?!(?<=[校园]均)(?:规模|面积|人数|在校|在园|学生|幼儿|班|用地|占地|经费|投入|拥有|教师|建筑|图书|[为达约]?到?\d)))"
)
"""所有幼儿园均纳入 speaks of all, 校均规模 of an average."""
_ALL_DO = re.compile(
    r"覆盖(?:了)?(?:全[市县区旗州]|所有|全部)|所有(?=[\u4e00-\u9fff]{4})|(?:(?:全部|全员|无一例外)(?:[\d.]+万?[所个名人家])?|"
    + EVENLY
    + r"已?|都已?|(?:按时|及时)?[足全]额)(?=[\u4e00-\u9fff]{2})"
)
"""Words that say that all do what the verb behind says."""
_NOT = re.compile(
    r"(?:(?<!从)未被?(?!来|成年|知|必|免|央|发生|出现)能?|没有(?!出现|发生|存在)|没能|[尚仍还既](?:无(?!法)|没有))(?P<rest>[^，。；！？\n,;]{2,24})"
)
_DOING_WORDS = re.compile(
    r"足额|及时|按时|全部|全面|完全|到位|核拨|拨付|下达|发放|落实|开展|实现|建成|建立|配备|完成|通过|参与|纳入|覆盖|达标|达到|进行|按要求"
)
_NOT_BEGUN = re.compile(r"(?:启动|开展|实施|开始|推行|起步|动工|开工)[\u4e00-\u9fff]{0,4}")
_NOT_MADE = re.compile("建成|实现|完成")
_ALL_HAVE = re.compile("(?:全部|均已?|都已?)(?:实现|建成|完成)")
"""13所小学全部实现集中供暖, 3所小学集中供暖设施尚未建成."""
_MADE = re.compile(r"(?:全部|均已?|全面|都已?)[^，。；]{0,4}(?:完成|建成|实施|推开|落实|到位|建立)")
"""What is done everywhere has begun everywhere."""
_RATE_OF_DEED = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{2,6}?)(?P<verb>办结|整改|完成|发放|移交|安装|配备|达标|覆盖|入学|化解|治理)率(?:均|都|已)*(?:达到?|为)?100%"
)
"""信访件办结率100% says that every one of them is done."""
_FIGURES = re.compile(r"[\d.]+(?:所|个|名|人|家|起|例|栋|座|间|处|项|台|辆|户|万?平方米|万元|亿元|元)?")
CHOSEN = re.compile(r"校外|供餐|机构|家长|企业|在建|拟建|筹建|托管|托餐")
_WHICH_ARE = re.compile(r"的[\u4e00-\u9fff]{1,8}(?:有|共|达到?|为)*\d")
"""指标全部达标的学校417所 counts those that do, and claims it of no others."""
_OF_WHAT_FOLLOWS = re.compile(r"不存在|未|没有|消除$|完成$|建成$|配齐")
"""Words of praise whose subject stands behind them: 全面完成……任务, 未发生……事故."""
SOFTENED = re.compile(
    r"基本(?!均衡|普及|办[园学]|公共)|推动|推行|探索|鼓励|引导|促进|倡导|(?<!按)(?<!按照)要求|必须|力争|争取|(?<!改善)(?<!特岗)(?<!支持)(?<!培养)计划|拟|逐步|目标|到20\d\d年|努力|推进|有望|将|预计|应当|要求各|确保到|其中(?:已有?|有)?\d+[个所]"
)
ADMITTED = re.compile(
    r"(?:未|尚未|还未|没有|未能|未完全|没能)(?:全部|完全|全面|按时|按要求|实现|得到)?(?:足额|及时|达到|达标|落实|配备|配齐|安装|覆盖"
    r"|实现|完成|开设|开齐|兑现|纳入|接入|发放|拨付|到位|设立|建立|解决|开展|建成|消除)|不达标|达不到|不齐|不足额|不及时|不到位"
    r"|(?:配备|数量|拨付)?不足(?!之处|\d+[人名]的)|偏低|缺口|缺编|缺额|拖欠|时有发生|低于[^，。；]{0,10}标准"
    r"|(?:仍|仍然|还|尚)(?:有|存在)[^，。；]{0,4}\d|发生了?\d|\d+(?:所|个|名|起|例|人)[^，。；]{0,12}存在[^，。；]{0,4}(?:缺|不足|拖欠|未|没有|短缺|不达标|超标|大班额|空白)"
)
"""Words that say plainly that something is missing; 有待提高 and 需加强 are not among them."""
_EDGES = re.compile(
    r"^(?:全[市县区旗州省]|[我本][市县区旗州]|各|所有|已|均|全部|都|目前)+"
    r"|(?:已|均|全部|都|全面|的|全|实现|做到|率|标准|水平|达标|按照?(?:[^，。；]{2,14}的?)?(?:规定|标准|月|时|比例|政策|要求))+$"
)
_VALUE = re.compile(r"(?:超过|达到?|为|均)?[\d.]+[%％]?.*$")
_OUTSIDE = re.compile(r"游离于(?P<what>[^，。；\n]{2,16}?)(?:之外|以外)")
_FORBIDDEN = re.compile(r"杜绝|防止|严禁|避免|不得|禁止|确保|凡|如果")
_SOME_OF_THEM = re.compile(r"(?:目前)?[尚仍还]有\d+[处个项条所名人家]")
_NEGATED = re.compile(r"未|没有|不[^低少同断仅]|除[^，。；]{2,20}外")
_ADVERBS = re.compile(r"(?:缺口|目前|至今|仍然?|还|尚|均|都|仅|中?有|中)+$")
_TRAILING = re.compile(r"(?:的?(?:现象|问题|情况|任务|要求|工作|事件|事故)).*$")
_WORK = re.compile(
    r"(?:的)?(?:整改|治理|专项|防控|预防|监管|管理(?!率)|机制|风险|隐患|压力|化解|教育|防范|意识|建设|处置|举报|制度|办法)"
)
_LOW = re.compile(r"偏低")
_OF_LEVEL = re.compile(r"达到|达标|不低于|[%％]|合格")
"""What is said of a height; what is paid out in full may still be little."""
_WEAK_WORDS = """
全市 全县 全区 我市 我县 我区 学校 工作 实现 教育 中小 小学 中学 部分 个别 教师 学生 建设 情况 幼儿 儿园 管理
各县 县区 市县 问题 完成 服务 制度 机制 督导 安全 校园 组织 义务 阶段 务教 育阶 段学 学前 前教 农村 城区 高中 初中
普通 通高 部门 政府 单位 乡镇 所有 标准 经费 要求 规定 达到 全部 落实 学生 省定 市定 国定
"""
WEAK = frozenset(_WEAK_WORDS.split())
SHARED = 4
"""So many characters in a row two phrases must share."""
_LONGEST_SHARED = 14
_NOUN = 2
_SHORT_NAMES = re.compile("幼儿园")
_BECAUSE = re.compile(r"(?:由于|因)[^，。；]{2,12}$")
_COUNTED_FEW = re.compile(r"\d+[个所项处家名栋](?P<noun>[\u4e00-\u9fff]{2,6}?)(?=[仍尚还至目]|没有|未)")
_BARE = 4
_OF_SOME = re.compile(r"中\d+[个所家项]|其中|\d+[个所家]学?校?中")
_ANY_SCHOOL = frozenset({"学校", "教师", "学生", "指标"})
_TRAINED = frozenset({"制度", "标准"})
"""What may be the object of a verb that both clauses name, weak as it is alone."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that praises or admits: its place, what it is about, and its own words with those before it."""

    span: Span
    subject: str
    words: str


def praised_clauses(start: int, sentence: str) -> list[Clause]:
    """Return the clauses of a sentence (which begins at `start`) that say something is done in full."""
    found = []
    before = ""
    for match in CLAUSE.finditer(sentence):
        words = match[0]
        praise = PRAISED.search(words)
        if praise and _WHICH_ARE.match(words, praise.end()):
            praise = None
        if praise and not SOFTENED.search(words[: praise.start()]):
            subject = _EDGES.sub("", _plain(words[: praise.start()]))
            if _OF_WHAT_FOLLOWS.search(praise[0]) and len(words) - praise.end() >= SHARED:
                subject = _TRAILING.sub("", _plain(words[praise.end() :]))
            elif len(subject) < SHARED:
                subject = _EDGES.sub("", _VALUE.sub("", _plain(before))) + subject
            found.append(Clause(Span(start + match.start(), start + match.end()), subject, before + words))
        before = words
    return found


def admitted_clauses(start: int, sentence: str) -> list[Clause]:
    """Return the clauses of a sentence that say something is missing; the clause before belongs to their words."""
    found = []
    before = ""
    for match in CLAUSE.finditer(sentence):
        if ADMITTED.search(match[0]):
            found.append(Clause(Span(start + match.start(), start + match.end()), "", before + match[0]))
        before = match[0]
    return found


def complete_clauses(start: int, sentence: str) -> list[Clause]:
    """Return the clauses of a sentence that say all do something; the clause before belongs to their words."""
    found = []
    before = ""
    for match in CLAUSE.finditer(sentence):
        words = match[0]
        done = None if _NEGATED.search(words) else PRAISED.search(words) or _ALL_DO.search(words)
        if done and _WHICH_ARE.match(words, done.end()):
            done = None
        if done and not SOFTENED.search(words):
            found.append(Clause(Span(start + match.start(), start + match.end()), "", f"{before}，{words}"))
        before = words
    return found


def denying_clauses(start: int, sentence: str) -> list[Clause]:
    """Return the clauses of a sentence that say something is not done."""
    found = []
    before = ""
    for match in CLAUSE.finditer(sentence):
        words = _OUTSIDE.sub(r"未纳入\g<what>", match[0])
        if _NOT.search(words) and not _FORBIDDEN.search(words):
            told_before = _SOME_OF_THEM.match(words) or _NOT.match(words)
            # 482处隐患中，尚有37处未完成整改; 3所学校取暖费缺口46万元，未足额核拨
            whole = f"{before}{words}" if told_before else words
            found.append(Clause(Span(start + match.start(), start + match.end()), "", whole))
        before = words
    return found


def _plain(words: str) -> str:
    return re.sub(r"[\s“”‘’（）()《》、：:]", "", words)


def shared_subject(praised: Clause, admitted: Clause) -> str:
    """Return the words by which a clause of praise and one that admits are about the same thing; empty without.

    The last two characters of what is praised name the thing itself, so the other clause must hold them too: 教师培训
    经费 is not 教师培训学时.
    """
    subject, words = praised.subject, _plain(admitted.words)
    head = subject[-2:]
    if len(subject) < SHARED or head not in words:
        return ""
    if _LOW.search(words) and not _OF_LEVEL.search(praised.words):
        return ""
    shared = shared_words(subject, words)
    if not shared:
        return ""
    behind = words[words.index(shared) + len(shared) :]
    return "" if _WORK.match(behind) else shared


def denied_again(praised: Clause, admitted: Clause) -> str:
    """Return what all are said to do and some are said not to do (全部移交, 未移交); empty where it is not the same.

    The first clause is one of `complete_clauses`, the second one of `denying_clauses`.

    The verb or object behind 未 must stand in the praise, and what it is said of too.
    """
    praise = _SHORT_NAMES.sub("园", _plain(praised.words))
    words = admitted.words
    done_in_full = {match["verb"]: match["noun"] for match in _RATE_OF_DEED.finditer(praise)}
    if "配备" in done_in_full:
        done_in_full["配齐"] = done_in_full["配足"] = done_in_full["配备"]
    for match in _NOT.finditer(words):
        before, behind = (_FIGURES.sub("", _plain(part)) for part in (words[: match.start()], match["rest"]))
        before = _SHORT_NAMES.sub("园", _BECAUSE.sub("", _ADVERBS.sub("", before)).replace("的配套", "配套"))
        if set(CHOSEN.findall(words)) - set(CHOSEN.findall(praised.words)):
            continue
        if _NOT_BEGUN.fullmatch(behind) and _MADE.search(praise) and (thing := shared_words(praise, before)):
            return thing
        if _NOT_MADE.fullmatch(behind) and _ALL_HAVE.search(praise):
            thing = shared_words(praise, before)
            if thing and len(before) - before.index(thing) - len(thing) <= _NOUN:
                return thing
        if bare := _bare_deed(praised.words, words, behind):
            return bare
        near = behind[:10]
        noun = done_in_full.get(near[: SHARED // 2], "")
        named = noun[:_NOUN] in before and noun[:_NOUN] not in WEAK
        if noun and (named or (len(noun) >= SHARED and noun[-SHARED:] in before)):
            return f"{noun}{near[: SHARED // 2]}"
        done = [near[i : i + 2] for i in range(len(near) - 1)]
        again = len(near) >= SHARED and near[:SHARED] in praise
        if not again and not any(run in praise and run not in before and run not in WEAK for run in done):
            continue
        thing = shared_words(praise, _DOING_WORDS.sub("，", behind))
        if not thing and (thing := shared_words(praise, before)) and not before.endswith(thing[-2:]):
            thing = ""
        if thing or (thing := _verb_and_object(praise, before, behind)):
            return thing
    return ""


def _bare_deed(praise: str, words: str, behind: str) -> str:
    """Return what all do and some do not, where the verb alone stands behind 未: 64个项目全部开工, 4个项目没有开工."""
    counted = _COUNTED_FEW.search(words)
    if counted is None or not _NOUN <= len(behind) <= _BARE or behind in WEAK or counted["noun"] in _ANY_SCHOOL:
        return ""
    if _OF_SOME.search(praise):
        return ""
    done = re.compile(
        rf"(?:全部|全面|均|都)已?{behind}(?!的?[\u4e00-\u9fff]{{0,6}}\d)|{behind}[^，。；\d]{{0,6}}率[^，。；\d]{{0,4}}100%"
    )
    return f"{counted['noun']}{behind}" if counted["noun"] in praise and done.search(praise) else ""


def _verb_and_object(praise: str, before: str, behind: str) -> str:
    """Return what is not done where the praise says verb and object apart: 参加全员培训, 未参加年度培训.

    Those who do not do it must stand in the praise too.
    """
    verb, thing = behind[:2], behind[-2:]
    if len(behind) >= SHARED and behind[2:4] not in WEAK and f"{behind[2:4]}{verb}" in praise:
        return behind  # 收费公示率100%, 未公示收费标准
    told = any(behind[at : at + 2] not in WEAK for at in range(2, len(behind) - 1, 2))
    if verb in praise and len(behind) > SHARED and behind[2:] in praise and told:
        return behind[2:]  # 互联网接入率100%, 尚未接入互联网: the object itself is no word of every day
    named = len(_DOING_WORDS.sub("", behind)) >= _NOUN
    if not named or len(behind) < SHARED or before[-2:] not in praise or len(before) < _NOUN:
        return ""
    if verb not in praise or thing not in praise or thing in WEAK - _TRAINED:
        return ""
    return behind


def shared_words(thing: str, sentence: str, fewest: int = SHARED) -> str:
    """Return the longest run of at least four (`fewest`) characters both hold that says what it is about, or empty."""
    for length in range(min(len(thing), _LONGEST_SHARED), fewest - 1, -1):
        for start in range(len(thing) - length + 1):
            words = thing[start : start + length]
            if words in sentence and any(words[i : i + 2] not in WEAK for i in range(0, length - 1, 2)):
                return words
    return ""

"""What is said of all and gainsaid of a few, in clauses that share little but what they are about.

教职工全员参加社会保险 here, 部分民办园未为教职工购买社会保险 there: verb and order differ, so neither the words behind
未 nor a run of characters is shared. What tells is which way each clause speaks (`Side`) and how rare in this text the
words are that both hold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from dudao.claims.contradictions.echo_words import pairs, plain
from dudao.claims.contradictions.pasts import is_past
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.subjects import CHOSEN, CLAUSE, EVENLY, SOFTENED, shared_words
from dudao.claims.contradictions.subjects import WEAK as EVERYDAY
from dudao.provenance import Span


class Side(Enum):
    """Which way a claim speaks of all, and by which words a few gainsay it."""

    DONE = (
        re.compile(
            rf"全覆盖|全部|全员|全面|一律|无一例外|所有(?=[\u4e00-\u9fff]{{4}})|100%|齐全|配[齐足]|开[齐足]|{EVENLY}|都已?(?=[\u4e00-\u9fff]{{2}})"
            r"|足额|达标|合格|达到[^，。；]{0,8}(?:标准|要求|规定)|符合[^，。；]{0,8}(?:标准|要求|规定)|控制在|不超过|不低于"
        ),
        re.compile(
            r"(?<!从)(?:未|没有|没能)(?!来|成年|知|必|免|央|能?(?:有效|充分|完全|真正|较好|很好|发挥|形成|得到有效))|尚无|缺少?(?![点失])|不全|不齐|不到位|拖欠|仍按原|[仅只](?:配|发|拨|兑现|安装)"
            r"|不达标|达不到|不符合|不合格|不足(?=\d)|(?:低于|超[过出]|高于)[^，。；]{0,8}(?:标准|规定|要求|上限|规模|\d)"
        ),
    )
    NONE = (
        re.compile(
            r"(?<![有从并绝唯])无(?![论法人线锡数声障息偿名一证])|没有|不存在|未发[生现]|未出现|清零|归零|为零|零发生|消除|杜绝|根除|取缔|注销|关停|清退"
        ),
        re.compile(r"仍有|尚有|还有|仍存在|依然存在|仍然存在|发生|出现|反弹|死灰复燃|再次|仍在"),
    )

    def claims(self, words: str) -> bool:
        """Return whether words say it of all."""
        if self is Side.DONE and (_NEGATED.search(words) or not _ALL.search(words)):
            return False
        return self.value[0].search(words) is not None

    def gainsays(self, words: str) -> bool:
        """Return whether words say that it is not so."""
        return self.value[1].search(words) is not None


_DOING = re.compile(
    r"按时|及时|足额|核拨|拨付|下达|发放|落实|开展|实现|建成|建立|完成|进行|达标|达到"
    r"|每百名(?:学生|教师)?(?:拥有|配备)?|[生人校班]均|不?[高低]于"
)
"""What is done says nothing of to what it is done, nor how it is measured of what is measured."""
_FEW = re.compile(r"\d+(?:多|余)?[所个名人家处起例班辆座间栋项]|个别|(?<!大)部分|有的|少数|一些|[两三四五六七八九]所")
_ALL = re.compile(rf"全覆盖|全部|全员|全面|所有|一律|100%|齐全|配[齐足]|开[齐足]|足额|{EVENLY}|都")
"""综合达标学校58所 says nothing of the others."""
_NEGATED = re.compile(r"未|没有|不[^低少同断仅超得]")
_GOES_ON = re.compile(r"[但其尚仍还]|有\d|中?有|未|没")
"""A clause that begins so speaks of what the clause before names."""
_NO_CLAIM = re.compile(r"其中\d+[个所]|中[，,]?(?:已?有)?\d+[个所]|个别|少数|班额|校额|辍学|失学")
"""What is said of some, and what `topics` know better."""
_PREDICATE_WORDS = """
配备 落实 完成 发放 拨付 达标 标准 要求 规定 达到 符合 合格 存在 发生 出现 仍有 尚有 还有 没有 消除 清零 控制 全覆 覆盖
到位 开展 实行 实现 建立 安排 保障 进行 做到 及时 足额 按照 情况 问题 现象 不足 方面 因素 原因 相关 有关 基本 主要 保持
"""
_PREDICATES = frozenset(_PREDICATE_WORDS.split())
_NOUGHT = frozenset({"人员", "数量", "比例", "面积", "条件"})
_RARE, _KNOWN = 3, 6
"""A pair that more clauses hold tells less of what one is about."""
_WEIGHTS = (1.0, 0.6, 0.2)
_NEEDED = 2.0
_NAME = 3
_QUOTED = re.compile(r"[“\"]([^“”\"]{2,12})[”\"]")
_WORK = re.compile(r"风险|隐患|压力|苗头|倾向|意识")
"""What may come is not there."""
_MOST = 120
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class _Said:
    span: Span
    words: str
    before: str

    @property
    def both(self) -> str:
        """The words with the clause before, which may name what is spoken of."""
        return f"{self.before}，{self.words}"

    @property
    def told(self) -> str:
        """The words with the clause before where they go on with it."""
        return self.both if _GOES_ON.match(self.words) else self.words


def opposite_pairs(
    reading: Reading, results: list[tuple[int, str]], problems: list[tuple[int, str]]
) -> Iterator[tuple[Span, Span, str]]:
    """Yield clauses of results and of problems of which one speaks of all and one gainsays it of a few."""
    admitted = _clauses(problems)
    told = [
        one
        for one in admitted
        if any(side.gainsays(one.words) for side in Side)
        and _FEW.search(one.told)
        and not _WORK.search(one.words)
        and not is_past(reading, one.span)
    ][:_MOST]
    if not told:
        return
    claims = [one for one in _clauses(results) if not _NO_CLAIM.search(one.words) and not SOFTENED.search(one.words)]
    held = _Held([one.words for one in (*claims, *admitted)])
    for side in Side:
        said = [one for one in claims if side.claims(one.words)][:_MOST]
        for few in told:
            if not side.gainsays(few.words):
                continue
            for one in said:
                shared = _nouns(one.both) & _nouns(few.told)
                core = _core(side, one) & shared
                quoted = len(_quoted(one.both) & _quoted(few.told))
                if not core or held.weight(shared) + quoted < _NEEDED or _chosen(few) - _chosen(one):
                    continue
                if (quoted or _share_a_name(one.both, few.told)) and _denies_it(side, one, few):
                    yield (
                        one.span,
                        few.span,
                        (shared_words(plain(one.both), plain(few.told), _NAME) or "、".join(sorted(shared))),
                    )
                    break


def _core(side: Side, one: _Said) -> frozenset[str]:
    """Return the pairs of what a claim says of all: what stands behind 全部, or all before it."""
    last = list(side.value[0].finditer(one.words))[-1]
    behind = _nouns(one.words[last.end() :])
    before = _nouns(one.words[: last.start()])
    return behind or before or _nouns(one.before)


def _denies_it(side: Side, one: _Said, few: _Said) -> bool:
    """Return whether what stands behind 未 is in the claim: 移交后未办理不动产登记 does not gainsay 治理全面完成."""
    last = list(side.value[1].finditer(few.words))[-1]
    behind = _nouns(few.words[last.end() :])
    return not behind or bool(behind & _nouns(one.both))


def _share_a_name(words: str, others: str) -> bool:
    """Return whether three characters in a row stand in both, so that the pairs shared are no chance neighbours."""
    mine, form = plain(words), plain(others)
    return any(mine[at : at + _NAME] in form for at in range(len(mine) - _NAME + 1))


def _quoted(words: str) -> set[str]:
    """Return what stands in quotation marks, which is the name of one thing: “三防”."""
    return set(_QUOTED.findall(words))


def _chosen(one: _Said) -> set[str]:
    return set(CHOSEN.findall(one.words))


@lru_cache(maxsize=8192)
def _nouns(words: str) -> frozenset[str]:
    return pairs(_DOING.sub("，", words)) - EVERYDAY - _PREDICATES - _NOUGHT


class _Held:
    """Counts the clauses that hold a pair of characters, each pair once."""

    def __init__(self, clauses: list[str]) -> None:
        self._text = "\n".join(clauses)
        self._counts: dict[str, int] = {}

    def weight(self, shared: frozenset[str]) -> float:
        """Return how much the pairs tell that two clauses share."""
        for pair in shared - self._counts.keys():
            self._counts[pair] = self._text.count(pair)
        return sum(_WEIGHTS[(self._counts[pair] > _RARE) + (self._counts[pair] > _KNOWN)] for pair in sorted(shared))


def _clauses(sentences: list[tuple[int, str]]) -> list[_Said]:
    found = []
    for start, words in sentences:
        before = ""
        for match in CLAUSE.finditer(words[:_LONGEST]):
            found.append(_Said(Span(start + match.start(), start + match.end()), match[0], before))
            before = match[0]
    return found

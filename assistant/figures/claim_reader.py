"""One walk over the numbers of a sentence: what was said before is what later numbers may leave unsaid.

Each number is read by the words between the number before it and itself, else by the words behind it, else by what the
number before it said (``interpret``); numbers told by another year's are in ``comparisons``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.figures.arithmetic import OUTCOMES, whole_of_list
from assistant.figures.claims import Claim, Relation, Spot
from assistant.figures.clauses import apart, head_of
from assistant.figures.comparisons import (
    Comparison,
    compared,
    direction_of,
    is_yoy,
    scope_of,
    without_comparison,
    year_of,
)
from assistant.figures.interpret import (
    CASES,
    CONNECTOR,
    NOTHING,
    SOME_OF_THESE,
    case_words,
    interpret,
    interpret_behind,
    row_words,
    verb_alone,
)
from assistant.figures.mentions import Mention, mentions_in, years_in
from assistant.figures.shares import name_of_share
from assistant.language.sentences import (
    LONGEST_SENTENCE,
    clause_of,
    compacted,
    open_bracket,
    sentences,
    tail_of,
    without_brackets,
)
from assistant.lexicon import Entry, ranked, said
from assistant.lexicon.match import Reading, Words, tokens_in
from assistant.patterns import regex
from assistant.report import Paragraph, Report, place_names

__all__ = ["claims_in", "claims_of", "claims_of_sentence", "mentions_of", "paragraphs_of"]

# A clause of nothing but a time and a total goes on with what the number before it said: 上半年9件，全年共22件.
_SAME = regex(
    r"[，,；;：:\s（(]*(?:而|在)?(?:全年|今年|本年度?|当年|年内|20\d\d年度?|上一?年度?|去年)(?:同期|末|底|同口径)?(?:总共|共|也|同样|为|是|有|达到?|仅)*\s*"
)
_TWO_YEARS_TOGETHER = regex(
    r"(?:^|[，,；;])[^，,；;]{0,6}(?:近|前后|过去|最近)?两年(?:来|间|内)?[^，,；;]{0,12}(?:共|累计|合计|总计)"
)
_TWO_YEARS = regex(r"[，,；;：:\s]*(?:前后)?(?:两年|[两二]个年度)(?:合计|共计|总计|相加|累计|共)+(?:为|达|是)?\s*")
_SUM = regex(
    r"[，,；;：:\s]*(?:以上|上述|[两三四五]者|[两三四五][类项种])?(?:全[省市区县州])?(?:合计|共计|总计|总数|相加|之和|合并|小计|加起来|加在一起|共)(?:为|达|是)?\s*"
)
_SUM_OF_LAST_YEAR = regex(
    r"[，,；;。：:\s]*(?:而)?(?:上一?年度?|去年)(?:同期|同口径)?(?:合计|共计|总计|共)(?:为|达|是)?\s*"
)
# 行政复议案件2316件，其中政府信息公开类187件: only the part is of disclosure.
_OF_DISCLOSURE = regex(r"[，,（(\s]*其中[^，。；\d]{0,6}(?:政府)?信息公开(?:类|领域|方面)?(?:的|案件|共)*")
_PARTLY_INCLUDED = regex(r"含部分公开[）)]的?(?:共|有|为)?\s*$")
_POINTS_BACK = regex(r"(?:^|[，,；;。：:])\s*(?:上述|这|该|以上)\s*$")
# 复议案件中，7件维持; 答复的申请里有17件不予公开: what stands in front of the list is what it is of.
_AMONG_THEM = regex(
    r"[，,：:；;。、]|(?<=申请|案件|复议|诉讼|答复|办件)(?:当中|之中|里面|[中里])(?=[，,]?(?:有|共|也|仅|只|已|还|尚|仍|$))"
)
# 比去年多17件，达到158件; 突破150件，为158件: the figure itself, behind what was said of it.
_REACHES = regex(
    r"[，,]?\s*(?:总数|总量|合计|共|全年|今年|本年度?|当年|年内)?(?:达到?了?|升至|增至|降至|减至|为|即|至|共|有|仅)*\s*"
)
# 比重由上年…提高到…; …，上年为…
_CAME_FROM = regex(r"(?:由|从)(?:上一?年度?|去年|20\d\d年度?)?(?:同期)?的?$")
_BECAME = regex(
    r"[，,]?(?:提高|提升|上升|升高|增加|增长|下降|降低|回落|减少|[增升减降变])(?:到|至|为|成)(?:了|今年|本年|20\d\d年)*的?"
)
_WAS = regex(
    r"[，,（(]?(?:而)?(?:上一?年度?|去年)(?:同期)?(?:的?(?:这一|该|此项)?(?:比例|比重|占比|比率|数字?))?(?:为|是|达)?"
)
_AMONG_WHICH = regex(r"[^\u4e00-\u9fff]*(?:在)?([^，。；：\d]{2,16}?)类?(?:申请|案件|决定)?(?:之中|当中|中|里)[，,]")
_OF_WHAT = regex(
    r"(?:申请|案件|决定)?(?:之和|合计|总数|总量|总件数|件数|数)?的(?:比例|比重|比)?(?:为|约|近|达到?|高达)?$"
)
_SO_MANY_TIMES = regex(r"(?:是|为|达到?|相当于)(?:上一?年度?|去年|20\d\d年度?)(?:同期)?的(?:约|近)?$")
_LAST_YEAR_APART = regex(r"[，,；;（(\s]*(?:而)?(?:上一?年度?|去年|20\d\d年度?)(?:同期)?(?:则)?(?:分别|依次)(?:为|是)?")
_SHARE_ALONE = regex(r"[，,；;]?(?:但|而|其|所)?(?:在[^，。；\d]{2,12}中的)?(?:所?占)?(?:的?(?:占比|比例|比重|比率))?")
_SHARE_NAMED = regex(r"的?(?:申请)?(?:占比|比例|比重|比率)$")
_LIST_OF_WORDS = regex(r"(?:、[^，,；;。：:、（(\d]+)+(?=[，,；;。]|$)")  # 3件分属科研机构、社会公益组织和其他组织
_MORE_OF_BOTH = regex(r"\s*[、，,和及]\s*(?:行政)?(?:复议|诉讼)(?:案件)?\s*\d+\s*[件起例宗]")
_ALL_ARE = regex("(?:均|都|全部|已|全)+")
_DENIES = regex("没有|未|无|不(?!同)")
_NO_BASE = regex("[；;。]|持平|一致|相同|相当")
_ALL_OF_THESE = regex("[，,]?(?:总体|总)?(?:件数|数量|总数|总量|合计)")
_EACH = regex(r"[，,]?(?:各|均|都)(?:提出|提交|有|为|是|仅)*$|各(?=(?:比|较|增|减|多|少|上升|下降)[^，,。；;]{0,6}$)")
_APPLICANT = regex("单位|科研|公益|律所|自然人|公民|个人|法人|企业|组织|机构|院所|事务所")
_PAIR = regex(r"[，,；;：:\s]*([前后])者")
_HOLDS_CARRIED_IN = regex(r"\s*[，,（(]?\s*(?:其中)?(?:包含|含|包括)[^，。；]{0,16}")
_A_MONTH = regex(r"月均|(?:平均|按)每个?月(?:平均)?计?|折合每?月均?")
_NET = regex("净[增减]")
_LEFT = regex(r"[，,；;：:\s]*(?:现|目前|年末|年底|还|尚|仅|只)*(?:剩|余|剩下|余下|剩余)(?:有)?")
_THAT_IS = regex(r"[，,；;：:\s]*(?:即|也就是|共计?|为)\s*")
_OUT_OF_THESE = regex("[里中]|之中|当中")
_MAY_GO_ON = regex("申请|复议|诉讼")
_TOGETHER = regex("(?:两者|两项|三项)?(?:合计|共计|总计|之和|合起来|加起来)")
_A_NOUN_OF_ITS_OWN = regex("(?:案子|案件|官司)")
_HOW_MANY = regex("的?(?:件数|数量|总数|总量|数|量)$")
_SHARE = regex(r"占(?:比|了|到)?(?P<whole>[^，。；]{0,14})$")


_LONGEST_HEAD = 14
_MOST_APPLICANTS = 3
_HEADS = ("normative_documents", "rules", "review", "litigation")
_MOST_OUTCOMES = 4
_NEAR = 5  # characters between the words for an outcome of cases and its number: 被纠正的一共3件
_RECEIVED, _WORKLOAD, _CARRIED_IN = ((f"requests.{row}.total",) for row in ("received", "workload", "carried_in"))
_LEADS_NOTHING = regex(r"[，,、；;：:\s]*(?:其中|另|另有|其余|剩余|有|和|及|以及|还有)[，,]?")
_TELLS_BEHIND = regex(r"(?=[\u4e00-\u9fff]{2})[^，,；;。：:（(]*[，,；;]?")
_PERSON_UNITS = frozenset({"位", "名", "人", "家", "户", "个", "人次"})
# Measure words carry little: townships write 条 and 个 for everything. 次 and 期 count doings, 元 and % something else.
_CASE_UNITS = frozenset({"件", "份", "宗", "起", "例", "项", "部", "件次", ""})
_LOOSE_UNITS = frozenset({"条", "个", "封", "则"})
# A number of one channel, of some months or years, or of a reviewing organ says nothing that the tables could confirm or deny.
_UNCHECKABLE_SCOPES = frozenset({"渠道", "时段", "复议机关", "法院", "系统", "比率"})


def claims_of_sentence(
    text: str, start: int, end: int, mentions: Sequence[Mention], spot: Spot, year: int | None, topic: str
) -> list[Claim]:
    """The claims of the numbers in ``text[start:end]``. ``topic`` is what they are of where the sentence does not say."""
    return _Sentence(text, start, end, spot, year, topic).claims(mentions)


class _Sentence:
    """One walk over the numbers of a sentence: what was said before is what later numbers may leave unsaid."""

    def __init__(self, text: str, start: int, end: int, spot: Spot, year: int | None, topic: str) -> None:
        self.text, self.start, self.end, self.spot, self.year = text, start, end, spot, year
        self.elsewhere = topic == "other"
        self.of_requests = topic == "requests" and "申请" in spot.paragraph.text
        self.carried = Words(object="" if self.elsewhere else topic)
        self.outside: Words | None = None
        self.said: list[Claim] = []
        self.aside: set[int] = set()  # where the numbers in brackets stand
        self.case = ""  # 未审结案件：复议1件、诉讼1件: the outcome that a list of cases is of
        self.taken = start  # up to here the words belong to numbers before

    def claims(self, mentions: Sequence[Mention]) -> list[Claim]:
        pieces = apart(self.text, self.start, mentions)
        for index, mention in enumerate(mentions):
            opened = open_bracket(self.text, self.start, mention.start)
            self._enter(opened)
            begin = max(opened if opened is not None else self.start, self.taken)
            head = head_of(self.text, begin, mention, mentions[:index])
            following = mentions[index + 1].start if index + 1 < len(mentions) else self.end
            tail = tail_of(self.text, mention.end, following)
            if listed := _LIST_OF_WORDS.match(self.text, mention.end + len(tail), following):
                tail += listed.group()
            if mention.percent or mention.unit == "倍":
                claim, words = self._rate(head, mention, index, pieces), Words()
            elif "百分点" in mention.unit:
                claim, words = self._points(clause_of(head), mention), Words()
            else:
                each = _EACH.search(head)
                read = head[: each.start()] + head[each.end() :] if each and "各" in each[0] else head
                moved = self._moved_apart(mentions, index, pieces[index]) if index in pieces else None
                claim, words = moved or self._count(pieces.get(index, (read, 0, 0))[0], tail, mention, index in pieces)
                if read != head:
                    claim = replace(claim, why=clause_of(head).strip())
                if each and (several := self._of_each(head[: each.start()], claim)):
                    self.said += several[:-1]
                    claim = several[-1]
                elif read != head:
                    claim, words = Claim(mention, self.spot, "none"), Words()
            self.said.append(claim)
            if self.outside is not None:
                self.aside.add(mention.start)
            self._settle_base(claim)
            self.carried = self._carry(words)
        self.said = self._parts_of_their_whole()
        return self._settled()

    def _parts_of_their_whole(self) -> list[Claim]:
        """此类答复27件，自然人23件、企业3件、律所1件; 结转下年6件，涉及自然人5件、律所1件: kinds of applicants that add up to a number
        before them are parts of it before they are anything else."""
        said = self.said
        first = next((n for n, claim in enumerate(said) if claim.kind == "column" and claim.relation == "value"), 0)
        last = first
        while last < len(said) and said[last].kind == "column" and said[last].relation == "value":
            last += 1
        counts = [claim for claim in said[:first] if not claim.mention.percent and claim.relation in ("value", "none")]
        whole = counts[-1] if counts else None
        while whole and last - first > _FEWEST_PARTS and _total(said[first:last]) > whole.mention.value:
            last -= 1  # 897件中，自然人859件…其他2件，较上年的1047件减少150件
        if not whole or last - first < _FEWEST_PARTS or _total(said[first:last]) != whole.mention.value:
            return said
        rows = [metric.removesuffix(".total") for (metric, *more) in whole.readings if not more and _is_row(metric)]
        if whole.kind not in ("row", "leaf", "none", "") or any(row in _EVERYBODY for row in rows):
            return said
        parts = [
            replace(claim, readings=tuple((f"{row}.{claim.readings[0][0].rpartition('.')[2]}",) for row in rows))
            if rows
            else replace(claim, relation="none", readings=(), kind="")
            for claim in said[first:last]
        ]
        return [*said[:first], *parts, *said[last:]]

    def _of_each(self, listed: str, claim: Claim) -> list[Claim]:
        """科研机构、公益组织和其他组织各1件: the number is said of each that is named."""
        if claim.relation not in ("value", "change") or claim.kind not in (
            "column",
            "leaf",
            "row",
            "group",
            "total",
            "case",
        ):
            return []
        named = list(tokens_in(listed))
        run = named[-1:]
        for token in reversed(named[:-1]):
            if not CONNECTOR.fullmatch(listed[token.end : run[0].start].replace("件", "")):
                break
            run.insert(0, token)
        rest = Words(claim.readings, self.carried.rows, self.carried.object, claim.kind)
        case = self.carried.readings[0][0].rpartition(".")[2] if self.carried.kind == "case" else ""
        if claim.kind == "case" and run[-1].kind == "object":
            case = claim.readings[0][0].rpartition(".")[2]  # 复议、诉讼各有1件尚未审结
        before = self.text[self.start : claim.mention.start]
        each = [
            case_words(case, one.says)
            if case and one.kind == "object"
            else interpret(listed[one.start : one.end], "", rest if one.kind == "rest" else self.carried)
            for one in run
        ]
        if len(run) < 2 or not all(one.readings and one.kind for one in each):
            return []
        each = [self._of_its_column(one, before) for one in each]
        return [replace(claim, readings=one.readings, kind=one.kind) for one in each]

    def _of_its_column(self, words: Words, before: str) -> Words:
        """对自然人申请予以公开65件，部分公开18件: outcomes that are told of one kind of applicant. Whether the ones behind still
        are is not said, so that either may be meant."""
        kinds = (
            {token.says for token in tokens_in(before) if token.kind == "column"} if _APPLICANT.search(before) else ()
        )
        if len(kinds) != 1 or words.kind not in ("row", "leaf", "group") or words.rows[:1] == ("received",):
            return words
        kind = next(iter(kinds))
        own = tuple(
            tuple(re.sub(r"\.total$", f".{kind}", metric) for metric in reading)
            for reading in words.readings
            if all(metric.startswith("requests.") and metric.endswith(".total") for metric in reading)
        )
        return replace(words, readings=(*own, *words.readings))

    def _settled(self) -> list[Claim]:
        """收到30件，上年结转1件: what was carried in is told, so what was received is the new ones alone, unless it says that it
        holds both (含上年结转1件)."""
        for whole, new, old in zip(self.said, self.said[1:], self.said[2:], strict=False):
            if _WORKLOAD in whole.readings and {new.readings[:1], old.readings[:1]} == {(_RECEIVED,), (_CARRIED_IN,)}:
                # 应办3646件（新收3525件、上年结转121件）
                return [replace(one, readings=(_WORKLOAD,)) if one is whole else one for one in self.said]
        at = next(
            (n for n, claim in enumerate(self.said) if claim.readings[:1] == (_CARRIED_IN,) and claim.kind == "row"),
            None,
        )
        if at is None:
            return self.said
        lead = self.text[self.said[at - 1].mention.end if at else self.start : self.said[at].mention.start]
        if at and _HOLDS_CARRIED_IN.fullmatch(lead) and self.said[at - 1].readings[:1] in ((_RECEIVED,), (_WORKLOAD,)):
            # 应办理185件，含上年结转6件: the number holds both
            held = self.said[at - 1]
            if held.readings != (_RECEIVED,):
                return [replace(one, readings=(_WORKLOAD,)) if one is held else one for one in self.said]
        if re.search("含|包括|其中|(?<![另还])有", lead) or any(claim.readings == (_RECEIVED,) for claim in self.said):
            return self.said  # 申请总量191件，其中新收185件，上年结转6件
        return [
            replace(claim, readings=(_RECEIVED,))
            if claim.readings[:2] == (_RECEIVED, _WORKLOAD) and claim.kind == "row" and n != at + 1
            else claim
            for n, claim in enumerate(self.said)
        ]

    def _enter(self, opened: int | None) -> None:
        """What a bracket says does not carry on behind it."""
        if opened is None and self.outside is not None:
            self.carried, self.outside = self.outside, None
        elif opened is not None and self.outside is None:
            self.outside = self.carried

    def _note_subject(self, earlier: str) -> None:
        """行政规范性文件实行清单管理，年内制发1件: what is counted stands in a clause without a number."""
        tokens = tokens_in(earlier)
        named = [token.says for token in tokens if token.kind == "object"]
        if named:
            self.carried = replace(self.carried, object=named[-1])
        if tokens and tokens[-1].kind == "case" and earlier.endswith(("：", ":")):
            self.case = tokens[-1].says

    def _settle_base(self, claim: Claim) -> None:
        """与去年的128件相比，今年新收136件: what is compared with is told before what it is of."""
        lead = self.text[self.said[-2].mention.end : claim.mention.start] if len(self.said) > 1 else ""
        if (
            len(self.said) > 1
            and self.said[-2].kind == "base"
            and claim.relation in ("value", "change")
            and claim.readings
            and not _NO_BASE.search(lead)
        ):
            self.said[-2] = replace(self.said[-2], relation="value", readings=claim.readings, kind=claim.kind)

    def _carry(self, words: Words) -> Words:
        """Subject and rows that the next number of the sentence may go on with. A column or a leaf is part of the rows
        before it: the next kind of applicant is of the same rows."""
        object_ = words.object or self.carried.object
        rows = words.rows if words.kind in ("row", "group") else self.carried.rows
        return Words(
            words.readings or self.carried.readings, rows if object_ == "requests" else (), object_,
            words.kind or self.carried.kind,
        )  # fmt: skip

    @property
    def _last(self) -> Claim | None:
        """The figure that a change or a rate is of: 新收24件，比上年多1件，增长4.35% is all of the 24."""
        return next((c for c in self._open() if c.relation == "value" and c.year == self.year), None)

    def _open(self) -> Iterator[Claim]:
        """What was said, last first; behind a bracket, what it said is left out: 191件（含上年结转6件），比上年增加25件."""
        return (
            claim for claim in reversed(self.said) if self.outside is not None or claim.mention.start not in self.aside
        )

    @property
    def _last_compared(self) -> Claim | None:
        """The figure or the change that a rate behind it goes on about: 复议案件减少15件，下降8.8%."""
        told = (c for c in self._open() if c.readings and (c.relation == "change" or c.year == self.year))
        return next((c for c in told if c.relation in ("value", "change")), None)

    def _count(self, head: str, tail: str, mention: Mention, told_apart: bool) -> tuple[Claim, Words]:
        before = without_brackets(self.text[self.start : mention.start])
        clause = re.sub("占(?:了|到)?$", "", clause_of(head))  # 自然人占140
        if (pair := _PAIR.match(clause)) and len(cases := [c for c in self.said if c.kind == "total"][-2:]) == 2:
            # 直接起诉5件，复议后起诉4件；前者维持3件，后者维持3件
            of = cases["前后".index(pair[1])].readings[0][0].removesuffix(".total")
            self.carried = Words(object=of)
        bare = _AMONG_THEM.split(head)[-1]
        if self.text[mention.end + len(tail) : mention.end + len(tail) + 1].isdigit():
            tail = _without_last_name(tail)  # 余下15件分属第三方权益5件: the name is of the 5
        self._note_subject(head[: len(head) - len(bare if NOTHING.fullmatch(bare) else clause)])
        comparison = compared(clause, before, bool(self._last) or self._from_last_year(), tail)
        if comparison:
            return self._in_comparison(comparison, mention, clause)
        words, length = interpret_behind(bare, tail, self.carried) if not told_apart else (Words(), 0)
        if words.readings:
            self.taken = mention.end + length
        if _LEADS_NOTHING.fullmatch(bare) and not SOME_OF_THESE.match(tail) and (behind := _TELLS_BEHIND.match(tail)):
            # 其中18件依规办理答复，3件转下年: what stands behind a number without words of its own is of that number.
            self.taken = max(self.taken, mention.end + behind.end())
            if not words.readings:
                words = interpret("", tail, self.carried)
        elif not words.readings:
            words = interpret(clause, tail, self.carried)
        if not words.readings and not self.carried.object and not self.elsewhere:
            alone = verb_alone(clause)
            words = alone if alone.readings else words
        if not words.readings and _REACHES.fullmatch(clause) and len(clause) < len(head):
            words = self._named_in_front(head[: len(head) - len(clause)])
        if not words.readings and _LEFT.fullmatch(clause) and self._is_left_open():
            words = row_words(("carried_out",), "row")
        same = not words.readings and self._as_before(clause, mention)
        if same:
            words = same
        if words.rows == ("granted",) and _PARTLY_INCLUDED.search(self.text[self.start : mention.start]):
            words = interpret("予以公开和部分公开", "", self.carried)
        if words.rows == ("otherwise_handled",) and self.carried.object in CASES:
            words = case_words("other_outcome", self.carried.object)  # 复议11件，其中作其他处理2件
        if (not words.readings or words.rows == ("carried_out",)) and (
            kinds := self._of_either(clause, tail, words, before)
        ):
            words = kinds
        elif words.kind == "case":
            named = tokens_in(clause)[-2:]
            if [token.kind for token in named] == ["case", "object"]:
                self.case = named[0].says  # 在审的行政复议1件、行政诉讼1件
            words = self._of_which_cases(words)
        elif words.kind == "total" and (case := self._case_behind(words.object, mention)):
            words = case
        elif words.kind == "total" and self.case and words.object in CASES:
            case = case_words(self.case, words.object)
            words = replace(case, readings=(*case.readings, *words.readings))
        words = self._of_its_column(self._for_a_reason(words, head[: len(head) - len(clause)]), before)
        if words.readings and _TWO_YEARS_TOGETHER.search(clause) and not years_in(clause):
            both = tuple((*each, *(f"{metric}.last_year" for metric in each)) for each in words.readings)
            words = Words(both, (), words.object, "sum")  # 近两年办结申请共344件
        if words.object == "fees" and not mention.unit and "万元" in clause:  # 行政事业性收费（万元）：893.76
            mention = replace(mention, value=mention.value * 10000, step=mention.step * 10000, unit="元")
        if words.readings and clause.endswith(("，", ",")) and _DENIES.search(_without_names(clause)):
            words = Words()  # 法院没有判我镇败诉，5起官司: what is denied is not what is counted
        if words.kind == "column" and not (
            "申请" in self.spot.sentence or self.carried.object == "requests" or self._lists_applicants()
        ):
            words = Words()  # 推送给企业1670家
        if average := _A_MONTH.search(clause):
            return self._average(clause, average, tail, mention, before)
        if words.readings and clause.endswith(("，", ",")) and _A_NOUN_OF_ITS_OWN.match(tail):
            words = Words()  # 直接起诉的1件同样获得维持，四件案子均无判决纠正
        if words.readings and _NET.search(clause):
            words = Words()  # 净增待办申请1件
        if words.readings and _OUT_OF_THESE.match(head) and self.said and self.said[-1].relation == "none":
            words = Words()  # 机构类申请6件…，6件里予以公开3件: of something that could not be read
        scope = "" if words.kind == "sum" else scope_of(before) or self._other_cases(words, mention)
        if not words.readings or mention.unit not in self._units_for(words, clause) or scope in _UNCHECKABLE_SCOPES:
            return Claim(mention, self.spot, "none", scope=scope), words
        claim = Claim(
            mention, self.spot, "value", words.readings, words.kind, self._year(words, clause, clause if told_apart and years_in(clause) else before, bool(same)),
            scope, why=clause.strip(),
        )  # fmt: skip
        return claim, words

    def _lists_applicants(self) -> bool:
        """商业企业12件、法律服务机构9件、社会公益组织3件: so many kinds together are the form's applicants."""
        told = {token.says for token in tokens_in(self.text[self.start : self.end]) if token.kind == "column"}
        return len(told) >= _MOST_APPLICANTS

    def _average(
        self, clause: str, average: re.Match[str], tail: str, mention: Mention, before: str
    ) -> tuple[Claim, Words]:
        """月均收到申请15.4件; 新收185件，月均15.4件: the year's number by twelve."""
        named = clause[: average.start()] + clause[average.end() :]
        words = interpret(named, tail, self.carried) if named.strip("，, 约近为是") else Words()
        last, year = self.said[-1] if self.said else None, year_of(before, self.year)
        if not words.readings and last and last.relation == "value":
            words = Words(last.readings, (), "", last.kind)
            year = self.year - 1 if self.year and re.search("上一?年|去年", named) else last.year
        if not words.readings or mention.unit not in _CASE_UNITS | {"元"}:
            return Claim(mention, self.spot, "none", scope="比率"), Words()
        return Claim(mention, self.spot, "value", words.readings, words.kind, year, why=clause.strip(), per=12), Words()

    def _for_a_reason(self, words: Words, head: str) -> Words:
        """保护第三方合法权益，对5件申请不予公开: of the leaf that the clause in front names, or of its whole group."""
        if words.kind != "row" or not words.rows or words.rows[0] not in OUTCOMES:
            return words
        named = [t.says for t in tokens_in(head) if t.kind == "leaf" and t.says.startswith(f"{words.rows[0]}.")]
        if not named:
            return words
        return replace(words, readings=((f"requests.{named[-1]}.total",), *words.readings), kind="leaf")

    def _is_left_open(self) -> bool:
        """收到191件，办结184件，还剩7件: what is left where the last that was told is what was concluded."""
        last = self._last
        return last is not None and last.readings[:1] == (("requests.concluded.total",),) and last.kind == "row"

    def _case_behind(self, object_: str, mention: Mention) -> Words | None:
        """年末复议1件、诉讼1件未审结: what stands behind the last of a list is of each."""
        listed = _MORE_OF_BOTH.match(self.text, mention.end, self.end)
        tail = self.text[listed.end() if listed else mention.end : self.end]
        behind = next(iter(tokens_in(re.split("[，,；;。、]", tail)[0])), None)
        link = _ALL_ARE.match(tail)
        if not behind or behind.kind != "case" or behind.start > (link.end() if link else 1):
            return None
        case = case_words(behind.says, object_)
        return replace(case, readings=(*case.readings, (f"{object_}.total",))) if case.readings else None

    def _of_either(self, clause: str, tail: str, words: Words, before: str) -> Words | None:
        """尚未审结的案件有2件, 被纠正的一共3件：复议2件，诉讼1件: an outcome of cases where both kinds are spoken of, of either
        or of both."""
        told = clause + tail
        last = next(iter(tokens_in(clause)[-1:]), None)
        case = last.says if last and last.kind == "case" and len(clause) - last.end <= _NEAR else ""
        if words.rows == ("carried_out",) and ("审" in told or "案" in told or re.search("未[决结]", told)):
            case = "pending"
        sentence = self.text[self.start : self.end]
        kinds = [kind for kind, word in (("review", "复议"), ("litigation", "诉")) if word in sentence]
        clause = re.split("[；;]", before)[-1]
        named = {token.says for token in tokens_in(clause) if token.kind == "object" and token.says in CASES}
        kinds = list(named) if len(named) == 1 else kinds  # 复议后起诉的，无一被纠正（0件）
        if not case or not kinds or "申请" in clause.replace("复议申请", ""):
            return None
        self.case = case
        each = tuple((f"{kind}.{case}",) for kind in kinds)
        return Words(
            (tuple(f"{kind}.{case}" for kind in kinds), *each) if len(kinds) > 1 else each, (), kinds[-1], "case"
        )

    def _of_which_cases(self, words: Words) -> Words:
        """Outcomes behind several totals: 诉讼7宗，直接起诉的4宗，复议后起诉的3宗；维持5宗 may be of all lawsuits, 诉讼4件，复议12件，
        合计16件，其中维持11件 of both."""
        told = [claim.readings[0] for claim in self.said if claim.kind in ("total", "sum") and claim.readings]
        object_, _, case = words.readings[0][0].rpartition(".")
        others: list[tuple[str, ...]] = []
        if told and len(told[-1]) > 1 and all(metric.endswith(".total") for metric in told[-1]):
            others.append(tuple(f"{metric.removesuffix('.total')}.{case}" for metric in told[-1]))
        together = self.carried.readings[0] if self.carried.kind == "case" else ()
        if {metric.partition(".")[0] for metric in together} == {"review", "litigation"}:
            others += [
                (f"review.{case}", f"litigation.{case}"),
                (f"review.{case}",),
            ]  # 法院、复议机关共审结14件，纠正1件
        if object_.startswith("litigation.") and ("litigation.total",) in told:
            others.append(tuple(f"litigation.{metric.rpartition('.')[2]}" for metric in words.readings[0]))
        return replace(words, readings=(*others, *words.readings)) if others else words

    def _year(self, words: Words, clause: str, before: str, same: bool) -> int | None:
        if self.year and same and not years_in(clause) and re.search("上一?年|去年", clause):
            return self.year - 1
        if words.rows[:1] in (("carried_in",), ("carried_out",)) or words.kind == "sum":
            return self.year  # the year in 含2023年末未办结的4件 belongs to the phrase
        return year_of(before, self.year)

    def _as_before(self, clause: str, mention: Mention) -> Words | None:
        """The same figure of another time, the sum of what was listed, or a number that points back."""
        carried = self.carried
        if _THAT_IS.fullmatch(clause) and self.said and self.said[-1].relation == "share" and self.said[-1].readings:
            return Words(self.said[-1].readings, (), carried.object, "row")  # 比例为55.6%，即45件
        last = self.said[-1] if self.said else None
        if last and last.readings and _REACHES.fullmatch(clause) and (last.relation == "change" or last.mention.bound):
            return Words(last.readings, (), carried.object, last.kind)
        if _TWO_YEARS.fullmatch(clause) and (both := self._of_two_years()):
            return both
        if _SUM.fullmatch(clause):
            return self._sum(mention)
        if _SUM_OF_LAST_YEAR.fullmatch(clause):
            told = next((one for one in reversed(self.said) if one.readings and len(one.readings[0]) > 1), None)
            return Words(told.readings, (), carried.object, told.kind) if told and told.relation == "value" else None
        if _OF_DISCLOSURE.fullmatch(clause) and carried.kind == "total":
            return carried
        if _POINTS_BACK.search(clause):
            earlier = next((c for c in self.said if c.relation == "value" and c.mention.value == mention.value), None)
            return Words(earlier.readings, (), carried.object, earlier.kind) if earlier else None
        if not carried.readings or not clause.strip("，,；; ") or not _SAME.fullmatch(clause):
            return None
        if carried.kind in ("leaf", "column", "total", "case") and re.search("上一?年|去年", clause):
            return replace(carried, readings=(*carried.readings, *self._wholes_of_a_list(self.said[-1])))
        if self.outside is not None and last and last.relation == "none":
            return None  # 需另行制作：7（上年6）: of a number that nobody could read
        if carried.kind == "group":
            return carried
        if carried.rows:
            return Words(tuple((f"requests.{row}.total",) for row in carried.rows), carried.rows, "requests", "row")
        if carried.kind == "case" and not re.search("上一?年|去年", clause):
            return None
        return carried if carried.kind in ("total", "stage", "decisions", "case", "sum") else None

    def _of_two_years(self) -> Words | None:
        """2024年收到185件，2023年收到162件，两年合计347件."""
        told = [claim for claim in self.said if claim.relation == "value"][-2:]
        if len(told) < 2 or told[0].readings != told[1].readings or told[0].year == told[1].year:
            return None
        readings = tuple((*reading, *(f"{metric}.last_year" for metric in reading)) for reading in told[0].readings)
        return Words(readings, (), "", "sum")

    def _sum(self, mention: Mention) -> Words | None:
        """新收640件加上年结转9件，合计649件: the last figures that make up the sum, else all that were listed."""
        run: list[Claim] = []
        for claim in reversed(self.said):
            if (
                claim.relation != "value"
                or claim.kind not in ("row", "group", "leaf", "total", "column")
                or claim.year != self.year
            ):
                break
            run.insert(0, claim)
        if len(run) < 2:
            return None
        fitting = [run[at:] for at in range(len(run) - 1) if _total(run[at:]) == mention.value]
        listed = fitting[0] if fitting else run
        reading = tuple(metric for claim in listed for metric in claim.readings[0])
        if len(set(reading)) < len(reading):
            return Words(listed[0].readings, (), "", "sum")  # 省直受理1,530件，市县受理4,611件，全省总计6,141件
        outcomes = {metric.split(".")[1] for metric in reading} & set(OUTCOMES)
        # All outcomes together are what was concluded, whatever is left out because there was none of it.
        whole = (("requests.concluded.total",),) if len(outcomes) >= _MOST_OUTCOMES else ()
        # 新收、结转分别是1002件、30件，两项之和1032件: what is told in two senses is added up in both.
        others = tuple(
            tuple(metric for one in listed for metric in (one.readings[1] if one is claim else one.readings[0]))
            for claim in listed
            if len(claim.readings) > 1
        )
        return Words((*whole, reading, *others), (), "", "sum")

    def _all_listed(self) -> Words | None:
        """The last figures of one kind in a row, added up."""
        run: list[Claim] = []
        for claim in reversed(self.said):
            alike = claim.relation == "value" and claim.year == self.year and (not run or claim.kind == run[0].kind)
            if not alike or (run and re.search("[；;。]", self.text[claim.mention.end : run[0].mention.start])):
                break
            run.insert(0, claim)
        metrics = tuple(dict.fromkeys(metric for claim in run for metric in claim.readings[0]))
        return Words((metrics,), (), "", "sum") if len(run) > 1 else None

    def _from_last_year(self) -> bool:
        """诉讼由上年的7件减少2件: what it went from stands right before."""
        last = self.said[-1] if self.said else None
        return bool(last and last.relation == "value" and self.year and last.year == self.year - 1)

    def _moved_apart(
        self, mentions: Sequence[Mention], index: int, piece: tuple[str, int, int]
    ) -> tuple[Claim, Words] | None:
        """公开74件、部分公开18件，较上年分别增加8件、3件: the first change is of the first number."""
        words, place, listed = piece
        first = mentions[index - place]
        before = self.text[self.start : first.start]
        lead = clause_of(before)
        comparison = compared(lead, without_brackets(before), bool(self._last))
        figures = [claim for claim in self.said if claim.relation == "value" and claim.year == self.year]
        if not words and _LAST_YEAR_APART.fullmatch(lead) and self.year and len(figures) >= listed:
            # 不掌握38件、另行制作7件，上年依次为33件、6件
            now = figures[len(figures) - listed + place]
            return replace(now, mention=mentions[index], year=self.year - 1, why=lead.strip()), Words()
        if not comparison or comparison.kind != "change":
            return None
        of = figures[place - listed] if len(figures) >= listed else None
        return self._in_comparison(replace(comparison, subject=words), mentions[index], lead, of)

    def _in_comparison(
        self, comparison: Comparison, mention: Mention, clause: str, of: Claim | None = None
    ) -> tuple[Claim, Words]:
        """``of`` is what the comparison is of where its words do not say. What they say is carried on."""
        named = comparison.subject.strip("，, ")
        subject = interpret(comparison.subject, "", self.carried) if named else Words()
        if named and not subject.readings:  # 结转下年度的件数由121件增到125件
            subject = interpret(_HOW_MANY.sub("", comparison.subject), "", self.carried)
        if not subject.readings and _TOGETHER.fullmatch(named):
            subject = self._all_listed() or subject  # 予以公开50件、部分公开9件，合计较上年增加55件
        claim = self._compared(comparison, subject, mention, clause, of)
        return claim, Words(object=subject.object)

    def _compared(
        self, comparison: Comparison, subject: Words, mention: Mention, clause: str, of: Claim | None
    ) -> Claim:
        last = of or self._last or next((c for c in reversed(self.said) if c.relation == "value"), None)
        if comparison.kind == "to" and self.said:
            last = self.said[-1]
        if (
            not of
            and comparison.kind in ("base", "change")
            and self._follows_what_is_unread(comparison.subject, mention)
        ):
            last = None
        if not subject.readings and comparison.kind == "from":
            subject = self._named_before(mention)
        per = 1
        if not subject.readings and last:
            wholes = self._wholes_of_a_list(last) if comparison.kind in ("change", "base") else ()
            subject, per = Words((*last.readings, *wholes), (), "", last.kind), last.per
        if mention.unit not in _CASE_UNITS | {"元"}:
            return Claim(mention, self.spot, "none")
        year = self.year - 1 if self.year and comparison.kind in ("from", "base") else self.year
        if subject.rows[:1] == ("carried_in",) and re.search("[由从].*结转", clause):
            year = self.year  # 由上年结转的6件变为结转下年度的7件: a row of this year's table
        if comparison.kind in ("from", "base") and (named := years_in(clause)):
            year = named[-1][1]
        if comparison.kind == "base" and not subject.readings:
            return Claim(mention, self.spot, "none", kind="base", year=self.year - 1 if self.year else None)
        if comparison.kind == "change":
            relation: Relation = "change"
        else:
            relation = "value" if subject.readings else "none"
        scope = (last.scope if last else "") or scope_of(self.text[self.start : mention.start])
        if scope in _UNCHECKABLE_SCOPES:
            return Claim(mention, self.spot, "none", scope=scope)
        return Claim(
            mention,
            self.spot,
            relation,
            subject.readings,
            subject.kind,
            year,
            scope,
            comparison.direction,
            clause.strip(),
            per=per,
        )

    def _wholes_of_a_list(self, last: Claim) -> tuple[Reading, ...]:
        """27件，涵盖企业12件、科研机构1件…、其他2件，较上年增加5件: of the last of a list, or of all of it."""
        at = next((n for n, claim in enumerate(self.said) if claim is last), 0)
        whole = whole_of_list(self.said, at)
        return whole.readings if whole else ()

    def _follows_what_is_unread(self, subject: str, mention: Mention) -> bool:
        """其余4件系撤回，与上年4件一致: compared is the number right before, whether it could be read or not. 三类共31件，件数比上年
        少1件 is of all that were listed."""
        if _ALL_OF_THESE.fullmatch(subject):
            return sum(claim.relation == "value" for claim in self.said) > 1
        counts = [one for one in self.said if not one.mention.percent and one.relation not in ("change", "yoy")]
        if not counts or counts[-1].relation != "none" or counts[-1].mention.unit not in _CASE_UNITS:
            return False
        return not re.search("[；;。（(）)]", self.text[counts[-1].mention.end : mention.start])

    def _named_in_front(self, earlier: str) -> Words:
        """公开为主，共74件; 许可数量上升，全年20318件: the clause in front has the name, and no number of its own."""
        clause = next((one for one in reversed(re.split("[，,；;。：:]", earlier)) if one.strip()), "")
        named = [token for token in tokens_in(clause) if token.kind != "rest"]
        return interpret(clause[: named[-1].end], "", self.carried) if named else Words()

    def _named_before(self, mention: Mention) -> Words:
        """申请量明显增加，由20件上升到26件: the subject stands in an earlier clause."""
        before = self.text[self.start : mention.start]
        for clause in reversed(re.split("[，,；;。：:]", before)):
            named = [token for token in tokens_in(clause) if token.kind not in ("verb", "rest")]
            if named and (words := interpret(clause[: named[-1].end], "", self.carried)).readings:
                return words
            if any(token.kind == "object" and token.says != "requests" for token in named):
                return interpret(clause[named[-1].start : named[-1].end], "", self.carried)
            if any(token.kind == "object" for token in named):
                return Words()  # 组织类申请由22件增至27件: some of the applications
        return Words()

    def _rate(self, head: str, mention: Mention, index: int, pieces: dict[int, tuple[str, int, int]]) -> Claim:
        clause, before = clause_of(head), self.text[self.start : mention.start]
        self._note_subject(head[: len(head) - len(clause)])
        last, why = self._last_compared, clause.strip()
        if index in pieces:
            _, place, listed = pieces[index]
            figures = [c for c in self.said if c.relation == "value" and c.year == self.year]
            last = figures[place - listed] if len(figures) >= listed else None
            clause = why = before[max(before.rfind(word) for word in ("分别", "依次", "各")) :]
        if moved := self._share_of_two_years(clause, mention) or self._share_of_last_year(clause, mention):
            return moved
        # 占办结总数 names the whole, not what the rate is of.
        if pair := re.search("[前后]者", clause):
            figures = [c for c in self.said if c.relation == "value" and c.year == self.year][-2:]
            last = figures[0 if pair.group() == "前者" else -1] if len(figures) == 2 else None
        own = interpret(without_comparison(clause.partition("占")[0]), "", self.carried)
        own = self._of_its_column(own, before)
        if not own.readings and index not in pieces and self._follows_what_is_unread("", mention):
            last = None  # 两项合计10件，是上年的5倍: of the 10, whatever it is
        readings = own.readings or (last.readings if last else ())
        kind = own.kind or (last.kind if last else "")
        if readings and _SO_MANY_TIMES.search(clause):
            return Claim(mention, self.spot, "multiple", readings, kind, self.year, "", 1, why)
        if readings and is_yoy(clause, before, bool(last)):
            scope = last.scope if last and not own.readings else ""
            return Claim(mention, self.spot, "yoy", readings, kind, self.year, scope, direction_of(clause), why)
        if rate := next((rate for words, rate in ranked("rates") if re.search(words, clause)), None):
            return self._named_rate(rate, mention, clause)
        if not own.readings and name_of_share(clause):
            return Claim(
                mention, self.spot, "none"
            )  # 网上2187件、信函1042件，网上占62.0%: of a number that has no reading
        if readings and (named := _SHARE.search(clause)):
            told = next((claim for claim in self._open() if claim.relation == "value"), None)
            readings = (*readings, *(self._wholes_of_a_list(told) if told and not own.readings else ()))
            of = self._whole_named(named["whole"], last) or self._among(mention)
            return Claim(mention, self.spot, "share", readings, kind, self.year, why=why, of=of)
        return Claim(mention, self.spot, "none")

    def _whole_named(self, whole: str, part: Claim | None) -> tuple[Reading, ...]:
        """占无法提供总数的77.6%: the whole is an outcome or a kind of case by its name; totals are tried anyway."""
        named = interpret(_OF_WHAT.sub("", whole), "", Words(object=self.carried.object))
        if (
            named.kind not in ("row", "leaf", "group", "total", "case", "column", "decisions", "sum")
            or not named.readings
        ):
            return ()
        if named.rows[:1] and named.rows[0] in ("received", "workload", "concluded"):
            return ()
        return () if part and part.readings == named.readings else named.readings

    def _points(self, clause: str, mention: Mention) -> Claim:
        """自然人占85.4%，比上年下降1.0个百分点: of the share that was told last."""
        told = next((claim for claim in reversed(self.said) if claim.relation == "share" and claim.readings), None)
        direction = direction_of(clause)
        if not told or told.year != self.year or not direction or not self._is_yoy(clause, mention):
            return Claim(mention, self.spot, "none")
        of = told.of or _wholes_of(told.readings)
        return Claim(
            mention, self.spot, "points", told.readings, told.kind, self.year, "", direction, clause.strip(), of
        )

    def _is_yoy(self, clause: str, mention: Mention) -> bool:
        return is_yoy(clause, self.text[self.start : mention.start], True)

    def _among(self, mention: Mention) -> tuple[Reading, ...]:
        """无法提供类申请中，本机关不掌握的占77.6%: what the sentence begins with is the whole of its shares."""
        found = _AMONG_WHICH.match(self.text, self.start, mention.start)
        return self._whole_named(found[1], None) if found else ()

    def _share_of_two_years(self, clause: str, mention: Mention) -> Claim | None:
        """占办结的比重由上年45.83%提高到47.44%; 办结率96.30%，上年为97.30%: a share of last year, and the one that it became."""
        last_year = self.year - 1 if self.year else None
        before = self.said[-1] if self.said else None
        told = before if before and before.relation == "share" and before.readings and before.mention.percent else None
        if told and (_BECAME.fullmatch(clause) if told.year == last_year else _WAS.fullmatch(clause)):
            year = self.year if told.year == last_year else last_year
            return replace(
                told, mention=mention, year=year, of=told.of or _wholes_of(told.readings), why=clause.strip()
            )
        came_from = _CAME_FROM.search(clause)
        if not came_from:
            return None
        subject = clause[: came_from.start()]
        if rate := next((rate for words, rate in ranked("rates") if re.search(words, subject)), None):
            return replace(self._named_rate(rate, mention, subject), year=last_year)
        part, _, whole = subject.partition("占")
        own = interpret(_SHARE_NAMED.sub("", part), "", self.carried)
        if not own.readings and _SHARE_ALONE.fullmatch(part) and (last := self._last):
            own = Words(last.readings, (), "", last.kind)  # 由19件增加到21件，但占比由11.88%下降到11.41%
        of = interpret(_SHARE_NAMED.sub("", whole), "", Words(object="requests")).readings if whole else ()
        pair = next((one for one in reversed(self.said) if one.of and one.year == last_year), None)
        if not own.readings or not (whole or _SHARE_NAMED.search(part) or pair):
            return None
        of = of or (pair.of if pair else _wholes_of(own.readings))
        return Claim(mention, self.spot, "share", own.readings, own.kind, last_year, why=clause.strip(), of=of)

    def _share_of_last_year(self, clause: str, mention: Mention) -> Claim | None:
        """自然人158件，占85.4%，上年140件，占86.4%: of the number of last year right before it."""
        told = self.said[-1] if self.said else None
        named = _SHARE.fullmatch(clause.strip("，, "))
        if not told or not named or told.relation != "value" or not self.year or told.year != self.year - 1:
            return None
        shared = next((one.of for one in reversed(self.said) if one.relation == "share" and one.of), ())
        of = self._whole_named(named["whole"], told) or (() if named["whole"] else shared) or _wholes_of(told.readings)
        readings = (*told.readings, *self._wholes_of_a_list(told))
        return Claim(mention, self.spot, "share", readings, told.kind, told.year, why=clause.strip(), of=of)

    def _named_rate(self, rate: Entry, mention: Mention, clause: str) -> Claim:
        named = {token.says for token in tokens_in(clause) if token.kind == "object"}
        of_cases = next(iter(named & set(CASES)), self.carried.object)
        topic = of_cases if rate.of == "case" else rate.of
        told = self.carried.object == topic or topic in named or (topic == "requests" and "申请" in self.spot.sentence)
        if not topic or not told or named - {topic}:
            return Claim(mention, self.spot, "none")
        parts, of = (
            tuple(tuple(re.sub("^case", topic, metric) for metric in reading) for reading in readings)
            for readings in (rate.parts, rate.wholes)
        )
        year = year_of(self.text[self.start : mention.start], self.year)
        if _WORKLOAD in of and any(one.readings[:1] == (_WORKLOAD,) for one in self.said):
            of = (_WORKLOAD,)  # 应办3646件，办结3521件，办结率96.6%
        return Claim(mention, self.spot, "share", parts, "rate", year, why=clause.strip(), of=of)

    def _units_for(self, words: Words, clause: str) -> frozenset[str]:
        """Measure words that may count what is said; loose ones only where applications are named, here or before."""
        named = any(token.kind == "object" and token.says == "requests" for token in tokens_in(clause))
        if words.object == "fees":
            return frozenset({"元"})
        loosely = any(c.mention.unit in _LOOSE_UNITS and c.readings for c in self.said)
        if words.kind == "column":
            return _CASE_UNITS | _PERSON_UNITS | (_LOOSE_UNITS if loosely else frozenset())
        if words.object == "requests" and (named or loosely or self.of_requests):
            return _CASE_UNITS | _LOOSE_UNITS
        if words.kind == "stage":
            return _CASE_UNITS | _LOOSE_UNITS
        return _CASE_UNITS | {"次"} if words.kind in ("total", "decisions") else _CASE_UNITS

    def _other_cases(self, words: Words, mention: Mention) -> str:
        """全县办理行政复议170件: outside section four such a number may be of all cases, not of those about disclosure."""
        if words.kind == "total" and _OF_DISCLOSURE.match(self.text, mention.end):
            return "未写明因政府信息公开"
        if words.kind in ("total", "case") and re.search(
            said("scopes", "scope.all_cases"), self.text[self.start : mention.start]
        ):
            return "含非信息公开类"
        if words.kind not in ("total", "case") or self.spot.section in ("review", "requests") or self.carried.object:
            return ""
        return "" if "公开" in self.spot.paragraph.text else "未写明因政府信息公开"


def _wholes_of(readings: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """What a share may be of where its words do not say."""
    family, _, rest = readings[0][0].partition(".")
    if family == "requests":
        return tuple((f"requests.{row}.total",) for row in ("concluded", "received", "workload"))
    return (
        ((f"{family}.{rest.rpartition('.')[0]}.total".replace("..", "."),),)
        if family in ("review", "litigation")
        else ()
    )


def _without_last_name(tail: str) -> str:
    last = next((token for token in reversed(tokens_in(tail)) if token.end == len(tail)), None)
    return tail[: last.start] if last else tail


def _without_names(clause: str) -> str:
    """A clause without the names of figures in it: 未审结, 不予公开 deny nothing."""
    left, place = "", 0
    for token in tokens_in(clause):
        left += clause[place : token.start]
        place = token.end
    return left + clause[place:]


_FEWEST_PARTS = 2
_EVERYBODY = ("requests.received", "requests.workload")


def _is_row(metric: str) -> bool:
    return metric.startswith("requests.") and metric.endswith(".total")


def _total(claims: Sequence[Claim]) -> Decimal:
    return sum((claim.mention.value for claim in claims), Decimal(0))


# Going through the prose of a report, paragraph by paragraph: every number with what it claims.


def claims_of(report: Report) -> tuple[Claim, ...]:
    """Every number of the report's prose, with what it claims."""
    return tuple(
        claim
        for paragraph, section, where, topic in paragraphs_of(report)
        for claim in _paragraph_claims(paragraph, section, where, report.year, topic)
    )


def mentions_of(report: Report, words: re.Pattern[str]) -> Iterator[tuple[Paragraph, Mention]]:
    """Every number as it is written in the paragraphs that have ``words``: the mentions of ``claims_of``, which takes ten
    times as long to tell what they claim."""
    for paragraph, *_ in paragraphs_of(report):
        if not words.search(paragraph.text):
            continue
        text, written = compacted(paragraph.text)
        yield from ((paragraph, _as_written(mention, paragraph.text, written)) for mention in mentions_in(text))


def paragraphs_of(report: Report) -> Iterator[tuple[Paragraph, str, str, str]]:
    """(paragraph, id of its section, where it stands, topic) in reading order. The topic is what a number is of where its
    sentence does not say: ``requests`` in section three and under （二）依申请公开, ``other`` under other sub-headings."""
    for where, paragraph in zip(place_names("导语", report.preamble), report.preamble, strict=True):
        yield paragraph, "preamble", where, ""
    for section in report.sections:
        topic = "requests" if section.id == "requests" else ""
        for where, paragraph in zip(section.places, section.paragraphs, strict=True):
            topic = _topic_of_heading(paragraph, topic)
            yield paragraph, section.id or "", where, topic


def claims_in(text: str, year: int | None, section: str = "") -> tuple[Claim, ...]:
    """The claims of one text outside any report."""
    topic = "requests" if section == "requests" else ""
    return tuple(_paragraph_claims(Paragraph(text=text), section, "正文", year, topic))


def _topic_of_heading(paragraph: Paragraph, topic: str) -> str:
    """（二）依申请公开情况 sets what its paragraphs speak of; the next sub-heading ends it."""
    opening = paragraph.text[:16]
    if not (paragraph.heading or re.match(r"\s*[（(][一二三四五六七八九十]+[）)]", opening)):
        return topic
    return "requests" if "依申请公开" in opening else "other"


def _paragraph_claims(paragraph: Paragraph, section: str, where: str, year: int | None, topic: str) -> list[Claim]:
    claims: list[Claim] = []
    text, written = compacted(paragraph.text)
    parted = list(sentences(text))
    told = text
    for offset, sentence in parted:
        if len(sentence) > LONGEST_SENTENCE:
            told = told[:offset] + "。" * len(sentence) + told[offset + len(sentence) :]
    mentions = mentions_in(told)
    starts = [mention.start for mention in mentions]
    following = ""
    for offset, sentence in parted:
        inside = mentions[bisect_left(starts, offset) : bisect_left(starts, offset + len(sentence))]
        if not inside:
            following = _goes_on_about(sentence) or _is_headed(sentence) or following
            continue
        about = following if following in CASES and not _names_an_object(sentence) else ""
        topic = _topic_of_sentence(sentence) or (following if following not in CASES else "") or topic
        following = _goes_on_about(sentence)
        end = offset + len(sentence)
        spot = Spot(section, where, paragraph, paragraph.text[written[offset] : written[end - 1] + 1].strip())
        claims += claims_of_sentence(text, offset, end, inside, spot, year, about or topic)
    if len(text) == len(paragraph.text):
        return claims
    return [replace(claim, mention=_as_written(claim.mention, paragraph.text, written)) for claim in claims]


def _as_written(mention: Mention, text: str, written: list[int]) -> Mention:
    """A mention where it stands in the paragraph as it was written."""
    start, end = written[mention.start], written[mention.end - 1] + 1
    return replace(mention, text=text[start:end], start=start, end=end)


def _names_an_object(sentence: str) -> bool:
    return any(token.kind == "object" for token in tokens_in(sentence))


def _goes_on_about(sentence: str) -> str:
    """What the next sentence goes on to count where it does not say: applications or cases, if they were spoken of last."""
    if not _MAY_GO_ON.search(sentence):
        return ""  # most sentences: not worth looking for every phrase of the form
    objects = [token.says for token in tokens_in(sentence) if token.kind == "object"]
    last = objects[-1] if objects else ""
    if last in ("review", "litigation"):
        return last if set(objects) <= {last} else ""
    return last if last == "requests" else ""


def _is_headed(sentence: str) -> str:
    """规范性文件。制发6件: a sentence of hardly more than a name is the head of what follows."""
    if len(sentence) > _LONGEST_HEAD:
        return ""
    objects = [token.says for token in tokens_in(sentence) if token.kind == "object"]
    return objects[0] if len(objects) == 1 and objects[0] in _HEADS else ""


def _topic_of_sentence(sentence: str) -> str:
    """办结23件，其中予以公开11件: an outcome that only applications have tells what the whole paragraph goes on to count."""
    outcomes = (token for token in tokens_in(sentence) if token.kind in ("outcome", "leaf"))
    return "requests" if any(not token.says.startswith("carried") for token in outcomes) else ""

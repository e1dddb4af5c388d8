"""What the numbers of a sentence say of each other: a whole and its parts, in whatever order they are told.

共119期，其中市级47期、宿城区28期… · 7件，含网络3件、信函4件 · 3607件（市政府349件、…） · 在办结的5件申请中，… · 市级5件、县级7件，合计12件 ·
收到9件，上年结转1件，其中…: a list is found by what opens it, read item by item, and held against the number, or the numbers
together, that may be its whole. Measure words are free to change within a list; what an item is called decides where the list
ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from assistant.figures.arithmetic.measures import comparable, measure_of, same_measure
from assistant.figures.arithmetic.openers import BACK, openers
from assistant.figures.arithmetic.runs import (
    depth_at,
    holds_the_next,
    is_compared_with,
    loosened,
    of_one_kind,
    opens_another,
    run_of,
    whole_of_list,
    wholes_before,
)
from assistant.figures.arithmetic.slips import SMALLEST, misses_by_one_slip
from assistant.figures.claims import Claim, by_paragraph, total
from assistant.figures.comparisons import CHANNEL, is_base
from assistant.language.numerals import number
from assistant.language.sentences import without_brackets
from assistant.lexicon import phrase
from assistant.lexicon.match import tokens_in
from assistant.patterns import regex

__all__ = ["Breakdown", "breakdowns", "single_parts", "whole_of_list"]

Closed = Literal["sure", "likely", "near", "open"]

_NOT_ADDED = frozenset(["分", "个工作日", "工作日", "天", "倍", "个百分点"])
_A_TOTAL = ("合计", "共计", "总计", "之和", "合计为", "总计为")
_AN_ASIDE = regex(r"[，,（(、]?[^，。；;\d]{0,12}")  # what parts a number from its change or its share
_FIRST_JOINED = regex(r"[^，。；;、\d（）()]{0,4}[，,：:][^。；;，,\d]{0,14}")
_OPENS = regex(r"[，,：:][^。；;，,\d]{1,14}")
_SENTENCE_ENDS = regex(r"\s*(?:[。；;]|$)")
_OPERATOR = regex(r"^\s*[＋+－−\-×÷/]\s*$")
_FEWEST_IN_A_ROW, _NEARLY = 3, 2
_MANY = 5  # parts of a list that 等 may end
_LONGEST_ROW = 12  # parts that nothing opens: more in a row are a table in prose
# A list that falls short of its whole by more than a fifth is rather a few of its parts than a slip.
_SOME = Decimal("0.2")


class Breakdown(NamedTuple):
    """A whole and the parts listed for it: ``parts`` are those of one kind, ``listed`` all numbers up to the end of the list,
    which may go on with something else (其中自然人601件、法人19件，办结598件). ``wholes`` are what the parts may add up to, likeliest
    first: a number, or several that were told together (收到9件，上年结转1件). ``closed``: ``sure`` where the words say that the parts
    are all of it (共, 分别, brackets, 合计), ``likely`` for 其中, ``near`` where no word says so but they miss it by one slip, ``open``
    where they may only not exceed it (包括, 主要, 等).
    ``stated_total``: the whole is called one (共, 总计); ``total_last``: it stands behind its parts; ``by_definition``: the parts are
    what it is (即, 由…组成), so that none may be left out."""

    whole: Claim
    wholes: tuple[Decimal, ...]
    parts: tuple[Claim, ...]
    listed: tuple[Claim, ...]
    closed: Closed
    stated_total: bool
    total_last: bool = False
    by_definition: bool = False

    @property
    def exhaustive(self) -> bool:
        return self.closed in ("sure", "likely")

    @property
    def labels(self) -> tuple[str, ...]:
        """What each part is called: the words in front of its number."""
        text = self.whole.spot.paragraph.text
        ends = [0, *(part.mention.end for part in self.parts)]
        leads = (text[end : part.mention.start] for end, part in zip(ends, self.parts, strict=False))
        return tuple(phrase("lists", "before_label").split(lead.rstrip("，,、 "))[-1].strip() for lead in leads)

    @property
    def total(self) -> Decimal:
        return total(self.parts)

    @property
    def agrees(self) -> bool:
        """Whether the parts add up, or the first of them do and what follows is of something else."""
        text, running = self.whole.spot.paragraph.text, Decimal(0)
        for at, part in enumerate(self.listed):
            running += part.mention.value
            last = at + 1 == len(self.listed)
            if running in self.wholes and (last or (at and _may_end(text, self.listed, at + 1))):
                return True
        return self.closed == "open" and self.total <= max(self.wholes)

    @property
    def few(self) -> bool:
        """Whether the list may well name a few parts only: it falls short by more than a fifth, and nothing says that it is
        all. A list that fits without a last 1 is a slip."""
        short = min((whole for whole in self.wholes if whole > self.total), default=self.total) - self.total
        if self.closed in ("sure", "near") or short <= 0 or self.total - self.parts[-1].mention.value in self.wholes:
            return False
        return short > max(max(self.wholes) * _SOME, Decimal(2))


def breakdowns(claims: Sequence[Claim]) -> Iterator[Breakdown]:
    """Every whole with two or more listed parts. ``claims`` are those of a report, in order."""
    for members in by_paragraph(claims):
        text = members[0].spot.paragraph.text
        counted = [claim for claim in members if not claim.mention.percent]
        lists = (
            *_bracketed(text, counted),
            *_opened(text, counted),
            *_totalled(text, members),
            *_spelled_out(text, counted),
            *_in_two(text, counted),
        )
        taken: set[tuple[int, ...]] = set()
        full = [_places(found) for found in lists if found.total == found.whole.mention.value]
        for found in lists:
            key = tuple(part.mention.start for part in found.parts)
            if key in taken:
                continue
            taken.add(key)
            own = _places(found)
            # 意见88条，采纳37条，部分采纳19条，未采纳32条: some of the numbers of a list that adds up are no list of their own
            if found.agrees or found.total_last or not any(own < places for places in full):
                yield found


def _places(found: Breakdown) -> frozenset[int]:
    return frozenset(claim.mention.start for claim in (found.whole, *found.parts))


def single_parts(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """(whole, part) where 其中 names one part only."""
    for members in by_paragraph(claims):
        text = members[0].spot.paragraph.text
        counted = [claim for claim in members if not claim.mention.percent]
        for start, end, word in openers(text, counted):
            first = next((c for c in counted if c.mention.start >= end and depth_at(text, start, c) <= 0), None)
            wholes = wholes_before(text, start, counted, first) if first else []
            whole = max(wholes, key=lambda claim: claim.mention.value, default=None)
            if word == "之中" and (whole is None or whole.mention.end != start):
                continue  # 2名兼职，11个社区的信息员里有4名
            if (
                whole
                and first
                and first.mention.value <= total(wholes)
                and (text[start - 1] in "；;" or len(wholes) > 2)
            ):
                continue  # 公开17件，占56.7%；其他处理3件，占10%；其中延期4件; 各季6件、9件、16件，其中6月至8月19件
            if whole and first and whole.mention.value == 1 and text.startswith("、", first.mention.end):
                continue  # 32件已答复，1件结转。具体为公开17件、部分公开1件: one thing has no two parts
            if whole and phrase("lists", "average").search(text, max(0, whole.mention.start - 8), whole.mention.start):
                continue  # 月均365条，其中7月446条
            if first and phrase("lists", "statistic").search(text[end : first.mention.start]):
                continue  # 12个机构中供稿最少的也有46条
            if first and word == "即" and re.search("[，,]", text[end : first.mention.start]):
                continue  # 印发1件，即《…细则》，同时废止2件: what it is was told by its name
            if (
                first
                and whole
                and not phrase("lists", "one_by_one").match(word)
                and not phrase("lists", "came_from").search(text[end : first.mention.start])
                and not re.search(r"[。；;]", text[end : first.mention.start])
            ):
                yield whole, first


def _opened(text: str, claims: Sequence[Claim]) -> Iterator[Breakdown]:
    for start, end, word in sorted(openers(text, claims)):
        behind = [claim for claim in claims if claim.mention.start >= end]
        for measure in dict.fromkeys(measure_of(claim) for claim in behind):
            run = run_of(text, end, behind, measure)
            if phrase("lists", "one_by_one").match(word) and phrase("lists", "of_years").search(
                text, max(0, start - 24), start
            ):
                continue  # 2022年至2024年依次为152条、187条、213条
            if phrase("lists", "one_by_one").match(word) and run and _is_of_its_own(text, start, claims, run):
                continue
            wholes = wholes_before(text, start, claims, run[0], points_back=word == BACK) if run else []
            if word.startswith("按") and total(run) not in [whole.mention.value for whole in wholes]:
                # 新收93件。自然人76件，法人17件。按渠道分，网上58件、信函27件、当面8件
                told = (one for one in claims if one.mention.end <= start and same_measure(one, run[0])) if run else ()
                wholes = [one for one in told if one.mention.value == total(run)][-1:] or wholes
            if wholes and (
                word not in ("：", "之中")
                or not start
                or wholes[0].mention.end == start
                or text[start - 1] in "。；;，,"
            ):
                yield from _breakdown(text, wholes, run, word)
    for at, whole in enumerate(claims):
        run = _numbers_first(text, claims[at + 1 :], whole)
        if run and not is_compared_with(text, whole, run[0]):
            yield from _breakdown(text, [whole], run, "分别")
        yield from _siblings(text, whole, claims[at + 1 :], _is_an_item(text, claims, at))


def _is_of_its_own(text: str, at: int, claims: Sequence[Claim], run: Sequence[Claim]) -> bool:
    """新收分别为162件、185件，办结分别为160件、184件: a plain list of fewer names than numbers is of two years, say, and no parts."""
    if any(_named_by_words(text[one.mention.end : other.mention.start]) for one, other in pairwise(run)):
        return False
    begin = max((claim.mention.end for claim in claims if claim.mention.end <= at), default=0)
    lead = re.split(r"[，,；;。：:]", text[begin:at])[-1]
    return 0 < len(tokens_in(lead)) < len(run)


def _named_by_words(gap: str) -> bool:
    return bool(phrase("lists", "names").search(gap))


def _numbers_first(text: str, behind: Sequence[Claim], whole: Claim) -> list[Claim]:
    """收到申请7件，3件为网络申请，4件为信件申请: each part tells behind its number what it is."""
    run: list[Claim] = []
    for claim in behind:
        gap = text[run[-1].mention.end if run else whole.mention.end : claim.mention.start]
        if not comparable(whole, claim) or not phrase("lists", "next_part").search(gap) or "。" in gap:
            break
        if not phrase("lists", "is_part").match(text[claim.mention.end :]):
            break
        run.append(claim)
    return run if len(run) > 1 else []


def _is_an_item(text: str, claims: Sequence[Claim], at: int) -> bool:
    """Whether a number goes on with a plain list that began before it: 图解18篇，问答29篇，短文11篇."""
    if not at or not same_measure(claims[at - 1], claims[at]):
        return False
    return bool(phrase("lists", "joined").fullmatch(text, claims[at - 1].mention.end, claims[at].mention.start))


def _siblings(text: str, whole: Claim, behind: Sequence[Claim], an_item: bool) -> Iterator[Breakdown]:
    """受理申请12件，答复7件，不予受理4件，内容不明确1件: nothing opens the list; where it adds up, it is one."""
    run: list[Claim] = []
    for at, claim in enumerate(behind):
        gap = text[run[-1].mention.end if run else whole.mention.end : claim.mention.start]
        if (
            not comparable(whole, claim)
            or not (phrase("lists", "joined").fullmatch(gap) or (not run and _FIRST_JOINED.fullmatch(gap)))
            or claim.mention.bound
            or claim.relation == "change"
            or len(run) > _LONGEST_ROW
        ):
            break
        run.append(claim)
        if len(run) > 1 and total(run) == whole.mention.value and not _goes_on(text, claim, behind[at + 1 :]):
            yield Breakdown(whole, (whole.mention.value,), tuple(run), tuple(run), "open", False)
            break
    if an_item or len(run) < _FEWEST_IN_A_ROW or total(run) == whole.mention.value:
        return
    if any(one.relation != "none" for one in run):
        return
    off = abs(total(run) - whole.mention.value)
    if off <= _NEARLY and whole.mention.value > _NEARLY * 5 and _SENTENCE_ENDS.match(text, run[-1].mention.end):
        # 40家单位考核，优秀11家、良好25家、合格5家: so many in a row come so near by no chance.
        yield Breakdown(whole, (whole.mention.value,), tuple(run), tuple(run), "likely", False)


def _goes_on(text: str, last: Claim, behind: Sequence[Claim]) -> bool:
    """Whether a list is not over, as 、 or 和 joins another item to the last one."""
    if not behind or not same_measure(last, behind[0]):
        return False
    between = text, last.mention.end, behind[0].mention.start
    if phrase("lists", "joined_tightly").match(*between):
        return True
    by_channel = last.scope == behind[0].scope == CHANNEL
    return by_channel and bool(phrase("lists", "joined").fullmatch(*between))


def _bracketed(text: str, claims: Sequence[Claim]) -> Iterator[Breakdown]:
    for index, whole in enumerate(claims):
        opening = re.match(r"\s*[^，。；\d（）()]{0,8}[（(]", text[whole.mention.end :])
        if not opening:
            continue
        begin = whole.mention.end + opening.end()
        end = re.search(r"[）)]", text[begin:])
        stop = begin + end.start() if end else len(text)
        within = [c for c in claims[index + 1 :] if begin <= c.mention.start < stop]
        holders = {id(one) for one, other in pairwise(within) if holds_the_next(text, one.mention, other.mention)}
        inside = [c for c in within if comparable(whole, c) and id(c) not in holders]
        if any(
            phrase("lists", "went_to").search(text[one.mention.end : other.mention.start])
            for one, other in pairwise(inside)
        ):
            continue  # 多了19件（13件增至32件）
        if any(_OPERATOR.search(text[one.mention.end : other.mention.start]) for one, other in pairwise(inside)):
            continue  # 现行有效52件（50件＋6件－4件）: an equation, not a list
        lead = text[begin : begin + 3]
        if phrase("lists", "taken_away").search(text, begin, stop):
            continue  # 审结57件（总数77件扣除尚未审结20件）
        if len(inside) > 1 and not lead.startswith(
            ("不含", "另", "含上", "上年", "含部", "去年", "比上", "较上", "同比")
        ):
            yield from _breakdown(text, [whole], inside, "（")


def _totalled(text: str, claims: Sequence[Claim]) -> Iterator[Breakdown]:
    """A list that its total follows: the numbers right before 合计, as many as make it up, else all of them."""
    for index, whole in enumerate(claims):
        if whole.mention.percent:
            continue
        run: list[Claim] = []
        behind, aside = whole.mention.start, False
        year = whole.year or max((one.year for one in claims[max(0, index - 2) : index] if one.year), default=None)
        for claim in reversed(claims[:index]):
            gap = text[claim.mention.end : behind]
            if not (phrase("lists", "listed") if run else phrase("lists", "total_behind")).fullmatch(gap) and not (
                aside and _AN_ASIDE.fullmatch(gap)
            ):
                break
            compared = claim.kind == "base" or is_base(text[max(0, claim.mention.start - 12) : claim.mention.start])
            then = claim.year and claim.year != year  # 诉讼5件，上年4件；复议9件，上年11件；两项合计14件
            if (
                claim.mention.percent
                or compared
                or then
                or (claim.relation == "change") != (whole.relation == "change")
            ):
                # 处罚3216件，同比减少324件；强制412件，同比增加24件。两项合计3628件
                aside, behind = True, claim.mention.start
                continue
            if not run and phrase("lists", "each_of").search(
                text, max(0, claim.mention.start - 12), claim.mention.start
            ):
                break  # 4期，每期800册，共3200册: a product
            if not comparable(whole, claim) or (run and text.endswith(_A_TOTAL, 0, claim.mention.start)):
                break
            run.insert(0, claim)
            aside, behind = False, claim.mention.start
        lead = text[run[-1].mention.end : whole.mention.start] if run else ""
        both = len(run) == 2 and bool(phrase("lists", "both").search(lead))
        if phrase("lists", "of_more").search(lead) and len(run) < 3 and not both:
            continue  # 发布5条、转载3条。累计公开120条: of more than these
        sums = [total(run[start:]) for start in range(len(run))]
        fitting = sums.index(whole.mention.value) if whole.mention.value in sums[:-1] else 0
        if len(run) - fitting > 1:
            yield from _breakdown(text, [whole], run[fitting:], "两项合计" if both else "合计")


def _spelled_out(text: str, claims: Sequence[Claim]) -> Iterator[Breakdown]:
    """合计90条，文字类57条、图表类33条: a stated total and right behind it a plain list to the end of the sentence."""
    for index, whole in enumerate(claims):
        if not phrase("lists", "stated").search(text[: whole.mention.start]):
            continue
        run: list[Claim] = []
        for claim in claims[index + 1 :]:
            gap = without_brackets(text[run[-1].mention.end if run else whole.mention.end : claim.mention.start])
            fits = phrase("lists", "joined").fullmatch(gap) if run else _OPENS.fullmatch(gap)
            if claim.relation != "none" or not fits or phrase("lists", "does").search(gap):
                break
            run.append(claim)
        while run and not same_measure(whole, run[-1]):
            run.pop()  # 公告40条、访谈6次、发布会2场、其他12条: other measures only between those of the whole
        ended = len(run) > 1 and _SENTENCE_ENDS.match(text, run[-1].mention.end)
        # 共发布2714条，通知9条，图解12条: what comes nowhere near it is told beside it
        near = total(run) * 2 >= whole.mention.value
        if ended and near and all(one.mention.value <= whole.mention.value for one in run):
            yield from _breakdown(text, [whole], run, "合计")


def _in_two(text: str, claims: Sequence[Claim]) -> Iterator[Breakdown]:
    """What was done and what was not make up the whole, and so do what was taken away and what was left."""
    for whole, *parts in zip(claims, claims[1:], claims[2:], strict=False):
        exact = not any(one.mention.bound for one in (whole, *parts))
        if exact and (_done_and_undone(text, whole, *parts) or _taken_and_left(text, whole, *parts)):
            yield Breakdown(whole, (whole.mention.value,), tuple(parts), tuple(parts), "sure", False)


def _done_and_undone(text: str, whole: Claim, done: Claim, undone: Claim) -> bool:
    """来信5213封，办结5187封，未办结26封"""
    lead = text[done.mention.end : undone.mention.start]
    told = phrase("lists", "not_done").search(lead) or phrase("lists", "not_done_behind").match(
        text, undone.mention.end
    )
    if not told or "。" in lead or not (comparable(whole, done) and comparable(done, undone)):
        return False
    between = text[whole.mention.end : done.mention.start]
    behind = re.match(r"[^，。；\d]*", text[done.mention.end :])
    doing = between + (behind[0] if behind else "")
    said = told["verb"] in doing and "未" not in doing and not re.search("[。；;]", between)
    return said and done.mention.value <= whole.mention.value


def _taken_and_left(text: str, whole: Claim, taken: Claim, left: Claim) -> bool:
    """账号36个，注销9个后保留27个"""
    return bool(
        same_measure(whole, taken)
        and same_measure(taken, left)
        and phrase("lists", "taken").fullmatch(text, whole.mention.end, taken.mention.start)
        and phrase("lists", "left").fullmatch(text, taken.mention.end, left.mention.start)
    )


def _nearest(text: str, whole: Claim, run: Sequence[Claim]) -> Sequence[Claim]:
    """The parts that 包括 names, up to a place where they may end, that miss their whole by one slip; none where they make it up."""
    if whole.mention.value < SMALLEST:
        return ()
    values = [part.mention.value for part in run]
    ends = [at for at in range(2, len(run) + 1) if at == len(run) or _may_end(text, run, at)]
    if any(sum(values[:at]) == whole.mention.value for at in ends):
        return ()
    return next((run[:at] for at in ends if misses_by_one_slip(whole.mention.value, values[:at])), ())


def _may_end(text: str, run: Sequence[Claim], at: int) -> bool:
    """Whether ``run[at]`` begins something else than the numbers before it: by its words, or by a comma behind items that 、
    parts (网上436件次、来访237件次、来信139件次，涉及信息公开的9件次)."""
    if run[at].relation == "none" and _goes_on(text, run[at - 1], run[at:]):
        return False
    return loosened(text, run[: at + 1]) or opens_another(text, run[at - 1], run[at])


def _breakdown(text: str, told: Sequence[Claim], run: Sequence[Claim], word: str) -> Iterator[Breakdown]:
    parts = list(run) if word == "两项合计" else of_one_kind(text, run)
    if len(parts) < 2 or any(part.mention.bound for part in parts) or any(one.mention.bound for one in told):
        return
    leads = [text[one.mention.end : other.mention.start] for one, other in pairwise(parts)]
    if any(phrase("lists", "too").search(lead) for lead in leads):
        return  # 12项，其中通过网站12项、同步座谈5项: what is done to the same
    if (
        not told[0].mention.unit
        and parts[0].mention.unit
        and phrase("lists", "its_own_measure").match(text, told[0].mention.end)
    ):
        return  # 发布会8场，较上年增加2场；每期800册，共3200册
    if parts[0].mention.unit in _NOT_ADDED or (
        told[0].relation != "change"
        and phrase("lists", "moves_by").search(text[max(0, parts[0].mention.start - 8) : parts[0].mention.start])
    ):
        return  # 15个工作日，修订后为20个工作日; 文字、视频分别多2篇、1篇
    if any(phrase("lists", "statistic").search(lead) for lead in leads) or phrase("lists", "overlap").match(
        text, parts[-1].mention.end
    ):
        return  # 中位数11个工作日，最长38个工作日; 学生205人次、女性231人次（两者有重叠）
    if any(
        phrase("lists", "each_of").search(text[max(0, part.mention.start - 12) : part.mention.start]) for part in parts
    ):
        return  # 社会公益组织和法律服务机构各1件: so many of each
    if (
        phrase("lists", "of_last_year").search(text[: parts[0].mention.start])
        and parts[0].mention.start > told[0].mention.end
    ):
        return  # 其他情形354件；上年三项分别为40件、10件和291件
    if all(claim.kind == "stage" for claim in (told[0], *parts)) and told[0].mention.value != total(parts):
        return  # 现行有效52件，新制发6件、废止4件: what was done in the year is no part of what is in force
    named = any(part.readings for part in parts)
    if word.endswith("之中") and not named and any(part.mention.value == told[0].mention.value for part in parts):
        return  # 23件中，说明理由的12件、告知渠道的23件: what is true of all is beside the others, no part
    if total(told) == 1 < sum(1 for part in parts if part.mention.value):
        return  # one thing has no two parts
    wholes = [one.mention.value for one in told]
    wholes += [total(told[:upto]) for upto in range(2, len(told) + 1)]
    fitting = next((n for n, value in enumerate(wholes) if value == total(parts)), 0)
    whole = told[fitting] if fitting < len(told) else told[0]
    opening = text[told[0].mention.end : parts[0].mention.start] if whole.mention.end <= parts[0].mention.start else ""
    behind = text[parts[-1].mention.end : parts[-1].mention.end + 12]
    # 等 and 主要 inside the name of an item open nothing: 教育、卫生等重点领域信息268条.
    loose = any(
        (
            phrase("lists", "loose").search(word),
            phrase("lists", "loose").search(opening.rpartition("其中")[2]),
            behind[:1] == "等" and len(run) < _MANY,
            phrase("lists", "rest_in_words").match(behind),
            phrase("lists", "most_of_them").match(behind),
        )
    )
    # 增加的23件中自然人18件、企业3件，科研机构则减少1件: what moved the other way is no part, and takes away
    loose = loose or bool(
        phrase("lists", "of_what_moved").search(text, max(0, whole.mention.start - 4), whole.mention.start)
    )
    # 在答复的33件里，公开16件、部分公开6件，两者相加22件: their own total is told, so they are some of the whole.
    own_total = whole.mention.start < parts[0].mention.start and phrase("lists", "total_behind").match(
        text, parts[-1].mention.end
    )
    loose = loose or bool(own_total and text.startswith(number(total(parts)), own_total.end()))
    clause = re.split(r"[。；;]", text[max(0, whole.mention.start - 30) : whole.mention.start])[-1]
    closes_a_list = word.startswith("其中") and phrase("lists", "total_of_a_list").search(clause)
    stated = (
        bool(phrase("lists", "called_a_total").search(clause))
        and word not in ("合计", "两项合计")
        and not closes_a_list
    )
    lead = text[parts[-2].mention.end : parts[-1].mention.start]
    complete = (
        stated
        or word in ("（", "：", "合计", "两项合计", "即", "构成")
        or phrase("lists", "one_by_one").match(word)
        or bool(phrase("lists", "the_rest").search(lead))
    )
    if word == "这些之中":
        # 在答复的申请中，公开57件、无法提供33件: of a number of the sentence before, which one is a guess.
        off = abs(whole.mention.value - total(parts))
        loose = off > _NEARLY or whole.mention.value <= _NEARLY * 5
    if parts[0].relation == "change" and not complete:
        # 减少289件，其中信访减少218件: nothing says that no other part moved, and they may have moved both ways.
        if any(part.direction != whole.direction for part in parts):
            return
        loose = True
    # 等 ends a long list as often as it leaves some out.
    named_only = behind[:1] == "等" or bool(
        phrase("lists", "names_some").search(word) or phrase("lists", "names_some").search(opening)
    )
    closed: Closed = "open" if loose or named_only else "sure" if complete else "likely"
    # 主要是文件9条、公告6条、…: so many in a row come so near by no chance.
    near_by_no_chance = (named_only and not loose) or (loose and len(run) > _FEWEST_IN_A_ROW)
    if near_by_no_chance and (nearest := _nearest(text, whole, run)):
        parts, closed = list(nearest), "near"
    total_last = whole.mention.start > parts[-1].mention.start
    yield Breakdown(whole, tuple(wholes), tuple(parts), tuple(run), closed, stated, total_last, word in ("即", "构成"))

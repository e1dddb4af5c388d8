"""One number of a sentence that counts something: by the words before it, behind it, or said before."""

from __future__ import annotations

import re

from assistant.figures.arithmetic import OUTCOMES
from assistant.figures.claims import Claim
from assistant.figures.comparisons import (
    IN_A_YEAR,
    compared,
    scope_of,
    year_of,
)
from assistant.figures.interpret import (
    CASES,
    NOTHING,
    SOME_OF_THESE,
    case_words,
    interpret,
    interpret_behind,
    row_words,
    stage_words,
    verb_alone,
)
from assistant.figures.mentions import Mention, years_in
from assistant.figures.sentence.cases import (
    case_behind,
    case_of_either,
    case_where_it_was,
    of_which_cases,
    scope_of_other_cases,
)
from assistant.figures.sentence.compared import in_comparison
from assistant.figures.sentence.lists import (
    kinds_left,
    of_its_column,
    other_kinds,
    sum_of_listed,
    sum_of_two_years,
)
from assistant.figures.sentence.meant import THE_REST, only_what_is_meant, without_what_is_of_others
from assistant.figures.sentence.walk import (
    CASE_UNITS,
    OF_DISCLOSURE,
    UNCHECKABLE_SCOPES,
    Walk,
)
from assistant.language.sentences import (
    clause_of,
    without_brackets,
)
from assistant.lexicon import entry
from assistant.lexicon.match import Words, tokens_in
from assistant.patterns import regex

__all__ = ["count"]

# A clause of nothing but a time and a total goes on with what the number before it said: 上半年9件，全年共22件.
_SAME = regex(
    r"[，,、；;：:\s（(]*(?:而|在)?(?:全年|今年|本年度?|当年|年内|20\d\d年度?|上一?年度?|去年)(?:同期|末|底|同口径)?(?:总共|共|也|亦|同样|同|为|是|有|达到?|仅)*\s*"
)
_TWO_YEARS_TOGETHER = regex(
    r"(?:^|[，,；;])[^，,；;]{0,10}(?:近|前后|过去|最近)?两年(?:来|间|内)?[，,]?[^，,；;]{0,12}(?:共|累计|合计|总计)"
)
_BOTH_YEARS = regex(
    r"(?:今年|本年度?)(?:和|与|加上?|连同)(?:去年|上一?年度?)(?=[^，,。；;]*[加合共总相])|(?:去年|上一?年度?)(?:和|与|加上?|连同)(?:今年|本年度?)(?=[^，,。；;]*[加合共总相])"
)
_ONE_YEAR = regex("上一?年|去年|今年|本年|全年|当年")
_OF_A_YEAR = regex(r"[，,；;]?(?:20\d\d年|上一?年|去年|今年|本年)")
_YEAR_END = regex("年度?[末底]")
# 另有不服行政处罚的复议17件，不属政府信息公开，不列入本表
_LEFT_OUT = regex(
    r"(?:[（(][^（()）]{0,20}[）)])?[^。；;\d（(]{0,24}(?:不属(?:于)?(?:政府)?信息公开|(?:不|未)(?:列|计|纳)入|不(?:包)?含在|不在(?:此列|本表|统计)|不作(?:本表|年报)?统计)"
)
_CARRIED_INTO = regex(r"(?:结转|转入|转至|转到|顺延|延续)(?:至|到|入)?\s*$")
_MAKES_UP = regex("占(?:了|到)?(?:其中)?的?$")
_NOW = regex("今年|本年")
_THIS_YEAR = regex("今年|本年度?|全年|年内|当年")
_SEVERAL_YEARS = regex("以来|历年|至今|上一?年|去年|20")
_TWO_YEARS = regex(r"[，,；;：:\s]*(?:前后)?(?:两年|[两二]个年度)(?:合计|共计|总计|相加|累计|共)+(?:为|达|是)?\s*")
_SUM = regex(
    r"[，,；;：:\s]*(?:以上|上述|[两三四五]者|[两三四五][类项种])?(?:全[省市区县州])?(?:合计|共计|总计|总数|相加|之和|合并|小计|加起来|加在一起|共)(?:为|达|是)?\s*"
)
_SUM_OF_LAST_YEAR = regex(
    r"[，,；;。：:\s]*(?:而)?(?:上一?年度?|去年)(?:同期|同口径)?(?:合计|共计|总计|共)(?:为|达|是)?\s*"
)
# 公开74件。上年这一数字是66件: last year's number of what was told last.
_SAME_FIGURE_THEN = regex(
    r"[，,；;。：:\s]*(?:而|但)?(?:上一?年度?|去年)(?:同期)?的?(?:[这该此同][一个]?[项类]?(?:数字?|数据|数值|数量|件数|指标)|[这该此]一?[项类](?:申请)?)(?:则|就|也|只|仅|才|为|是|有|达)*"
)
_AT_THE_START = regex("年初|期初")
_AT_THE_END = regex(
    r"[，,；;：:\s]*(?:截?至|到)?(?:年末|年底|期末|目前|现)(?:实有|共有|总[量数]|实存)?(?:增至|减至|达到?|为|是|有|共)*"
)
_THAT_YEAR = regex(r"[，,：:]?\s*(?:上一?年度?|去年|20\d\d年度?)(?:同样|也|亦|同|为|是|有|共)*")
_HANDED_IN = regex("[，,]?(?:全年|今年|年内)?(?:共|均|仅|只|首次)?(?:提交|提出|递交)(?:了|申请|的|共|有)*")
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
_PAIR = regex(r"[，,；;：:\s]*([前后])者")
_PART_OF = regex("^[，,]?(?:仅|只|约)?占(?:了|到)?(?:全部|总)?")  # 抽查申请答复书40份，占办结155件的25.8%
_PER_HUNDRED = regex(r"每(?:一)?百件(?P<of>[^，。；\d]{2,16})$")
_A_MONTH = regex(
    r"(?P<by>[月季])均|(?:平均|按)(?:下来|算下来|计算)?每个?(?P<each>月|季)度?(?:平均)?计?|折合每?(?P<so>[月季])度?均?"
)
# 因2023年度的申请引发行政复议1件: the year is the application's, and the case of this one.
_THE_CAUSE = regex(r"因[^，。；]{0,24}(?:申请|答复)[^，。；\d]{0,6}(?=引发|引起|产生|导致)")
_LEFT = regex(r"[，,；;：:\s]*(?:现|目前|年末|年底|还|尚|仅|只)*(?:剩|余|剩下|余下|剩余)(?:有)?")
_BESIDE = regex(r"除[^，,\d]{2,12}[之以]?外[，,]")  # 除自然人外，法人或其他组织的申请办结20件
_THAT_IS = regex(r"[，,；;：:\s]*(?:即|也就是|共计?|为)\s*")
_MADE_UP_OF = regex(r"[^。；;：:]{0,80}?\d[件条份个]?[^，。；;\d]{0,20}(?:构成|组成)(?:[，,。；;]|$)")
_LEADS_NOTHING = regex(r"[，,、；;：:\s]*(?:其中|另|另有|其余|剩余|有|和|及|以及|还有)[，,]?")
_TELLS_BEHIND = regex(r"(?=\p{Han}{2})[^，,；;。：:（(]*[，,；;]?")
# 74件中，1件因新修订的《…》（…2号）自5月1日起施行而废止，4件…: a bracket and dates do not end what is told of the one
_AMONG_WHICH = regex("[中里][，,]$")
_TELLS_AT_LENGTH = regex(r"(?:[（(][^（()）]*[）)]|\d{1,2}[月日]|[^，,；;。：:（(\d])*[，,；;]?")
_PERSON_UNITS = frozenset({"位", "名", "人", "家", "户", "个", "人次"})
_LOOSE_UNITS = frozenset({"条", "个", "封", "则"})


def count(walk: Walk, head: str, tail: str, mention: Mention, told_apart: bool) -> tuple[Claim, Words]:
    before = without_brackets(walk.text[walk.start : mention.start])
    clause = _MAKES_UP.sub("", clause_of(head))  # 自然人占140
    beside = _BESIDE.match(clause)
    if beside and any(token.kind == "column" for token in tokens_in(clause[beside.end() :])):
        clause = clause[beside.end() :]
    two_years = _BOTH_YEARS.search(clause)
    written = clause.strip()
    if two_years:
        clause = clause[: two_years.start()] + clause[two_years.end() :]  # 行政许可今年和去年加起来119件
    if (pair := _PAIR.match(clause)) and len(cases := [c for c in walk.said if c.kind == "total"][-2:]) == 2:
        # 直接起诉5件，复议后起诉4件；前者维持3件，后者维持3件
        of = cases["前后".index(pair[1])].readings[0][0].removesuffix(".total")
        walk.carried = Words(object=of)
    bare = _AMONG_THEM.split(head)[-1]
    if walk.text[mention.end + len(tail) : mention.end + len(tail) + 1].isdigit():
        tail = _without_last_name(tail)  # 余下15件分属第三方权益5件: the name is of the 5
    walk.note_subject(head[: len(head) - len(bare if NOTHING.fullmatch(bare) else clause)])
    comparison = compared(clause, before, bool(walk.last) or walk.comes_from_last_year(), tail)
    if comparison and comparison.kind == "from" and _MADE_UP_OF.match(walk.text, mention.end):
        comparison, head, bare, clause = None, head.removesuffix("由"), "", ""  # 由19件举报类申请、6件重复申请构成
    if not comparison and walk.moving and head.startswith("、"):
        comparison = walk.moving._replace(subject=clause.lstrip("、"))
    walk.moving = comparison if comparison and comparison.leads else None
    if comparison:
        return in_comparison(walk, comparison, mention, clause)
    words = _named(walk, head, bare, clause, tail, mention, told_apart)
    words = without_what_is_of_others(walk, words, clause, mention)
    words = _in_or_out(walk, words, clause)
    if (words.kind == "column" or not words.readings) and (kinds := other_kinds(walk, bare, tail)):
        words = kinds
    if words.kind == "column" and THE_REST.search(bare) and (left := kinds_left(walk, words, tail)):
        words = left
    if not words.readings and head == clause and _THAT_YEAR.fullmatch(clause):
        words = _named_in_front(walk, _in_front_of(walk, mention, head))  # 全年没有制发规范性文件（上年为6件）
    # 不掌握5件；上年的7件里，自然人6件
    again = clause.removesuffix("的") if SOME_OF_THESE.match(tail) else clause
    same = not words.readings and _as_before(walk, again, mention)
    if same:
        words = same
    words = _of_cases(walk, words, clause, tail, mention, before)
    words = of_its_column(_for_a_reason(words, head[: len(head) - len(clause)]), before)
    both_years = two_years or (
        _TWO_YEARS_TOGETHER.search(before) and not years_in(clause) and not _ONE_YEAR.search(clause)
    )
    if words.readings and words.kind != "sum" and both_years:
        both = tuple((*each, *(f"{metric}.last_year" for metric in each)) for each in words.readings)
        words = Words(both, (), words.object, "sum")  # 近两年办结申请共344件
    if words.object == "fees" and not mention.unit and "万元" in clause:  # 行政事业性收费（万元）：893.76
        mention = mention._replace(value=mention.value * 10000, step=mention.step * 10000, unit="元")
    if (hundred := _PER_HUNDRED.search(clause)) and (claim := _of_a_hundred(walk, hundred["of"], tail, mention)):
        return claim, Words()
    if average := _A_MONTH.search(clause):
        return _average(walk, clause, average, tail, mention, before)
    words = only_what_is_meant(walk, words, head, clause, mention)
    own = words.kind == "sum" or OF_DISCLOSURE.fullmatch(clause)
    scope = (
        ""
        if own
        else scope_of(_within_the_year(before, walk.text[: walk.start], walk.year))
        or scope_of_other_cases(walk, words, mention)
    )
    if _LEFT_OUT.match(walk.text, mention.end):
        scope = "未计入"
    if (
        not words.readings
        or mention.unit not in _units_for(walk, words, clause)
        or scope in UNCHECKABLE_SCOPES
        or scope[:1] == "由"
    ):
        return Claim(mention, walk.spot, "none", scope=scope), words  # 由县自然资源局承办的有74件
    claim = Claim(
        mention, walk.spot, "value", words.readings, words.kind, _year(walk, words, clause, clause if told_apart and _OF_A_YEAR.match(clause) else before, bool(same)),
        scope, why=written,
    )  # fmt: skip
    return claim, words


def _named(walk: Walk, head: str, bare: str, clause: str, tail: str, mention: Mention, told_apart: bool) -> Words:
    """What the words around a number name: those behind it where none stand before it, else its clause, else the clause in
    front."""
    words, length = interpret_behind(bare, tail, walk.carried) if not told_apart else (Words(), 0)
    if words.readings:
        walk.taken = mention.end + length
    if _LEADS_NOTHING.fullmatch(bare) and not SOME_OF_THESE.match(tail) and (behind := _TELLS_BEHIND.match(tail)):
        # 其中18件依规办理答复，3件转下年: what stands behind a number without words of its own is of that number.
        walk.taken = max(walk.taken, mention.end + behind.end())
        if not words.readings:
            words = interpret("", tail, walk.carried)
    elif not words.readings:
        if not tokens_in(clause) and not walk.text[mention.end + len(tail) :][:1].isdigit():
            # 6件行政复议案件，4件行政诉讼案件: what is named behind a number is not said of the next one
            named = tokens_in(tail)[:1]
            if named and named[0].kind == "object" and not named[0].start:
                walk.taken = mention.end + len(tail)
        if _AMONG_WHICH.search(head) and (told := _TELLS_AT_LENGTH.match(walk.text, mention.end)):
            walk.taken = max(walk.taken, told.end())
        words = interpret(clause, tail, walk.carried)
    if not words.readings and not walk.said and (stage := _stage_of_the_papers_told(walk, clause)):
        words = stage
    if not words.readings and not walk.carried.object and not walk.elsewhere:
        alone = verb_alone(_PART_OF.sub("", clause) if "申请" in walk.spot.sentence else clause)
        words = alone if alone.readings else words
    if not words.readings and _REACHES.fullmatch(clause) and len(clause) < len(head):
        words = _named_in_front(walk, head[: len(head) - len(clause)])
    if not words.readings and not walk.said and _THAT_YEAR.fullmatch(clause) and len(clause) < len(head):
        words = _named_in_front(walk, head[: len(head) - len(clause)])  # 申请量变化不大，去年162件
    if not words.readings and _HANDED_IN.fullmatch(clause) and len(clause) < len(head):
        front = _named_in_front(walk, head[: len(head) - len(clause)])
        words = front if front.kind == "column" else words  # 社会公益组织从无到有，提交2件
    if not words.readings and _LEFT.fullmatch(clause) and walk.is_left_open():
        words = row_words(("carried_out",), "row")
    return words


def _in_or_out(walk: Walk, words: Words, clause: str) -> Words:
    """In the report of 2024, 2024年末结转10件 and 结转2025年10件 are carried out; 结转2024年 is what came over from the year before."""
    if words.rows[:1] == ("carried_in",) and walk.year and (years := years_in(clause)):
        place, in_year = years[-1]
        if in_year > walk.year or (in_year == walk.year and _YEAR_END.search(clause)):
            words = row_words(("carried_out",), "row")
        elif in_year == walk.year and not _CARRIED_INTO.search(clause[:place]):
            words = row_words(("carried_out", "carried_in"), "row")
    return words


def _of_cases(walk: Walk, words: Words, clause: str, tail: str, mention: Mention, before: str) -> Words:
    """Outcomes and totals in the sense of the cases, or of the bracket, that the sentence is about."""
    if words.rows == ("granted",) and _PARTLY_INCLUDED.search(walk.text[walk.start : mention.start]):
        words = interpret("予以公开和部分公开", "", walk.carried)
    if words.rows == ("otherwise_handled",) and walk.carried.object in CASES:
        words = case_words("other_outcome", walk.carried.object)  # 复议11件，其中作其他处理2件
    if (not words.readings or words.rows == ("carried_out",)) and (
        kinds := case_of_either(walk, clause, tail, words, before)
    ):
        words = kinds
    elif words.kind == "case":
        named = tokens_in(clause)[-2:]
        if [token.kind for token in named] == ["case", "object"]:
            walk.case = named[0].says  # 在审的行政复议1件、行政诉讼1件
        words = of_which_cases(walk, case_where_it_was(tail, words))
    elif words.kind == "total" and (case := case_behind(walk, words.object, mention)):
        words = case
    elif words.kind == "total" and walk.case and words.object in CASES:
        case = case_words(walk.case, words.object)
        words = case._replace(readings=(*case.readings, *words.readings))
    if walk.text[mention.start - 1 : mention.start] in ("）", ")") and (inside := walk.told_inside(mention)):
        words = inside  # 公开类答复（予以公开36件、部分公开13件）49件
    return words


def _of_a_hundred(walk: Walk, of: str, tail: str, mention: Mention) -> Claim | None:
    """每百件办结申请约有5.8件进入复议: a share in per cent."""
    done = next((token for token in tokens_in(of) if token.kind in ("verb", "outcome")), None)
    part = next((token.says for text in (of, tail) for token in tokens_in(text) if token.says in CASES), "")
    if not done or not part:
        return None
    whole = row_words(done.entry.means, "row").readings
    exact = mention._replace(bound="")  # 约 is said of what is rounded
    return Claim(exact, walk.spot, "share", ((f"{part}.total",),), "rate", walk.year, why=of, of=whole)


def _average(
    walk: Walk, clause: str, average: re.Match[str], tail: str, mention: Mention, before: str
) -> tuple[Claim, Words]:
    """月均收到申请15.4件; 新收185件，季均46.25件: the year's number by twelve or by four."""
    named = clause[: average.start()] + clause[average.end() :]
    words = interpret(named, tail, walk.carried) if named.strip("，, 约近为是") else Words()
    last, year = walk.said[-1] if walk.said else None, year_of(before, walk.year)
    if not words.readings and last and last.relation == "value":
        words = Words(last.readings, (), "", last.kind)
        year = walk.year - 1 if walk.year and re.search("上一?年|去年", named) else last.year
    if not words.readings or mention.unit not in CASE_UNITS | {"元"}:
        return Claim(mention, walk.spot, "none", scope="比率"), Words()
    return Claim(
        mention,
        walk.spot,
        "value",
        words.readings,
        words.kind,
        year,
        why=clause.strip(),
        per=IN_A_YEAR[average["by"] or average["each"] or average["so"]],
    ), Words()


def _for_a_reason(words: Words, head: str) -> Words:
    """保护第三方合法权益，对5件申请不予公开: of the leaf that the clause in front names, or of its whole group."""
    if words.kind != "row" or not words.rows or words.rows[0] not in OUTCOMES:
        return words
    named = [t.says for t in tokens_in(head) if t.kind == "leaf" and t.says.startswith(f"{words.rows[0]}.")]
    if not named:
        return words
    return words._replace(readings=((f"requests.{named[-1]}.total",), *words.readings), kind="leaf")


def _year(walk: Walk, words: Words, clause: str, before: str, same: bool) -> int | None:
    if (
        walk.year
        and words.kind == "stage"
        and _AT_THE_START.search(clause)
        and words.readings[0][0].endswith("in_force")
    ):
        return walk.year - 1  # 年初现行有效50件
    if walk.year and same and not years_in(clause) and re.search("上一?年|去年", clause):
        return walk.year - 1
    if words.rows[:1] in (("carried_in",), ("carried_out",)) or words.kind == "sum":
        return walk.year  # the year in 含2023年末未办结的4件 belongs to the phrase
    return year_of(_THE_CAUSE.sub("", before) if words.object in CASES else before, walk.year)


def _within_the_year(before: str, earlier: str, year: int | None) -> str:
    """2024年以来, 2024年，累计收到 in the report of 2024: what sounds like several years is this one. ``earlier`` are the sentences
    of the paragraph before."""
    before = before.replace(f"{year}年以来", "今年以来")
    this = earlier.replace(f"{year}年", "今年")
    if _THIS_YEAR.search(this) and not _SEVERAL_YEARS.search(this):
        before = before.replace("累计", "　　")
    named = [found.end() for found in _THIS_YEAR.finditer(before.replace(f"{year}年", "今年　　　"))]
    return before if not named else before[: named[-1]] + before[named[-1] :].replace("累计", "　　")


def _as_before(walk: Walk, clause: str, mention: Mention) -> Words | None:
    """The same figure of another time, the sum of what was listed, or a number that points back."""
    carried = walk.carried
    if _THAT_IS.fullmatch(clause) and walk.said and walk.said[-1].relation == "share" and walk.said[-1].readings:
        return Words(walk.said[-1].readings, (), carried.object, "row")  # 比例为55.6%，即45件
    last = walk.said[-1] if walk.said else None
    if last and last.readings and _REACHES.fullmatch(clause) and (last.relation == "change" or last.mention.bound):
        return Words(last.readings, (), carried.object, last.kind)
    if last and last.readings and last.relation == "change" and _SAME.fullmatch(clause):
        # 应办申请比上年多2件，上年为7件，本年为9件
        whole = last.kind == "row" and all(metric.endswith(".total") for (metric, *_) in last.readings)
        rows = tuple(reading[0].removeprefix("requests.").removesuffix(".total") for reading in last.readings)
        return Words(last.readings, rows if whole else (), carried.object, last.kind)
    if _TWO_YEARS.fullmatch(clause) and (both := sum_of_two_years(walk)):
        return both
    if _SUM.fullmatch(clause):
        return sum_of_listed(walk, mention, clause)
    if _SUM_OF_LAST_YEAR.fullmatch(clause):
        values = (one for one in reversed(walk.said) if one.relation == "value" and one.readings)
        told = next((one for one in values if len(one.readings[0]) > 1), None)
        return Words(told.readings, (), carried.object, told.kind) if told else None
    if _SAME_FIGURE_THEN.fullmatch(clause):
        told = next(reversed(walk.told_before()), None)
        return Words(told.readings, (), carried.object, told.kind) if told else None
    if OF_DISCLOSURE.fullmatch(clause) and carried.kind == "total":
        return carried
    if carried.kind == "stage" and _AT_THE_END.fullmatch(clause):
        return stage_words(("in_force",), carried.object)  # 年初50件，制发6件、废止4件，年末为52件
    if _POINTS_BACK.search(clause):
        earlier = next((c for c in walk.said if c.relation == "value" and c.mention.value == mention.value), None)
        return Words(earlier.readings, (), carried.object, earlier.kind) if earlier else None
    if not carried.readings or not clause.strip("，,；; ") or not _SAME.fullmatch(clause):
        return None
    if carried.kind in ("leaf", "column", "total", "case") and re.search("上一?年|去年", clause):
        return carried._replace(readings=(*carried.readings, *walk.wholes_of_a_list(walk.said[-1])))
    if walk.outside is not None and last and last.relation == "none":
        return None  # 需另行制作：7（上年6）: of a number that nobody could read
    if carried.kind == "group":
        return carried
    if carried.kind in ("leaf", "column") and walk.comes_from_last_year() and _NOW.search(clause):
        return carried  # 重复申请上年2件，今年也是2件
    if carried.rows:
        return Words(tuple((f"requests.{row}.total",) for row in carried.rows), carried.rows, "requests", "row")
    if carried.kind == "case" and not re.search("上一?年|去年", clause):
        return None
    return carried if carried.kind in ("total", "stage", "decisions", "case", "sum") else None


def _named_in_front(walk: Walk, earlier: str) -> Words:
    """公开为主，共74件; 许可数量上升，全年20318件: the clause in front has the name, and no number of its own."""
    clause = next((one for one in reversed(re.split("[，,；;。：:]", earlier)) if one.strip()), "")
    named = [token for token in tokens_in(clause) if token.kind != "rest"]
    return interpret(clause[: named[-1].end], "", walk.carried) if named else Words()


def _stage_of_the_papers_told(walk: Walk, clause: str) -> Words | None:
    """制发行政规范性文件6件。现行有效文件52件: of the kind of papers that the sentence before was of."""
    tokens = tokens_in(clause)
    told = walk.told_before()[-1:]
    if not told or told[0].kind != "stage" or [token.kind for token in tokens] != ["stage"]:
        return None
    if clause[tokens[0].end :] not in entry("joints", "papers").words or clause[: tokens[0].start].strip("，, "):
        return None
    return stage_words(tokens[0].entry.means, told[0].readings[0][0].split(".")[1])


def _in_front_of(walk: Walk, mention: Mention, head: str) -> str:
    """The words in front of the bracket that a number opens, where they have no number of their own."""
    opened = mention.start - len(head)
    if walk.text[opened - 1 : opened] not in ("（", "("):
        return ""
    begin = walk.said[-1].mention.end if walk.said else walk.start
    return walk.text[begin : opened - 1]


def _units_for(walk: Walk, words: Words, clause: str) -> frozenset[str]:
    """Measure words that may count what is said; loose ones only where applications are named, here or before."""
    named = any(token.kind == "object" and token.says == "requests" for token in tokens_in(clause))
    if words.object == "fees":
        return frozenset({"元"})
    loosely = any(c.mention.unit in _LOOSE_UNITS and c.readings for c in walk.said)
    if words.kind == "column":
        return CASE_UNITS | _PERSON_UNITS | (_LOOSE_UNITS if loosely else frozenset())
    if words.object == "requests" and (named or loosely or walk.of_requests):
        return CASE_UNITS | _LOOSE_UNITS
    if words.kind == "stage":
        return CASE_UNITS | _LOOSE_UNITS | {"篇"}
    if words.kind == "decisions" and "数量" in clause:
        return CASE_UNITS | _LOOSE_UNITS  # 行政处罚处理决定数量412条
    return CASE_UNITS | {"次"} if words.kind in ("total", "decisions") else CASE_UNITS


def _without_last_name(tail: str) -> str:
    last = next((token for token in reversed(tokens_in(tail)) if token.end == len(tail)), None)
    return tail[: last.start] if last else tail

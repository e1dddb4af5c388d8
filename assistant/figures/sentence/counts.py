"""One number of a sentence that counts something: by the words before it, behind it, or said before."""

from __future__ import annotations

import re

from assistant.figures.arithmetic import OUTCOMES
from assistant.figures.claims import Claim
from assistant.figures.comparisons import IN_A_YEAR, compared, scope_of, year_of
from assistant.figures.interpret import (
    CASES,
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
from assistant.figures.sentence.lists import kinds_left, of_its_column, other_kinds, sum_of_listed, sum_of_two_years
from assistant.figures.sentence.meant import only_what_is_meant, without_what_is_of_others
from assistant.figures.sentence.walk import CASE_UNITS, UNCHECKABLE_SCOPES, Walk
from assistant.language.sentences import clause_of, without_brackets
from assistant.lexicon import entry, phrase
from assistant.lexicon.match import Words, tokens_in

__all__ = ["count"]

_PERSON_UNITS = frozenset({"位", "名", "人", "家", "户", "个", "人次"})
_LOOSE_UNITS = frozenset({"条", "个", "封", "则"})


def count(walk: Walk, head: str, tail: str, mention: Mention, told_apart: bool) -> tuple[Claim, Words]:
    before = without_brackets(walk.text[walk.start : mention.start])
    clause = phrase("shares", "counted_of").sub("", clause_of(head))  # 自然人占140
    beside = phrase("sentences", "beside").match(clause)
    if beside and any(token.kind == "column" for token in tokens_in(clause[beside.end() :])):
        clause = clause[beside.end() :]
    two_years = phrase("sentences", "both_years").search(clause)
    written = clause.strip()
    if two_years:
        clause = clause[: two_years.start()] + clause[two_years.end() :]  # 行政许可今年和去年加起来119件
    if (pair := phrase("comparisons", "one_of_two").match(clause)) and len(
        cases := [c for c in walk.said if c.kind == "total"][-2:]
    ) == 2:
        # 直接起诉5件，复议后起诉4件；前者维持3件，后者维持3件
        of = cases["前后".index(pair[1])].readings[0][0].removesuffix(".total")
        walk.carried = Words(object=of)
    bare = phrase("sentences", "among_them").split(head)[-1]
    if walk.text[mention.end + len(tail) : mention.end + len(tail) + 1].isdigit():
        tail = _without_last_name(tail)  # 余下15件分属第三方权益5件: the name is of the 5
    walk.note_subject(head[: len(head) - len(bare if phrase("naming", "nothing").fullmatch(bare) else clause)])
    comparison = compared(clause, before, bool(walk.last) or walk.comes_from_last_year(), tail)
    if comparison and comparison.kind == "from" and phrase("sentences", "made_up_of").match(walk.text, mention.end):
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
    if (
        words.kind == "column"
        and phrase("sentences", "the_rest").search(bare)
        and (left := kinds_left(walk, words, tail))
    ):
        words = left
    if not words.readings and head == clause and phrase("sentences", "that_year").fullmatch(clause):
        words = _named_in_front(walk, _in_front_of(walk, mention, head))  # 全年没有制发规范性文件（上年为6件）
    # 不掌握5件；上年的7件里，自然人6件
    again = clause.removesuffix("的") if phrase("naming", "some_of_these").match(tail) else clause
    same = not words.readings and _as_before(walk, again, mention)
    if same:
        words = same
    words = _of_cases(walk, words, clause, tail, mention, before)
    words = of_its_column(_for_a_reason(words, head[: len(head) - len(clause)]), before)
    both_years = two_years or (
        phrase("sentences", "two_years_together").search(before)
        and not years_in(clause)
        and not phrase("sentences", "one_year").search(clause)
    )
    if words.readings and words.kind != "sum" and both_years:
        both = tuple((*each, *(f"{metric}.last_year" for metric in each)) for each in words.readings)
        words = Words(both, (), words.object, "sum")  # 近两年办结申请共344件
    if words.object == "fees" and not mention.unit and "万元" in clause:  # 行政事业性收费（万元）：893.76
        mention = mention._replace(value=mention.value * 10000, step=mention.step * 10000, unit="元")
    if (hundred := phrase("sentences", "per_hundred").search(clause)) and (
        claim := _of_a_hundred(walk, hundred["of"], tail, mention)
    ):
        return claim, Words()
    if average := phrase("sentences", "each_period").search(clause):
        return _average(walk, clause, average, tail, mention, before)
    words = only_what_is_meant(walk, words, head, clause, mention)
    own = words.kind == "sum" or phrase("sentences", "of_disclosure").fullmatch(clause)
    scope = (
        ""
        if own
        else scope_of(_within_the_year(before, walk.text[: walk.start], walk.year))
        or scope_of_other_cases(walk, words, mention)
    )
    if phrase("sentences", "left_out").match(walk.text, mention.end):
        scope = "未计入"
    if (
        not words.readings
        or mention.unit not in _units_for(walk, words, clause)
        or scope in UNCHECKABLE_SCOPES
        or scope[:1] == "由"
    ):
        return Claim(mention, walk.spot, "none", scope=scope), words  # 由县自然资源局承办的有74件
    claim = Claim(
        mention, walk.spot, "value", words.readings, words.kind, _year(walk, words, clause, clause if told_apart and phrase("sentences", "of_a_year").match(clause) else before, bool(same)),
        scope, why=written,
    )  # fmt: skip
    return claim, words


def _named(walk: Walk, head: str, bare: str, clause: str, tail: str, mention: Mention, told_apart: bool) -> Words:
    """What the words around a number name: those behind it where none stand before it, else its clause, else the clause in
    front."""
    words, length = interpret_behind(bare, tail, walk.carried) if not told_apart else (Words(), 0)
    if words.readings:
        walk.taken = mention.end + length
    if (
        phrase("sentences", "leads_nothing").fullmatch(bare)
        and not phrase("naming", "some_of_these").match(tail)
        and (behind := phrase("sentences", "tells_behind").match(tail))
    ):
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
        if phrase("sentences", "among_which").search(head) and (
            told := phrase("sentences", "tells_at_length").match(walk.text, mention.end)
        ):
            walk.taken = max(walk.taken, told.end())
        words = interpret(clause, tail, walk.carried)
    if not words.readings and not walk.said and (stage := _stage_of_the_papers_told(walk, clause)):
        words = stage
    if not words.readings and not walk.carried.object and not walk.elsewhere:
        alone = verb_alone(phrase("sentences", "part_of").sub("", clause) if "申请" in walk.spot.sentence else clause)
        words = alone if alone.readings else words
    if not words.readings and phrase("sentences", "reaches").fullmatch(clause) and len(clause) < len(head):
        words = _named_in_front(walk, head[: len(head) - len(clause)])
    if (
        not words.readings
        and not walk.said
        and phrase("sentences", "that_year").fullmatch(clause)
        and len(clause) < len(head)
    ):
        words = _named_in_front(walk, head[: len(head) - len(clause)])  # 申请量变化不大，去年162件
    if not words.readings and phrase("sentences", "handed_in").fullmatch(clause) and len(clause) < len(head):
        front = _named_in_front(walk, head[: len(head) - len(clause)])
        words = front if front.kind == "column" else words  # 社会公益组织从无到有，提交2件
    if not words.readings and phrase("sentences", "left").fullmatch(clause) and walk.is_left_open():
        words = row_words(("carried_out",), "row")
    return words


def _in_or_out(walk: Walk, words: Words, clause: str) -> Words:
    """In the report of 2024, 2024年末结转10件 and 结转2025年10件 are carried out; 结转2024年 is what came over from the year before."""
    if words.rows[:1] == ("carried_in",) and walk.year and (years := years_in(clause)):
        place, in_year = years[-1]
        if in_year > walk.year or (in_year == walk.year and phrase("sentences", "year_end").search(clause)):
            words = row_words(("carried_out",), "row")
        elif in_year == walk.year and not phrase("comparisons", "into").search(clause[:place]):
            words = row_words(("carried_out", "carried_in"), "row")
    return words


def _of_cases(walk: Walk, words: Words, clause: str, tail: str, mention: Mention, before: str) -> Words:
    """Outcomes and totals in the sense of the cases, or of the bracket, that the sentence is about."""
    if words.rows == ("granted",) and phrase("sentences", "partly_included").search(
        walk.text[walk.start : mention.start]
    ):
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
        year = walk.year - 1 if walk.year and phrase("years", "before").search(named) else last.year
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
        and phrase("sentences", "at_the_start").search(clause)
        and words.readings[0][0].endswith("in_force")
    ):
        return walk.year - 1  # 年初现行有效50件
    if walk.year and same and not years_in(clause) and phrase("years", "before").search(clause):
        return walk.year - 1
    if words.rows[:1] in (("carried_in",), ("carried_out",)) or words.kind == "sum":
        return walk.year  # the year in 含2023年末未办结的4件 belongs to the phrase
    return year_of(phrase("sentences", "the_cause").sub("", before) if words.object in CASES else before, walk.year)


def _within_the_year(before: str, earlier: str, year: int | None) -> str:
    """2024年以来, 2024年，累计收到 in the report of 2024: what sounds like several years is this one. ``earlier`` are the sentences
    of the paragraph before."""
    before = before.replace(f"{year}年以来", "今年以来")
    this = earlier.replace(f"{year}年", "今年")
    if phrase("sentences", "in_the_year").search(this) and not phrase("sentences", "several_years").search(this):
        before = before.replace("累计", "　　")
    named = [
        found.end() for found in phrase("sentences", "in_the_year").finditer(before.replace(f"{year}年", "今年　　　"))
    ]
    return before if not named else before[: named[-1]] + before[named[-1] :].replace("累计", "　　")


def _as_before(walk: Walk, clause: str, mention: Mention) -> Words | None:
    """The same figure of another time, the sum of what was listed, or a number that points back."""
    carried = walk.carried
    if (
        phrase("sentences", "that_is").fullmatch(clause)
        and walk.said
        and walk.said[-1].relation == "share"
        and walk.said[-1].readings
    ):
        return Words(walk.said[-1].readings, (), carried.object, "row")  # 比例为55.6%，即45件
    last = walk.said[-1] if walk.said else None
    if (
        last
        and last.readings
        and phrase("sentences", "reaches").fullmatch(clause)
        and (last.relation == "change" or last.mention.bound)
    ):
        return Words(last.readings, (), carried.object, last.kind)
    if last and last.readings and last.relation == "change" and phrase("sentences", "same").fullmatch(clause):
        # 应办申请比上年多2件，上年为7件，本年为9件
        whole = last.kind == "row" and all(metric.endswith(".total") for (metric, *_) in last.readings)
        rows = tuple(reading[0].removeprefix("requests.").removesuffix(".total") for reading in last.readings)
        return Words(last.readings, rows if whole else (), carried.object, last.kind)
    if phrase("sentences", "two_years").fullmatch(clause) and (both := sum_of_two_years(walk)):
        return both
    if phrase("sentences", "sum").fullmatch(clause):
        return sum_of_listed(walk, mention, clause)
    if phrase("sentences", "sum_of_last_year").fullmatch(clause):
        values = (one for one in reversed(walk.said) if one.relation == "value" and one.readings)
        told = next((one for one in values if len(one.readings[0]) > 1), None)
        return Words(told.readings, (), carried.object, told.kind) if told else None
    if phrase("sentences", "same_figure_then").fullmatch(clause):
        told = next(reversed(walk.told_before()), None)
        return Words(told.readings, (), carried.object, told.kind) if told else None
    if phrase("sentences", "of_disclosure").fullmatch(clause) and carried.kind == "total":
        return carried
    if carried.kind == "stage" and phrase("sentences", "at_the_end").fullmatch(clause):
        return stage_words(("in_force",), carried.object)  # 年初50件，制发6件、废止4件，年末为52件
    if phrase("sentences", "points_back").search(clause):
        earlier = next((c for c in walk.said if c.relation == "value" and c.mention.value == mention.value), None)
        return Words(earlier.readings, (), carried.object, earlier.kind) if earlier else None
    if not carried.readings or not clause.strip("，,；; ") or not phrase("sentences", "same").fullmatch(clause):
        return None
    if carried.kind in ("leaf", "column", "total", "case") and phrase("years", "before").search(clause):
        return carried._replace(readings=(*carried.readings, *walk.wholes_of_a_list(walk.said[-1])))
    if walk.outside is not None and last and last.relation == "none":
        return None  # 需另行制作：7（上年6）: of a number that nobody could read
    if carried.kind == "group":
        return carried
    if carried.kind in ("leaf", "column") and walk.comes_from_last_year() and phrase("years", "now").search(clause):
        return carried  # 重复申请上年2件，今年也是2件
    if carried.rows:
        return Words(tuple((f"requests.{row}.total",) for row in carried.rows), carried.rows, "requests", "row")
    if carried.kind == "case" and not phrase("years", "before").search(clause):
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

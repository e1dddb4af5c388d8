"""Numbers of a sentence that are listed: parts of a whole before them, sums of what was told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.figures.arithmetic import OUTCOMES
from assistant.figures.claims import Claim, total
from assistant.figures.comparisons import year_of
from assistant.figures.interpret import case_words, interpret, joined_to_last, object_words, row_words, stage_words
from assistant.figures.mentions import Mention
from assistant.figures.sentence.cases import of_which_cases
from assistant.figures.sentence.walk import CARRIED_IN, CASE_UNITS, CONCLUDED, RECEIVED, WORKLOAD, Walk
from assistant.form import APPLICANTS
from assistant.language.sentences import clause_of
from assistant.lexicon import phrase
from assistant.lexicon.match import Reading, Token, Words, tokens_in

__all__ = [
    "kinds_left",
    "of_each",
    "of_its_column",
    "of_several",
    "other_kinds",
    "parts_of_their_whole",
    "received_alone",
    "sum_of_listed",
    "sum_of_two_years",
    "wholes_of",
]

_ADDED_UP = ("row", "group", "leaf", "total", "column", "decisions")
_OF_EACH = ("column", "leaf", "row", "group", "total", "case")
_PAPERS = ("rules", "normative_documents")
_STAGES = ("issued", "repealed", "in_force")
_NUMERALS = "〇一二三四五六七八九"
_MOST_OUTCOMES = 4
_FEWEST_PARTS = 2
_EVERYBODY = ("requests.received", "requests.workload")


def parts_of_their_whole(walk: Walk) -> list[Claim]:
    """此类答复27件，自然人23件、企业3件、律所1件; 结转下年6件，涉及自然人5件、律所1件: kinds of applicants that add up to a number
    before them are parts of it before they are anything else."""
    said = walk.said
    first = next((n for n, claim in enumerate(said) if claim.kind == "column" and claim.relation == "value"), 0)
    last = first
    while last < len(said) and said[last].kind == "column" and said[last].relation == "value":
        last += 1
    counts = [claim for claim in said[:first] if not claim.mention.percent and claim.relation in ("value", "none")]
    whole = counts[-1] if counts else None
    while whole and last - first > _FEWEST_PARTS and total(said[first:last]) > whole.mention.value:
        last -= 1  # 897件中，自然人859件…其他2件，较上年的1047件减少150件
    if not whole or last - first < _FEWEST_PARTS or total(said[first:last]) != whole.mention.value:
        return said
    rows = [metric.removesuffix(".total") for (metric, *more) in whole.readings if not more and _is_row(metric)]
    if whole.kind not in ("row", "leaf", "none", "") or any(row in _EVERYBODY for row in rows):
        return said
    parts = [
        claim._replace(readings=tuple(tuple(f"{row}.{kind}" for kind in _kinds_of(claim)) for row in rows))
        if rows
        else claim._replace(relation="none", readings=(), kind="")
        for claim in said[first:last]
    ]
    return [*said[:first], *parts, *said[last:]]


def _kinds_of(claim: Claim) -> tuple[str, ...]:
    """The kinds of applicants that a number counts: of 其余2件由商业企业和社会公益组织提出 both."""
    return tuple(dict.fromkeys(metric.rpartition(".")[2] for metric in claim.readings[0]))


def of_each(walk: Walk, listed: str, claim: Claim) -> list[Claim]:
    """科研机构、公益组织和其他组织各1件: the number is said of each that is named."""
    if (
        claim.relation == "none"
        and (then := phrase("sentences", "in_that_year").search(listed))
        and claim.mention.unit in CASE_UNITS
    ):
        # 重复申请、公开出版物类申请，上年各2件
        year = year_of(walk.text[walk.start : claim.mention.start], walk.year)
        listed, claim = listed[: then.start()], claim._replace(relation="value", kind="leaf", year=year)
    if claim.relation not in ("value", "change") or claim.kind not in _OF_EACH:
        return []
    named = [token for token in tokens_in(listed) if token.says != "requests"]
    if len(named) < _FEWEST_PARTS:
        return []
    run = joined_to_last(listed, named)
    rest = Words(claim.readings, walk.carried.rows, walk.carried.object, claim.kind)
    case = walk.carried.readings[0][0].rpartition(".")[2] if walk.carried.kind == "case" else ""
    if claim.kind == "case" and run[-1].kind == "object":
        case = claim.readings[0][0].rpartition(".")[2]  # 复议、诉讼各有1件尚未审结
    before = walk.text[walk.start : claim.mention.start]
    each = [
        case_words(case, one.says)
        if case and one.kind == "object"
        else interpret(listed[one.start : one.end], "", rest if one.kind == "rest" else walk.carried)
        for one in run
    ]
    if len(run) < 2 or not all(one.readings and one.kind for one in each):
        return []
    each = [of_its_column(of_which_cases(walk, one) if one.kind == "case" else one, before) for one in each]
    return [claim._replace(readings=one.readings, kind=one.kind) for one in each]


def of_several(walk: Walk, lead: str, mention: Mention) -> list[Claim]:
    """规章的制发、废止各栏均填0; 无复议、诉讼，无处罚，上述各项均为0; …，该项为0件: a number of each name in front of it. ``lead`` are
    the words between the number before it and itself."""
    told = phrase("sentences", "so_are_all").search(lead)
    if not told or mention.unit not in CASE_UNITS:
        return []
    names = lead[: told.start()].rstrip("，,")
    if not told["all"]:
        names = clause_of(names)
    tokens = [token for token in tokens_in(names) if _stands_for_itself(names, token)]
    if told["one"] and not all(token.kind == "column" for token in tokens):
        tokens = tokens[-1:]
    year = year_of(walk.text[walk.start : mention.start], walk.year)
    claims = []
    of_stages = any(token.kind == "stage" for token in tokens)
    for at, token in enumerate(tokens):
        if token.says in _PAPERS and not of_stages and "各" in told[0]:
            each = [stage_words((stage,), token.says) for stage in _STAGES]  # 规章各项均为0
        else:
            each = [_named_alone(walk, names, tokens, at)]
        for words in each:
            if words.readings:
                words = of_its_column(words, walk.text[walk.start : mention.start])
                name = names[token.start : token.end]
                claims.append(Claim(mention, walk.spot, "value", words.readings, words.kind, year, why=name))
    return claims


def _stands_for_itself(names: str, token: Token) -> bool:
    """Whether a name is no part of a longer one: 行政许可事项 are no decisions, 终止办理 is no 办理."""
    return bool(phrase("sentences", "ends_a_name").match(names, token.end)) and not names[: token.start].endswith(
        ("终止", "不再")
    )


def _named_alone(walk: Walk, names: str, tokens: Sequence[Token], at: int) -> Words:
    """What one of several names in a row is the name of."""
    token = tokens[at]
    if token.kind == "leaf":
        return row_words((token.says,), "leaf")
    if token.kind == "stage":
        before = (one.says for one in reversed(tokens_in(names[: token.start])) if one.kind == "object")
        return stage_words(token.entry.means, next(before, walk.carried.object))
    if token.kind == "column":
        told = next((one for one in reversed(walk.said) if one.relation == "value"), None)
        rows = [metric for (metric, *more) in told.readings if not more and _is_row(metric)] if told else []
        return Words(tuple((re.sub("total$", token.says, row),) for row in rows), (), "requests", "column")
    if token.kind == "outcome" and any(one.kind == "leaf" for one in tokens[:at]):
        return Words()  # 以保护第三方合法权益为由不予公开的: the leaf is what is counted
    if token.kind in ("outcome", "verb"):
        of_requests = walk.carried.object == "requests" or "申请" in walk.spot.sentence
        return row_words(token.entry.means, "row") if of_requests else Words()
    if token.kind == "object" and token.says not in ("requests", *_PAPERS):
        return object_words(token.says, ())
    return Words()


def of_its_column(words: Words, before: str) -> Words:
    """对自然人申请予以公开65件，部分公开18件: outcomes that are told of one kind of applicant. Whether the ones behind still
    are is not said, so that either may be meant; 自然人申请办结6件 and 自然人申请中，…办结6件 are of that kind alone."""
    named = (
        [token for token in tokens_in(before) if token.kind == "column"]
        if phrase("sentences", "applicant").search(before)
        else ()
    )
    if not named or words.kind not in ("row", "leaf", "group"):
        return words
    joined = _joined_kinds(before, named)
    alone = bool(joined and phrase("sentences", "of_it_alone").fullmatch(before, named[-1].end))
    if words.rows[:1] == ("received",) and not (alone and "申请" in before[named[-1].end :]):
        return words
    if not alone and len({token.says for token in named}) > 1:
        return words
    own = tuple(
        tuple(re.sub(r"\.total$", f".{kind}", metric) for metric in reading for kind in kinds)
        for kinds in joined
        for reading in words.readings
        if all(metric.startswith("requests.") and metric.endswith(".total") for metric in reading)
    )
    frame = phrase("sentences", "frame").match(before)
    framed = own and frame and any(token.kind == "column" for token in tokens_in(frame[0]))
    return words._replace(readings=own if own and (framed or alone) else (*own, *words.readings))


def kinds_left(walk: Walk, words: Words, behind: str) -> Words | None:
    """新收154件里自然人135件，商业企业11件，余下8件由科研机构、社会组织等提出: of all kinds that were not named before."""
    listed = [token for token in tokens_in(behind) if token.kind == "column"]
    if not listed or not behind.startswith("等", listed[-1].end):
        return None
    told = {claim.readings[0][0].rpartition(".")[2] for claim in walk.said if claim.kind == "column"}
    left = [column.id for column in APPLICANTS if column.id != "total" and column.id not in told]
    rows = dict.fromkeys(metric.rpartition(".")[0] for reading in words.readings for metric in reading)
    organisations = [column for column in left if column != "natural_person"]  # of 组织类申请27件
    readings = tuple(
        tuple(f"{row}.{column}" for column in kinds) for row in rows for kinds in (left, organisations) if kinds
    )
    return words._replace(readings=tuple(dict.fromkeys(readings))) if told else None


def other_kinds(walk: Walk, lead: str, behind: str) -> Words | None:
    """自然人130件、企业21件、其他2件: behind a list of some kinds of applicants, all that it does not name, or the form's last."""
    named = phrase("sentences", "other_kinds").fullmatch(lead)
    if not named or not (named["who"] or not behind or behind[0] in "）)"):
        return None
    told: list[str] = []
    for claim in reversed(walk.said):
        if claim.mention.percent or "百分点" in claim.mention.unit:
            continue
        if claim.kind != "column" or claim.relation != "value" or claim.year != walk.said[-1].year:
            break
        told += [metric.rpartition(".")[2] for metric in claim.readings[0]]
    left = [column.id for column in APPLICANTS if column.id not in ("total", *told)]
    if not told or "legal_person" in told or not left:
        return None
    rows = tuple(dict.fromkeys(metric.rpartition(".")[0] for reading in walk.said[-1].readings for metric in reading))
    kinds = [left] if named["kinds"] or left[-1:] != ["other_organisation"] else [left, left[-1:]]
    readings = tuple(tuple(f"{row}.{kind}" for kind in each) for each in kinds for row in rows)
    return Words(readings, walk.carried.rows, walk.carried.object, "column")


def _joined_kinds(text: str, named: Sequence[Token]) -> tuple[tuple[str, ...], ...]:
    """自然人和商业企业申请办结7件: the last kind that is named, with those that are joined to it; none where all are."""
    run = joined_to_last(text, named)
    if phrase("sentences", "everybody_and").search(text[: run[0].start]) or {"natural_person", "legal_person"} <= {
        each.says for each in run
    }:
        return ()  # 公民、法人和其他组织申请
    return (
        (tuple(dict.fromkeys(each.says for each in run)),) if len(run) > 1 else tuple((k,) for k in run[0].entry.means)
    )


def received_alone(walk: Walk) -> list[Claim]:
    """收到30件，上年结转1件: what was carried in is told, so what was received is the new ones alone, unless it says that it
    holds both (含上年结转1件)."""
    for whole, new, old in zip(walk.said, walk.said[1:], walk.said[2:], strict=False):
        told = {one.readings[:1] for one in (new, old) if one.relation == "value"}
        if WORKLOAD in whole.readings and told == {(RECEIVED,), (CARRIED_IN,)}:
            # 应办3646件（新收3525件、上年结转121件）
            return [one._replace(readings=(WORKLOAD,)) if one is whole else one for one in walk.said]
    at = next(
        (n for n, claim in enumerate(walk.said) if claim.readings[:1] == (CARRIED_IN,) and claim.kind == "row"), None
    )
    if at is None:
        return walk.said
    lead = walk.text[walk.said[at - 1].mention.end if at else walk.start : walk.said[at].mention.start]
    if (
        at
        and phrase("sentences", "holds_carried_in").fullmatch(lead)
        and (readings := _with_carried_in(walk, walk.said[at - 1]))
    ):
        # 应办理185件，含上年结转6件: the number holds both
        held = walk.said[at - 1]
        held = held._replace(relation="value", kind="row", readings=readings, year=held.year or walk.year)
        return [*walk.said[: at - 1], held, *walk.said[at:]]
    if phrase("sentences", "may_hold").search(lead) or any(claim.readings == (RECEIVED,) for claim in walk.said):
        return walk.said  # 申请总量191件，其中新收185件，上年结转6件
    return [
        claim._replace(readings=(RECEIVED,))
        if claim.readings[:2] == (RECEIVED, WORKLOAD) and claim.kind == "row" and n != at + 1
        else claim
        for n, claim in enumerate(walk.said)
    ]


def _with_carried_in(walk: Walk, held: Claim) -> tuple[Reading, ...]:
    """What a number may be that is said to hold what was carried in; nothing where it may as well be of something else."""
    if held.relation not in ("value", "none") or held.mention.percent:
        return ()
    if held.readings[:1] in ((RECEIVED,), (WORKLOAD,)):
        return (WORKLOAD,) if held.readings != (RECEIVED,) else ()
    if held.readings[:1] == (CONCLUDED,) and held.kind == "row":
        # 规范答复申请151件（含上年结转13件）: of all that there were
        return tuple(dict.fromkeys((*held.readings, WORKLOAD)))
    named = "申请" in walk.text[walk.start : held.mention.start]
    return (WORKLOAD,) if not held.readings and held.mention.unit in CASE_UNITS and named else ()


def sum_of_listed(walk: Walk, mention: Mention, clause: str) -> Words | None:
    """新收640件加上年结转9件，合计649件: the last figures that make up the sum, else all that were listed."""
    run: list[Claim] = []
    for claim in reversed(walk.said):
        moved = claim.relation not in ("value", "none") or claim.mention.percent
        if moved or (claim.mention.start in walk.aside and claim.year != walk.year):
            continue  # 许可7963件（上年7879件，增长1.07%）、处罚162件（上年161件），合计8125件
        if claim.kind not in _ADDED_UP or claim.year != walk.year:
            break
        run.insert(0, claim)
    named = phrase("sentences", "so_many").search(clause)
    fewest = (
        _NUMERALS.index(named[0]) if named else _FEWEST_PARTS
    )  # 三类合计116件, and one of the three could not be read
    # 自然人158，组织27（企业12、其他15），合计185: what a bracket lists may be added up, or be parts of what is
    told = [claim for claim in run if claim.mention.start not in walk.aside]
    runs = [one for one in (told, run) if len(one) >= fewest]
    fitting = (one[at:] for one in runs for at in range(len(one) - 1) if total(one[at:]) == mention.value)
    listed = next(fitting, runs[0] if runs else None)
    if not listed:
        return None
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


def sum_of_two_years(walk: Walk) -> Words | None:
    """2024年收到185件，2023年收到162件，两年合计347件."""
    told = [claim for claim in walk.said if claim.relation == "value"][-2:]
    if len(told) < 2 or told[0].readings != told[1].readings or told[0].year == told[1].year:
        return None
    readings = tuple((*reading, *(f"{metric}.last_year" for metric in reading)) for reading in told[0].readings)
    return Words(readings, (), "", "sum")


def wholes_of(readings: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """What a share may be of where its words do not say."""
    family, _, rest = readings[0][0].partition(".")
    if family == "requests":
        return tuple((f"requests.{row}.total",) for row in ("concluded", "received", "workload"))
    return (
        ((f"{family}.{rest.rpartition('.')[0]}.total".replace("..", "."),),)
        if family in ("review", "litigation")
        else ()
    )


def _is_row(metric: str) -> bool:
    return metric.startswith("requests.") and metric.endswith(".total")

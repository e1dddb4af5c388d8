"""A1xx: wholes and parts inside the prose. Rates are in ``shares``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise

from assistant.figures.arithmetic import (
    OUTCOMES,
    Breakdown,
    OutcomeList,
    adds_up_otherwise,
    outcome_lists,
    single_parts,
    transposed_in,
)
from assistant.figures.book import label_of
from assistant.figures.claims import Claim, mark_of
from assistant.figures.compare import compare
from assistant.figures.counted import counted_kinds
from assistant.figures.dossier import Dossier
from assistant.figures.equations import equations_in
from assistant.figures.repeats import label_of as label_of_repeat
from assistant.figures.repeats import near_repeats_of, written_twice
from assistant.language.numerals import number, rounded
from assistant.language.prose import prose
from assistant.lexicon import phrase
from assistant.lexicon.data import load
from assistant.patterns import regex
from assistant.report import Mark
from assistant.rules.base import Hit, Severity, hit_at, hit_of, rule

# Parts that fall short by more than a fifth are rather a few of them than a slip.
FAR = Decimal("0.2")
_SHOWN = Decimal("0.0001")
_SHORTEST_NAME = 5  # of a number that is said to be the same as another
_MANY = 4
_STOP = regex("[。；;]|$")
_OUTCOME_KINDS = ("row", "group", "leaf")
_RELATION = {"sure": "应等于", "likely": "应等于", "near": "如已列全，应等于", "open": "不应超过"}


def code_of(found: Breakdown) -> str:
    """Which check a list of parts belongs to, by what its parts are."""
    if found.total_last:
        return "A111"
    if sum(part.kind in _OUTCOME_KINDS for part in found.parts) > len(found.parts) / 2:
        return "A103"
    if found.whole.mention.unit == "元" or ("费" in found.whole.spot.sentence and found.whole.spot.section == "other"):
        return "A106"
    places = sum(bool(phrase("shares", "place_end").search(label)) for label in found.labels)
    return "A105" if places > len(found.parts) / 2 else "A101"


def _wrong_sums(dossier: Dossier, code: str) -> Iterator[Hit]:
    for found in dossier.breakdowns:
        if code_of(found) == code:
            yield from _wrong_sum(found, dossier)


def _wrong_sum(found: Breakdown, dossier: Dossier) -> Iterator[Hit]:
    if not found.agrees:
        whole = found.whole.mention
        slip = _slip_of_digits(found)
        if found.few and not slip and not found.by_definition:
            return  # 其中 names some only
        beside = [claim for claim in dossier.claims if claim.spot.paragraph is found.whole.spot.paragraph]
        if not found.by_definition and adds_up_otherwise(found, beside):
            return
        told = [compare(claim, dossier) for claim in (found.whole, *found.parts) if claim.relation == "value"]
        as_in_table = len(told) > len(found.parts) and all(one.agrees for one in told)
        if as_in_table and not found.by_definition and found.total not in told[0].values:
            return  # 审结11件，其中维持7件、纠正2件: every number is the table's, and the rest is left out
        off = whole.value - found.total
        far = (off > max(whole.value * FAR, Decimal(2)) or -off > max(whole.value / 2, Decimal(2))) and not slip
        severity: Severity = "error" if found.exhaustive and not far and (found.stated_total or off < 0) else "warning"
        shown = "＋".join(number(part.mention.value) for part in found.parts)
        relation = _RELATION[found.closed]
        yield hit_of(
            found.whole,
            f"各部分 {shown} ＝ {number(found.total)}，{relation}{whole.text}{slip}",
            number(found.total),
            number(whole.value),
            anchor=f"{whole.text}|{shown}",
            severity=severity,
            marks=map(mark_of, (found.whole, *found.parts)),
        )


def _slip_of_digits(found: Breakdown) -> str:
    """The likely cause of a list that does not add up: two digits of the total or of one part changed places."""
    slip = transposed_in(found.whole.mention.value, [part.mention.value for part in found.parts])
    return f"。{number(slip[0])}可能是{number(slip[1])}的两位数字写颠倒了" if slip else ""


@rule("A101", "“共N，其中a、b、c”：之和＝N；“包括、主要”：之和≤N", severity="error", basis="文内算术")
def parts_add_up(dossier: Dossier) -> Iterator[Hit]:
    """“其中”“分别”列出的各部分相加应等于总数；“包括”“主要”“等”只要求不超过总数。没有“共”“总计”的总数，
    “其中”也可能只举一部分：相加少不到两成的作警告，少得更多的不报，总数和所列各数都与表相符的也不报。
    “包括”之后，或总数之后分几句写的各项，相加只差1或只差两位数字颠倒的，作警告。按结果、按地区部门、收费的列举见A103、A105、A106。
    紧接在一串名称后面的“3份”“2类”应等于名称的个数。

    依据：文内算术。
    违例：全年共制作119期，其中图解47期、视频70期。
    正例：全年共制作119期，其中图解47期、视频72期。
    """
    yield from _wrong_sums(dossier, "A101")
    for claim, names in dossier.counted:
        if claim.mention.value != names:
            written = claim.mention.text
            message = f"前面列出{names}个名称，写作“{written}”"
            value = number(claim.mention.value)
            yield hit_of(claim, message, str(names), value, anchor=f"names|{written}", severity="warning")
    for paragraph in prose(dossier.report):
        for found, stated, counts in counted_kinds(paragraph.text):
            if stated not in counts:
                right = " 或 ".join(map(str, counts))
                message = f"前面列出{right}个名称，写作“{found['count']}”"
                start, end = found.span("count")
                hit = hit_at(start, end, paragraph, message, right, found["count"])
                yield hit._replace(severity="warning")


@rule("A103", "按结果列举的件数之和＝总数", severity="error", basis="文内算术")
def outcomes_add_up(dossier: Dossier) -> Iterator[Hit]:
    """文中逐项列出的办理结果相加，应等于前面的办结总数，或连同结转下年等于收办总数。只列了一部分结果的，不应超过总数；
    某一结果之下列出的情形，应当是表中属于它的。

    依据：文内算术；格式表三 总计＝各办理结果之和。
    违例：办结23件，其中予以公开11件、部分公开3件、不予公开2件、无法提供5件、不予处理1件、其他处理2件。
    正例：同上，其他处理1件，合计23件。
    """
    told = set()
    for found in outcome_lists(dossier.claims):
        told |= {id(part) for part in found.parts}
        wholes = {whole.mention.value for whole in found.totals}
        wholes |= {found.workload} if found.workload is not None else set()
        if {found.total, found.total + found.rest, found.total + found.leaves} & wholes or _as_in_table(found, dossier):
            continue
        if found.total <= max(wholes) and not _complete(found, dossier) and not _said_to_be_all(found):
            continue
        whole = next((w for w in found.totals if w.readings[0][0] == "requests.concluded.total"), found.totals[0])
        shown = "＋".join(number(part.mention.value) for part in found.parts)
        yield hit_of(
            found.parts[0],
            f"各办理结果 {shown} ＝ {number(found.total)}，与“{whole.mention.text}”不符",
            number(found.total),
            number(whole.mention.value),
            anchor=f"{whole.mention.text}|{shown}",
            marks=map(mark_of, (whole, *found.parts)),
        )
    for balance in dossier.balances:
        if not balance.holds:
            received, carried_in, concluded, carried_out = (claim.mention.value for claim in balance)
            message = (
                f"收到{number(received)}＋上年结转{number(carried_in)} ＝ {number(received + carried_in)}，"
                f"办结{number(concluded)}＋结转下年{number(carried_out)} ＝ {number(concluded + carried_out)}，应相等"
            )
            taken, left = number(received + carried_in), number(concluded + carried_out)
            yield hit_of(balance.concluded, message, taken, left, anchor="balance", marks=map(mark_of, balance))
    for whole, part in _strangers(dossier):
        group, leaf = (label_of(claim.readings[0][0]).removesuffix("（总计）") for claim in (whole, part))
        message = f"文中把“{leaf}”列在“{group}”之下，表中它不属于这一项"
        marks = map(mark_of, (whole, part))
        yield hit_of(
            part, message, _group_label(part), group, anchor=f"{group}|{leaf}", severity="warning", marks=marks
        )
    for breakdown in dossier.breakdowns:
        listed = told & {id(part) for part in breakdown.parts}
        if code_of(breakdown) == "A103" and (breakdown.by_definition or not listed):
            yield from _wrong_sum(breakdown, dossier)


def _strangers(dossier: Dossier) -> Iterator[tuple[Claim, Claim]]:
    """(outcome, leaf) where a leaf is told as one of an outcome that it does not belong to: 其他处理13件，包括重复申请2件."""
    told = [(found.whole, part) for found in dossier.breakdowns for part in found.parts]
    for whole, part in (*told, *single_parts(dossier.claims)):
        if whole.kind == "row" and part.kind == "leaf" and len(whole.readings[0]) == 1:
            group = whole.readings[0][0].removeprefix("requests.").removesuffix(".total")
            leaves = {metric.split(".")[1] for reading in part.readings for metric in reading}
            if group in OUTCOMES and group not in leaves:
                yield whole, part


def _group_label(part: Claim) -> str:
    group = part.readings[0][0].split(".")[1]
    return label_of(f"requests.{group}.total").removesuffix("（总计）")


def _as_in_table(found: OutcomeList, dossier: Dossier) -> bool:
    """收到188件 is of the new ones alone, what was carried in is left out: then the table has the sum."""
    concluded, workload = (dossier.book.value(f"requests.{row}.total") for row in ("concluded", "workload"))
    return found.total == concluded or found.total + found.rest == workload


def _said_to_be_all(found: OutcomeList) -> bool:
    """办结的184件包括予以公开74件、部分公开18件、不予公开21件和其他处理13件: so many, and 和 before the last, are all."""
    text = found.parts[0].spot.paragraph.text
    opening = text[found.totals[0].mention.end : found.parts[0].mention.start]
    gaps = [text[one.mention.end : other.mention.start] for one, other in pairwise(found.parts)]
    ending = text[found.parts[-1].mention.end :]
    return (
        len(found.parts) >= _MANY
        and bool(phrase("shares", "opens_all").search(opening))
        and bool(phrase("shares", "last_of_all").match(gaps[-1]))
        and not any(phrase("shares", "last_of_all").match(gap) for gap in gaps[:-1])
        and bool(_STOP.match(ending))
    )


def _complete(found: OutcomeList, dossier: Dossier) -> bool:
    """Whether a list names every outcome that there was; a leaf alone does not name its group."""
    happened = [row for row in OUTCOMES if dossier.book.value(f"requests.{row}.total") != 0]
    return all(row in found.covered for row in happened)


@rule("A111", "先列后合计：各项之和＝合计", severity="error", basis="文内算术")
def totals_behind_their_parts(dossier: Dossier) -> Iterator[Hit]:
    """先逐项列出、后写“合计”“共”的，各项相加应等于合计；写成算式的（185＋6＝184＋7），两边应相等；“平均每期”多少，
    应等于句中的总数除以期数，“月均”“季均”应等于全年的数除以12、4。

    依据：文内算术。
    违例：四个季度分别公开信息520条、548条、551条、545条，合计2154条。
    正例：四个季度分别公开信息520条、548条、551条、545条，合计2164条。
    """
    yield from _wrong_sums(dossier, "A111")
    for average in dossier.averages:
        if not average.holds:
            told, total = average.told.mention, average.total.mention
            worked_out = f"{number(total.value)}÷{number(average.count)} ＝ {number(average.true)}"
            message = f"文中平均“{told.text}”，按句中的两数：{worked_out}"
            marks = (mark_of(one) for one in (average.total, average.counted, average.told) if one)
            written = number(told.value)
            yield hit_of(average.told, message, number(average.true), written, anchor=worked_out, marks=marks)
    for paragraph in prose(dossier.report):
        for found in equations_in(paragraph.text):
            if not found.holds:
                left = number(rounded(found.values[0], _SHOWN))
                message = f"文中算式“{found.text}”两边不等：左边是{left}"
                mark = Mark("", paragraph.paragraph, found.start, found.end)
                yield Hit(paragraph.where, message, left, found.text, found.text, anchor=found.text, marks=(mark,))


@rule("A105", "分地区、分部门之和＝总", severity="error", basis="文内算术")
def places_add_up(dossier: Dossier) -> Iterator[Hit]:
    """按地区、部门列出的件数相加应等于总数；“包括”“主要”列出的不应超过总数。

    依据：文内算术。
    违例：全县收到网民来信40件，其中城关镇12件、河口镇18件、县教育局9件。
    正例：全县收到网民来信40件，其中城关镇12件、河口镇18件、县教育局10件。
    """
    yield from _wrong_sums(dossier, "A105")


@rule("A106", "收费明细、件数之和＝总额、总件数", severity="error", basis="文内算术；国办函〔2020〕109号")
def fees_add_up(dossier: Dossier) -> Iterator[Hit]:
    """信息处理费等收费的明细金额、件数相加应等于总额、总件数。

    依据：文内算术；国办函〔2020〕109号要求如实报告信息处理费。
    违例：共收取信息处理费300元，其中县公安局180元、县住建局110元。
    正例：共收取信息处理费300元，其中县公安局180元、县住建局120元。
    """
    yield from _wrong_sums(dossier, "A106")


@rule("A104", "同一指标在多处数值一致", severity="error", basis="文内一致")
def said_the_same_everywhere(dossier: Dossier) -> Iterator[Hit]:
    """同一个数在文中几处出现，应当一样；口径不同（新收与新收＋上年结转）而都与表相符的除外；
    表中没有的数，名称完全相同而数不同的，作警告；换一个单位重写的（893.76万元，约合0.089亿元），应是同一个数。

    依据：文内一致。
    违例：总体情况写“受理申请97件”，第三部分写“受理申请96件”。
    正例：两处都写97件。
    """
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in dossier.claims:
        told = claim.relation == "value" and claim.per == 1 and not claim.scope and not claim.mention.bound
        if told and not _is_some(claim, dossier):
            groups.setdefault((claim.readings[0], claim.year), []).append(claim)
    for (reading, year), claims in groups.items():
        values = {claim.mention.value for claim in claims}
        if len(values) < 2 or all(compare(claim, dossier).agrees for claim in claims):
            continue
        assert isinstance(reading, tuple)
        name = "＋".join(label_of(metric).removesuffix("（总计）") for metric in reading)
        said = "；".join(f"{claim.spot.where}为{claim.mention.text}" for claim in claims)
        message, actual = f"{name}在文中几处不一致：{said}", "、".join(map(number, sorted(values)))
        anchor, marks = f"{reading}{year}", map(mark_of, claims)
        yield hit_of(claims[0], message, "各处一致", actual, anchor=anchor, marks=marks)
    yield from _unlike_repeats(dossier)
    for first, second in written_twice(dossier.claims):
        one, other = first.mention, second.mention
        if abs(one.value - other.value) >= max(one.step, other.step):
            message = f"“{one.text}”又写作“{other.text}”，两个数不等"
            marks = map(mark_of, (first, second))
            yield hit_of(second, message, one.text, other.text, anchor=f"{one.text}|{other.text}", marks=marks)


def _is_some(claim: Claim, dossier: Dossier) -> bool:
    """办结的3521件中，法定期限内答复3298件，延期答复223件: a part by its list, whatever its words say."""
    some = id(claim) in dossier.parts or id(claim) in dossier.lists_by_whole
    return some and not compare(claim, dossier).checked


@cache
def _terms() -> frozenset[str]:
    """Terms of the trade that name no thing: 依申请公开371件 and 转为依申请公开8件 are of different things."""
    return frozenset(term["words"] for term in load("slips")["term"])


def _unlike_repeats(dossier: Dossier) -> Iterator[Hit]:
    for first, second in dossier.repeats:
        name = label_of_repeat(first)
        if first.mention.value != second.mention.value and len(name) >= _SHORTEST_NAME and name not in _terms():
            yield _unlike(name, first, second, "")
    for first, second in near_repeats_of(dossier.claims):
        if label_of_repeat(first) != label_of_repeat(second):
            yield _unlike(label_of_repeat(first), first, second, f"“{label_of_repeat(second)}”")


def _unlike(name: str, first: Claim, second: Claim, called: str) -> Hit:
    """A finding on a number that is told again otherwise; ``called`` is its second name in quotes, if it has one."""
    before, here = first.mention, second.mention
    return hit_of(
        second,
        f"“{name}”前文为{before.text}（{first.spot.where}），此处{called}为{here.text}，请核对是否同一口径",
        "各处一致",
        f"{number(before.value)}、{number(here.value)}",
        anchor=f"{before.text}|{here.text}",
        severity="warning",
        marks=map(mark_of, (first, second)),
    )


@rule("A109", "同一范围内部分大于整体", severity="warning", basis="文内算术")
def no_part_exceeds_its_whole(dossier: Dossier) -> Iterator[Hit]:
    """“其中”只举出一项的，这一项不应大于前面的总数。

    依据：文内算术。
    违例：全年发布解读40条，其中图解45条。
    正例：全年发布解读40条，其中图解35条。
    """
    listed = {id(part) for found in dossier.breakdowns for part in found.parts}
    for whole, part in single_parts(dossier.claims):
        if part.mention.value <= whole.mention.value or id(part) in listed or whole.mention.bound in ("over", "about"):
            continue
        yield hit_of(
            part,
            f"“其中”的{part.mention.text}大于前面的{whole.mention.text}",
            f"不超过{number(whole.mention.value)}",
            number(part.mention.value),
            anchor=f"{whole.mention.text}|{part.mention.text}",
            marks=map(mark_of, (whole, part)),
        )

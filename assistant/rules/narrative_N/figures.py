"""N1xx: the figures of the prose against the tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.figures.book import label_of, place_of
from assistant.figures.claims import Claim
from assistant.figures.compare import Comparison, compare
from assistant.figures.diagnosis import story_of
from assistant.figures.dossier import Dossier
from assistant.figures.near_misses import near_misses
from assistant.language.numerals import number
from assistant.lexicon.match import Reading
from assistant.rules.base import Hit, Severity, hit_of, rule

_ROW_CODES = {
    "received": "N101",
    "workload": "N101",
    "carried_in": "N102",
    "carried_out": "N103",
    "concluded": "N104",
    "granted": "N105",
}
_KIND_CODES = {
    "column": "N108",
    "leaf": "N106",
    "total": "N109",
    "case": "N110",
    "stage": "N113",
    "decisions": "N115",
}
_SUM_CODES = {"requests": "N107", "review": "N109", "litigation": "N109", "disclosure": "N113"}


def code_of(claim: Claim) -> str:
    """Which check a claim belongs to; empty for claims that no check here compares."""
    if claim.relation != "value":
        return ""
    if claim.kind == "group":
        rows = {metric.split(".")[1] for metric in claim.readings[0]}
        return "N105" if rows == {"granted", "partly_granted"} else "N107"
    if claim.kind == "row":
        row = claim.readings[0][0].removeprefix("requests.").rpartition(".")[0]
        return _ROW_CODES.get(row, "N106")
    if claim.kind == "sum":
        return _SUM_CODES.get(claim.readings[0][0].partition(".")[0], "")
    return _KIND_CODES.get(claim.kind, "")


def _disagreements(dossier: Dossier, code: str, *, zeros: bool = True) -> Iterator[Hit]:
    """Without ``zeros``, nothing is said of this year's table where it has 0: that is the matter of another check."""
    for claim in (*dossier.claims, *dossier.denials):
        if code_of(claim) != code:
            continue
        comparison = compare(claim, dossier)
        told_of = zeros or claim.year != dossier.report.year or any(comparison.values)
        if comparison.checked and not comparison.agrees and told_of:
            yield _hit(claim, comparison, dossier)


def _hit(claim: Claim, comparison: Comparison, dossier: Dossier) -> Hit:
    expected = " 或 ".join(dict.fromkeys(number(value) for value in comparison.values))
    figures = "；".join(_looked_up(reading, value, dossier) for reading, value in comparison.read)
    this_year = claim.year == dossier.report.year
    origin = story_of(claim.mention.value, claim.readings, dossier.book) if this_year else ""
    message = f"文中“{claim.why.lstrip('，, 、；;')}{claim.mention.text}”，{figures}"
    if comparison.scope:
        message += f"。文中口径为“{comparison.scope}”，与全表口径可能不同，请核对并写明"
    elif origin:
        message += f"。{number(claim.mention.value)}可能是{origin}"
    severity: Severity | None = "warning" if comparison.scope else None
    anchor = "|".join(claim.readings[0])
    return hit_of(claim, message, expected, number(claim.mention.value), anchor=anchor, severity=severity)


def _looked_up(reading: Reading, value: Decimal, dossier: Dossier) -> str:
    """A reading with the figures that a person can look up: 不予公开7 ＋ 无法提供32 ＝ 39."""
    if len(reading) == 1:
        return f"{place_of(reading[0])}（{label_of(reading[0]).removesuffix('（总计）')}）为{number(value)}"
    parts = (f"{label_of(m).removesuffix('（总计）')}{number(dossier.book.value(m))}" for m in reading)
    return f"{' ＋ '.join(parts)} ＝ {number(value)}"


@rule("N101", "新收、收到、受理的件数与表三一致", severity="error", basis="文表一致", needs=("requests",))
def received_in_prose(dossier: Dossier) -> Iterator[Hit]:
    """文中收到、受理的件数应等于表三新收，或新收＋上年结转；用后一口径时提示，便于统一。写明“区政府办”“备案”等范围的，
    可能与全表口径不同，作警告。

    依据：文表一致；真实报告中两种口径都有。
    违例：表三新收97，文中“受理申请96件”。
    正例：表三新收97、上年结转5，文中“收到申请97件”或“收办申请102件”。
    """
    yield from _disagreements(dossier, "N101")
    for claim in dossier.claims:
        if code_of(claim) != "N101" or claim.readings[0] != ("requests.received.total",):
            continue
        comparison = compare(claim, dossier)
        received = dict(comparison.read).get(claim.readings[0])
        if comparison.agrees and comparison.agreeing[0] != claim.readings[0] and received is not None:
            message = f"“{claim.mention.text}”是新收＋上年结转的口径，表三新收为{number(received)}，宜写明"
            written = number(claim.mention.value)
            yield hit_of(claim, message, number(received), written, anchor="workload", severity="info")


@rule("N102", "上年结转的件数与表三一致", severity="error", basis="文表一致", needs=("requests",))
def carried_in_in_prose(dossier: Dossier) -> Iterator[Hit]:
    """文中“上年结转”的件数应等于表三第二行总计。

    依据：文表一致。
    违例：表三上年结转5，文中“上年结转4件”。
    正例：表三上年结转5，文中“上年结转5件”。
    """
    yield from _disagreements(dossier, "N102")


@rule("N103", "结转下年的件数与表三一致", severity="error", basis="文表一致", needs=("requests",))
def carried_out_in_prose(dossier: Dossier) -> Iterator[Hit]:
    """文中“结转下年”“顺延至下年”的件数应等于表三第四行总计。

    依据：文表一致。
    违例：表三结转下年2，文中“结转下年度继续办理3件”。
    正例：表三结转下年2，文中“结转下年度继续办理2件”。
    """
    yield from _disagreements(dossier, "N103")


@rule("N104", "办结、答复的件数与表三一致", severity="error", basis="文表一致", needs=("requests",))
def concluded_in_prose(dossier: Dossier) -> Iterator[Hit]:
    """文中“办结”“答复”的件数应等于表三（七）总计；“办理”也可能指收到的全部申请。

    依据：文表一致。
    违例：表三总计95，文中“办结94件”。
    正例：表三总计95，文中“办结95件”。
    """
    yield from _disagreements(dossier, "N104")


@rule("N105", "予以公开（及部分公开）的件数与表三一致", severity="error", basis="文表一致", needs=("requests",))
def granted_in_prose(dossier: Dossier) -> Iterator[Hit]:
    """文中“予以公开”应等于（一），“予以公开及部分公开”应等于（一）（二）之和。

    依据：文表一致。
    违例：予以公开41、部分公开7，文中“予以公开及部分公开45件”。
    正例：同上，文中“予以公开及部分公开48件”。
    """
    yield from _disagreements(dossier, "N105")


@rule(
    "N106",
    "部分公开、不予公开、无法提供、不予处理、其他处理与表三一致",
    severity="error",
    basis="文表一致",
    needs=("requests",),
)
def outcomes_in_prose(dossier: Dossier) -> Iterator[Hit]:
    """文中各办理结果的件数应等于表三的行或其小计，含各小项。

    依据：文表一致。
    违例：不予公开各小项合计7，文中“不予公开8件”。
    正例：不予公开各小项合计7，文中“不予公开7件”。
    """
    yield from _disagreements(dossier, "N106")


@rule("N107", "合并口径（“不予公开或无法提供”）等于各组之和", severity="error", basis="文表一致", needs=("requests",))
def groups_in_prose(dossier: Dossier) -> Iterator[Hit]:
    """用“或”“及”“和”合并的办理结果，应等于各组小计之和；不符时给出最可能的来历。

    依据：文表一致。
    违例：不予公开7、无法提供32，文中“不予公开或无法提供54件”。
    正例：同上，文中“不予公开或无法提供39件”。
    """
    yield from _disagreements(dossier, "N107")


@rule("N108", "自然人、法人等申请人的件数与表三的列一致", severity="error", basis="文表一致", needs=("requests",))
def applicants_in_prose(dossier: Dossier) -> Iterator[Hit]:
    """文中各类申请人的件数应等于表三对应列，行随前文（新收，或新收＋上年结转）。

    依据：文表一致。
    违例：新收自然人97，文中“其中自然人申请79件”。
    正例：新收自然人97，文中“其中自然人申请97件”。
    """
    yield from _disagreements(dossier, "N108")


@rule("N109", "行政复议、行政诉讼的件数与表四一致", severity="error", basis="文表一致", needs=("review",))
def cases_in_prose(dossier: Dossier) -> Iterator[Hit]:
    """文中复议件数应等于表四复议总计，诉讼件数应等于两类诉讼之和；写明备案等另一口径的作警告。

    依据：文表一致。
    违例：表四复议15，文中“行政复议14件”。
    正例：表四直接起诉6、复议后起诉3，文中“行政诉讼9件”。
    """
    yield from _disagreements(dossier, "N109", zeros=False)  # T405 tells of cases in prose that the table has not


@rule("N110", "复议、诉讼的分项与表四一致", severity="error", basis="文表一致", needs=("review",))
def case_outcomes_in_prose(dossier: Dossier) -> Iterator[Hit]:
    """文中维持、纠正、其他结果、尚未审结的件数应等于表四对应格，诉讼为两类之和。

    依据：文表一致。
    违例：表四复议维持9，文中“行政复议15件，其中维持8件”。
    正例：表四复议维持9，文中“行政复议15件，其中维持9件”。
    """
    yield from _disagreements(dossier, "N110")


@rule(
    "N113",
    "规章、规范性文件的制发、废止、有效件数与表二一致",
    severity="error",
    basis="文表一致",
    needs=("disclosure",),
)
def documents_in_prose(dossier: Dossier) -> Iterator[Hit]:
    """文中制发、废止、现行有效的规章和规范性文件件数应等于表二。“政策性文件”“文件”是更宽的口径，不比较；
    写明以某级政府名义或某部门制发的，口径更窄，作警告。

    依据：文表一致。
    违例：表二制发35，文中“制发行政规范性文件34件”。
    正例：表二制发35，文中“制发行政规范性文件35件”。
    """
    yield from _disagreements(dossier, "N113")


@rule("N115", "许可、处罚、强制、收费与表二一致", severity="error", basis="文表一致", needs=("disclosure",))
def decisions_in_prose(dossier: Dossier) -> Iterator[Hit]:
    """文中行政许可、行政处罚、行政强制的件数和行政事业性收费金额应等于表二；表二为0而文中有数的见T206。

    依据：文表一致。
    违例：表二行政处罚2837，文中“作出行政处罚2873件”。
    正例：表二行政处罚2837，文中“作出行政处罚2837件”。
    """
    yield from _disagreements(dossier, "N115", zeros=False)


@rule("N117", "没有认出口径的数与表中同一事项的数只差一", severity="warning", basis="文表一致")
def near_misses_in_prose(dossier: Dossier) -> Iterator[Hit]:
    """没有认出说的是哪一格的数，与表中同一事项（行政许可、行政处罚、规范性文件、申请、复议、诉讼等）的数只差一，或有相邻两位
    数字颠倒的，多半本是同一个数，请核对。不足10的数不查：小的数常常碰巧相近。

    依据：文表一致。
    违例：表二行政许可5120，文中“通过信用平台公示行政许可信息5121条”。
    正例：同上，文中“通过信用平台公示行政许可信息5120条”或“……4900条”。
    """
    for claim, metric, value in near_misses(dossier):
        slip = "只差一" if abs(claim.mention.value - value) == 1 else "只是相邻两位数字颠倒"
        message = f"“{claim.mention.text}”没有认出说的是哪个数，与{_looked_up((metric,), value, dossier)}{slip}，请核对是否同一个数"
        yield hit_of(claim, message, number(value), number(claim.mention.value), anchor=f"near|{metric}")

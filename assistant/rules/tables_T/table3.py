"""T3xx: table 3, 收到和处理政府信息公开申请情况."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.figures.dossier import Dossier
from assistant.form import APPLICANTS, Metric, all_metrics
from assistant.language.numerals import number
from assistant.language.polarity import statements
from assistant.lexicon import phrase
from assistant.lexicon.match import tokens_in
from assistant.rules.base import Hit, hit_in, hit_of, matches_in, rule
from assistant.rules.tables_T.cells import added, blank, hit_on_blank, not_read, not_whole, wrong_sum

FORM = "格式表三勾稽关系"
# A third of the cases left over is unusual with a limit of 20 working days (条例第33条).
LARGEST_USUAL_BACKLOG = Decimal("0.3")
_MAIN = ("received", "carried_in", "concluded", "carried_out")


def _outcomes(dossier: Dossier) -> list[str]:
    """Rows between 上年结转 and 总计 as the report has them, the single 其他处理 row included."""
    read = dossier.report.table("requests")
    assert read is not None
    return [row for row in read.rows if row not in _MAIN]


def _cell(row: str, column: str = "total") -> Metric:
    return all_metrics()[f"requests.{row}.{column}"]


@rule("T301", "收支平衡：每列 新收＋上年结转＝办理总计＋结转下年", severity="error", basis=FORM, needs=("requests",))
def received_equals_concluded(dossier: Dossier) -> Iterator[Hit]:
    """收进来的申请要么办结，要么结转下年，逐列相等。这是格式写明的勾稽关系，也是最常被查的一条。

    依据：格式表三“第一项加第二项之和，等于第三项加第四项之和”。
    违例：新收97、上年结转0、总计95、结转下年3。
    正例：新收97、上年结转0、总计95、结转下年2。
    """
    for column in APPLICANTS:
        received, carried_in, concluded, carried_out = (
            dossier.report.value(f"requests.{row}.{column.id}") for row in _MAIN
        )
        if concluded is None or (received is None and carried_in is None):
            continue
        if not_read(dossier, [f"requests.{row}.{column.id}" for row in _MAIN]):
            continue
        taken = added(dossier, [f"requests.{row}.{column.id}" for row in ("received", "carried_in")])
        expected = taken.value - concluded
        if expected == (carried_out or Decimal(0)):
            continue
        sides = f"{number(received)}＋{number(carried_in)}－{number(concluded)}"
        yield hit_in(
            _cell("carried_out", column.id),
            f"应为{number(expected)}（{sides}），实为{number(carried_out)}",
            number(expected),
            number(carried_out),
            severity="warning" if carried_out is None or taken.blanks else None,
        )


@rule("T302", "每列 办理总计＝各办理结果之和", severity="error", basis=FORM, needs=("requests",))
def outcomes_add_up(dossier: Dossier) -> Iterator[Hit]:
    """（七）总计是（一）至（六）各行之和，逐列相等。

    依据：格式表三第三项。
    违例：各办理结果合计94，总计填95。
    正例：各办理结果合计95，总计填95。
    """
    rows = _outcomes(dossier)
    if dossier.report.unread("requests"):  # a row that was not recognised has its figures too
        rows += [row.id for row in dossier.edition.table("requests").rows if row.id not in (*rows, *_MAIN)]
    for column in APPLICANTS:
        parts = [f"requests.{row}.{column.id}" for row in rows]
        message = "各办理结果合计{sum}，总计为{total}，相差{gap}"
        yield from wrong_sum(dossier, f"requests.concluded.{column.id}", parts, message)


@rule("T303", "每行 总计＝前六列之和", severity="error", basis=FORM, needs=("requests",))
def rows_add_up(dossier: Dossier) -> Iterator[Hit]:
    """每一行的总计是自然人和五类法人或其他组织之和。

    依据：格式表三的列。
    违例：自然人41、其余0，总计填42。
    正例：自然人41、其余0，总计填41。
    """
    read = dossier.report.table("requests")
    assert read is not None
    for row in read.rows:
        parts = [f"requests.{row}.{column.id}" for column in APPLICANTS if column.id != "total"]
        yield from wrong_sum(dossier, f"requests.{row}.total", parts, "前六列合计{sum}，总计为{total}")


@rule("T304", "非负整数", severity="error", needs=("requests",))
def counts_are_whole(dossier: Dossier) -> Iterator[Hit]:
    """申请按件计，只能是零或正整数。

    依据：表三填报常识。
    违例：－1；2.5。
    正例：0；2。
    """
    yield from not_whole(dossier, "requests")


@rule("T305", "空白、“/”；总计列空白", severity="warning", needs=("requests",))
def no_blank_cells(dossier: Dossier) -> Iterator[Hit]:
    """空白不等于0：没有发生应填0。总计空白时，读者无法核对。

    依据：格式填报要求。
    违例：予以公开一行的总计空白。
    正例：没有发生的格填0。
    """
    cells = blank(dossier, "requests")
    totals = [metric for metric in cells if metric.column.id == "total"]
    others = [metric for metric in cells if metric.column.id != "total"]
    if totals:
        rows = "、".join(metric.row.mark for metric in totals)
        yield hit_on_blank("表三 总计列", f"{len(totals)}格总计没有数字：{rows}", totals, f"total|{rows}")
    if others:
        rows = "、".join(dict.fromkeys(metric.row.mark for metric in others))
        yield hit_on_blank("表三", f"{len(others)}格没有数字，在以下各行：{rows}", others, f"cells|{rows}")


@rule("T306", "没有申请却有办理结果", severity="error", needs=("requests",))
def outcomes_need_requests(dossier: Dossier) -> Iterator[Hit]:
    """新收和上年结转都为0时，不可能有办理结果。

    依据：格式表三勾稽关系。
    违例：新收0、上年结转0，予以公开3。
    正例：新收0、上年结转0，办理结果全部为0。
    """
    taken = [dossier.report.value(f"requests.{row}.total") for row in ("received", "carried_in")]
    if taken != [Decimal(0), Decimal(0)]:
        return
    for row in (*_outcomes(dossier), "concluded"):
        value = dossier.report.value(f"requests.{row}.total")
        if value:
            yield hit_in(_cell(row), f"没有收到申请，此格为{number(value)}", "0", number(value))


@rule("T307", "结转下年超过新收＋上年结转；占比超过三成", severity="error", needs=("requests",))
def backlog_is_plausible(dossier: Dossier) -> Iterator[Hit]:
    """结转下年的不会多于收到的；超过三成虽有可能，但答复期限为二十个工作日，值得核对。

    依据：格式表三；《条例》第三十三条。
    违例：新收10、上年结转0，结转下年12。
    正例：新收100、上年结转5，结转下年8。
    """
    taken = added(dossier, ["requests.received.total", "requests.carried_in.total"])
    left = dossier.report.value("requests.carried_out.total")
    if left is None or not taken.filled:
        return
    cell, all_taken = _cell("carried_out"), number(taken.value)
    if left > taken.value:
        message = f"结转下年{number(left)}件，多于收到的{all_taken}件"
        yield hit_in(cell, message, f"不超过{all_taken}", number(left), anchor="")
    elif left > taken.value * LARGEST_USUAL_BACKLOG:
        share = f"{number((left * 100 / taken.value).quantize(Decimal('0.1')))}%"
        message = f"结转下年占收到申请的{share}，超过三成"
        yield hit_in(cell, message, "不超过30%", share, anchor="", severity="info")


@rule(
    "T308",
    "有“大量反复申请”或“逾期未缴费”，第六章却无收费说明",
    severity="warning",
    basis="《条例》第三十五条、第四十二条",
    needs=("requests",),
)
def fee_cases_are_explained(dossier: Dossier) -> Iterator[Hit]:
    """出现大量反复申请或逾期未缴费的，往往发出过收费通知，第六部分应说明收费情况。

    依据：《条例》第三十五条、第四十二条；国办函〔2020〕109号。
    违例：逾期未缴费3件，第六部分没有提到信息处理费。
    正例：逾期未缴费3件，第六部分说明收费通知和收取金额。
    """
    section = dossier.report.section("other")
    if section and any(statements(section.text, "fee", dossier.report.year)):
        return
    for row in ("not_processed.excessive", "otherwise_handled.fee_overdue"):
        value = dossier.report.value(f"requests.{row}.total")
        if value:
            message = f"此格为{number(value)}，第六部分没有收费说明"
            yield hit_in(_cell(row), message, "有收费说明", "无", anchor=row)


@rule("T309", "部分公开大于0而叙述称全部公开", severity="warning", needs=("requests",))
def partly_granted_is_not_all(dossier: Dossier) -> Iterator[Hit]:
    """表中有部分公开或不予公开，文中却说全部予以公开。

    依据：文表一致。
    违例：部分公开7件，文中称“申请均予以公开”。
    正例：部分公开0件、不予公开0件，文中称“均予以公开”。
    """
    rest = {
        name: dossier.book.value(f"requests.{row}.total")
        for name, row in (("部分公开", "partly_granted"), ("不予公开", "denied"))
    }
    kept = "、".join(f"{name}{number(value)}件" for name, value in rest.items() if value)
    if not kept:
        return
    for where, mark, found in matches_in(dossier.report, phrase("boasts", "all_granted")):
        if any(token.kind == "column" for token in tokens_in(found.string[: found.end()].rpartition("。")[2])):
            continue  # 科研机构的申请1件，已予以公开: of one kind of applicant
        message = f"文中称全部公开，表三有{kept}"
        yield Hit(where, message, "没有部分公开和不予公开", kept, found.group(), marks=(mark,))


@rule("T310", "叙述提到法人申请而法人各列为0，或相反", severity="warning", needs=("requests",))
def legal_persons_in_prose(dossier: Dossier) -> Iterator[Hit]:
    """文中说有法人或其他组织的申请，表中五列却全为0，或文中说没有而表中有。

    依据：文表一致。
    违例：法人各列为0，文中称“法人申请3件”。
    正例：法人各列合计3，文中称“法人申请3件”。
    """
    legal = dossier.book.value("requests.workload.legal_person")
    if legal is None:
        return
    for claim in dossier.claims:
        column = claim.readings[0][0].rpartition(".")[2] if claim.kind == "column" else ""
        if (
            legal == 0
            and column not in ("", "natural_person", "total")
            and claim.mention.value > 0
            and claim.year == dossier.report.year
        ):
            message = f"文中为{claim.mention.text}，表三法人各列均为0"
            yield hit_of(claim, message, "0", number(claim.mention.value))
    for where, mark, found in matches_in(dossier.report, phrase("boasts", "no_legal_persons")) if legal > 0 else ():
        message = f"文中称没有法人申请，表三法人各列合计{number(legal)}"
        yield Hit(where, message, number(legal), "没有", found.group(), marks=(mark,))


@rule("T311", "全部结果落在“其他”", severity="info", needs=("requests",))
def not_all_miscellaneous(dossier: Dossier) -> Iterator[Hit]:
    """全部申请都归入“其他处理”的“其他”，通常是没有按情形分类。

    依据：格式表三的分类。
    违例：总计12，“3.其他”12。
    正例：总计12，分布在各办理结果。
    """
    total = dossier.report.value("requests.concluded.total")
    for row in ("otherwise_handled.miscellaneous", "otherwise_handled"):
        value = dossier.report.value(f"requests.{row}.total")
        if total and value == total:
            yield hit_in(_cell(row), f"{number(total)}件全部归入此行", "按情形分类", number(total), anchor=row)

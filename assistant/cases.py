"""Cases of rules: sound reports of a county that does not exist, and the short form that says what is wrong with one.

``dossier()`` is a report on which every rule is quiet; ``dossier({"figures": {"requests.received.total": 25}})`` is the
same with one cell changed. The keys of the short form are the arguments of ``report``, and ``previous``: the short form
of last year's report, ``{}`` for a sound one that this year's follows; ``others``: short forms of reports checked with
it.

``cases_in`` reads a folder of them, ``Case.faults`` tries one. A package with rules of its own tests them so:

    @pytest.mark.parametrize("case", cases_in(Path(__file__).parent / "cases"), ids=str)
    def test_case(case):
        assert not case.faults()
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.check import RULES, Finding, Unchecked, check
from assistant.figures.dossier import Dossier
from assistant.figures.report_set import others_among
from assistant.form import APPLICANTS, EDITIONS, SECTIONS, Edition
from assistant.readers.form_tables.labels import parse_cell
from assistant.report import Cell, Paragraph, ReadingWarning, Report, Section, Source, TableRead

__all__ = ["PROSE", "UNIT", "YEAR", "Case", "cases_in", "cells", "dossier", "report", "sound_figures"]

UNIT = "云川县人民政府"
YEAR = 2024

# Table 3 by row and column; cells that are not named are 0, totals and （七）总计 are worked out.
_REQUESTS: dict[str, dict[str, int]] = {
    "received": {"natural_person": 20, "business": 3, "legal_service": 1},
    "carried_in": {"natural_person": 2},
    "granted": {"natural_person": 9, "business": 2},
    "partly_granted": {"natural_person": 2, "business": 1},
    "denied.third_party_rights": {"natural_person": 1},
    "denied.internal_affairs": {"natural_person": 1},
    "unavailable.not_held": {"natural_person": 3, "legal_service": 1},
    "unavailable.needs_creation": {"natural_person": 1},
    "not_processed.petition": {"natural_person": 1},
    "otherwise_handled.correction_overdue": {"natural_person": 1},
    "carried_out": {"natural_person": 3},
}
_OTHER_TABLES: dict[str, int | str] = {
    "disclosure.normative_documents.issued": 3,
    "disclosure.normative_documents.repealed": 1,
    "disclosure.normative_documents.in_force": 12,
    "disclosure.licensing.decisions": 5120,
    "disclosure.penalties.decisions": 340,
    "disclosure.coercion.decisions": 16,
    "disclosure.fees.amount": "1087.31",
    "review.upheld": 4,
    "review.corrected": 1,
    "review.other_outcome": 1,
    "review.pending": 1,
    "review.total": 7,
    "litigation.direct.upheld": 2,
    "litigation.direct.pending": 1,
    "litigation.direct.total": 3,
    "litigation.after_review.upheld": 1,
    "litigation.after_review.total": 1,
    # the form of 2019
    "disclosure.normative_documents.produced": 3,
    "disclosure.normative_documents.newly_published": 3,
    "disclosure.normative_documents.published_total": 12,
    "disclosure.licensing.previous_items": 210,
    "disclosure.licensing.change": -2,
    "disclosure.penalties.previous_items": 300,
    "disclosure.fees.previous_items": 8,
    "disclosure.procurement.projects": 6,
    "disclosure.procurement.amount": 251000,
}
# What last year's report must differ in for this year's to follow from it.
_LAST_YEAR: dict[str, Any] = {
    "requests.received.natural_person": 19,
    "requests.received.total": 23,
    "requests.carried_out.natural_person": 2,
    "requests.carried_out.total": 2,
    "disclosure.normative_documents.in_force": 10,
    "review.upheld": 3,
    "review.total": 6,
}

PROSE = {
    "overview": """围绕群众最关心的事项，县政府把公开的要求写进办文、办会、办事各个环节。
（一）主动公开
惠民政策按人群归类上网，公众在一个页面就能查全。全年制发行政规范性文件3件、废止1件，现行有效12件。
（二）依申请公开
本年新收政府信息公开申请24件，上年结转2件，办结23件，结转下年度继续办理3件。
（三）政府信息管理
文件从起草到归档都标明公开属性，属性改变的及时更新。
（四）公开平台建设
政府网站的检索、无障碍和移动端适配都作了改进。
（五）监督保障
工作考核的结果已向全县通报，社会评议的结果总体满意，责任追究方面没有需要追究的情形。""",
    "disclosure": "行政许可5120件，行政处罚340件，行政强制16件，行政事业性收费1087.31万元。",
    "requests": """新收的申请中，自然人20件、商业企业3件、法律服务机构1件。
办理结果为予以公开11件、部分公开3件、不予公开2件、无法提供5件、不予处理1件、其他处理1件。""",
    "review": "全年行政复议7件，结果维持4件、纠正1件；行政诉讼4件。",
    "problems": """主要问题：一是政策解读的形式比较单一；二是个别部门答复文书的说理不够充分。
改进措施：一是请办理人员出镜解读；二是编印答复说理的示范文本，逐一讲评。""",
    "other": "各部门没有发出收费通知，收取信息处理费0元。",
}
_PROSE_LAST_YEAR = {
    "overview": """县政府本年着力补齐公开目录，各乡镇的查询点全部开放。
（一）主动公开
民生领域的目录重新编排。
（二）依申请公开
受理渠道保持畅通，答复之前先与申请人沟通。
（三）政府信息管理
历年文件完成清点。
（四）公开平台建设
新媒体账号清理归并。
（五）监督保障
工作考核、社会评议、责任追究的结果均在网上公布。""",
    "disclosure": "数据由各执法部门报送，经司法局复核。",
    "requests": "数据由县政府办公室按月登记汇总。",
    "review": "数据由县司法局统计。",
    "problems": """存在的问题：查询点的使用率偏低。
改进打算：由驻村干部代为查询、代为打印。""",
    "other": "没有收取信息处理费。",
}


def dossier(spec: Mapping[str, Any] | None = None) -> Dossier:
    """The dossier of a short form; ``why`` and ``expect`` are for the reader and the runner."""
    mine = {key: value for key, value in (spec or {}).items() if key not in ("why", "expect")}
    before = mine.pop("previous", None)
    beside = mine.pop("others", None)
    year = mine.setdefault("year", YEAR)
    others = None if beside is None else others_among(report(**mine), [report(**each) for each in beside])
    if before is None:
        return Dossier(report(**mine), others=others)
    last = {"year": (year or YEAR) - 1, "prose": _PROSE_LAST_YEAR, "unit": mine.get("unit", UNIT), **before}
    last["figures"] = _LAST_YEAR | last.get("figures", {}) if last.get("edition", "2021") == "2021" else {}
    return Dossier(report(**mine), report(**last), others)


def report(
    *,
    unit: str = UNIT,
    year: int | None = YEAR,
    edition: str = "2021",
    title: str | None = None,
    file: str = "",
    preamble: str | None = None,
    closing: str | None = None,
    figures: Mapping[str, int | float | str | None] | None = None,
    text: Mapping[str, str] | None = None,
    add: Mapping[str, str] | None = None,
    order: Sequence[str] | None = None,
    drop_sections: Sequence[str] = (),
    drop_tables: Sequence[str] = (),
    numbers: Mapping[str, str] | None = None,
    titles: Mapping[str, str] | None = None,
    table_in: Mapping[str, str | None] | None = None,
    drop_rows: Sequence[str] = (),
    unplaced: Sequence[str] = (),
    labels: Mapping[str, Mapping[str, str]] | None = None,
    columns: Sequence[str] = (),
    single: bool = False,
    warnings: Sequence[Mapping[str, str]] = (),
    prose: Mapping[str, str] = PROSE,
) -> Report:
    """A sound report with changes.

    ``figures`` sets cells (``None`` is blank, a string is read as a printed cell); ``text`` replaces the prose of
    sections and ``add`` adds a paragraph; ``order`` names the sections in another order; ``numbers`` and ``titles``
    change headings; ``table_in`` moves a table to a section; ``drop_rows`` and ``unplaced`` are rows of table 3 that
    are missing or too many; ``labels`` are rows by table that are printed otherwise; ``columns`` is the header of table
    3; ``single`` prints 其他处理 as one row; ``warnings`` are what the reading told. ``edition="free"`` has no tables
    at all.
    """
    wording = {**prose, **(text or {})}
    for section, paragraph in (add or {}).items():
        wording[section] = f"{wording[section]}\n{paragraph}".strip()
    form = EDITIONS.get(edition)
    tables = (
        tuple(_tables(form, drop_tables, drop_rows, unplaced, single, table_in or {}, labels or {}, columns))
        if form
        else ()
    )
    opening = (
        "根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号编制，"
        f"全文六个部分，统计期限自{year}年1月1日起至{year}年12月31日止。"
    )
    signature = f"{unit}\n{(year or 0) + 1}年3月5日" if year else unit
    return Report(
        file=file,
        unit=unit,
        year=year,
        edition=edition,
        title=f"{unit}{year}年政府信息公开工作年度报告" if title is None else title,
        preamble=_paragraphs(opening if preamble is None else preamble),
        sections=tuple(_sections(order, drop_sections, numbers or {}, titles or {}, wording)),
        closing=_paragraphs(signature if closing is None else closing),
        cells=cells(form, tables, figures or {}) if form else {},
        tables=tables,
        warnings=tuple(ReadingWarning(**warning) for warning in warnings),
    )


def sound_figures(edition: Edition = EDITIONS["2021"]) -> dict[str, Decimal]:
    """Every cell of an edition's form (and the single 其他处理 row) with figures that agree with one another."""
    found = {metric: Decimal(_OTHER_TABLES.get(metric, 0)) for metric in edition.metrics}
    outcomes = {
        row: counts for row, counts in _REQUESTS.items() if row not in ("received", "carried_in", "carried_out")
    }
    single = {row: counts for row, counts in outcomes.items() if row.startswith("otherwise_handled.")}
    by_row = {**_REQUESTS, "otherwise_handled": _summed(single), "concluded": _summed(outcomes)}
    for row in (*(row.id for row in edition.table("requests").rows), "otherwise_handled"):
        counts = by_row.get(row, {})
        for column in APPLICANTS:
            value = sum(counts.values()) if column.id == "total" else counts.get(column.id, 0)
            found[f"requests.{row}.{column.id}"] = Decimal(value)
    return found


def cells(
    edition: Edition, tables: Sequence[TableRead], figures: Mapping[str, int | float | str | None]
) -> dict[str, Cell]:
    """The cells of the rows that the tables have.

    Raises:
        ValueError: a figure of a metric that they lack.
    """
    found = {}
    rows = {(table.id, row) for table in tables for row in table.rows}
    for metric, value in sound_figures(edition).items():
        table = "requests" if metric.startswith("requests.") else "disclosure" if metric.startswith("dis") else "review"
        row = metric.removeprefix(f"{table}.") if table != "review" else metric
        if (table, row.rpartition(".")[0]) in rows:
            found[metric] = Cell(raw=f"{value:f}", value=value)
    for metric, changed in figures.items():
        if metric not in found:
            raise ValueError(f"报告的表中没有 {metric} 这一格")
        found[metric] = parse_cell("" if changed is None else str(changed), Source())
    return found


def _summed(rows: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    columns = dict.fromkeys(column for counts in rows.values() for column in counts)
    return {column: sum(counts.get(column, 0) for counts in rows.values()) for column in columns}


def _tables(
    form: Edition, drop: Sequence[str], drop_rows: Sequence[str], unplaced: Sequence[str], single: bool,
    table_in: Mapping[str, str | None], labels: Mapping[str, Mapping[str, str]], columns: Sequence[str],
) -> Iterator[TableRead]:  # fmt: skip
    for table in form.tables:
        rows = {row.id: row.label for row in table.rows}
        if table.id == "requests":
            if single:
                rows = {row.id: row.label for row in EDITIONS["2019"].table("requests").rows}
            rows = {row: label for row, label in rows.items() if row not in drop_rows}
        rows |= labels.get(table.id, {})
        if table.id not in drop:
            extra, header = (tuple(unplaced), tuple(columns)) if table.id == "requests" else ((), ())
            section = table_in.get(table.id, table.section)
            yield TableRead(id=table.id, section=section, rows=rows, unplaced=extra, columns=header)


def _sections(
    order: Sequence[str] | None, drop: Sequence[str], numbers: Mapping[str, str], titles: Mapping[str, str],
    wording: Mapping[str, str],
) -> Iterator[Section]:  # fmt: skip
    known = {section.id: section for section in SECTIONS}
    for section in order or tuple(known):
        if section not in drop:
            yield Section(
                id=section,
                number=numbers.get(section, known[section].number),
                title=titles.get(section, known[section].title),
                paragraphs=_paragraphs(wording[section]),
            )


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(text=line, heading=line.startswith("（") and len(line) < 16) for line in text.split("\n") if line
    )


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier in the short form and what its rule makes of it: nothing, or what stands under ``expect``: fields of
    findings, ``where`` with or without its paragraph, or of numbers that are listed as not checked (``text``)."""

    code: str
    number: int
    spec: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.code}-{'fail' if 'expect' in self.spec else 'pass'}-{self.number}"

    def faults(self) -> list[str]:
        """What the rule does otherwise; empty when all is as the case says.

        Raises:
            KeyError: there is no rule with the case's code.
        """
        entry = RULES[self.code]
        verdict = check(dossier(self.spec), [entry])
        faults = [f"没有运行，缺{skipped.needs}" for skipped in verdict.skipped]
        left: list[Finding | Unchecked] = [*verdict.findings, *verdict.unchecked]
        for fields in self.spec.get("expect", ()):
            wanted = fields if "text" in fields else {"severity": entry.severity, **fields}
            found = next((f for f in left if all(_is_so(f, key, value) for key, value in wanted.items())), None)
            if found:
                left.remove(found)
            else:
                faults.append(f"没有发现{wanted}" + ("" if left else "，一处也没有报"))
        return faults + [f"多出{finding!r}" for finding in left]


def _is_so(found: Finding | Unchecked, key: str, value: str) -> bool:
    """Whether a finding is as a case says; ``where`` may leave out the paragraph."""
    told = getattr(found, key, None)
    return told == value or (key == "where" and isinstance(told, str) and told.startswith(f"{value}·"))


def cases_in(folder: Path) -> list[Case]:
    """The cases of ``<code>.yaml`` files: sound dossiers under ``pass``, wrong ones with what is expected under
    ``fail``. Needs PyYAML.

    Raises:
        ValueError: a file has no case of one kind, or one that says too much or too little of what is expected.
    """
    import yaml

    cases = []
    for path in sorted(folder.glob("*.yaml")):
        kinds: dict[str, list[dict[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        if set(kinds) != {"pass", "fail"} or not all(kinds.values()):
            raise ValueError(f"{path.name}：pass 和 fail 都应有例子，也只应有这两项")
        if any("expect" in spec for spec in kinds["pass"]) or not all(spec.get("expect") for spec in kinds["fail"]):
            raise ValueError(f"{path.name}：fail 的每个例子应写明 expect，pass 的不写")
        cases += [Case(path.stem, n, spec) for specs in kinds.values() for n, spec in enumerate(specs, start=1)]
    return cases

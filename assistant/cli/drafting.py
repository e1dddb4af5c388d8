"""``template`` and ``draft``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import FINDINGS, Json, model, root
from assistant.errors import AssistantError
from assistant.logs import step
from assistant.text import printable

if TYPE_CHECKING:
    from assistant.drafting import Manuscript, OfficeData

__all__ = ["draft", "template"]


def template(
    context: typer.Context,
    unit: Annotated[str, typer.Option("--unit", help="单位全称。")],
    year: Annotated[int, typer.Option("--year", help="报告年度。")],
    output: Annotated[Path, typer.Option("-o", "--output", help="要建立的工作簿。")] = Path("data.xlsx"),
    overwrite: Annotated[bool, typer.Option("--overwrite", help="文件已存在时覆盖。")] = False,
) -> None:
    """生成数据工作簿，旁列上年数字；填好后用 assistant draft 起草。

    例：assistant template --unit 清源区人民政府 --year 2025 -o data.xlsx
    """
    from assistant.drafting import plans_of, told_by, write_template
    from assistant.drafting.workbook.read import unit_fault, year_fault
    from assistant.library.store import last_year_report

    for option, fault in (("--unit", unit_fault(unit)), ("--year", year_fault(str(year)))):
        if fault:
            raise AssistantError(fault, where=option, help="例如：--unit 清源区人民政府 --year 2025。")
    before = last_year_report(root(context), unit, year)
    figures = {metric: cell.value for metric, cell in before.cells.items()} if before else None
    plans = plans_of(before) if before else ()
    told = told_by(before) if before else ()
    write_template(output, unit, year, figures, plans=plans, told=told, overwrite=overwrite)
    beside = f"旁列上年数字和{len(plans)}条问题、改进" if before else "资料库中没有上年报告，未列上年数字"
    typer.echo(f"已写入{printable(str(output))}（{beside}）。填好各表后运行：assistant draft --data {output}")


def draft(
    context: typer.Context,
    data: Annotated[Path | None, typer.Option("--data", help="填好的数据工作簿。")] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="报告文件，.docx、.html 或 .md。")] = Path(
        "report.docx"
    ),
    force: Annotated[bool, typer.Option("--force", help="表格有错误也起草，标明“草稿”。")] = False,
    provenance: Annotated[
        Path | None, typer.Option("--provenance", help="另存一张 .xlsx：文中每个数字的来源，供逐一核对打勾。")
    ] = None,
    comments: Annotated[bool, typer.Option("--comments", help="在 Word 中把每个数字的来源写成批注。")] = False,
    report: Annotated[
        Path | None, typer.Option("--from", help="改写这份报告的一部分，其余一字不动，另存到 -o。")
    ] = None,
    section: Annotated[str, typer.Option("--section", help="改写哪一部分：五、五（二）、依申请公开、六……")] = "",
    note: Annotated[list[str] | None, typer.Option("--note", help="这一部分要写进去的要点，可以写多条。")] = None,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="把 --data 的新数字写进 --from 的 Word 报告，手改的文字一字不动。")
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="文件已存在时覆盖。")] = False,
    json: Json = False,
) -> None:
    """按数据工作簿起草报告：三张表、六个部分，每个数字都有来源；起草后自动检查。也可以只改写一份报告的一部分，或者更新其中的数字。

    例：assistant draft --data data.xlsx -o report.docx --provenance 来源.xlsx

    例：assistant draft --section 五 --note "改进：栏目更新逐个确定责任科室。" --from report.docx -o 修改稿.docx

    例：assistant draft --refresh --data 新数据.xlsx --from 改过的报告.docx -o 新稿.docx
    """
    if refresh:
        _refreshed(
            context,
            data,
            report,
            output,
            overwrite=overwrite,
            json=json,
            other=bool(section or note or force or provenance or comments),
        )
        return
    from assistant.drafting import read_workbook
    from assistant.drafting.saving import PROVENANCE_FORMATS, REVISION_FORMATS, WRITERS, save_provenance, writable
    from assistant.render.console import console
    from assistant.render.jobs import show_draft
    from assistant.render.json import dumps
    from assistant.render.verdicts import say_written

    _belong_together(data, report, section, note, whole=force or comments)
    writable(output, overwrite=overwrite, comments=comments, formats=REVISION_FORMATS if report else WRITERS, data=data)
    if provenance:
        writable(provenance, overwrite=overwrite, formats=PROVENANCE_FORMATS, data=data)
    office = read_workbook(data) if data else None
    if report:
        manuscript = _revised(context, report, section, note or [], office, output, overwrite)
    else:
        assert office
        manuscript = _draft(context, office, output, force=force, comments=comments, overwrite=overwrite)
    if provenance:
        save_provenance(manuscript, provenance, overwrite=overwrite)
    if json:
        say_written(output, aside=True)
        typer.echo(dumps(manuscript.as_json(str(output))))
    else:
        show_draft(manuscript, output, console())
        for told in manuscript.notes:
            typer.echo(f"  注意 {printable(told)}")
    if provenance:
        say_written(provenance, aside=json)
    if any(finding.severity == "error" for finding in manuscript.findings):
        raise typer.Exit(FINDINGS)


def _draft(
    context: typer.Context, office: OfficeData, output: Path, *, force: bool, comments: bool, overwrite: bool
) -> Manuscript:
    from assistant.drafting import draft as write_draft
    from assistant.drafting.saving import save
    from assistant.library.store import last_year_report, library_if_there

    before = last_year_report(root(context), office.unit, office.year)
    with step("draft", office.file), library_if_there(root(context)) as library:
        manuscript = write_draft(office, previous=before, model=model(), library=library, force=force)
    save(manuscript, output, overwrite=overwrite, comments=comments)
    return manuscript


def _revised(
    context: typer.Context,
    report: Path,
    section: str,
    notes: list[str],
    office: OfficeData | None,
    output: Path,
    overwrite: bool,
) -> Manuscript:
    """The new part."""
    from assistant.drafting import revise
    from assistant.drafting.saving import save_revision
    from assistant.library.store import last_year_report, library_if_there
    from assistant.readers import read

    standing = read(report)
    before = last_year_report(root(context), standing.unit, standing.year) if standing.year else None
    with step("draft", report), library_if_there(root(context)) as library:
        revision = revise(standing, section, notes, data=office, previous=before, model=model(), library=library)
    return save_revision(revision, report, output, previous=before, overwrite=overwrite)


def _refreshed(
    context: typer.Context,
    data: Path | None,
    report: Path | None,
    output: Path,
    *,
    overwrite: bool,
    json: bool,
    other: bool,
) -> None:
    from assistant.drafting import read_workbook
    from assistant.drafting.saving import save_refreshed
    from assistant.library.store import last_year_report
    from assistant.render.console import console
    from assistant.render.jobs import show_refreshed
    from assistant.render.json import dumps
    from assistant.render.verdicts import say_written

    if data is None or report is None or other:
        raise AssistantError(
            "更新数字要有新数据和改过的报告" if data is None or report is None else "--refresh 只更新数字",
            where="--refresh",
            help="例如：assistant draft --refresh --data 新数据.xlsx --from 报告.docx -o 新稿.docx；"
            "不与 --section、--note、--force、--provenance、--comments 同用。",
        )
    office = read_workbook(data)
    before = last_year_report(root(context), office.unit, office.year)
    with step("draft", report):
        refreshed = save_refreshed(report, office, output, previous=before, overwrite=overwrite)
    if json:
        say_written(output, aside=True)
        typer.echo(dumps(refreshed.as_json(str(output))))
    else:
        show_refreshed(refreshed, output, console())
    if any(finding.severity == "error" for finding in refreshed.findings):
        raise typer.Exit(FINDINGS)


def _belong_together(
    data: Path | None, report: Path | None, section: str, note: list[str] | None, *, whole: bool
) -> None:
    """Raise for options that say two things at once: a new report, and a part of one that is there."""
    if report is None and (section or note):
        raise AssistantError(
            "没有说改写哪一份报告", where="--from", help="用 --from 指定报告；起草全文不用 --section 和 --note。"
        )
    if report is None and data is None:
        raise AssistantError(
            "没有数据工作簿", where="--data", help="用 --data 指定填好的工作簿，可用 assistant template 生成。"
        )
    if report is not None and not section:
        raise AssistantError("没有说改写哪一部分", where="--section", help="例如：--section 五（二）。")
    if report is not None and whole:
        raise AssistantError("--force 和 --comments 只用于起草全文", where="--from", help="请去掉这两个选项。")

"""``template`` and ``draft``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import FINDINGS, Json, model, root

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
    from assistant.drafting import plans_of, write_template
    from assistant.library.past import last_years_report

    before = last_years_report(root(context), unit, year)
    figures = {metric: cell.value for metric, cell in before.cells.items()} if before else None
    plans = plans_of(before) if before else ()
    write_template(output, unit, year, figures, plans=plans, overwrite=overwrite)
    beside = f"旁列上年数字和{len(plans)}条问题、改进" if before else "资料库中没有上年报告，未列上年数字"
    typer.echo(f"已建立{output}（{beside}）。填好各表后运行：assistant draft --data {output}")


def draft(
    context: typer.Context,
    data: Annotated[Path, typer.Option("--data", help="填好的数据工作簿。")],
    output: Annotated[Path, typer.Option("-o", "--output", help="报告文件，.docx、.html 或 .md。")] = Path(
        "report.docx"
    ),
    force: Annotated[bool, typer.Option("--force", help="表格有错误也起草，标明“草稿”。")] = False,
    provenance: Annotated[
        Path | None, typer.Option("--provenance", help="另存一张 .xlsx：文中每个数字的来源，供逐一核对打勾。")
    ] = None,
    comments: Annotated[bool, typer.Option("--comments", help="在 Word 中把每个数字的来源写成批注。")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="文件已存在时覆盖。")] = False,
    json: Json = False,
) -> None:
    """按数据工作簿起草报告：三张表、六个部分，每个数字都有来源；起草后自动检查。

    例：assistant draft --data data.xlsx -o report.docx --provenance 来源.xlsx
    """
    from assistant.drafting import draft as write_draft
    from assistant.drafting import read_workbook
    from assistant.drafting.saving import SHEETS, save, save_provenance, writable
    from assistant.library.past import last_years_report
    from assistant.render.console import console
    from assistant.render.jobs import show_draft
    from assistant.render.json import dumps

    writable(output, overwrite=overwrite, comments=comments)
    if provenance:
        writable(provenance, overwrite=overwrite, formats=SHEETS, data=data)
    office = read_workbook(data)
    before = last_years_report(root(context), office.unit, office.year)
    drafted = write_draft(office, previous=before, model=model(), force=force)
    save(drafted, output, overwrite=overwrite, comments=comments)
    if provenance:
        save_provenance(drafted, provenance, overwrite=overwrite)
    if json:
        typer.echo(dumps(drafted.as_json(str(output))))
    else:
        show_draft(drafted, output, console())
    if any(finding.severity == "error" for finding in drafted.findings):
        raise typer.Exit(FINDINGS)

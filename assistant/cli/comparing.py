"""``compare``: two reports side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import Json, path_given

__all__ = ["compare"]


def compare(
    old: Annotated[Path, typer.Argument(metavar="旧", help="前一份报告，如上年的。", parser=path_given)],
    new: Annotated[Path, typer.Argument(metavar="新", help="后一份报告，如本年的草稿。", parser=path_given)],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写入文件，.xlsx 或 .html。")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="文件已存在时覆盖。")] = False,
    json: Json = False,
) -> None:
    """对照两份报告：数字逐格列出增减和同比，文字逐段并列。

    例：assistant compare 2023年报告.pdf 2024年报告.docx -o 对照.xlsx
    """
    from assistant.comparing import compare_reports
    from assistant.files import writable
    from assistant.readers import read
    from assistant.render.console import console
    from assistant.render.documents import refuse_inputs, same_files
    from assistant.render.json import dumps
    from assistant.render.side_by_side import COMPARISONS, show_comparison, write_comparison
    from assistant.render.verdicts import say_written

    if output:
        refuse_inputs(output, same_files((old, new)))
        writable(output, tuple(COMPARISONS), overwrite=overwrite)
    compared = compare_reports(read(old), read(new))
    if output:
        write_comparison(compared, output)
        say_written(output, aside=json)
    if json:
        typer.echo(dumps(compared.as_json()))
    elif not output:
        show_comparison(compared, console())

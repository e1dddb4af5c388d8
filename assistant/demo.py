"""All three jobs on the shipped corpus, each step with the command that a user would type."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

from assistant.errors import AssistantError, reason
from assistant.resources import folder

__all__ = ["run_demo"]

Run = Callable[[Sequence[str]], int]
"""Runs one command line and gives its exit code."""

_QUESTIONS = (
    "咸安区2024年新收了多少件政府信息公开申请？",
    "清源区近三年新收申请的变化情况",
    "答复政府信息公开申请的期限是多久？",
    "2019年咸安区收到多少件申请？",
)


def run_demo(output: Path, run: Run, out: Console) -> None:
    """Ingest, check, ask four questions, draft and check the draft. ``run`` is the command line itself.

    The library is temporary; drafts are written to ``output``, files of an earlier demo are replaced.

    Raises:
        AssistantError: ``output`` cannot be made.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AssistantError(
            f"无法建立文件夹（{reason(error)}）", where=str(output), help="用 -o 指定一个可写的位置。"
        ) from error
    corpus = folder("corpus")
    with tempfile.TemporaryDirectory(prefix="assistant-demo-", ignore_cleanup_errors=True) as library:

        def step(title: str, *command: str) -> None:
            out.print(f"\n[bold cyan]{title}[/]")
            out.print(f"$ assistant {shlex.join(command)}", style="bold", markup=False)
            code = run(["--library", library, *command])
            out.print(f"（退出码 {code}）", style="dim")

        step("一、导入往年报告和条例要点", "ingest", str(corpus / "reports"), str(corpus / "regulation"))
        step("二、检查一份报告", "check", str(corpus / "reports" / "咸安区人民政府_2024.md"))
        for number, question in enumerate(_QUESTIONS, start=1):
            step(f"三、提问（{number}）", "ask", question)
        data, report = str(corpus / "data" / "清源区_2025.xlsx"), output / "清源区_2025.docx"
        step("四、起草清源区2025年度报告", "draft", "--data", data, "-o", str(report), "--overwrite")
        before = str(corpus / "reports" / "清源区_2024.md")
        step("五、检查起草的报告", "check", str(report), "--previous", before)
    out.print(f"\n[bold]完成。[/]起草的报告在 {report.resolve()}。")
    out.print(f"演示所用的资料在 {corpus}；换成自己的报告，用同样的命令即可。", markup=False)
    out.print(
        "不用命令行：运行 assistant serve（make 安装的，.venv/bin/assistant serve），在浏览器里查、问、写。",
        markup=False,
    )

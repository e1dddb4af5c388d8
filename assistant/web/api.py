"""REST: the calls of the commands, and their very JSON. What is uploaded is gone when the answer is there."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, File, Form, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from assistant.web.checks import CheckJob, check_report
from assistant.web.shapes import CheckJson, ReadJson, RuleJson
from assistant.web.uploads import stored
from assistant.web.waiting import Here, result
from assistant.web.work import Tell

__all__ = ["FAULTS", "router"]

_FAULT = {
    "description": "什么事、在哪里、怎么办",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["what", "where", "help"],
                "properties": {name: {"type": "string"} for name in ("what", "where", "help")},
            }
        }
    },
}
FAULTS: dict[int | str, dict[str, Any]] = dict.fromkeys((401, 403, 404, 409, 413, 422, 503), _FAULT)

router = APIRouter(prefix="/api", responses=FAULTS)
Json = dict[str, Any]


@router.post("/check", summary="检查一份报告")
async def check(
    request: Request,
    site: Here,
    file: Annotated[UploadFile, File(description="报告，任何读得了的格式。")],
    previous: Annotated[UploadFile | None, File(description="上年报告。")] = None,
    library: Annotated[bool, Form(description="没有给上年报告时，用资料库里的。")] = True,
) -> CheckJson:
    """与 `assistant check FILE --format json` 相同。"""
    from assistant.render.json import verdict_json

    _, folder = site.checks.place()
    try:
        job = CheckJob(
            stored(file, folder),
            stored(previous, folder / "previous", "上年报告") if previous else None,
            site.library if library else None,
            borrow=True,
        )
        outcome = await result(site.checking.submit(check_report, job), request)
        checked = outcome.checked
        told: CheckJson = verdict_json(checked.report, checked.verdict)  # type: ignore[assignment]
        return told
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@router.post("/read", summary="读一份报告")
async def read(
    request: Request, site: Here, file: Annotated[UploadFile, File(description="报告，任何读得了的格式。")]
) -> ReadJson:
    """与 `assistant read FILE --json` 相同。"""
    _, folder = site.checks.place()
    try:
        told: ReadJson = await result(site.checking.submit(_read_report, stored(file, folder)), request)
        return told
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _read_report(file: Path, tell: Tell) -> Json:
    from assistant.errors import AssistantError
    from assistant.readers import read
    from assistant.render.json import read_json

    tell("读取报告")
    try:
        return read_json(read(file))
    except AssistantError as error:
        error.where = error.where.replace(str(file), file.name)
        raise


@router.post("/draft", summary="按工作簿起草报告")
async def draft(
    request: Request,
    site: Here,
    workbook: Annotated[UploadFile, File(description="填好的数据工作簿（.xlsx）。")],
    report: Annotated[
        UploadFile | None, File(description="有人改过的报告（.docx）：只把工作簿的数字写进去，手写的字不动。")
    ] = None,
    force: Annotated[bool, Form(description="表格有错误也起草，标明“草稿”。")] = False,
    form: Annotated[Literal["json", "docx", "html", "md"], Form(description="要 JSON，还是报告文件。")] = "json",
) -> Any:
    """与 `assistant draft --data 工作簿 --json` 相同，给了 `report` 的与 `assistant draft --refresh` 相同；`form`
    写文件格式时，返回报告文件。"""
    _, folder = site.checks.place()
    try:
        data = stored(workbook, folder, "数据")
        output = folder / f"report.{'docx' if form == 'json' else form}"
        edited = stored(report, folder / "edited") if report is not None else None
        if edited is not None:
            output = folder / "report.docx"
        job = _Draft(data, output, site.library, force, edited)
        told = await result(site.asking.submit(_draft, job), request)
        if form == "json":
            return told
        name = f"{told['unit']}{told['year']}年度报告{output.suffix}"
        headers = {"Content-Disposition": f"attachment; filename*=utf-8''{quote(name)}"}
        return Response(output.read_bytes(), media_type="application/octet-stream", headers=headers)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Draft:
    data: Path
    output: Path
    library: Path
    force: bool
    edited: Path | None = None


def _draft(job: _Draft, tell: Tell) -> Json:
    from assistant.drafting import draft, read_workbook
    from assistant.drafting.saving import save, save_refreshed
    from assistant.errors import AssistantError
    from assistant.library.store import last_year_report, library_if_there
    from assistant.llm.model import open_model

    tell("起草")
    try:
        office = read_workbook(job.data)
        before = last_year_report(job.library, office.unit, office.year)
        if job.edited is not None:
            refreshed = save_refreshed(job.edited, office, job.output, previous=before)
            return refreshed.as_json(job.output.name)
        with library_if_there(job.library) as library:
            manuscript = draft(office, previous=before, model=open_model(), library=library, force=job.force)
        save(manuscript, job.output, overwrite=False, comments=False)
    except AssistantError as error:
        for file in (job.data, job.edited or job.data):
            error.where = error.where.replace(str(file), file.name)
        raise
    return manuscript.as_json(job.output.name)


@router.get("/rules", summary="检查目录")
def rules(code: str = "") -> list[RuleJson]:
    """与 `assistant rules [编号] --json` 相同。"""
    from assistant.check import selected
    from assistant.render.json import rule_json

    told: list[Any] = [rule_json(entry) for entry in selected([code] if code else [])]
    return told


@router.get("/cells", summary="三张表的格")
def cells() -> dict[str, str]:
    """编号和位置，如 `requests.received.total`：表三 一·总计。"""
    from assistant.form import all_metrics

    return {metric.id: metric.place for metric in all_metrics().values()}

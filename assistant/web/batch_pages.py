"""The pages for many reports: a row each, a slip for each unit, the units side by side."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response, StreamingResponse

from assistant.errors import UnknownName
from assistant.figures.unit_comparison import MEASURES, standings
from assistant.web.answers import error_json
from assistant.web.api import FAULTS
from assistant.web.batches import Batch
from assistant.web.downloads import place_of, sent
from assistant.web.templates import page
from assistant.web.uploads import stored
from assistant.web.waiting import Here, events

__all__ = ["router"]

router = APIRouter()
Json = dict[str, Any]
_API = "/api/batches"


@router.get("/batch", include_in_schema=False)
def start(site: Here) -> Response:
    return HTMLResponse(page("batch_start.html", here="一批", batches=[each for each in site.batches if each.task]))


@router.get("/batch/{number}", include_in_schema=False)
def show(number: str, site: Here) -> Response:
    made = site.batches.find(number)
    mark = made.mark
    rows = [row for row in made.rows if not row.summary.failed]
    placed = standings([f"{row.level}{row.summary.year}" for row in rows], [row.measures for row in rows])
    largest = [max((row.measures[n].value or 0 for row in rows), default=0) or 1 for n in range(len(MEASURES))]
    compared = list(zip(rows, placed, strict=True))
    shown = {"rows": made.rows, "compared": compared, "measures": MEASURES, "largest": largest}
    return HTMLResponse(page("batch.html", here="一批", made=made, mark=mark, **shown))


@router.get("/batch/{number}/slips", include_in_schema=False)
def slips(number: str, site: Here, only: int | None = None) -> Response:
    """What goes back to each unit, a sheet each."""
    from assistant.render.console import SEVERITY_NAMES

    made = site.batches.find(number)
    wanted = [row for row in made.rows if not row.summary.failed and only in (None, row.number)]
    found = [(row, made.result(row.number)) for row in wanted]
    return HTMLResponse(page("slips.html", here="一批", made=made, found=found, names=SEVERITY_NAMES))


@router.get("/batch/{number}/{row}", include_in_schema=False)
def open_row(number: str, row: int, site: Here) -> Response:
    """One report of a batch on the page of its own, the same each time."""
    made = site.batches.find(number)
    if row not in made.opened or site.checks.gone(made.opened[row]):
        made.opened[row] = site.checks.adopt(made.result(row)).id
    return RedirectResponse(f"/check/{made.opened[row]}", 303)


@router.post(_API, status_code=201, tags=["页面"], summary="开一批", responses=FAULTS)
def begin(site: Here) -> Json:
    return _told(site.batches.begin())


@router.post(f"{_API}/{{number}}/files", status_code=201, tags=["页面"], summary="放进一份", responses=FAULTS)
def put(number: str, site: Here, file: Annotated[UploadFile, File()]) -> Json:
    """报告或压缩包，一次一份。"""
    made = site.batches.find(number)
    made.files.append(stored(file, site.batches.place(made)))
    return _told(made)


@router.post(f"{_API}/{{number}}/start", status_code=202, tags=["页面"], summary="开始检查", responses=FAULTS)
def check(number: str, site: Here) -> Json:
    made = site.batches.find(number)
    site.batches.start(made)
    return _told(made)


@router.post(f"{_API}/{{number}}/cancel", tags=["页面"], summary="停下", responses=FAULTS)
def cancel(number: str, site: Here) -> Json:
    made = site.batches.find(number)
    made.stop()
    return _told(made)


@router.get(f"{_API}/{{number}}", tags=["页面"], summary="一批查得怎样", responses=FAULTS)
def one(number: str, site: Here) -> Json:
    made = site.batches.find(number)
    rows = [
        {
            "row": row.number,
            "file": row.summary.file,
            "unit": row.summary.unit,
            "year": row.summary.year,
            "counts": dict(row.summary.counts),
            "unchecked": row.unchecked,
            "error": row.summary.result if row.summary.failed else None,
        }
        for row in made.rows
    ]
    return _told(made) | {"rows": rows}


@router.get(f"{_API}/{{number}}/events", tags=["页面"], summary="进度（SSE）", responses=FAULTS)
async def follow(number: str, site: Here, request: Request) -> StreamingResponse:
    made = site.batches.find(number)
    return events(lambda: (made.mark, _told(made)), request)


@router.get(f"{_API}/{{number}}/summary.xlsx", tags=["页面"], summary="汇总表", responses=FAULTS)
def summary(number: str, site: Here) -> FileResponse:
    """与 `assistant check … --summary 汇总.xlsx` 相同。"""
    from assistant.render.summary import write_summary

    rows = _finished(site.batches.find(number)).rows
    path = place_of(site, "汇总.xlsx")
    write_summary([row.summary for row in rows], path)
    return sent(path, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", path.name)


def _finished(made: Batch) -> Batch:
    if not made.rows:
        raise UnknownName("还没有检查结果", help="请等检查完成。")
    return made


def _told(made: Batch) -> Json:
    return {
        "id": made.id,
        "files": len(made.files),
        "at_work": made.at_work,
        "state": made.task.state if made.task else "collecting",
        "stage": made.task.stage if made.task else "",
        "error": error_json(made.failure) if made.failure else None,
        "version": made.mark,
    }

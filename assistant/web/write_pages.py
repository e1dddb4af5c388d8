"""The pages on which a report is written, and what their script calls: the tables as the form has them, the office's
own figures and notes, the draft beside them, new figures into an edited report."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, UploadFile
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse

from assistant.patterns import regex
from assistant.web.answers import error_json
from assistant.web.api import FAULTS
from assistant.web.templates import page
from assistant.web.uploads import stored
from assistant.web.waiting import Here, events, result
from assistant.web.writings import Writing

__all__ = ["router"]

router = APIRouter()
Json = dict[str, Any]
_API = "/api/writings"
_LONGEST, _MOST_ROWS = 20_000, 100
_NAMES = {"workbook": "数据工作簿.xlsx", "docx": "报告.docx", "html": "报告.html", "sources": "数字来源.xlsx"}


@router.get("/write", include_in_schema=False)
def start(site: Here) -> Response:
    return HTMLResponse(page("write_start.html", here="写", writings=list(site.writings), **_offered(site)))


def _offered(site: Here) -> Json:
    """The units that the library knows, and the year that reports are written for now."""
    from datetime import date

    from assistant.library import Library

    today = date.today()
    year = today.year if today.month == 12 else today.year - 1
    if not Library.exists(site.library):
        return {"units": (), "year": year}
    with Library(site.library) as library:
        return {"units": tuple(library.units()), "year": year}


@router.get("/write/{number}", include_in_schema=False)
def show(number: str, site: Here) -> Response:
    made = site.writings.find(number)
    return HTMLResponse(page("write.html", here="写", made=made, mark=made.mark, **_shown(made)))


_IN_CELL = regex(r"(\S+![A-Z]+\d+)(?:（.+?）)?：(.*)")


def _cell_in(line: str) -> tuple[str, str, str]:
    """The metric and the place in the form of the cell that a line opens with, by its address in the workbook, and what
    the line says of it; no metric where it opens with none."""
    from assistant.drafting.workbook.layout import address_of
    from assistant.figures.book import place_of
    from assistant.form import EDITION_2021

    if found := _IN_CELL.fullmatch(line.strip()):
        for metric in EDITION_2021.metrics:
            if address_of(metric) == found[1]:
                return metric, place_of(metric), found[2]
    return "", "", line


def _shown(made: Writing) -> Json:
    from assistant.drafting.office import LEVELS, OPENING, PARTS
    from assistant.drafting.workbook.edit import addends_of
    from assistant.drafting.workbook.layout import OWN_COLUMNS, TABLES, address_of
    from assistant.figures.book import label_of
    from assistant.form.drawing import drawing

    held = made.saved.contents
    own_heads = [part for part in held.notes if part not in {one.id for one in (*PARTS, OPENING)}]
    drafted = made.drafted.told if made.drafted else None
    by_part = {section["number"]: section for section in drafted["sections"]} if drafted else {}
    return {
        "held": held,
        "cell_in": _cell_in,
        "tables": [(name, drawing(table)) for table, name in TABLES.items()],
        "addends_of": addends_of,
        "label_of": label_of,
        "address_of": address_of,
        "parts": (OPENING, *PARTS),
        "own_heads": own_heads,
        "own_columns": OWN_COLUMNS,
        "levels": LEVELS,
        "sections": by_part,
        "drafted": drafted,
    }


@router.post(_API, tags=["页面"], summary="开始写一份报告", responses=FAULTS)
async def begin(
    request: Request,
    site: Here,
    workbook: Annotated[UploadFile | None, File(description="填好或没有填完的数据工作簿。")] = None,
    unit: Annotated[str, Form(max_length=60)] = "",
    year: Annotated[int, Form()] = 0,
) -> Json:
    """给工作簿，或者给单位和年度（旁列资料库里的上年数字）。"""
    folder = site.writings.place()
    upload = stored(workbook, folder, "数据") if workbook and workbook.filename else None
    saved = await result(site.writings.opening(folder, upload, unit.strip(), year), request)
    made = site.writings.keep(Writing(folder.name, folder, saved))
    return {"id": made.id, "address": f"/write/{made.id}"}


class Edits(BaseModel):
    """Only what is named is changed."""

    basic: dict[str, Annotated[str, Field(max_length=200)]] = Field(default={}, max_length=10)
    cells: dict[str, Annotated[str, Field(max_length=60)]] = Field(default={}, max_length=400)
    own: list[list[Annotated[str, Field(max_length=400)]]] | None = Field(default=None, max_length=_MOST_ROWS)
    notes: dict[str, Annotated[str, Field(max_length=_LONGEST)]] = Field(default={}, max_length=40)
    progress: dict[int, Annotated[str, Field(max_length=_LONGEST)]] = Field(default={}, max_length=_MOST_ROWS)


@router.put(_API + "/{number}", tags=["页面"], summary="改工作簿", responses=FAULTS)
async def change(number: str, request: Request, site: Here, edits: Edits) -> Json:
    """写进工作簿；返回还要改的地方。"""
    from assistant.drafting.workbook.edit import Changes

    made = site.writings.find(number)
    changes = Changes(edits.basic, edits.cells, edits.own, edits.notes, edits.progress)
    saved = await result(site.writings.saving(made, changes), request)
    made.saved = saved._replace(told_before=made.saved.told_before)
    return {"faults": list(made.saved.faults)}


@router.post(_API + "/{number}/draft", tags=["页面"], summary="起草", responses=FAULTS)
def draft(number: str, site: Here, force: bool = False) -> Json:
    made = site.writings.find(number)
    site.writings.draft(made, force=force)
    return _told(made)


@router.post(_API + "/{number}/refresh", tags=["页面"], summary="更新一份改过的报告里的数字", responses=FAULTS)
async def refresh(
    number: str, site: Here, report: Annotated[UploadFile, File(description="改过文字的 Word 报告。")]
) -> Json:
    made = site.writings.find(number)
    place = site.writings.place()
    await run_in_threadpool(site.writings.refresh, made, stored(report, place, "报告"))
    return _told(made)


@router.post(_API + "/{number}/cancel", tags=["页面"], summary="停下", responses=FAULTS)
def cancel(number: str, site: Here) -> Json:
    made = site.writings.find(number)
    made.stop()
    return _told(made)


@router.post(_API + "/{number}/tick", tags=["页面"], summary="这个数字核对过了", responses=FAULTS)
def tick(number: str, site: Here, slot: Annotated[str, Form(max_length=200)], done: Annotated[bool, Form()]) -> Json:
    made = site.writings.find(number)
    (made.ticked.add if done else made.ticked.discard)(slot)
    return {"ticked": len(made.ticked)}


@router.get(_API + "/{number}/events", tags=["页面"], summary="起草的进度（SSE）", responses=FAULTS)
async def follow(number: str, site: Here, request: Request) -> StreamingResponse:
    made = site.writings.find(number)
    return events(lambda: (made.mark, _told(made)), request)


@router.get(_API + "/{number}/{name}", tags=["页面"], summary="取文件：workbook、docx、html、sources", responses=FAULTS)
def fetch(number: str, name: str, site: Here) -> Response:
    made = site.writings.find(number)
    path = made.file(name)
    title = f"{made.saved.contents.unit}{made.saved.contents.year}年度{_NAMES[name]}"
    return FileResponse(path, filename=title, media_type="application/octet-stream")


def _told(made: Writing) -> Json:
    return {
        "at_work": made.at_work,
        "stage": made.task.stage if made.task else "",
        "error": error_json(made.failure) if made.failure else None,
        "version": made.mark,
    }

"""The page of the library: what is held, and adding, removing, verifying; the same calls as REST."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, UploadFile
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from assistant.web.answers import error_json
from assistant.web.api import FAULTS
from assistant.web.filing import FILES, Filing
from assistant.web.shapes import DocumentJson
from assistant.web.templates import page
from assistant.web.waiting import Here, events, result
from assistant.web.wording import on_page
from assistant.web.work import Tell

__all__ = ["router"]

router = APIRouter()
Json = dict[str, Any]
_MOST_FILES = 200


@router.get("/library", include_in_schema=False)
def show(site: Here) -> Response:
    from assistant.library import Library

    shown: Json = {
        "mark": site.filings.mark,
        "entries": (),
        "aside": (),
        "filing": site.filings,
        "root": site.library.resolve(),
    }
    if Library.exists(site.library):
        with Library(site.library) as library:
            shown |= {"entries": library.documents(), "aside": library.catalog.set_aside()}
    return HTMLResponse(page("library.html", here="资料库", **shown))


@router.get("/document/{number}", include_in_schema=False)
def document(number: int, site: Here) -> Response:
    from assistant.library import Library
    from assistant.web.ask_pages import held_document

    with Library(site.library) as library:
        shown = held_document(library, number)
    return HTMLResponse(page("source.html", here="资料库", metric="", passage=None, **shown))


@router.get("/api/library", summary="资料库里有什么", responses=FAULTS)
def held(site: Here) -> list[DocumentJson]:
    """与 `assistant library list --json` 相同。"""
    from assistant.library import Library
    from assistant.render.jobs import library_json

    if not Library.exists(site.library):
        return []
    with Library(site.library) as library:
        told: list[Any] = library_json(library.documents(), library.catalog.set_aside())
        return told


@router.post("/api/library", summary="导入报告、条例", responses=FAULTS)
async def add(
    request: Request,
    site: Here,
    file: Annotated[list[UploadFile], File(description="一份或几份。", max_length=_MOST_FILES)],
    wait: bool = True,
) -> list[Json]:
    """与 `assistant ingest` 相同；文件存在资料库文件夹里。`wait=false` 不等，进度见 `/api/library/events`。"""
    from starlette.concurrency import run_in_threadpool

    task = await run_in_threadpool(site.filings.begin, file)
    if not wait:
        return []
    taken = await result(task, request)
    return [{"file": each.file, "line": each.line, "failed": each.failed} for each in taken]


@router.get("/api/library/events", tags=["页面"], summary="导入的进度（SSE）", responses=FAULTS)
async def follow(site: Here, request: Request) -> StreamingResponse:
    return events(lambda: (site.filings.mark, _told(site.filings)), request)


def _told(filing: Filing) -> Json:
    error = filing.failure
    return {
        "at_work": filing.at_work,
        "stage": filing.task.stage if filing.task else "",
        "error": error_json(error) if error else None,
        "version": filing.mark,
    }


@router.post("/api/library/cancel", tags=["页面"], summary="停下导入", responses=FAULTS)
def cancel(site: Here) -> Json:
    """编进目录的都在；再导入一次会接着建索引。"""
    site.filings.stop()
    return _told(site.filings)


@router.delete("/api/library/{number}", summary="删去一份", responses=FAULTS)
def remove(number: int, site: Here) -> Json:
    """与 `assistant library remove` 相同；从网页导入的，存下的那份文件一并删去。"""
    from assistant.library import Library

    with Library(site.library) as library:
        removed = library.remove(number)
    place = Path(removed.path)
    with suppress(OSError, ValueError):
        place.resolve().relative_to((site.library / FILES).resolve())
        shutil.rmtree(place.parent)
    return {"removed": removed.name, "file": removed.file}


class Prefer(BaseModel):
    file: str


@router.put("/api/library/preferred", summary="同一年度有几份的，改用这一份", responses=FAULTS)
def prefer(site: Here, body: Prefer) -> Json:
    from assistant.library import Library

    with Library(site.library) as library:
        return {"line": library.prefer(body.file).line}


@router.post("/api/library/verify", summary="核对资料库是否完好", responses=FAULTS)
async def verify(request: Request, site: Here) -> list[Json]:
    """没有问题是空的列表；各项写明怎么办。"""
    faults: list[Json] = await result(site.filing.submit(verified, site.library), request)
    return faults


@router.post("/api/library/rebuild", summary="修复：重建索引，损坏的由原文件重读", responses=FAULTS)
async def rebuild(request: Request, site: Here) -> list[str]:
    """与 `assistant library rebuild` 相同；返回做了什么、什么没有修好。"""
    lines: list[str] = await result(site.filing.submit(rebuilt, site.library), request)
    return [on_page(line) for line in lines]


def rebuilt(library: Path, tell: Tell) -> list[str]:
    from assistant.library import Library
    from assistant.library.indexing import rebuild as mend

    tell("修复")
    with Library(library) as opened:
        return mend(opened).lines


def verified(library: Path, tell: Tell) -> list[Json]:
    from assistant.library import Library
    from assistant.library.verify import verify as look

    tell("核对")
    with Library(library) as opened:
        return [{"what": fault.what, "where": "", "help": on_page(fault.help)} for fault in look(opened)]

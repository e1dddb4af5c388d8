"""The page on which a report is checked, and what its script calls."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, UploadFile
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse

from assistant.errors import UnknownName
from assistant.web.api import FAULTS
from assistant.web.checks import Choice, ReportCheck, tick_key
from assistant.web.downloads import place_of, sent
from assistant.web.templates import page
from assistant.web.uploads import stored
from assistant.web.waiting import Here, events

__all__ = ["router"]

router = APIRouter()
Json = dict[str, Any]
_API = "/api/checks"
_LONGEST_REASON, _LONGEST_NAME, _MOST_AT_ONCE = 500, 50, 500


@router.get("/", include_in_schema=False)
def start(site: Here) -> Response:
    from assistant.readers import READERS

    return HTMLResponse(page("start.html", here="查", checks=list(site.checks), suffixes=sorted(READERS)))


@router.get("/check/{number}", include_in_schema=False)
def show(number: str, site: Here) -> Response:
    made = site.checks.find(number)
    return HTMLResponse(page("check.html", here="查", made=made, mark=made.mark, **_shown(made)))


@router.get("/check/{number}/sheet", include_in_schema=False)
def sheet(number: str, site: Here) -> Response:
    """The sheet to print and sign."""
    made = _finished(site.checks.find(number))
    return HTMLResponse(page("sheet.html", here="查", made=made, **_shown(made)))


@router.get("/check/{number}/brief", include_in_schema=False)
def brief(number: str, site: Here) -> Response:
    """One page for whoever answers for the report."""
    made = _finished(site.checks.find(number))
    return HTMLResponse(page("brief.html", here="查", made=made, **_shown(made), **_briefly(made)))


_UNFILLED = "F115"
_MOST_TOLD = 8  # causes that one page has room for
_GRAVE = ("error", "warning")


def _briefly(made: ReportCheck) -> Json:
    from assistant.render.console import decision_text
    from assistant.render.findings_sheet import department_of

    checked = made.checked
    assert checked and checked.report and checked.verdict
    verdict = checked.verdict
    grave = [(cause, found) for cause, found in verdict.by_cause if found[0].severity in _GRAVE]
    mends = []
    for cause, found in grave[:_MOST_TOLD]:
        decided = verdict.decisions.get(found[0].fingerprint)
        mends.append(
            {
                "severity": found[0].severity,
                "message": cause.message,
                "mend": cause.mend,
                "department": "、".join(dict.fromkeys(map(department_of, found))),
                "decision": decision_text(decided) if decided else "",
            }
        )
    counts = verdict.counts
    dismissed = [each.by for each in verdict.decisions.values() if each.decision == "dismissed"]
    conclusion = (
        f"还有错误{counts['error']}处，改好以前不宜公布。"
        if counts["error"]
        else "没有错误；公布前请把下面没有填、没有核对的补齐。"
    )
    return {
        "counts": counts,
        "mends": mends,
        "more": len(grave) - len(mends),
        "conclusion": conclusion,
        "unfilled": sum(finding.code == _UNFILLED for finding in verdict.findings),
        "blank": sum(cell.value is None for cell in checked.report.cells.values()),
        "ticked_off": len({tick_key(each) for each in verdict.unchecked} & made.ticked),
        "dismissed_by": dismissed,
    }


def _shown(made: ReportCheck) -> Json:
    if made.checked is None or made.checked.report is None or made.checked.verdict is None:
        return {"previous": "", "other_unit_note": "", "new": set(), "doubtful": ()}
    from assistant.figures.book import place_of
    from assistant.render.html import report_context

    shown = report_context(made.checked.report, made.checked.verdict)
    causes = shown["page"].causes
    decided = made.checked.verdict.decisions
    # Errors open first: what nobody has decided, then what was put off, then the rest.
    rank = {None: 0, "postponed": 1, "confirmed": 2, "dismissed": 3}

    def order(cause: Any) -> int:
        found = [decided.get(note.finding.fingerprint) for note in cause.notes]
        return min(rank[each.decision if each else None] for each in found)

    doubtful = [(metric, place_of(metric)) for metric in made.checked.report.doubtful]
    new = {each.fingerprint for each in made.compared.new} if made.compared else set()
    return shown | {"causes": sorted(causes, key=order), "new": new, "key_of": tick_key, "doubtful": doubtful}


@router.get(_API, tags=["页面"], summary="正在查的报告", responses=FAULTS)
def all_checks(site: Here) -> list[Json]:
    return [_told(made) for made in site.checks]


@router.post(_API, status_code=202, tags=["页面"], summary="开始查一份报告", responses=FAULTS)
def begin(
    site: Here, file: Annotated[UploadFile, File()], previous: Annotated[UploadFile | None, File()] = None
) -> Json:
    """立即返回编号；进度见 `/api/checks/{number}/events`。"""
    number, folder = site.checks.place()
    path = stored(file, folder)
    before = stored(previous, folder / "previous", "上年报告") if previous else None
    return _told(site.checks.begin(number, folder, path, before))


@router.get(f"{_API}/{{number}}", tags=["页面"], summary="一份报告查得怎样", responses=FAULTS)
def one(number: str, site: Here) -> Json:
    from assistant.render.json import verdict_json

    made = site.checks.find(number)
    checked = made.checked
    found = verdict_json(checked.report, checked.verdict) if checked and checked.report and checked.verdict else None
    return _told(made) | {"result": found, "cells": made.cells, "ticked": sorted(made.ticked)}


@router.delete(f"{_API}/{{number}}", status_code=204, tags=["页面"], summary="不再保留", responses=FAULTS)
def remove(number: str, site: Here) -> None:
    site.checks.find(number)
    site.checks.remove(number)


@router.get(f"{_API}/{{number}}/events", tags=["页面"], summary="进度（SSE）", responses=FAULTS)
async def follow(number: str, site: Here, request: Request) -> StreamingResponse:
    made = site.checks.find(number)
    return events(lambda: (made.mark, _told(made)), request)


@router.post(f"{_API}/{{number}}/cancel", tags=["页面"], summary="停下", responses=FAULTS)
def cancel(number: str, site: Here) -> Json:
    made = site.checks.find(number)
    made.stop()
    return _told(made)


@router.post(f"{_API}/{{number}}/again", status_code=202, tags=["页面"], summary="再查一遍", responses=FAULTS)
def again(number: str, site: Here, file: Annotated[UploadFile, File()]) -> Json:
    """改过的文件；查完与前一遍对照。"""
    made = site.checks.find(number)
    _, folder = site.checks.place()
    site.checks.again(made, stored(file, made.folder / folder.name))
    return _told(made)


class Lend(BaseModel):
    use: bool


@router.put(f"{_API}/{{number}}/previous", tags=["页面"], summary="是否用资料库的上年报告", responses=FAULTS)
def lend(number: str, site: Here, body: Lend) -> Json:
    made = site.checks.find(number)
    site.checks.lend(made, body.use)
    return _told(made)


class Decided(BaseModel):
    """``decision``: confirmed 要改, dismissed 不是问题, postponed 以后, null 收回。"""

    findings: list[str] = Field(min_length=1, max_length=_MOST_AT_ONCE)
    decision: Choice | None
    reason: str = Field("", max_length=_LONGEST_REASON)
    by: str = Field("", max_length=_LONGEST_NAME)


@router.put(f"{_API}/{{number}}/decisions", tags=["页面"], summary="决定几处问题怎么办", responses=FAULTS)
def decide(number: str, site: Here, body: Decided) -> Json:
    made = site.checks.find(number)
    site.checks.decide(made, body.findings, body.decision, body.reason, body.by)
    return _told(made)


class CellText(BaseModel):
    """``text``: 原件上印的；空文字是空白，null 恢复读到的。"""

    metric: str
    text: str | None


@router.put(f"{_API}/{{number}}/cells", tags=["页面"], summary="更正一格", responses=FAULTS)
def correct(number: str, site: Here, body: CellText) -> Json:
    made = site.checks.find(number)
    site.checks.correct(made, body.metric, body.text)
    return _told(made)


class Ticked(BaseModel):
    """``key``: 待人工核对的数，位置与数字。"""

    key: str = Field(max_length=_LONGEST_REASON)
    ticked: bool


@router.put(f"{_API}/{{number}}/ticks", tags=["页面"], summary="勾去一个核对过的数", responses=FAULTS)
def tick(number: str, site: Here, body: Ticked) -> Json:
    made = site.checks.find(number)
    site.checks.tick(made, body.key, body.ticked)
    return _told(made)


@dataclass(frozen=True)
class _Output:
    suffix: str
    media: str


_OUTPUTS = {
    "word": _Output(".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "html": _Output(".html", "text/html; charset=utf-8"),
    "xlsx": _Output(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": _Output(".json", "application/json"),
}
Form = Literal["word", "html", "xlsx", "json"]


@router.get(f"{_API}/{{number}}/output/{{form}}", tags=["页面"], summary="导出", responses=FAULTS)
def output(number: str, form: Form, site: Here) -> FileResponse:
    """Word 批注、网页、问题清单（按经办）、JSON。"""
    from assistant.readers.own_results import RESULT_SUFFIX

    made = _finished(site.checks.find(number))
    kind = _OUTPUTS[form]
    path = place_of(site, f"output{kind.suffix}")
    _write(made, form, path)
    return sent(path, kind.media, f"{Path(made.name).stem}{RESULT_SUFFIX}{kind.suffix}")


def _write(made: ReportCheck, form: Form, path: Path) -> None:
    from assistant.render.documents import DOCUMENTS
    from assistant.render.findings_sheet import write_findings
    from assistant.render.json import verdict_json

    checked = made.checked
    assert checked and checked.report and checked.verdict
    if form == "json":
        import json

        path.write_text(
            json.dumps(verdict_json(checked.report, checked.verdict), ensure_ascii=False, indent=1), "utf-8"
        )
    elif form == "xlsx":
        write_findings(checked.report, checked.verdict, path)
    else:
        DOCUMENTS[form].write(checked, path)


def _finished(made: ReportCheck) -> ReportCheck:
    if made.checked is None:
        raise UnknownName("还没有检查结果", where=made.name, help="请等检查完成。")
    return made


def _told(made: ReportCheck) -> Json:
    """How a check goes, for a page."""
    verdict = made.checked.verdict if made.checked else None
    compared = made.compared
    return {
        "id": made.id,
        "file": made.name,
        "title": made.title,
        "state": made.state,
        "stage": made.task.stage if made.task else "",
        "rounds": made.rounds,
        "version": made.mark,
        "error": _fault(made),
        "counts": verdict.counts if verdict else None,
        "open": made.open,
        "compared": (
            {"gone": len(compared.gone), "still": len(compared.still), "new": len(compared.new)} if compared else None
        ),
    }


def _fault(made: ReportCheck) -> dict[str, str] | None:
    from assistant.web.answers import error_json

    return error_json(made.failure) if made.failure else None

"""The page on which questions are asked, what answers rest on, and what its script and other programs call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse

from assistant.errors import UnknownName
from assistant.web.answers import error_json
from assistant.web.api import FAULTS
from assistant.web.downloads import place_of, sent
from assistant.web.shapes import AnswerJson
from assistant.web.talks import Asked, Talk, answer_once
from assistant.web.templates import page
from assistant.web.waiting import Here, events, result
from assistant.web.work import Tell

if TYPE_CHECKING:
    from assistant.asking.conversation.history import Turn
    from assistant.asking.result import Answer
    from assistant.library import Library

__all__ = ["held_document", "router"]

router = APIRouter()
Json = dict[str, Any]
_API = "/api/talks"
_LONGEST = 2000  # characters: what is longer is told of by who answers


class Question(BaseModel):
    """``conversation``：同一个名字的问题前后相连。"""

    question: str = Field(max_length=_LONGEST)
    unit: str | None = Field(None, max_length=100)
    year: int | None = None
    conversation: str | None = None


@router.post("/api/ask", summary="问一个问题", responses=FAULTS)
async def ask(request: Request, site: Here, body: Question) -> AnswerJson:
    """与 `assistant ask 问题 --json` 相同；写了 conversation 的，与 `assistant chat` 一样接着上面的问题理解。"""
    if body.conversation is None:
        asked = Asked(site.library, body.question, unit=body.unit, year=body.year)
        told: AnswerJson = await result(site.asking.submit(answer_once, asked), request)
        return told
    opening = f"{body.unit or ''}{f'{body.year}年' if body.year else ''}"
    turn = await result(site.talks.ask(site.talks.named(body.conversation), f"{opening}{body.question}"), request)
    answered: AnswerJson = turn.answer.model_dump(mode="json")
    return answered


@router.get("/ask", include_in_schema=False)
def begin_page(site: Here) -> Response:
    return _page(site, None)


@router.get("/ask/{number}", include_in_schema=False)
def talk_page(number: str, site: Here) -> Response:
    return _page(site, site.talks.find(number))


def _page(site: Here, talk: Talk | None) -> Response:
    from assistant.asking.suggestions import examples

    mark = talk.mark if talk else ""  # first: see Job.mark
    held = _held(site.library)
    shown = [_shown(turn, held) for turn in (talk.turns if talk else ())]
    others = [each for each in site.talks if each is not talk and each.turns]
    return HTMLResponse(
        page(
            "ask.html", here="问", talk=talk, mark=mark, turns=shown, held=held, examples=examples(held), others=others
        )
    )


def _held(root: Path) -> dict[str, list[int]]:
    from assistant.library import Library

    if not Library.exists(root):
        return {}
    with Library(root) as library:
        return library.units()


@dataclass(frozen=True)
class _Stretch:
    """Words of an answer; a figure leads to its cell."""

    text: str
    source: str = ""


Row = Sequence[Sequence[_Stretch]]


@dataclass(frozen=True)
class _Block:
    """A paragraph of an answer, or the rows of a table, its head first."""

    stretches: Sequence[_Stretch] = ()
    rows: Sequence[Row] = ()


@dataclass(frozen=True)
class _ShownTurn:
    turn: Turn
    blocks: Sequence[_Block]
    suggestions: Sequence[str]
    chart: str


def _shown(turn: Turn, held: dict[str, list[int]]) -> _ShownTurn:
    from assistant.asking.calculation.trend import charted
    from assistant.asking.suggestions import suggestions

    told = charted(turn.answer)
    units = "".join(f"&unit={quote(unit)}" for unit in told[1]) if told else ""
    chart = f"metric={quote(told[0], safe='')}{units}" if told else ""
    return _ShownTurn(turn, _blocks(_stretches(turn.answer)), suggestions(turn.answer, held), chart)


def _stretches(answer: Answer) -> list[_Stretch]:
    """The answer cut at its figures, in their order; one that stands nowhere is passed over."""
    from assistant.asking.questions.expressions import cells_in

    cells = {(one.unit, one.year, one.id.partition(".")[2]): one.id for one in answer.citations}
    made: list[_Stretch] = []
    at = 0
    for figure in answer.figures:
        start = answer.answer.find(figure.text, at)
        named = (cells.get((figure.unit, figure.year, cell)) for cell in _cells(cells_in(figure.metric)))
        source = next(filter(None, named), "")
        if start < 0 or not source:
            continue
        made += [_Stretch(answer.answer[at:start]), _Stretch(figure.text, source)]
        at = start + len(figure.text)
    return [*made, _Stretch(answer.answer[at:])]


def _blocks(stretches: Sequence[_Stretch]) -> list[_Block]:
    """What was answered as paragraphs and tables: lines between bars are rows, their cells between them."""
    lines: list[list[_Stretch]] = [[]]
    for one in stretches:
        first, *others = one.text.split("\n")
        lines[-1].append(_Stretch(first, one.source))
        lines += [[_Stretch(other, one.source)] for other in others]
    blocks: list[_Block] = []
    for is_row, some in groupby(lines, key=lambda line: line[0].text.startswith("|")):
        if is_row:
            blocks.append(_Block(rows=[row for row in map(_row, some) if not _is_ruler(row)]))
        else:
            told = [line if n == 0 else [_Stretch("\n"), *line] for n, line in enumerate(some)]
            blocks.append(_Block([one for line in told for one in line]))
    return [one for one in blocks if one.rows or any(each.text.strip() for each in one.stretches)]


def _row(line: Sequence[_Stretch]) -> Row:
    cells: list[list[_Stretch]] = [[]]
    for one in line:
        first, *others = one.text.split("|")
        cells[-1].append(_Stretch(first.strip(" "), one.source))
        cells += [[_Stretch(other.strip(" "), one.source)] for other in others]
    return cells[1:-1]


def _is_ruler(row: Row) -> bool:
    return all(set(one.text) <= set("-: ") for cell in row for one in cell)


def _cells(metrics: Sequence[str]) -> Sequence[str]:
    """Cells that a figure is of, also of one that is reckoned over years."""
    endings = (".change", ".yoy", ".times", ".sum", ".mean", ".apart")
    return [metric.removesuffix(next((each for each in endings if metric.endswith(each)), "")) for metric in metrics]


class Asking(BaseModel):
    question: str = Field(min_length=1, max_length=_LONGEST)


@router.post(_API, status_code=202, tags=["页面"], summary="开始一次对话", responses=FAULTS)
def begin(site: Here, body: Asking) -> Json:
    talk = site.talks.begin()
    site.talks.ask(talk, body.question)
    return _told(talk)


@router.post(f"{_API}/{{number}}", status_code=202, tags=["页面"], summary="接着问", responses=FAULTS)
def go_on(number: str, site: Here, body: Asking) -> Json:
    talk = site.talks.find(number)
    site.talks.ask(talk, body.question)
    return _told(talk)


@router.post(f"{_API}/{{number}}/cancel", tags=["页面"], summary="不等了", responses=FAULTS)
def cancel(number: str, site: Here) -> Json:
    talk = site.talks.find(number)
    talk.stop()
    return _told(talk)


@router.get(f"{_API}/{{number}}/events", tags=["页面"], summary="回答的进度（SSE）", responses=FAULTS)
async def follow(number: str, site: Here, request: Request) -> StreamingResponse:
    talk = site.talks.find(number)
    return events(lambda: (talk.mark, _told(talk)), request)


_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
}


@router.get(f"{_API}/{{number}}/output/{{form}}", tags=["页面"], summary="导出对话", responses=FAULTS)
def output(number: str, form: Literal["docx", "md"], site: Here) -> FileResponse:
    from assistant.render.conversation import export

    talk = _answered(site.talks.find(number))
    path = place_of(site, f"output.{form}")
    export(talk.turns, path)
    return sent(path, _MEDIA[form], f"问答记录.{form}")


@router.get("/api/trend", summary="一个指标历年的数字", responses=FAULTS)
async def trend(
    request: Request,
    site: Here,
    metric: Annotated[list[str], Query(description="指标，按表格中的名称、平时的说法或编号；可以几个。")],
    unit: Annotated[list[str] | None, Query(description="单位；可以几个。")] = None,
    years: str = "",
) -> Any:
    """与 `assistant trend 指标 --json` 相同。"""
    asked = _Trend(site.library, tuple(metric), tuple(unit or ()), years)
    return await result(site.asking.submit(_trend_json, asked), request)


@router.get("/api/trend.{form}", summary="历年的图", responses=FAULTS, response_class=FileResponse)
async def chart(
    request: Request,
    site: Here,
    form: Literal["svg", "png"],
    metric: Annotated[list[str], Query()],
    unit: Annotated[list[str] | None, Query()] = None,
    years: str = "",
) -> FileResponse:
    path = place_of(site, f"chart.{form}")
    asked = _Trend(site.library, tuple(metric), tuple(unit or ()), years, path)
    await result(site.asking.submit(_draw, asked), request)
    return sent(path, _MEDIA[form])


@dataclass(frozen=True, slots=True)
class _Trend:
    library: Path
    metrics: tuple[str, ...]
    units: tuple[str, ...]
    years: str
    path: Path = Path()


def _trend_json(asked: _Trend, _: Tell) -> Any:
    from assistant.asking.calculation.trend import trend as follow_years
    from assistant.asking.calculation.trend import trend_json
    from assistant.library import Library

    with Library(asked.library) as library:
        return trend_json(follow_years(asked.metrics, library, asked.units, asked.years), None)


def _draw(asked: _Trend, _: Tell) -> None:
    from assistant.asking.calculation.trend import trend as follow_years
    from assistant.library import Library
    from assistant.render.chart import draw

    with Library(asked.library) as library:
        draw(follow_years(asked.metrics, library, asked.units, asked.years), asked.path)


def _answered(talk: Talk) -> Talk:
    if not talk.turns:
        raise UnknownName("还没有回答，没有可以导出的", help="请先提问。")
    return talk


@router.get("/source/{name}", include_in_schema=False)
def source(name: str, site: Here, part: bool = False) -> Response:
    """What a citation leads to: a report with the cell, or a document with the passage. ``part``: without the frame."""
    from assistant.library import Library

    with Library(site.library) as library:
        shown = _of_cell(library, name) if name.startswith("C") else _of_passage(library, name)
    return HTMLResponse(page("source_part.html" if part else "source.html", here="问", **shown))


def _of_cell(library: Library, name: str) -> Json:
    from assistant.asking.calculation.report_figures import cells_of

    number, _, metric = name[1:].partition(".")
    shown = held_document(library, int(number) if number.isdigit() else 0)
    return shown | {"metric": " ".join(cells_of(metric)), "passage": None}


def _of_passage(library: Library, name: str) -> Json:
    number = name[1:]
    found = library.catalog.passages([int(number)]) if number.isdigit() else []
    if not name.startswith("P") or not found:
        raise UnknownName("资料库里没有这一处", where=name, help="资料可能已经删去或重新导入；请再问一次。")
    passage = found[0]
    shown = held_document(library, passage.document)
    return shown | {"metric": "", "passage": passage}


def held_document(library: Library, document: int) -> Json:
    """What the template shows of a document of the library."""
    from assistant.check import Verdict
    from assistant.render.html import report_context

    report = library.show(document)
    entry = library.catalog.entry(document)
    context = report_context(report, Verdict(findings=(), skipped=())) if report else {"page": None}
    passages = () if report else library.catalog.passages_of(document)
    return context | {"entry": entry, "passages": passages}


def _told(talk: Talk) -> Json:
    return {
        "id": talk.id,
        "asking": talk.asking,
        "at_work": talk.at_work,
        "stage": talk.task.stage if talk.task else "",
        "said": talk.task.said if talk.task and talk.at_work else [],
        "turns": len(talk.turns),
        "error": error_json(talk.failure) if talk.failure else None,
        "version": talk.mark,
    }

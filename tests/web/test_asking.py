"""Questions and the library over REST: the JSON of ``ask``, of ``trend`` and of ``library list``; conversations go on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from server import Server, served
from small_report import report
from test_access import told

from assistant.asking.answer import answer
from assistant.asking.conversation.history import Turn
from assistant.asking.result import Answer
from assistant.asking.suggestions import examples, suggestions
from assistant.errors import AssistantError
from assistant.library import Library
from assistant.web import batch_pages, check_pages, library_pages
from assistant.web.ask_pages import talk_page
from assistant.web.checks import ReportCheck
from assistant.web.site import Site
from assistant.web.talks import Talk
from assistant.web.work import Task

UNIT = "某市甲区"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("asking"), ASSISTANT_EMBEDDINGS="none") as made:
        files = [
            ("file", (f"甲区{year}.txt", report(year, count).encode()))
            for year, count in ((2022, 8), (2023, 9), (2024, 12))
        ]
        taken = made.client().post("/api/library", files=files).json()
        assert [each["failed"] for each in taken] == [False, False, False], taken
        yield made


def command(server: Server, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "--library", str(server.library), *arguments],
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    return json.loads(done.stdout)


def test_an_answer_is_the_command_s(server: Server) -> None:
    for question in (
        "甲区2024年新收多少件申请",
        "甲区近三年新收申请的变化情况",
        "答复申请的期限是多久",
        "甲区2024年网友申请多少件",
    ):
        found = server.client().post("/api/ask", json={"question": question})
        assert found.json() == command(server, "ask", question, "--json")
    with_unit = server.client().post("/api/ask", json={"question": "新收多少件申请", "unit": UNIT, "year": 2023})
    assert with_unit.json()["figures"][0]["value"] == "9"


def test_a_conversation_goes_on(server: Server) -> None:
    def ask(question: str) -> dict[str, Any]:
        asked: dict[str, Any] = (
            server.client().post("/api/ask", json={"question": question, "conversation": "oa-1"}).json()
        )
        return asked

    assert ask("甲区2024年新收多少件申请")["figures"][0]["value"] == "12"
    assert ask("那2023年呢？")["figures"][0]["value"] == "9"
    fresh = server.client().post("/api/ask", json={"question": "那2023年呢？", "conversation": "oa-2"}).json()
    assert fresh["abstained"]
    refused = server.client().post("/api/ask", json={"question": "在吗", "conversation": "../x"})
    assert refused.status_code == 404 and told(refused)["where"] == "conversation"


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 422), ({"question": ""}, 404), ({"question": "x", "year": "去年"}, 422), ({"question": "新收多少", "unit": "乙区"}, 404), ({"question": "字" * 5000}, 422)],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_in_three_parts(server: Server, body: dict[str, Any], status: int) -> None:
    answer = server.client().post("/api/ask", json=body)
    assert answer.status_code == status and told(answer)


def test_a_trend_is_the_command_s_and_can_be_drawn(server: Server) -> None:
    query = {"metric": "新收申请", "unit": UNIT}
    assert server.client().get("/api/trend", params=query).json() == command(
        server, "trend", "新收申请", "--unit", UNIT, "--json"
    )
    picture = server.client().get("/api/trend.svg", params=query)
    assert picture.headers["content-type"] == "image/svg+xml" and "<svg" in picture.text
    unknown = server.client().get("/api/trend", params={"metric": "网友", "unit": UNIT})
    assert unknown.status_code == 404 and "网友" in told(unknown)["what"]


@pytest.mark.usefixtures("chinese_font")
def test_a_trend_can_be_had_as_a_picture(server: Server) -> None:
    picture = server.client().get("/api/trend.png", params={"metric": "新收申请", "unit": UNIT})
    assert picture.content.startswith(b"\x89PNG")


def test_the_library_is_listed_added_to_verified_and_removed_from(server: Server) -> None:
    client = server.client()
    assert client.get("/api/library").json() == command(server, "library", "list", "--json")
    before = len(client.get("/api/library").json())
    taken = client.post(
        "/api/library",
        files=[("file", ("甲区2021.txt", report(2021, 5).encode())), ("file", ("通知.txt", "开会".encode()))],
    ).json()
    assert [(each["file"], each["failed"]) for each in taken] == [("甲区2021.txt", False), ("通知.txt", True)]
    assert "通知.txt：" in taken[1]["line"] and str(server.library) not in taken[1]["line"]
    listed = client.get("/api/library").json()
    assert len(listed) == before + 1
    assert client.post("/api/library/verify").json() == []
    kept = list((server.library / "files").rglob("*.txt"))
    assert sorted(path.name for path in kept) == ["甲区2021.txt", "甲区2022.txt", "甲区2023.txt", "甲区2024.txt"]
    number = next(each["id"] for each in listed if each["year"] == 2021)
    assert client.delete(f"/api/library/{number}").json()["file"] == "甲区2021.txt"
    assert not any(path.name == "甲区2021.txt" for path in (server.library / "files").rglob("*"))
    assert client.delete(f"/api/library/{number}").status_code == 404


def test_a_figure_leads_to_its_cell_and_a_citation_to_its_passage(server: Server) -> None:
    client = server.client()
    figure = client.post("/api/ask", json={"question": "甲区2024年新收多少件申请"}).json()["citations"][0]
    page = client.get(f"/source/{figure['id']}", headers={"Accept": "text/html"}).text
    assert 'data-metric="requests.received.total"' in page.partition('class="report"')[0] and "某市甲区" in page
    rule = client.post("/api/ask", json={"question": "答复申请的期限是多久"}).json()["citations"][0]
    part = client.get(f"/source/{rule['id']}", params={"part": True}).text
    assert "<html" not in part and rule["quote"].splitlines()[0] in part
    for lost in ("P999999", "C999999.x", "Cx", "nonsense"):
        assert told(client.get(f"/source/{lost}")) and client.get(f"/source/{lost}").status_code == 404


def test_without_a_library_that_is_said(tmp_path: Path) -> None:
    with served(tmp_path) as empty:
        assert empty.client().get("/api/library").json() == []
        refused = empty.client().post("/api/ask", json={"question": "甲区2024年新收多少件申请"})
        assert refused.status_code == 409 and "还没有资料库" in told(refused)["what"]
        for address in ("/ask", "/library"):
            assert empty.client().get(address).status_code == 200


def test_before_anything_is_imported_the_regulation_can_be_asked(tmp_path: Path) -> None:
    site = Site(tmp_path / "库", tmp_path / "tmp")
    asked = site.talks.begin()
    site.talks.ask(asked, "答复申请的期限是多久").future.result(120)
    site.close()
    assert "20个工作日" in asked.turns[0].answer.answer


def test_what_went_wrong_is_shown_on_every_page_that_waits(tmp_path: Path) -> None:
    site = Site(tmp_path / "库", tmp_path / "tmp")
    failed = Task(print, None)  # it is over: nothing calls it
    failed._end("failed", error=AssistantError("磁盘已满", help="请腾出空间。"))
    site.filings.task = failed
    site.talks.keep(Talk("talk", asking="问题", task=failed))
    site.checks.keep(ReportCheck("check", tmp_path, Path("年报.docx"), task=failed))
    batch = site.batches.begin()
    batch.task = failed
    pages = (
        talk_page("talk", site),
        check_pages.show("check", site),
        batch_pages.show(batch.id, site),
        library_pages.show(site),
    )
    for shown in pages:
        assert "磁盘已满" in bytes(shown.body).decode() and "请腾出空间。" in bytes(shown.body).decode()


def asked(tmp_path: Path, question: str) -> tuple[Answer, dict[str, list[int]]]:
    from assistant.library.ingest import ingest

    with Library(tmp_path / "库", create=True) as library:
        for year in (2023, 2024):
            path = tmp_path / f"{year}.txt"
            path.write_text(report(year), encoding="utf-8")
            ingest([path], library, vectors=False)
        return answer(question, library), library.units()


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        ("甲区2024年网友申请多少件", "甲区2024年申请多少件"),
        ("甲区2015年新收多少件", "某市甲区2023年新收申请"),
        ("乙区2024年新收多少件", "某市甲区2024年新收申请"),
    ],
)
def test_what_was_not_understood_is_offered_as_it_can_be_asked(tmp_path: Path, question: str, offered: str) -> None:
    found, held = asked(tmp_path, question)
    assert offered in suggestions(found, held)
    again, _ = asked(tmp_path, offered)
    assert not again.abstained and again.figures


def test_an_answer_that_is_one_offers_nothing(tmp_path: Path) -> None:
    found, held = asked(tmp_path, "甲区2024年新收多少件申请")
    assert suggestions(found, held) == ()
    assert all(UNIT in each or "2024" in each for each in examples(held)) and examples({})


def test_a_page_does_not_bear_a_newer_mark_than_what_it_shows(tmp_path: Path) -> None:
    """An answer that comes while the page is made is told by the next event, which a page of its mark would not heed."""
    site = Site(tmp_path / "库", tmp_path / "tmp")

    class Coming(list[Turn]):
        def __iter__(self) -> Iterator[Turn]:
            talk.version += 1
            return super().__iter__()

    talk = site.talks.keep(Talk("one", turns=Coming()))
    before = talk.mark
    shown = bytes(talk_page("one", site).body).decode()
    assert f'data-version="{before}"' in shown and talk.mark != before

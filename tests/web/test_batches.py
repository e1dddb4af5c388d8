"""Many reports: sent one by one, checked together, a row each, opened and printed one by one."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from browser import Browser, chromium
from dossiers import printed, report
from openpyxl import load_workbook
from server import Server, served
from test_access import told

NAMES = {"甲县人民政府": 25, "乙县人民政府": None, "丙县人民政府": None}


def files() -> dict[str, bytes]:
    made = {}
    for unit, total in NAMES.items():
        figures = {"requests.received.total": total} if total else {}
        text = printed(report(figures=figures)).replace("云川县人民政府", unit)
        made[f"{unit}.txt"] = text.encode()
    made["通知.txt"] = "开会".encode()
    return made


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("batch")) as made:
        yield made


@pytest.fixture(scope="module")
def batch(server: Server) -> dict[str, Any]:
    client = server.client()
    number = client.post("/api/batches").json()["id"]
    for name, content in files().items():
        assert client.post(f"/api/batches/{number}/files", files={"file": (name, content)}).status_code == 201
    assert client.post(f"/api/batches/{number}/start").status_code == 202
    while (state := client.get(f"/api/batches/{number}").json())["at_work"]:
        time.sleep(0.1)
    assert state["state"] == "done", state["error"]
    return dict(state)


def test_every_report_has_a_row_and_a_bad_file_its_reason(batch: dict[str, Any]) -> None:
    rows = {row["file"]: row for row in batch["rows"]}
    assert set(rows) == set(files())
    assert rows["甲县人民政府.txt"]["counts"]["error"] >= 2 and rows["甲县人民政府.txt"]["unit"] == "甲县人民政府"
    assert "看起来不是" in rows["通知.txt"]["error"] and "/" not in rows["通知.txt"]["error"]


def test_what_they_tell_of_each_other_is_found(server: Server, batch: dict[str, Any]) -> None:
    """The same paragraphs in three reports, which no report by itself shows."""
    row = next(row for row in batch["rows"] if row["file"] == "乙县人民政府.txt")
    page = server.client().get(f"/batch/{batch['id']}/{row['row']}", follow_redirects=True)
    assert "R104" in page.text and "乙县人民政府" in page.text
    across = server.client().get(f"/batch/{batch['id']}").text.split("互相比较发现的")[1].split("各单位并列")[0]
    assert across.count("R104") >= 3 and "T307" not in across and "乙县人民政府" in across
    again = server.client().get(f"/batch/{batch['id']}/{row['row']}")
    assert page.url.path == again.headers["location"], "opened twice it is the same check"


def test_a_slip_for_each_unit_and_the_summary(server: Server, batch: dict[str, Any]) -> None:
    client = server.client()
    slips = client.get(f"/batch/{batch['id']}/slips").text
    assert slips.count("年度报告核对回执</h1>") == 3 and "甲县人民政府：" in slips and "收件人" in slips
    number = next(row["row"] for row in batch["rows"] if row["file"] == "甲县人民政府.txt")
    assert client.get(f"/batch/{batch['id']}/slips", params={"only": number}).text.count("回执</h1>") == 1
    book = load_workbook(io.BytesIO(client.get(f"/api/batches/{batch['id']}/summary.xlsx").content))
    assert "单位与检查" in book.sheetnames


def test_what_cannot_be_done_is_said(server: Server, batch: dict[str, Any]) -> None:
    client = server.client()
    late = client.post(f"/api/batches/{batch['id']}/files", files={"file": ("晚.txt", b"x")})
    assert late.status_code == 400 and "不能再加" in told(late)["what"]
    empty = client.post("/api/batches").json()["id"]
    assert "还没有文件" in told(client.post(f"/api/batches/{empty}/start"))["what"]
    assert client.get("/api/batches/nothing").status_code == 404
    assert client.get(f"/batch/{batch['id']}/99").status_code == 404


def test_a_zip_file_is_a_folder(server: Server) -> None:
    packed = io.BytesIO()
    with ZipFile(packed, "w") as parts:
        for name, content in files().items():
            parts.writestr(name, content)
    client = server.client()
    number = client.post("/api/batches").json()["id"]
    client.post(f"/api/batches/{number}/files", files={"file": ("报告.zip", packed.getvalue())})
    client.post(f"/api/batches/{number}/start")
    while (state := client.get(f"/api/batches/{number}").json())["at_work"]:
        time.sleep(0.1)
    assert {row["file"] for row in state["rows"]} == set(files())
    page = client.get(f"/batch/{number}").text
    assert "报告.zip/" in page and str(server.temporary) not in page, "nobody knows our folders"


def test_in_a_browser_files_are_chosen_the_table_sorted_filtered_and_a_row_opened(
    tmp_path: Path, server: Server
) -> None:
    for name, content in files().items():
        (tmp_path / name).write_bytes(content)
    with chromium(tmp_path / "profile") as browser:
        _walk(browser, server, [tmp_path / name for name in files()])


def _walk(browser: Browser, server: Server, paths: list[Path]) -> None:
    browser.open(server.entrance)
    browser.open(f"{server.address}/batch")
    browser.press("#files", "\n".join(map(str, paths)))
    browser.wait("!document.querySelector('#go').disabled")
    browser.click("#go")
    rows = "[...document.querySelectorAll('#reports tbody tr')].filter(row => !row.hidden)"
    browser.wait(f"{rows}.length === 4")
    browser.click("#reports th:nth-of-type(4) button")
    assert (
        browser.ask(f"{rows}[0].textContent").startswith("甲县")
        and browser.ask("document.querySelector('[aria-sort]').cellIndex") == 3
    )
    browser.press("#filter", "乙县")
    assert browser.wait(f"{rows}.length === 1")
    assert browser.ask("document.querySelectorAll('#units tbody tr').length") == 3
    assert "平均" in browser.ask("document.querySelector('#units').textContent")
    browser.ask(f"{rows}[0].querySelector('a').click()")
    browser.wait("location.pathname.startsWith('/check/') && document.querySelector('main.report')")
    assert browser.log() == []

"""REST: the very JSON of the commands; nothing stays of what was uploaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from server import Server, served
from test_access import told

from assistant.web.uploads import plain_name


def command(server: Server, *arguments: str | Path) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "--library", str(server.library), *map(str, arguments)],
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    return json.loads(done.stdout)


def left(server: Server) -> list[str]:
    return [str(path) for path in server.temporary.rglob("*") if path.is_file() and path.name != "in-use"]


def test_check_is_the_command_s(server: Server, wrong: Path) -> None:
    before = left(server)
    answer = server.client().post("/api/check", files={"file": (wrong.name, wrong.read_bytes())})
    assert answer.status_code == 200
    assert answer.json() == command(server, "check", wrong, "--format", "json")
    assert answer.json()["counts"]["error"] >= 2
    assert left(server) == before


def test_last_year_s_report_comes_along(server: Server, wrong: Path, sound: Path, tmp_path: Path) -> None:
    from dossiers import printed, report

    last = tmp_path / "去年.txt"
    last.write_text(printed(report(year=2023)), encoding="utf-8")
    both = {"file": (wrong.name, wrong.read_bytes()), "previous": (last.name, last.read_bytes())}
    answer = server.client().post("/api/check", files=both)
    assert answer.json() == command(server, "check", wrong, "--previous", last, "--format", "json")
    assert answer.json()["previous"]["from"] == "given"
    same_year = {"file": (wrong.name, wrong.read_bytes()), "previous": (sound.name, sound.read_bytes())}
    refused = server.client().post("/api/check", files=same_year)
    assert refused.status_code == 422 and "2023年度" in told(refused)["help"]


def test_read_and_rules_are_the_commands_(server: Server, wrong: Path) -> None:
    answer = server.client().post("/api/read", files={"file": (wrong.name, wrong.read_bytes())})
    assert answer.json() == command(server, "read", wrong, "--json")
    assert server.client().get("/api/rules").json() == command(server, "rules", "--json")


@pytest.mark.parametrize(
    ("name", "content"),
    [("空.docx", b""), ("坏.docx", b"PK\x03\x04 broken"), ("坏.pdf", b"%PDF-1.7 broken"), ("别的.txt", "会议通知".encode()), ("不认识.xyz", b"x"), ("旧.doc", b"\xd0\xcf\x11\xe0")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_three_parts(server: Server, name: str, content: bytes) -> None:
    for address in ("/api/check", "/api/read"):
        answer = server.client().post(address, files={"file": (name, content)})
        assert answer.status_code == 422
        assert told(answer)["where"] == name, "the name that was given, not a path of ours"
    assert str(server.temporary) not in answer.text


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("年报.docx", "年报.docx"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\系统.DOCX", "系统.docx"),
        ("/abs/报告.pdf", "报告.pdf"),
        (".bashrc", "报告.bashrc"),
        ("..", "报告"),
        ("", "报告"),
        ("con.txt", "_con.txt"),
        ("a\x00b\u202etxt.exe", "abtxt.exe"),
        ("报告（2024）〔定稿〕.docx", "报告（2024）〔定稿〕.docx"),
        ("a:b*c?.txt", "a_b_c.txt"),
        ("长" * 300 + ".docx", "长" * 60 + ".docx"),
        ("x.docx/../../y", "y"),
    ],
)
def test_names_are_never_paths(given: str, made: str) -> None:
    assert plain_name(given) == made


def test_a_name_that_is_a_path_writes_nothing_elsewhere(server: Server, wrong: Path, tmp_path: Path) -> None:
    name = f"../../../../{tmp_path}/escaped.txt"
    answer = server.client().post("/api/check", files={"file": (name, wrong.read_bytes())})
    assert answer.json()["file"] == "escaped.txt" and not (tmp_path / "escaped.txt").exists()


def test_the_description_names_every_call_and_how_it_fails(server: Server) -> None:
    told_of = server.client().get("/api/openapi.json").json()
    assert {"/api/check", "/api/read", "/api/rules"} <= set(told_of["paths"])
    for address, calls in told_of["paths"].items():
        for call in calls.values():
            assert call["summary"], address
            fault = call["responses"]["422"]["content"]["application/json"]["schema"]
            assert set(fault["required"]) == {"what", "where", "help"}, address
    upload = told_of["components"]["schemas"]["Body_check_api_check_post"]["properties"]
    for name in ("file", "previous"):  # as clients that are generated from it understand a file
        assert (upload[name]["type"], upload[name]["format"]) == ("string", "binary") and "anyOf" not in upload[name]
    answer = told_of["paths"]["/api/check"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert "CheckJson" in answer["$ref"]


def test_new_figures_go_into_a_report_that_people_edited(server: Server, tmp_path: Path) -> None:
    book = next((Path(__file__).parents[2] / "corpus" / "data").glob("*.xlsx"))
    command(server, "draft", "--data", book, "-o", tmp_path / "report.docx", "--json")
    report = (tmp_path / "report.docx").read_bytes()
    upload = {"workbook": (book.name, book.read_bytes()), "report": ("report.docx", report)}
    answer = server.client().post("/api/draft", files=upload)
    told_of = answer.json()
    assert (told_of["changed"], told_of["unplaced"], told_of["output"]) == ([], [], "report.docx")
    word = server.client().post("/api/draft", files=upload, data={"form": "docx"})
    assert word.content.startswith(b"PK")
    broken = server.client().post("/api/draft", files={**upload, "report": ("报告.txt", "正文".encode())})
    assert told(broken)["where"] == "报告.txt"
    assert not any("report" in path for path in left(server))


def test_nothing_is_left_when_it_ends(tmp_path: Path, wrong: Path) -> None:
    with served(tmp_path) as made:
        begun = made.client().post("/api/checks", files={"file": (wrong.name, wrong.read_bytes())})
        assert begun.status_code == 202 and left(made)
        assert made.end() == 0
        assert list(made.temporary.iterdir()) == []
        assert not made.library.exists(), "nobody filed or decided anything"


def test_a_draft_is_the_command_s_and_can_be_had_as_a_file(server: Server, tmp_path: Path) -> None:
    book = next((Path(__file__).parents[2] / "corpus" / "data").glob("*.xlsx"))
    upload = {"workbook": (book.name, book.read_bytes())}
    answer = server.client().post("/api/draft", files=upload)
    drafted = command(server, "draft", "--data", book, "-o", tmp_path / "report.docx", "--json")
    assert answer.json() == {**drafted, "output": "report.docx"}
    word = server.client().post("/api/draft", files=upload, data={"form": "docx"})
    assert word.content.startswith(b"PK") and "filename" in word.headers["content-disposition"]
    broken = server.client().post("/api/draft", files={"workbook": ("坏.xlsx", b"x")})
    assert broken.status_code in (400, 422) and told(broken)["where"] == "坏.xlsx"
    assert not any("report" in path for path in left(server))

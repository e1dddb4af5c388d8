"""The tools, called by a client of the SDK and line by line: typed, in three parts where they fail, read-only."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from dossiers import printed, report
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp_types import CallToolResult
from small_report import report as small

from assistant.cli import run
from assistant.library import Library
from assistant.library.ingest import ingest

Talk = Callable[..., Any]
TOOLS = {"check_report", "read_report", "ask", "figures", "search", "article", "library", "compare"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two years of one unit, with the regulation's digest, and two reports beside it."""
    made = tmp_path_factory.mktemp("mcp")
    (made / "有错.txt").write_text(printed(report(figures={"requests.received.total": 25})), encoding="utf-8")
    (made / "去年.txt").write_text(printed(report(year=2023)), encoding="utf-8")
    for year, count in ((2023, 9), (2024, 12)):
        (made / f"甲区{year}.txt").write_text(small(year, count), encoding="utf-8")
    corpus = Path(__file__).parents[2] / "corpus" / "regulation"
    with Library(made / "库", create=True) as library:
        ingest([corpus, made / "甲区2023.txt", made / "甲区2024.txt"], library, vectors=False)
    return made


def command(folder: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "assistant", "--library", str(folder / "库"), "mcp", *more]


@pytest.fixture(scope="module")
def talk(folder: Path) -> Iterator[Talk]:
    """What a call gives of a client of the SDK that has started the server as its configuration says; one server for
    each set of options: a start takes seconds."""
    environment = {"PYTHONPATH": os.environ.get("PYTHONPATH", ""), "ASSISTANT_EMBEDDINGS": "none"}
    with start_blocking_portal() as portal, contextlib.ExitStack() as open_ones:

        @functools.cache
        def client(*more: str) -> Client:
            program, *arguments = command(folder, *more)
            started = Client(StdioServerParameters(command=program, args=arguments, env=environment))
            return open_ones.enter_context(portal.wrap_async_context_manager(started))

        yield lambda use, *more: portal.call(use, client(*more))


def call(talk: Talk, tool: str, *more: str, **arguments: Any) -> Any:
    """The structured result of one call; lists come in ``result``."""

    async def use(client: Client) -> CallToolResult:
        return await client.call_tool(tool, arguments)

    found: CallToolResult = talk(use, *more)
    assert not found.is_error, found.content
    assert found.structured_content is not None
    return found.structured_content


def refused(talk: Talk, tool: str, *more: str, **arguments: Any) -> str:
    async def use(client: Client) -> CallToolResult:
        return await client.call_tool(tool, arguments)

    found: CallToolResult = talk(use, *more)
    assert found.is_error
    return " ".join(getattr(each, "text", "") for each in found.content)


def by_command(folder: Path, *arguments: str) -> Any:
    with contextlib.redirect_stdout(io.StringIO()) as told:
        run(["--library", str(folder / "库"), *arguments])
    return json.loads(told.getvalue())


def test_every_tool_tells_a_model_what_it_is_for_and_what_it_gives(talk: Talk) -> None:
    async def use(client: Client) -> Any:
        return (await client.list_tools()).tools, client.instructions

    found, instructions = talk(use)
    assert {tool.name for tool in found} == TOOLS and "不要自己算" in instructions
    for tool in found:
        assert tool.description and len(tool.description) > 15 and tool.annotations.read_only_hint
        assert tool.output_schema and tool.output_schema["type"] == "object"
        for name, shape in tool.input_schema["properties"].items():
            assert shape.get("description") or name == "plan", (tool.name, name)
    writing, _ = talk(use, "--allow-write")
    assert {tool.name for tool in writing} - TOOLS == {"library_add", "library_remove"}
    assert {tool.name for tool in writing if not tool.annotations.read_only_hint} == {"library_add", "library_remove"}


def test_what_the_tools_give_is_what_the_commands_give(talk: Talk, folder: Path) -> None:
    wrong, last = str(folder / "有错.txt"), str(folder / "去年.txt")
    assert call(talk, "check_report", file=wrong) == by_command(folder, "check", wrong, "--format", "json")
    both = call(talk, "check_report", file=wrong, previous=last)
    assert both == by_command(folder, "check", wrong, "--previous", last, "--format", "json")
    assert both["previous"]["from"] == "given" and both["counts"]["error"] >= 2
    assert call(talk, "read_report", file=wrong) == by_command(folder, "read", wrong, "--json")
    assert call(talk, "compare", old=last, new=wrong) == by_command(folder, "compare", last, wrong, "--json")
    question = "甲区2024年新收多少件申请，比上年增长多少？"
    assert call(talk, "ask", question=question) == by_command(folder, "ask", question, "--json")
    assert call(talk, "library")["result"] == by_command(folder, "library", "list", "--json")


def test_a_plan_is_executed_and_what_it_names_wrongly_is_said(talk: Talk) -> None:
    plan = {"类别": "数字", "单位": ["某市甲区"], "年份": [2024], "指标": ["新收申请"]}
    found = call(talk, "figures", plan=plan)
    assert [each["value"] for each in found["figures"]] == ["12"] and found["citations"][0]["where"] == "表三 一·总计"
    over = call(talk, "figures", plan={**plan, "年份": [], "运算": "逐年"})
    assert [each["value"] for each in over["figures"] if each["year"]][-2:] == ["9", "12"]
    said = refused(talk, "figures", plan={**plan, "单位": ["乙区"], "指标": ["网友"]})
    assert "没有单位“乙区”" in said and "没有指标“网友”" in said and "怎么办" in said


def test_passages_and_articles_come_with_what_they_are_cited_by(talk: Talk) -> None:
    found = call(talk, "search", words="培训", unit="甲区", year=2024)["result"]
    assert found and all(each["year"] == 2024 and each["id"].startswith("P") for each in found)
    assert any("培训3期" in each["text"] for each in found)
    (article,) = call(talk, "article", number=33)["result"]
    assert "20个工作日" in article["text"] and "条例" in article["regulation"]
    assert "没有找到第199条" in refused(talk, "article", number=199)
    assert "没有" in refused(talk, "search", words="培训", unit="丙区")


def test_what_fails_says_where_and_what_to_do(talk: Talk, folder: Path) -> None:
    said = refused(talk, "check_report", file=str(folder / "没有.docx"))
    assert "没有这个文件" in said and "没有.docx" in said and "怎么办" in said
    assert "至少" in refused(talk, "read_report", file="") or "at least" in refused(talk, "read_report", file="")
    assert "library_add" in refused(talk, "library_add", files=["x"]), "it is not there without --allow-write"


def test_with_leave_the_library_is_added_to_and_removed_from(talk: Talk, tmp_path: Path) -> None:
    path = tmp_path / "甲区2022.txt"
    path.write_text(small(2022, 7), encoding="utf-8")
    before = len(call(talk, "library")["result"])
    (line,) = call(talk, "library_add", "--allow-write", files=[str(path)])["result"]
    assert line.startswith("甲区2022.txt：新增")
    held = call(talk, "library")["result"]
    assert len(held) == before + 1
    number = next(each["id"] for each in held if each["year"] == 2022)
    assert "2022年报告" in call(talk, "library_remove", "--allow-write", number=number)["result"]
    assert len(call(talk, "library")["result"]) == before


def test_line_by_line_stdout_holds_the_protocol_only(folder: Path) -> None:
    """What an older client writes, and what no client should."""
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    asked = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "ask", "arguments": {"question": "甲区2024年新收多少件申请"}}},
        {"jsonrpc": "2.0", "id": 4, "method": "tools/call", "params": {"name": "nothing", "arguments": {}}},
        {"jsonrpc": "2.0", "id": 5, "method": "nothing/at/all"},
    ]  # fmt: skip
    with subprocess.Popen(
        command(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "ASSISTANT_EMBEDDINGS": "none"},
    ) as process:  # fmt: skip
        assert process.stdin and process.stdout
        answers: dict[int, Any] = {}
        for message in asked:
            process.stdin.write(json.dumps(message, ensure_ascii=False) + "\n")
            process.stdin.flush()
            while message.get("id") not in (None, *answers):
                told = json.loads(process.stdout.readline())  # every line is JSON
                assert told["jsonrpc"] == "2.0"
                if "id" in told:
                    answers[told["id"]] = told
        process.stdin.write("this is no JSON\n")
        process.stdin.close()
        rest = process.stdout.read()
        assert process.wait(30) == 0
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in rest.splitlines())
    assert answers[1]["result"]["serverInfo"]["name"] == "assistant"
    assert {tool["name"] for tool in answers[2]["result"]["tools"]} == TOOLS
    assert answers[3]["result"]["structuredContent"]["figures"][0]["value"] == "12"
    assert answers[4]["result"]["isError"] if "result" in answers[4] else answers[4]["error"]
    assert answers[5]["error"]["code"] == -32601

"""The tools, called by a client of the SDK and line by line: typed, in three parts where they fail, read-only."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from dossiers import printed, report
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp_types import CallToolResult
from small_report import report as small

from assistant.library import Library
from assistant.library.ingest import ingest

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


def talk(folder: Path, use: Callable[[Client], Awaitable[Any]], *more: str) -> Any:
    """What ``use`` gives of a client of the SDK that has started the server as its configuration says."""

    async def run() -> Any:
        program, *arguments = command(folder, *more)
        environment = {"PYTHONPATH": os.environ.get("PYTHONPATH", ""), "ASSISTANT_EMBEDDINGS": "none"}
        async with Client(StdioServerParameters(command=program, args=arguments, env=environment)) as client:
            return await use(client)

    return anyio.run(run)


def call(folder: Path, tool: str, *more: str, **arguments: Any) -> Any:
    """The structured result of one call; lists come in ``result``."""

    async def use(client: Client) -> CallToolResult:
        return await client.call_tool(tool, arguments)

    found: CallToolResult = talk(folder, use, *more)
    assert not found.is_error, found.content
    assert found.structured_content is not None
    return found.structured_content


def refused(folder: Path, tool: str, *more: str, **arguments: Any) -> str:
    async def use(client: Client) -> CallToolResult:
        return await client.call_tool(tool, arguments)

    found: CallToolResult = talk(folder, use, *more)
    assert found.is_error
    return " ".join(getattr(each, "text", "") for each in found.content)


def by_command(folder: Path, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "--library", str(folder / "库"), *arguments],
        capture_output=True, encoding="utf-8", env={**os.environ, "ASSISTANT_EMBEDDINGS": "none"},
    )  # fmt: skip
    return json.loads(done.stdout)


def test_every_tool_tells_a_model_what_it_is_for_and_what_it_gives(folder: Path) -> None:
    async def use(client: Client) -> Any:
        return (await client.list_tools()).tools, client.instructions

    found, instructions = talk(folder, use)
    assert {tool.name for tool in found} == TOOLS and "不要自己算" in instructions
    for tool in found:
        assert tool.description and len(tool.description) > 15 and tool.annotations.read_only_hint
        assert tool.output_schema and tool.output_schema["type"] == "object"
        for name, shape in tool.input_schema["properties"].items():
            assert shape.get("description") or name == "plan", (tool.name, name)
    writing, _ = talk(folder, use, "--allow-write")
    assert {tool.name for tool in writing} - TOOLS == {"library_add", "library_remove"}
    assert {tool.name for tool in writing if not tool.annotations.read_only_hint} == {"library_add", "library_remove"}


def test_what_the_tools_give_is_what_the_commands_give(folder: Path) -> None:
    wrong, last = str(folder / "有错.txt"), str(folder / "去年.txt")
    assert call(folder, "check_report", file=wrong) == by_command(folder, "check", wrong, "--format", "json")
    both = call(folder, "check_report", file=wrong, previous=last)
    assert both == by_command(folder, "check", wrong, "--previous", last, "--format", "json")
    assert both["previous"]["from"] == "given" and both["counts"]["error"] >= 2
    assert call(folder, "read_report", file=wrong) == by_command(folder, "read", wrong, "--json")
    assert call(folder, "compare", old=last, new=wrong) == by_command(folder, "compare", last, wrong, "--json")
    question = "甲区2024年新收多少件申请，比上年增长多少？"
    assert call(folder, "ask", question=question) == by_command(folder, "ask", question, "--json")
    assert call(folder, "library")["result"] == by_command(folder, "library", "list", "--json")


def test_a_plan_is_executed_and_what_it_names_wrongly_is_said(folder: Path) -> None:
    plan = {"类别": "数字", "单位": ["某市甲区"], "年份": [2024], "指标": ["新收申请"]}
    found = call(folder, "figures", plan=plan)
    assert [each["value"] for each in found["figures"]] == ["12"] and found["citations"][0]["where"] == "表三 一·总计"
    over = call(folder, "figures", plan={**plan, "年份": [], "运算": "逐年"})
    assert [each["value"] for each in over["figures"] if each["year"]][-2:] == ["9", "12"]
    said = refused(folder, "figures", plan={**plan, "单位": ["乙区"], "指标": ["网友"]})
    assert "没有单位“乙区”" in said and "没有指标“网友”" in said and "怎么办" in said


def test_passages_and_articles_come_with_what_they_are_cited_by(folder: Path) -> None:
    found = call(folder, "search", words="培训", unit="甲区", year=2024)["result"]
    assert found and all(each["year"] == 2024 and each["id"].startswith("P") for each in found)
    assert any("培训3期" in each["text"] for each in found)
    (article,) = call(folder, "article", number=33)["result"]
    assert "20个工作日" in article["text"] and "条例" in article["regulation"]
    assert "没有找到第199条" in refused(folder, "article", number=199)
    assert "没有" in refused(folder, "search", words="培训", unit="丙区")


def test_what_fails_says_where_and_what_to_do(folder: Path) -> None:
    said = refused(folder, "check_report", file=str(folder / "没有.docx"))
    assert "没有这个文件" in said and "没有.docx" in said and "怎么办" in said
    assert "至少" in refused(folder, "read_report", file="") or "at least" in refused(folder, "read_report", file="")
    assert "library_add" in refused(folder, "library_add", files=["x"]), "it is not there without --allow-write"


def test_with_leave_the_library_is_added_to_and_removed_from(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "甲区2022.txt"
    path.write_text(small(2022, 7), encoding="utf-8")
    before = len(call(folder, "library")["result"])
    (line,) = call(folder, "library_add", "--allow-write", files=[str(path)])["result"]
    assert line.startswith("甲区2022.txt：新增")
    held = call(folder, "library")["result"]
    assert len(held) == before + 1
    number = next(each["id"] for each in held if each["year"] == 2022)
    assert "2022年报告" in call(folder, "library_remove", "--allow-write", number=number)["result"]
    assert len(call(folder, "library")["result"]) == before


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

"""What the command line says about itself and about a wrong call: in Chinese, for every command."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest
import typer.main
from typer.core import TyperCommand

from assistant.__main__ import main
from assistant.cli import app
from assistant.cli.help import Command, Group

ENGLISH = re.compile(r"\b(Usage|Options|Arguments|Commands|Show this|required|default|bool|path|list\[|Input should)\b")


def commands() -> Iterator[tuple[str, ...]]:
    waiting: list[tuple[tuple[str, ...], object]] = [((), typer.main.get_command(app))]
    while waiting:
        names, command = waiting.pop()
        assert isinstance(command, (Command, Group)), f"{names}: give it cls=Command (assistant.cli.help)"
        yield names
        if isinstance(command, Group):
            below: dict[str, TyperCommand] = dict(command.commands)
            waiting += [((*names, name), each) for name, each in below.items()]


def said(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["assistant", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    return int(str(ended.value.code)), told.out + told.err


@pytest.mark.parametrize("command", commands(), ids=" ".join)
@pytest.mark.parametrize("columns", ["40", "80"])
def test_help_is_chinese_whole_and_has_the_options_of_all(
    command: tuple[str, ...], columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    code, told = said((*command, "--help"), monkeypatch, capsys)
    assert code == 0 and told.startswith("用法：assistant") and not ENGLISH.search(told), told
    assert not re.search("(?<!…)…(?!…)", told.replace("命令 …", "")), "something is cut off"
    assert {"--verbose", "--log"} <= set(re.findall(r"--[a-z]+", told))


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ("check --jobs x a", "jobs 的值不对，应为整数"),
        ("check --jobs -1 a", "数字太小"),
        ("check --format foo a", "可以是 console"),
        ("check -o", "-o 后面没有写值"),
        ("check --no-library=3 a", "--no-library 后面不写值"),
        ("check", "缺少参数 文件（报告文件或文件夹）"),
        ("check x --fail-on 严重", "选项 --fail-on 的值不对（严重），可以是 error、warning、info"),
        ("compare 甲.txt", "缺少参数 新（"),
        ("check --bogus a", "没有选项 --bogus"),
        ("chec a", "没有命令 chec，是不是 check"),
        ("ask a b c", "多出了 b c"),
        ("template --year 20x5 --unit a", "year 的值不对，应为整数"),
        ("-v", "用法：assistant"),
        ("library", "用法：assistant library"),
        ("", "用法：assistant"),
    ],
)
def test_a_wrong_call_is_told_in_chinese(
    arguments: str, what: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = said(tuple(arguments.split()), monkeypatch, capsys)
    assert code == 2 and what in told and not ENGLISH.search(told), told

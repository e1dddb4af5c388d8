"""``assistant`` and ``python -m assistant``: the command line, with every failure turned into an exit code."""

from __future__ import annotations

import os
import re
import sys
from typing import TextIO

import typer
import typer.exceptions
from pydantic import ValidationError

from assistant.errors import AssistantError

INPUT_OR_PROGRAM_ERROR = 2
INTERRUPTED = 130


__all__ = ["main"]

# What a value should be, by what the parser says of one that is not.
_WANTED = {
    "valid integer": "，应为整数",
    "valid number": "，应为数字",
    "greater than or equal": "，数字太小",
    "less than or equal": "，数字太大",
}
# What else can be wrong with a command line, likewise.
_MISUSED = {
    "requires an argument": "选项 {} 后面没有写值",
    "does not take a value": "选项 {} 后面不写值",
    "extra argument": "多出了 {}（有空格的文字要加引号）",
}


def main() -> None:
    """Run the command line. Exit codes: 0 clean, 1 findings, 2 wrong input, wrong call or our own failure."""
    for stream in (sys.stdout, sys.stderr):
        _never_fail_to_print(stream)
    sys.exit(_run())


def _never_fail_to_print(stream: TextIO) -> None:
    """A console with a GBK code page shows ``?`` for what it lacks instead of ending the program."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")


def _run() -> int:
    try:
        from assistant.cli import run

        return run(sys.argv[1:])
    except AssistantError as error:
        return _say(str(error))
    except (typer.Abort, KeyboardInterrupt):
        _say("已中断。")
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # The reader of a pipe (head, less) has gone, which the parser would report as 1, our code for findings.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ValidationError as error:
        return _say(_settings_fault(error)) if error.title == "Settings" else _own_failure(error)
    except typer.exceptions.TyperException as error:
        return _say(_wrong_call(error))
    except Exception as error:
        return _own_failure(error)


def _settings_fault(error: ValidationError) -> str:
    faults = "；".join(f"{'.'.join(str(part) for part in fault['loc'])}：{fault['msg']}" for fault in error.errors())
    return f"设置有误：{faults}\n  怎么办：检查以 ASSISTANT_ 开头的环境变量。"


def _wrong_call(error: Exception) -> str:
    """What is wrong with a command line, from the parser's error, whose own words are English."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "assistant"
    kind, names = type(error).__name__, re.findall(r"'([^']+)'", str(error)) or re.findall(r"\(([^()]+)\)$", str(error))
    asked = getattr(error, "param", None)
    parameter, about = getattr(asked, "metavar", None) or getattr(asked, "name", ""), getattr(asked, "help", None) or ""
    match kind:
        case "NoArgsIsHelpError":
            return context.get_help() if context else ""
        case "MissingParameter":
            about = about.rstrip("。")
            what = f"缺少参数 {parameter}{f'（{about}）' if about else ''}"
        case "NoSuchOption":
            what = f"没有选项 {getattr(error, 'option_name', '')}"
        case "BadParameter":
            wanted = next((told for words, told in _WANTED.items() if words in str(error)), f"：{error}")
            allowed = f"，可以是 {'、'.join(names[1:])}" if names[1:] else wanted if not names else ""
            what = f"参数 {parameter} 的值不对{f'（{names[0]}）' if names else ''}{allowed}"
        case _:
            meant = f"，是不是 {'、'.join(names[1:])}" if names[1:] else ""
            told = next((told for words, told in _MISUSED.items() if words in str(error)), f"命令写法有误（{error}）")
            what = (
                f"没有命令 {names[0]}{meant}"
                if "No such command" in str(error)
                else told.replace("{}", names[0] if names else "")
            )
    return f"{what}\n  怎么办：用 {command} --help 查看用法。"


def _own_failure(error: Exception) -> int:
    if os.environ.get("ASSISTANT_TRACEBACK"):
        raise error
    return _say(
        f"程序出错：{type(error).__name__}: {error}\n"
        "  怎么办：设置环境变量 ASSISTANT_TRACEBACK=1 再试一次，并把输出报告给我们。"
    )


def _say(message: str) -> int:
    print(message, file=sys.stderr)
    return INPUT_OR_PROGRAM_ERROR


if __name__ == "__main__":
    main()

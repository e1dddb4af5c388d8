"""``assistant`` and ``python -m assistant``: the command line, with every failure turned into an exit code."""

from __future__ import annotations

import os
import sys
from typing import TextIO

import typer
import typer.exceptions
from pydantic import ValidationError

from assistant.errors import AssistantError

INPUT_OR_PROGRAM_ERROR = 2
INTERRUPTED = 130
_WRONG_CALLS = {
    "MissingParameter": "缺少参数",
    "NoSuchOption": "没有这个选项",
    "BadParameter": "参数的值不对",
    "UsageError": "命令写法有误",
}

__all__ = ["main"]


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
    except BrokenPipeError:
        # The reader of a pipe (head, less) has gone: nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ValidationError as error:
        return _say(f"设置有误：{_settings_faults(error)}\n  怎么办：检查以 ASSISTANT_ 开头的环境变量。")
    except Exception as error:
        return _show_or_raise(error)


def _settings_faults(error: ValidationError) -> str:
    return "；".join(f"{'.'.join(str(part) for part in fault['loc'])}：{fault['msg']}" for fault in error.errors())


def _show_or_raise(error: Exception) -> int:
    """A wrong call is told as such; anything else is our own failure, with the traceback on request."""
    context = getattr(error, "ctx", None)
    if isinstance(error, typer.exceptions.TyperException):
        command = context.command_path if context else "assistant"
        what = next((told for kind, told in _WRONG_CALLS.items() if kind in type(error).__name__), "命令写法有误")
        return _say(f"{what}：{error}\n  怎么办：用 {command} --help 查看用法。")
    if os.environ.get("ASSISTANT_TRACEBACK"):
        raise error
    return _say(
        f"程序出错：{type(error).__name__}: {error}\n  怎么办：设置环境变量 ASSISTANT_TRACEBACK=1 再试一次，并把输出报告给我们。"
    )


def _say(message: str) -> int:
    print(message, file=sys.stderr)
    return INPUT_OR_PROGRAM_ERROR


if __name__ == "__main__":
    main()

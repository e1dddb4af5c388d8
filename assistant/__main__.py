"""``assistant`` and ``python -m assistant``: the command line, with every failure turned into an exit code.

What takes time to load is loaded where it can be interrupted.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
import warnings
from typing import TextIO

from assistant.errors import AssistantError, Interrupted
from assistant.interrupts import INTERRUPTED, heard

INPUT_OR_PROGRAM_ERROR = 2
READER_GONE = 141  # as shells have it where head or less did not read to the end: neither clean nor with findings


__all__ = ["main"]


def main() -> None:
    """Run the command line. Exit codes: 0 clean, 1 findings, 2 wrong input, wrong call or our own failure."""
    gc.set_threshold(200_000, 20, 20)  # what is loaded stays: to look it through for waste was a seventh of a check
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # else the first model looks through all installed packages
    if not sys.warnoptions:  # libraries warn in English of what a user can do nothing about
        os.environ.setdefault("PYTHONWARNINGS", "ignore")  # of the processes that this one starts
        warnings.simplefilter("ignore")
    if not os.environ.get("ASSISTANT_TRACEBACK"):
        sys.unraisablehook = lambda _: None  # a file that cannot be closed, after what was said of it
    for stream in (sys.stdout, sys.stderr):
        _never_fail_to_print(stream)
    atexit.register(gc.freeze)  # what is left goes with the process: to look it through then was a tenth of a check
    sys.exit(_run())


def _never_fail_to_print(stream: TextIO) -> None:
    """A console with a GBK code page shows ``?`` for what it lacks instead of ending the program."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")


def _run() -> int:
    try:
        from assistant.cli import run

        with heard():
            return run(sys.argv[1:])
    except (Interrupted, KeyboardInterrupt) as stop:
        _say(str(stop) or str(Interrupted()))
        return INTERRUPTED
    except AssistantError as error:
        return _say(str(error))
    except (BrokenPipeError, SystemExit):
        # The parser would report it as 1, our code for findings.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except Exception as error:
        return _other_failure(error)


def _other_failure(error: Exception) -> int:
    from assistant.cli.failures import told

    if said := told(error):
        return _say(said)
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

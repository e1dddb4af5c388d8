"""What the bundle starts: the program, or one of our own scripts that it runs as a child, for here ``sys.executable``
is the program itself."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import runpy
import sys
from pathlib import Path

_HERE = Path(getattr(sys, "_MEIPASS", Path(__file__).parent)).resolve()


def _own_script(arguments: list[str]) -> int | None:
    """Where in ``python -P SCRIPT …`` one of our scripts stands; ``None`` for anything else, which no bundle runs."""
    if not arguments or arguments[0] not in ("-P", "-I"):
        return None
    at = next((at for at, each in enumerate(arguments) if not each.startswith("-")), None)
    if at is None or Path(arguments[at]).suffix != ".py" or _HERE not in Path(arguments[at]).resolve().parents:
        return None
    return at


def _keep_no_fonts_aside() -> None:
    """PyInstaller gives every process a folder for matplotlib's list of fonts, taken away at its end: one that is
    stopped, as those behind the page are, would leave it behind. The list stays where matplotlib keeps it, as it does
    in an installed program."""
    if getattr(sys, "frozen", False) and (folder := os.environ.pop("MPLCONFIGDIR", "")):
        with contextlib.suppress(OSError):
            Path(folder).rmdir()


def main() -> None:
    _keep_no_fonts_aside()
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    at = _own_script(arguments)
    if at is not None:
        sys.argv = arguments[at:]
        runpy.run_path(arguments[at], run_name="__main__")
        return
    from assistant.__main__ import main as run

    run()


if __name__ == "__main__":
    main()

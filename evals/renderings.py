"""Any report written in every format that offices publish in, to see whether the readers bring it back.

``write("docx", report, folder)`` writes one file named as the report's own; ``RENDERINGS`` lists what there is. The
same report gives the same bytes, but for the PDF where LibreOffice puts in a date. By hand: ``python -m
evals.renderings REPORT FOLDER``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.report import Report
from evals.render.ofd import ofd
from evals.render.office import docx, xlsx
from evals.render.pages import PAGES
from evals.render.paper import can_print, can_scan, one_page, pdf, picture, scan
from evals.render.texts import TEXTS

__all__ = ["RENDERINGS", "Rendering", "write"]


@dataclass(frozen=True)
class Rendering:
    """One way to publish a report. ``missing`` tells what this machine lacks for it (empty: nothing); ``complete`` is
    false where the format itself loses cells, so that only a warning can be asked for; ``shows`` is what it publishes
    of a report."""

    name: str
    suffix: str
    make: Callable[[Report, Path], None]
    missing: Callable[[], str] = lambda: ""
    complete: bool = True
    shows: Callable[[Report], Report] = lambda report: report
    external: bool = False


def _text(to_text: Callable[[Report], str], report: Report, path: Path) -> None:
    path.write_text(to_text(report), encoding="utf-8", newline="\n")


def _bytes(to_bytes: Callable[[Report], bytes], report: Report, path: Path) -> None:
    path.write_bytes(to_bytes(report))


_ALL = (
    *(
        Rendering(name, suffix, partial(_text, make), complete=name != "lines_left_out")
        for name, (suffix, make) in TEXTS.items()
    ),
    *(Rendering(name, suffix, partial(_bytes, make)) for name, (suffix, make) in PAGES.items()),
    Rendering("docx", ".docx", docx),
    Rendering("xlsx", ".xlsx", xlsx),
    Rendering("ofd", ".ofd", ofd),
    Rendering("pdf", ".pdf", pdf, can_print, external=True),
    Rendering("pdf_without_rules", ".pdf", partial(pdf, ruled=False), can_print, complete=False, external=True),
    Rendering("scan", ".pdf", scan, can_scan, external=True),
    Rendering("png", ".png", picture, can_scan, shows=one_page, external=True),
    Rendering("jpg", ".jpg", picture, can_scan, shows=one_page, external=True),
)
RENDERINGS: dict[str, Rendering] = {rendering.name: rendering for rendering in _ALL}


def write(name: str, report: Report, folder: Path) -> Path:
    """Write ``report`` in the format ``name`` below ``folder``; the path keeps the report's own name.

    Raises:
        RuntimeError: the format needs a program that is not installed here.
    """
    rendering = RENDERINGS[name]
    lacking = rendering.missing()
    if lacking:
        raise RuntimeError(lacking)
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    stem = Path(report.file).stem or f"{report.unit}_{report.year}"
    path = place / f"{stem}{rendering.suffix}"
    rendering.make(report, path)
    return path


def main(arguments: list[str]) -> None:
    """Write one report in every format that this machine can make."""
    from assistant.readers import read

    report, folder = read(arguments[0]), Path(arguments[1])
    for name, rendering in RENDERINGS.items():
        lacking = rendering.missing()
        print(f"{name}：{lacking or write(name, report, folder)}")


if __name__ == "__main__":
    main(sys.argv[1:])

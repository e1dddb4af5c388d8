"""Hostile web pages and texts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hostile_common import TITLE, Lure, bomb, external


def _html(path: Path, body: Iterable[str], prolog: str = "<!DOCTYPE html>", head: str = "") -> None:
    with path.open("w", encoding="utf-8") as page:
        page.write(f'{prolog}<html><head><meta charset="utf-8">{head}<title>{TITLE}</title></head><body>')
        page.writelines(body)
        page.write("</body></html>")


def html_entities(path: Path, _: Lure) -> None:
    _html(path, [f"<h1>{TITLE}</h1><p>&e9;</p>"], prolog=f'<?xml version="1.0"?>{bomb("html")}')


def html_external(path: Path, lure: Lure) -> None:
    links = f'<base href="{lure.url}/"><link rel="stylesheet" href="{lure.url}/a.css"><script src="{lure.url}/a.js"></script>'
    body = f'<h1>{TITLE}</h1><p>&f;&u;</p><img src="{lure.url}/a.png"><iframe src="{lure.file.as_uri()}"></iframe>'
    _html(path, [body, f'<object data="{lure.file.as_uri()}"></object>'], external(lure, "html"), links)


def html_spanning(path: Path, _: Lure) -> None:
    row = '<tr><td rowspan="1000000000" colspan="1000000000">规章</td><td>1</td></tr>'
    _html(path, [f"<h1>{TITLE}</h1><table>", row * 3, "</table>"])


def html_many_spans(path: Path, _: Lure) -> None:
    """Each span is small; together they are a grid of a hundred million cells."""
    _html(path, [f"<h1>{TITLE}</h1><table>", '<tr><td rowspan="1000" colspan="1000">1</td></tr>' * 5000, "</table>"])


def html_wide_and_tall(path: Path, _: Lure) -> None:
    """Few cells over many places: 50,000 columns are covered in each of 18,000 rows."""
    first = '<td rowspan="18000" colspan="1000">1</td>' * 50
    others = "<tr><td>2</td></tr>" * 18_000
    _html(path, [f"<h1>{TITLE}</h1><table><tr>{first}</tr>{others}</table>"])


def html_nested(path: Path, _: Lure) -> None:
    _html(path, [f"<h1>{TITLE}</h1>", "<table><tr><td>" * 500, "1", "</td></tr></table>" * 500])


def html_deep(path: Path, _: Lure) -> None:
    _html(path, [f"<h1>{TITLE}</h1>", "<div>" * 200_000, "1", "</div>" * 200_000])


def html_of_prose(path: Path, _: Lure) -> None:
    _html(path, (f"<p>第{n}段，{'政府信息' * 20}。</p>" for n in range(190_000)))


def html_of_cells(path: Path, _: Lure) -> None:
    _html(path, ["<table>", *(f"<tr>{f'<td>{n}</td>' * 10}</tr>" for n in range(300_000)), "</table>"])


def text_of_bars(path: Path, _: Lure) -> None:
    path.write_text(f"{TITLE}\n规章|行政规范性文件\n{'|' * 1_900_000}\n", encoding="utf-8")


def text_of_digits(path: Path, _: Lure) -> None:
    path.write_text(f"{TITLE}\n一、总体情况\n{'1,' * 500_000}件（{'（' * 300_000}", encoding="utf-8")


def text_of_headings(path: Path, _: Lure) -> None:
    path.write_text(f"{TITLE}\n" + "一、总体情况\n" * 250_000, encoding="utf-8")

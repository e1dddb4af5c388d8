"""What Word and Excel files share: parsing without entities or network, elements by local names, lines of a cell.

Word's and Excel's “strict” files use other namespaces for the same words, so names are compared without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

__all__ = ["add_raised", "attribute", "child", "children", "is_on", "is_raised", "join_lines", "kind", "parse_xml"]

_OFF = ("0", "false", "off")


def parse_xml(data: bytes) -> etree._Element:
    """Root of a part that ``archive.read_xml`` has let through. Raises ``etree.XMLSyntaxError``."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def kind(element: etree._Element) -> str:
    """The element's name without its namespace."""
    name: str = element.tag.rpartition("}")[2]
    return name


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along ``path``; ``None`` as soon as a step is missing."""
    for name in path:
        if element is None:
            return None
        element = next((part for part in element if kind(part) == name), None)
    return element


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return (part for part in (element if element is not None else ()) if kind(part) == name)


def attribute(element: etree._Element | None, name: str = "val") -> str | None:
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def join_lines(lines: Iterable[str]) -> str:
    """Lines of a cell as one. Chinese runs on; two numbers (or Latin words) never grow together into a third."""
    joined = ""
    for line in filter(None, (line.strip() for line in lines)):
        gap = " " if joined and joined[-1].isascii() and line[0].isascii() and line[0].isalnum() else ""
        joined += gap + line
    return joined


def is_on(properties: etree._Element | None, *names: str) -> bool:
    """Whether one of these properties of a run is set: present, and not said to be off."""
    found = (child(properties, name) for name in names)
    return any(mark is not None and (attribute(mark, "val") or "") not in _OFF for mark in found)


def is_raised(properties: etree._Element | None) -> bool:
    """Whether a run stands above or below the line."""
    place = child(properties, "vertAlign")
    return place is not None and attribute(place, "val") in ("superscript", "subscript")


def add_raised(parts: list[str], raised: list[str]) -> bool:
    """Add what stands above the line to ``parts``. A note's number behind a figure is no digit of it: 35 with a raised
    1 is not 351. Whether it is such a note."""
    behind_a_figure = bool("".join(raised).strip() and parts and parts[-1][-1:].isdigit())
    parts += ["（", *raised, "）"] if behind_a_figure else raised
    return behind_a_figure

"""The glossary names what is there: each identifier is defined in the file beside it, and stands once."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| [^|]+ \| `(\w+)` \| [^|]+ \| `([\w/.]+)` \|$", re.MULTILINE)


def test_every_name_of_the_glossary_is_where_it_says() -> None:
    rows = ROW.findall((ROOT / "docs" / "lexicon.md").read_text(encoding="utf-8"))
    assert len(rows) > 50
    for name, place in rows:
        source = (ROOT / "assistant" / place).read_text(encoding="utf-8")
        assert re.search(rf"^(?:class|def) {name}\b|^{name}\b\s*[:=]", source, re.MULTILINE), f"{name} in {place}"


def test_every_name_of_the_glossary_stands_once() -> None:
    names = [name for name, _ in ROW.findall((ROOT / "docs" / "lexicon.md").read_text(encoding="utf-8"))]
    assert sorted(set(names)) == sorted(names)

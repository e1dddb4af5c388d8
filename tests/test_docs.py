"""What the documents say is what the program does."""

from __future__ import annotations

from pathlib import Path

from assistant.check import RULES
from assistant.render.catalogue import catalogue_markdown

DOCS = Path(__file__).parent.parent / "docs"


def test_the_catalogue_of_checks_is_up_to_date() -> None:
    written = (DOCS / "checks.md").read_text(encoding="utf-8")
    assert written == catalogue_markdown(RULES.values()), "run: make docs"


def test_every_check_has_its_entry_and_page() -> None:
    text = catalogue_markdown(RULES.values())
    for code, entry in RULES.items():
        assert text.count(f"\n### {code}\n") == 1 and text.count(f"[{code}](#{code.lower()})") == 1
        assert all(
            f"{part}：" in text.partition(f"### {code}\n")[2].partition("###")[0] for part in ("依据", "违例", "正例")
        )
        assert len(next(line for line in text.splitlines() if line.startswith(f"| [{code}]")).split(" | ")) == 5, entry

"""A finished draft: the words of each part, the figures in them with their sources, and what the checks found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from assistant.check import Finding
from assistant.drafting.office import OfficeData, Part
from assistant.drafting.slots import Use

__all__ = ["Manuscript", "PartText", "figure_text"]


@dataclass(frozen=True, slots=True)
class PartText:
    """One part as it will be printed. ``refusals`` says what the model got wrong before (or in spite of) success."""

    part: Part
    paragraphs: tuple[str, ...]
    uses: tuple[Use, ...]
    by: Literal["model", "composer"]
    retries: int = 0
    refusals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A whole draft. ``warnings`` are for the head of a draft that was made in spite of faulty tables (草稿), ``notes``
    for who reads it before it is published."""

    data: OfficeData
    title: str
    preamble: str
    parts: tuple[PartText, ...]
    model: str = "none"
    findings: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def part(self, part_id: str) -> PartText:
        return next(text for text in self.parts if text.part.id == part_id)

    @property
    def cells(self) -> Mapping[str, Decimal | None]:
        return {metric: entry.value for metric, entry in self.data.cells.items()}

    @property
    def signed(self) -> str:
        """The date of the signature, 2026年2月10日; asked for where the office gave none."""
        day = self.data.signed_on
        return f"{day.year}年{day.month}月{day.day}日" if day else "【待补：落款日期】"

    def as_json(self, output: str = "") -> dict[str, Any]:
        """The stable keys of ``assistant draft --json``."""
        return {
            "output": output,
            "unit": self.data.unit,
            "year": self.data.year,
            "model": self.model,
            "sections": [
                {"number": text.part.number, "by": text.by, "retries": text.retries, "refusals": list(text.refusals)}
                for text in self.parts
            ],
            "figures": [
                {"text": use.text, "slot": use.slot, "source": use.source} for text in self.parts for use in text.uses
            ],
            "findings": [finding.model_dump() for finding in self.findings],
            "notes": list(self.notes),
        }


def figure_text(value: Decimal | None) -> str:
    """A figure as tables print it; nothing for a blank cell."""
    return "" if value is None else f"{value:f}"

"""A finished draft: the words of each part, the figures in them with their sources, and what the checks found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from assistant.check import Finding
from assistant.drafting.office import OfficeData, Part
from assistant.drafting.rewording import Piece, pieces
from assistant.drafting.slots import Use
from assistant.language.sentences import sentences
from assistant.lexicon import phrase

__all__ = ["Manuscript", "PartText", "Reference", "WordedSentence", "bare", "figure_text"]


@dataclass(frozen=True, slots=True)
class WordedSentence:
    """A sentence as it is printed, the note or notes of the office that it rests on, and what was refused before it;
    ``suggestion`` is a model's wording of the note that contradicts it in nothing the program can tell, and that it
    could not prove: for a person to take or leave."""

    text: str
    note: str
    by: Literal["model", "composer"]
    refusals: tuple[str, ...] = ()
    suggestion: str = ""

    @property
    def changed(self) -> bool:
        """Whether the words are not the note's own."""
        return bool(self.note) and bare(self.text) != bare(self.note)

    @property
    def changes(self) -> tuple[Piece, ...]:
        """The sentence with what changed in its note marked; nothing where nothing did."""
        return pieces(bare(self.note), bare(self.text)) if self.changed else ()

    def as_json(self) -> dict[str, Any]:
        """One of ``sections[].sentences[]``."""
        return {
            "text": self.text,
            "note": self.note,
            "by": self.by,
            "changed": self.changed,
            "changes": [piece._asdict() for piece in self.changes],
            "refusals": list(self.refusals),
            "suggestion": self.suggestion,
        }


def bare(text: str) -> str:
    """A sentence without the mark that ends it."""
    return text.strip().rstrip("。；")


@dataclass(frozen=True, slots=True)
class Reference:
    """Something the library tells that bears on a part: ``source`` as it is cited (2024年报告一（四）第2段,
    《条例》第五十条), the notes by number that it is on, and what it was used for."""

    kind: Literal["past", "plan", "matter", "article"]
    source: str
    text: str
    notes: tuple[int, ...] = ()
    used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartText:
    """One part as it will be printed. ``refusals`` says what the model got wrong before (or in spite of) success,
    ``references`` what of the library shaped it."""

    part: Part
    paragraphs: tuple[str, ...]
    uses: tuple[Use, ...]
    by: Literal["model", "composer"]
    retries: int = 0
    refusals: tuple[str, ...] = ()
    worded: tuple[WordedSentence, ...] = ()
    references: tuple[Reference, ...] = ()

    def sentences(self) -> Iterator[WordedSentence]:
        """Every sentence of the part, in order: those that rest on notes, and the composer's own; not the numbers
        before them."""
        left = list(self.worded)
        for paragraph in self.paragraphs:
            rest = paragraph
            while rest:
                here = [(rest.find(each.text), each) for each in left if each.text in rest]
                start, each = min(here, key=lambda found: found[0], default=(len(rest), None))
                for _, text in sentences(rest[:start]):
                    if not phrase("numbering", "only_a_number").fullmatch(text):
                        yield WordedSentence(text.strip().lstrip("，；"), "", "composer")
                if each is None:
                    break
                left.remove(each)
                rest = rest[start + len(each.text) :]
                stop = "。" if rest.startswith("。") else ""
                yield replace(each, text=each.text + stop)
                rest = rest.removeprefix(stop)


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

    def rests_on(self) -> Iterator[str]:
        """What of the library each part was written with: 一（四）这一部分参考了：2024年报告一（四）第2段."""
        for text in self.parts:
            if sources := dict.fromkeys(one.source for one in text.references):
                yield f"{text.part.number}{text.part.heading}这一部分参考了：{'；'.join(sources)}"

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
                {
                    "number": text.part.number,
                    "by": text.by,
                    "retries": text.retries,
                    "refusals": list(text.refusals),
                    "sentences": [each.as_json() for each in text.sentences()],
                    "references": [
                        {"source": one.source, "kind": one.kind, "text": one.text, "used": list(one.used)}
                        for one in text.references
                    ],
                }
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

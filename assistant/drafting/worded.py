"""A model's wording, held to the check that every report must pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.check import check
from assistant.drafting.manuscript import PartText
from assistant.drafting.slots import Material
from assistant.report import Report
from assistant.rules import Dossier
from assistant.settings import settings

if TYPE_CHECKING:
    from assistant.llm.model import Model

__all__ = ["worded"]

ReadBack = Callable[[Mapping[str, PartText]], Report]


def worded(
    composed: Mapping[str, PartText], given: Material, model: Model, previous: Report | None, read_back: ReadBack
) -> dict[str, PartText]:
    """The model's parts, without those that bring an error the composed ones do not have; ``read_back`` is the report as
    a reader has it with given parts."""
    from assistant.drafting.writer import write  # only who has a model needs the packages behind it

    def errors(parts: Mapping[str, PartText]) -> frozenset[str]:
        """What a check finds wrong, without the places, which shift as parts change."""
        findings = check(Dossier(read_back(parts), previous)).findings
        return frozenset(f"{finding.code} {finding.message}" for finding in findings if finding.severity == "error")

    before, kept = errors(composed), dict(composed)
    for name, text in write(given, composed, model, settings().llm_max_calls, previous).items():
        faults = errors({**composed, name: text}) - before if text.by == "model" else frozenset()
        kept[name] = _rejected(composed[name], text, faults) if faults else text
    return kept


def _rejected(composed: PartText, text: PartText, faults: frozenset[str]) -> PartText:
    why = f"核对没有通过：{'；'.join(sorted(faults))}"
    return replace(composed, retries=text.retries, refusals=(*text.refusals, why))

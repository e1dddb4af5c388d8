"""The catalogue of checks. Importing this package enters every rule, in the order of the catalogue."""

from __future__ import annotations

from assistant.rules import form, table2, table3, table4, narrative, arithmetic, years, dates  # noqa: I001 - the order of the catalogue
from assistant.rules.base import RULES, Dossier, Finding, Hit, Rule, Severity

__all__ = ["RULES", "Dossier", "Finding", "Hit", "Rule", "Severity"]

del form, table2, table3, table4, narrative, arithmetic, years, dates

"""The statutory form as data: editions, tables, rows, columns, section titles, and how to look them up."""

from __future__ import annotations

from functools import cache

from assistant.form.common import APPLICANTS, CASES, GROUPS, OTHERWISE_HANDLED_SINGLE, SECTIONS
from assistant.form.edition_2019 import EDITION_2019
from assistant.form.edition_2021 import EDITION_2021
from assistant.form.model import Block, Column, Edition, Metric, Row, SectionTitle, Table

__all__ = [
    "APPLICANTS",
    "CASES",
    "EDITIONS",
    "EDITION_2019",
    "EDITION_2021",
    "GROUPS",
    "OTHERWISE_HANDLED_SINGLE",
    "SECTIONS",
    "Block",
    "Column",
    "Edition",
    "Metric",
    "Row",
    "SectionTitle",
    "Table",
    "all_metrics",
    "leaves_of",
]

EDITIONS: dict[str, Edition] = {edition.id: edition for edition in (EDITION_2021, EDITION_2019)}


@cache
def all_metrics() -> dict[str, Metric]:
    """Every metric of any edition by id; where editions share an id, the newer label is given."""
    return {**EDITION_2019.metrics, **EDITION_2021.metrics}


@cache
def leaves_of(group: str) -> tuple[str, ...]:
    """Ids of the rows of table 3 under a group: ``denied`` → ``denied.state_secret``, …"""
    rows = EDITION_2021.table("requests").rows
    return tuple(row.id for row in rows if row.group == group)

"""Drafting a report: the data workbook, the words around its figures, the published file."""

from __future__ import annotations

from assistant.drafting.draft import draft
from assistant.drafting.manuscript import Manuscript, PartText
from assistant.drafting.office import OfficeData
from assistant.drafting.provenance import write_provenance
from assistant.drafting.publish import markdown
from assistant.drafting.publish_html import html_page
from assistant.drafting.rewrite.rewrite import Revision, revise
from assistant.drafting.word import write_docx
from assistant.drafting.workbook.read import read_workbook
from assistant.drafting.workbook.write import plans_of, told_by, write_template, write_workbook

__all__ = [
    "Manuscript",
    "OfficeData",
    "PartText",
    "Revision",
    "draft",
    "html_page",
    "markdown",
    "plans_of",
    "read_workbook",
    "revise",
    "told_by",
    "write_docx",
    "write_provenance",
    "write_template",
    "write_workbook",
]

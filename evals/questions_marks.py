"""Marks of one answer: are its figures exact, its citations right, and does it say so when the library does not
tell."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from assistant.asking import Answer, Citation
from assistant.library import Library
from evals.questions_evidence import Excerpt, evidence_of, holds

__all__ = ["marks_of", "quotes", "says"]


def says(text: str, words: str) -> bool:
    """Whether ``text`` has ``words``; a number must be the whole number: 7件 is not in 17件, 1950条 is in 1,950条."""
    plain = re.sub(r"(?<=\d)[,，](?=\d{3})", "", text)
    return re.search((r"(?<![\d.])" if words[:1].isdigit() else "") + re.escape(words), plain) is not None


def marks_of(case: dict[str, Any], given: Answer, library: Library) -> dict[str, float]:
    """Scores from 0 to 1 by name, of what the case has labels for. Without ``abstained`` either is right."""
    exact = _says_all(given.answer, case["says"]) and not any(says(given.answer, no) for no in case.get("not_says", ()))
    if case.get("abstained"):
        return {"abstains_when_it_must": given.abstained, "says_what_is_held": exact}
    if "abstained" not in case:
        return {"figures_exact": exact}
    marks: dict[str, float] = {"answers_when_it_can": not given.abstained}
    if "passages" in case and case["kind"] != "prose":
        marks["text_says"] = exact
    else:
        marks["figures_exact"] = exact
        marks["exact_or_abstains"] = exact or given.abstained  # a wrong figure is worse than none
    if "route" in case:
        marks["route"] = given.route == case["route"]
    if case["cites"] or "passages" in case:
        marks["cited_right"] = _cited(case, given, library)
    return marks


def _says_all(answer: str, wanted: list[str | list[str]]) -> bool:
    """Each of ``wanted`` must be said; a list is of spellings, one of which will do."""
    return all(any(says(answer, words) for words in _alternatives(one)) for one in wanted)


def _alternatives(one: str | list[str]) -> list[str]:
    return [one] if isinstance(one, str) else one


def _cited(case: dict[str, Any], given: Answer, library: Library) -> bool:
    names = [_name(citation) for citation in given.citations]
    cells = all(any(name.startswith(way) for name in names for way in _alternatives(one)) for one in case["cites"])
    wanted = [one for alternatives in evidence_of(case) for one in alternatives]
    return cells and (not wanted or any(holds(quote, one) for quote in quotes(given, library) for one in wanted))


def quotes(given: Answer, library: Library) -> list[Excerpt]:
    """What an answer cites, as excerpts of the files it comes from."""
    files = {_source(document.unit, document.year, document.title): document.file for document in library.documents()}
    sources = [_source(one.unit, one.year, one.where.removeprefix("《").partition("》")[0]) for one in given.citations]
    return [
        Excerpt(Path(files.get(source, "")).stem, citation.quote)
        for source, citation in zip(sources, given.citations, strict=True)
    ]


def _source(unit: str, year: int | None, title: str) -> tuple[str, int | str | None]:
    """What tells documents apart: a report by unit and year, a regulation by its title."""
    return (unit, year) if unit else ("", title)


def _name(citation: Citation) -> str:
    return f"{citation.unit} {citation.year} {citation.where}" if citation.unit else _law(citation.where)


def _law(place: str) -> str:
    """《中华人民共和国政府信息公开条例（要点）》第三十三条 → 政府信息公开条例 第三十三条."""
    title, _, article = place.removeprefix("《").partition("》")
    return f"{'政府信息公开条例' if '条例' in title else title} {article}"  # by its short name too: 《条例》第三十三条

"""Answers from figures: which unit and which years are meant, and what to say when they are not there."""

from __future__ import annotations

from assistant.asking.asker import Asker
from assistant.asking.found import Found
from assistant.asking.lookup import compare_units, look_up
from assistant.asking.result import Answer

__all__ = ["figure_answer"]


def figure_answer(asker: Asker) -> Answer:
    """The figures asked for, for each unit and year that is meant and held."""
    question, held = asker.question, asker.library.units()
    if question.named.candidates and not question.named.units:
        return asker.abstain(f"题中的单位可能指{'、'.join(question.named.candidates)}，请写明全称。", "figures")
    if question.named.unknown and not question.all_units:
        return asker.abstain(f"资料库中没有“{question.named.unknown}”的报告。", "figures")
    units = asker.units or (tuple(held) if question.all_units or len(held) == 1 else ())
    if not units:
        return asker.abstain(
            "题中没有写明单位，资料库里有不止一个单位的报告。" if held else "资料库里还没有报告。", "figures"
        )
    if len(units) > 1 and question.operation in ("value", "trend") and len(asker.years) == 1:
        found = compare_units(question, units, asker.years[0], asker.library)
        lacking = [unit for unit in asker.units if asker.years[0] not in held[unit]]
        note = asker.no_report(tuple(lacking)) if lacking else ""
        return _found(asker, found, note) if found.sentences else asker.abstain(asker.no_report(units), "figures")
    parts = [_of_unit(asker, unit) for unit in units]
    if len(parts) == 1:
        return parts[0]
    return Answer(
        question=question.text,
        answer="\n".join(part.answer for part in parts),
        citations=tuple(citation for part in parts for citation in part.citations),
        figures=tuple(figure for part in parts for figure in part.figures),
        abstained=all(part.abstained for part in parts),
        route="figures",
    )


def _of_unit(asker: Asker, unit: str) -> Answer:
    """One unit: its years that are meant and held; a note when some are not, or when the question names none."""
    question, period, held = asker.question, asker.question.period, asker.library.units()[unit]
    years = list(asker.years) or period.among(held)
    kept = sorted(set(years) & set(held))
    if not kept:
        return asker.abstain(asker.no_report((unit,)), "figures")
    note, side_by_side = "", False
    if len(kept) < len(years):
        gone = "、".join(f"{year}年" for year in sorted(set(years) - set(kept)))
        note, side_by_side = f"资料库中没有{unit}{gone}的报告。", True
    elif not (asker.years or period.last or period.every) and len(kept) > 1:
        if question.operation == "value":
            note, side_by_side = "题中没有写明年份，列出各年。", True
        elif question.operation != "trend":
            kept = kept[-1:]
            note = f"题中没有写明年份，按最近的{kept[0]}年回答。"
    return _found(asker, look_up(question, unit, kept, asker.library, side_by_side=side_by_side), note)


def _found(asker: Asker, found: Found, note: str) -> Answer:
    return Answer(
        question=asker.question.text,
        answer=(note + "".join(found.sentences)).strip(),
        citations=tuple(found.citations),
        figures=tuple(found.figures),
        abstained=found.missing,
        route="figures",
    )

"""From phrases to figures: which cells of the form rows, columns, cases, stages and objects name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.figures.lexicon import Token, Words

__all__ = [
    "CASES", "CONNECTOR", "NOTHING", "case_words", "cases_of_both", "column_words", "object_words", "outcome_words", "rest_words",
    "row_words", "stage_words", "with_the_rest",
]  # fmt: skip

CONNECTOR = re.compile(r"[”\s]*(?:或者?|及|和|与|、|以及|/)(?:者|其)?[“\s]*")
CASES = ("review", "litigation", "litigation.direct", "litigation.after_review")
_ROWS_OF_TABLE_2 = ("normative_documents", "rules", "licensing", "penalties", "coercion", "fees")
_NO_OUTCOMES = ("received", "workload", "carried_in", "carried_out", "concluded")
# Words that end in 的 right before an outcome narrow it, but for those that say nothing of their own.
_NARROWED = re.compile(r"(?<!作出)(?<!申请)(?<!办结)(?<!答复)(?<!处理)(?<!给予)(?<!结果)(?<!予以)(?<!其中)(?<!\W)的$")
NOTHING = re.compile(
    r"[，,、；;：:\s]*(?:的?申请)?(?:[中里]|当中)?[，,]?(?:其中|余下|剩余|其余|其[他它]|另有|另外|还有|尚有|仍有|有|共有|仅有|及|和|与|对|将|除|在|把|的|个别|保留)*[，,]?"
)


def row_words(rows: tuple[str, ...], kind: str) -> Words:
    return Words(tuple((f"requests.{row}.total",) for row in rows), rows, "requests", kind)


def outcome_words(head: str, tokens: Sequence[Token], carried: Words) -> Words:
    """One row of outcomes, or several joined by 或, 及, 和: then their sum."""
    group = [tokens[-1]]
    for token in reversed(tokens[:-1]):
        joined = CONNECTOR.fullmatch(head[token.end : group[0].start])
        if token.kind not in ("outcome", "bare") or not joined:
            break
        group.insert(0, token)
    rows = tuple(token.says for token in group)
    leaf = next((t for t in tokens[: -len(group)] if t.kind == "leaf"), None)
    if len(rows) == 1 and leaf and not re.search("等", head[leaf.end : group[0].start]):
        # 因本机关不掌握无法提供12件: the leaf that is named, or its whole group.
        return row_words((leaf.says, rows[0]), "leaf")
    if rows == ("otherwise_handled",) and carried.kind == "leaf" and "otherwise_handled." in carried.readings[0][0]:
        return row_words(("otherwise_handled.miscellaneous", *rows), "leaf")  # the last of its leaves, or the whole
    if len(rows) == 1 and _NARROWED.search(head[: group[0].start]):
        return Words(object="requests")  # 告知到窗口办理的不予公开5件: some of them
    if len(rows) == 1 and any(t.kind == "column" for t in tokens):
        return column_words(head, tokens, Words(rows=rows, object=carried.object))
    if len(rows) == 1:
        return row_words(group[0].phrase.readings, "row")
    total = tuple(f"requests.{row}.total" for row in rows)
    return Words((total,), rows, "requests", "group")


def column_words(head: str, tokens: Sequence[Token], carried: Words) -> Words:
    """A kind of applicant, of the rows that the clause or the number before it speaks of."""
    column = next(t for t in reversed(tokens) if t.kind == "column")
    verb = next((t for t in reversed(tokens) if t.kind in ("verb", "outcome")), None)
    rows = verb.phrase.readings if verb else carried.rows or ("received", "workload")
    if carried.object not in ("", "requests") and not verb:
        return Words()
    kinds = _joined_columns(head, tokens) or tuple((kind,) for kind in column.phrase.readings)
    readings = tuple(tuple(f"requests.{row}.{kind}" for kind in together) for together in kinds for row in rows)
    return Words(readings, rows, "requests", "column")


def _joined_columns(head: str, tokens: Sequence[Token]) -> tuple[tuple[str, ...], ...]:
    """企业、社会组织等提出55件: several kinds of applicants told as one; with 等, all that are no natural persons."""
    named = [token for token in tokens if token.kind == "column"]
    if len(named) < 2 or any(not CONNECTOR.fullmatch(head[one.end : other.start]) for one, other in pairwise(named)):
        return ()
    kinds = tuple(token.says for token in named)
    if "natural_person" in kinds or "legal_person" in kinds:
        return ()
    return (("legal_person",),) if head[named[-1].end :].startswith("等") else (kinds, ("legal_person",))


def with_the_rest(head: str, tokens: Sequence[Token]) -> Words | None:
    """不予处理及其他5件: 其他 is the last outcome, added to those it is joined to."""
    if len(tokens) < 2 or tokens[-2].kind != "outcome":
        return None
    if not CONNECTOR.fullmatch(head[tokens[-2].end : tokens[-1].start]):
        return None
    rows = (*outcome_words(head, tokens[:-1], Words()).rows, "otherwise_handled")
    return Words((tuple(f"requests.{row}.total" for row in rows),), rows, "requests", "group")


def rest_words(carried: Words) -> Words:
    """其他 behind a list is the last of its kind: another column, outcome or case."""
    if carried.kind == "column":
        return Words(
            tuple((f"requests.{row}.other_organisation",) for row in carried.rows or ("received", "workload")),
            carried.rows, "requests", "column",
        )  # fmt: skip
    if carried.kind == "case":
        return case_words("other_outcome", carried.object)
    if carried.kind == "leaf" and carried.readings[0][0].startswith("requests.otherwise_handled."):
        return row_words(("otherwise_handled.miscellaneous",), "leaf")
    if carried.kind in ("row", "group") and carried.rows and carried.rows[0] not in _NO_OUTCOMES:
        return row_words(("otherwise_handled",), "row")
    return Words(object=carried.object)


def cases_of_both(head: str, tokens: Sequence[Token]) -> Words | None:
    """被复议、诉讼纠正的共3件: of reviews and lawsuits together."""
    objects = [token for token in tokens[:-1] if token.kind == "object"][-2:]
    if [token.says for token in objects] != ["review", "litigation"]:
        return None
    if not CONNECTOR.fullmatch(head[objects[0].end : objects[1].start]):
        return None
    reading = tuple(f"{kind}.{tokens[-1].says}" for kind in ("review", "litigation"))
    return Words((reading,), (), "litigation", "case") if tokens[-1].says != "closed" else None


def case_words(outcome: str, object_: str) -> Words:
    if outcome == "pending" and object_ == "requests":
        return row_words(("carried_out",), "row")  # what is still open at the end of the year
    if object_ not in CASES:
        return Words()
    cases = ("upheld", "corrected", "other_outcome") if outcome == "closed" else (outcome,)
    return Words((tuple(f"{object_}.{case}" for case in cases),), (), object_, "case")


def stage_words(stages: tuple[str, ...], object_: str) -> Words:
    if object_ not in ("rules", "normative_documents"):
        return Words()
    return Words(tuple((f"disclosure.{object_}.{stage}",) for stage in stages), (), object_, "stage")


def object_words(object_: str, before: Sequence[Token], carried: Words | None = None, lead: str = "") -> Words:
    if object_ in CASES:
        joined = [t.says for t in before if t.kind == "object"]
        if joined[-1:] == ["review"] and object_ == "litigation" and before[-1].kind == "object":
            return Words((("review.total", "litigation.total"), ("litigation.total",)), (), object_, "total")
        return Words(((f"{object_}.total",),), (), object_, "total")
    stage = next((t for t in reversed(before) if t.kind == "stage"), None)
    if object_ in ("rules", "normative_documents"):
        if stage:
            return stage_words(stage.phrase.readings, object_)
        if carried and carried.kind == "stage" and not before:  # 公开规章13件，规范性文件60件
            stages = tuple(reading[0].rpartition(".")[2] for reading in carried.readings)
            return stage_words(stages, object_)
        if not before and NOTHING.fullmatch(lead):
            return stage_words(("issued", "in_force", "produced", "published_total"), object_)
    if object_ in _ROWS_OF_TABLE_2[2:5]:
        return Words(((f"disclosure.{object_}.decisions",),), (), object_, "decisions")
    if object_ == "fees":
        return Words((("disclosure.fees.amount",),), (), object_, "decisions")
    return Words(object=object_)

"""The shapes of the JSON that REST and the tools give, for their schemas: ``render.json`` and ``asking.result`` write
it."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

__all__ = [
    "AnswerJson", "ArticleJson", "CheckJson", "ComparisonJson", "DocumentJson", "PassageJson", "ReadJson", "RuleJson",
]  # fmt: skip

Severity = Literal["error", "warning", "info"]


class SectionJson(TypedDict):
    number: str
    title: str
    text: str


class ReadJson(TypedDict):
    """``figures``：指标编号 → 数；空白为 null，没有读到的不列。"""

    file: str
    unit: str
    year: int | None
    edition: str
    kind: str
    title: str
    sections: list[SectionJson]
    figures: dict[str, str | None]
    doubtful: list[str]
    warnings: list[str]


class DecisionJson(TypedDict):
    decision: Literal["confirmed", "dismissed", "postponed"]
    reason: str
    by: str


class FindingJson(TypedDict):
    code: str
    severity: Severity
    title: str
    where: str
    quote: str
    message: str
    expected: str
    actual: str
    basis: str
    fingerprint: str
    cause: str
    review: NotRequired[DecisionJson]


class CauseJson(TypedDict):
    """``mend``：改法，没有的为空；``findings``：归在一起的各处，按 fingerprint。"""

    id: str
    message: str
    mend: str
    findings: list[str]


class UncheckedJson(TypedDict):
    where: str
    text: str
    quote: str


class SkippedJson(TypedDict):
    code: str
    needs: str


LastYearJson = TypedDict("LastYearJson", {"file": str, "unit": str, "year": int | None, "from": str})


class CheckJson(TypedDict):
    """``unchecked``：没有可以对照的数，由人核对；``skipped``：没有运行的检查，缺什么。"""

    file: str
    unit: str
    year: int | None
    previous: LastYearJson | None
    findings: list[FindingJson]
    causes: list[CauseJson]
    unchecked: list[UncheckedJson]
    notes: list[str]
    skipped: list[SkippedJson]
    counts: dict[Severity, int]
    dismissed: int


class CitationJson(TypedDict):
    id: str
    unit: str
    year: int | None
    where: str
    quote: str


class FigureJson(TypedDict):
    text: str
    value: str
    metric: str
    unit: str
    year: int | None


class AnswerJson(TypedDict):
    """``reading``：按什么理解；``abstained``：资料库里没有；``not_understood``：没有听懂的词。"""

    question: str
    answer: str
    reading: str
    plan: dict[str, Any] | None
    citations: list[CitationJson]
    figures: list[FigureJson]
    abstained: bool
    not_understood: list[str]
    route: Literal["figures", "passages", "library", "help"]


class DocumentJson(TypedDict):
    id: int
    kind: Literal["report", "regulation"]
    unit: str
    year: int | None
    title: str
    file: str
    set_aside: list[str]
    preferred: bool


class RuleJson(TypedDict):
    code: str
    title: str
    severity: Severity
    basis: str
    needs: list[str]
    page: str


class PassageJson(TypedDict):
    """``id``：引用它时写的编号。"""

    id: str
    unit: str
    year: int | None
    where: str
    text: str


class ArticleJson(TypedDict):
    id: str
    regulation: str
    where: str
    text: str


class SideJson(TypedDict):
    file: str
    unit: str
    year: int | None


class FigureChangeJson(TypedDict):
    metric: str
    label: str
    where: str
    old: str | None
    new: str | None
    change: str | None
    rate: str | None


class ParagraphJson(TypedDict):
    kind: Literal["same", "changed", "added", "removed"]
    old: str
    new: str


class SectionChangeJson(TypedDict):
    title: str
    alike: Any
    paragraphs: list[ParagraphJson]


class ComparisonJson(TypedDict):
    old: SideJson
    new: SideJson
    notes: list[str]
    figures: list[FigureChangeJson]
    sections: list[SectionChangeJson]

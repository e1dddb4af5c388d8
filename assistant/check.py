"""Running rules over a dossier. The same for what people wrote and what the assistant wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from assistant.causes import ASKED_AGAIN, Cause, reconciled
from assistant.errors import AssistantError, UnknownName
from assistant.figures.book import place_of as place_name
from assistant.figures.dossier import Dossier
from assistant.figures.unchecked import Unchecked, unchecked_numbers
from assistant.lexicon import phrase
from assistant.places import Places
from assistant.report import Report
from assistant.rules import RULES, Finding, Rule, Severity, beginning_with, family_name, outside_files, place_of
from assistant.rules.base import Hit, finding_of, fingerprint_of

__all__ = [
    "RULES",
    "SEVERITIES",
    "Cause",
    "Checked",
    "Decision",
    "Finding",
    "LastYear",
    "Origin",
    "Rule",
    "Severity",
    "Skipped",
    "Unchecked",
    "Verdict",
    "check",
    "family_name",
    "fingerprint_of",
    "last_year",
    "outside_files",
    "place_of",
    "selected",
]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
Origin = Literal["given", "files", "library"]
# The page that explains the list of numbers that were not checked; to leave it out is to leave out the list.
_UNCHECKED = "N190"
_UNFILLED = "F115"  # what the office has still to fill in
_MOST_NAMED = 3  # cells that a finding names as doubtful


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Skipped(_Frozen):
    """A check that could not run, and what it lacked."""

    code: str
    needs: str


class LastYear(_Frozen):
    """Last year's report that was compared with, and where it came from: ``given`` by the caller, one of the ``files``
    that were checked together, or the ``library``."""

    file: str
    unit: str
    year: int | None
    origin: Origin = "given"


class Decision(_Frozen):
    """What a person has said of a finding; ``review`` reads and writes it."""

    decision: Literal["confirmed", "dismissed", "postponed"]
    reason: str
    by: str
    date: str = ""


class Verdict(_Frozen):
    """What was found, gravest first, then by code and by place in the report; the causes, each with its findings; the numbers that nothing could be compared
    with; what checks could not run; what people have decided, by fingerprint. ``ran`` are the codes of the checks that
    ran; ``read_by_model`` are numbers that a second reader explained and that agree."""

    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    causes: tuple[Cause, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    read_by_model: tuple[Unchecked, ...] = ()
    ran: tuple[str, ...] = ()
    previous: LastYear | None = None
    decisions: Mapping[str, Decision] = Field(default_factory=lambda: MappingProxyType({}))

    @property
    def standing(self) -> Iterable[Finding]:
        """The findings that nobody has dismissed."""
        if not self.decisions:
            return self.findings
        return (finding for finding in self.findings if not self.dismissed(finding))

    @property
    def by_cause(self) -> Iterator[tuple[Cause, tuple[Finding, ...]]]:
        """The causes, the one with the gravest finding first, each with its findings."""
        found = {finding.fingerprint: finding for finding in self.findings}
        return ((cause, tuple(found[each] for each in cause.findings)) for cause in self.causes)

    def dismissed(self, finding: Finding) -> bool:
        decided = self.decisions.get(finding.fingerprint)
        return decided is not None and decided.decision == "dismissed"

    @property
    def counts(self) -> dict[str, int]:
        """How many findings stand, by severity."""
        found = Counter(finding.severity for finding in self.standing)
        return {severity: found[severity] for severity in SEVERITIES}

    def fails(self, threshold: Severity) -> bool:
        """Whether any finding that stands is at or above ``threshold``."""
        grave = SEVERITIES[: SEVERITIES.index(threshold) + 1]
        return any(finding.severity in grave for finding in self.standing)


class Checked(NamedTuple):
    """One file: its report and verdict, or the error that kept it from being checked. ``document`` is set where what was
    made of it is there already, from a run before."""

    path: Path
    report: Report | None = None
    verdict: Verdict | None = None
    error: AssistantError | None = None
    document: Path | None = None


def check(dossier: Dossier, rules: Iterable[Rule] | None = None, *, previous_from: Origin = "given") -> Verdict:
    """Run ``rules``, all of the catalogue unless some are given; a rule whose needs are not met is listed as skipped, never
    passed over in silence. So is one of another package that fails: it must not take the others' findings with it.

    The verdict is the same whatever the order of ``rules``. ``previous_from`` tells where last year's report is from.
    """
    entries = sorted(RULES.values() if rules is None else rules, key=lambda entry: place_of(entry.code))
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    ran: list[str] = []
    for entry in entries:
        missing = entry.missing(dossier)
        if missing:
            skipped.append(Skipped(code=entry.code, needs="、".join(missing)))
            continue
        try:
            hits = (hit for hit in entry.hits(dossier) if entry.code == _UNFILLED or not _on_placeholder(hit))
            found = [_as_sure_as_read(finding_of(entry, hit), hit, dossier.report) for hit in hits]
        except Exception as error:
            if not entry.outside:
                raise
            skipped.append(Skipped(code=entry.code, needs=f"不出错的检查包 {entry.outside}（{error!r}）"))
            continue
        ran.append(entry.code)
        findings += found
        if partly := entry.partly_missing(dossier):
            skipped.append(Skipped(code=entry.code, needs=f"{'、'.join(partly)}（其余部分已核对）"))
    places = Places(dossier.report)
    listed = unchecked_numbers(dossier) if _UNCHECKED in ran else ()
    again = [
        entry for entry in entries if entry.code in ran and not entry.outside and entry.code.startswith(ASKED_AGAIN)
    ]

    def found_again(mended: Dossier, codes: Iterable[str]) -> list[Finding]:
        asked = (entry for entry in again if entry.code.startswith(tuple(codes)))
        made = [
            _as_sure_as_read(finding_of(entry, hit), hit, mended.report)
            for entry in asked
            for hit in entry.hits(mended)
        ]
        return list(_told_apart(_ordered(made, Places(mended.report))))

    causes, told = reconciled(tuple(_told_apart(_ordered(findings, places))), dossier, found_again)
    return Verdict(
        findings=told,
        skipped=tuple(skipped),
        causes=causes,
        unchecked=tuple(sorted(listed, key=lambda each: places.of((each.mark,), each.where))),
        ran=tuple(ran),
        previous=last_year(dossier.previous, previous_from),
    )


def _on_placeholder(hit: Hit) -> bool:
    """Whether a hit is on words of a 【待补：…】: F115 says that something is missing, and nothing else can be said."""
    return any(
        mark.paragraph is not None
        and mark.end > mark.start
        and any(
            found.start() <= mark.start and mark.end <= found.end()
            for found in phrase("cited", "placeholder").finditer(mark.paragraph.text)
        )
        for mark in hit.marks
    )


def _as_sure_as_read(finding: Finding, hit: Hit, report: Report) -> Finding:
    """A finding that rests on a cell whose recognition is doubtful says so, and is no error: it may be the scan's."""
    doubtful = report.doubtful
    if not doubtful or finding.severity == "info":
        return finding
    about = {mark.metric for mark in hit.marks if mark.metric} | hit.rests_on
    under = [metric for metric in doubtful if any(_part_of(metric, each, finding.code) for each in about)]
    if not under:
        return finding
    named = "、".join(sorted({place_name(metric) for metric in under})[:_MOST_NAMED])
    more = "等" if len(under) > _MOST_NAMED else ""
    message = f"{finding.message}；相关的格识别把握不大（{named}{more}），请先核对原件"
    return finding.model_copy(update={"severity": "warning", "message": message})


def _part_of(metric: str, whole: str, code: str) -> bool:
    """Whether a finding on ``whole`` looks at ``metric`` too: a subtotal at its leaves, a check of the tables' sums
    (family T) at the rest of the row and of the column."""
    if metric == whole:
        return True
    (row, _, column), (whole_row, _, whole_column) = metric.rpartition("."), whole.rpartition(".")
    if column == whole_column and row.startswith(f"{whole_row}."):
        return True
    same_table = metric.partition(".")[0] == whole.partition(".")[0]
    return code.startswith("T") and same_table and (row == whole_row or column == whole_column)


def last_year(report: Report | None, origin: Origin) -> LastYear | None:
    """How a verdict names last year's report."""
    return LastYear(file=report.file, unit=report.unit, year=report.year, origin=origin) if report else None


def _ordered(findings: Iterable[Finding], places: Places) -> list[Finding]:
    return sorted(
        findings,
        key=lambda f: (
            SEVERITIES.index(f.severity), f.code, places.of(f.marks, f.where)
        ),
    )  # fmt: skip


def _told_apart(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The same words at two places make the same fingerprint: the second and further ones are numbered."""
    met: Counter[str] = Counter()
    for finding in findings:
        met[finding.fingerprint] += 1
        count = met[finding.fingerprint]
        if count > 1:
            finding = finding.model_copy(update={"fingerprint": fingerprint_of(finding.fingerprint, str(count))})
        yield finding


def selected(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Rules whose code begins with one of ``select`` (all when empty) and with none of ``ignore``; only the families that
    they name are imported.

    Raises:
        UnknownName: a prefix that no rule has.
    """
    wanted, unwanted = tuple(code.upper() for code in select), tuple(code.upper() for code in ignore)
    for prefix in (*wanted, *unwanted):
        if not beginning_with(prefix):
            raise UnknownName(f"没有编号以“{prefix}”开头的检查", help="用 assistant rules 查看全部检查。")
    return tuple(entry for entry in beginning_with(*(wanted or ("",))) if not entry.code.startswith(unwanted))

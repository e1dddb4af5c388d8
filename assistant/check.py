"""Running rules over a dossier. The same for what people wrote and what the assistant wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.errors import AssistantError, UnknownName
from assistant.report import Report
from assistant.rules import RULES
from assistant.rules.base import Dossier, Finding, Rule, Severity, finding_of

__all__ = ["SEVERITIES", "Checked", "Skipped", "Verdict", "check", "selected"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Skipped(BaseModel):
    """A check that could not run, and what it lacked."""

    model_config = ConfigDict(frozen=True)

    code: str
    needs: str


class Verdict(BaseModel):
    """What was found, gravest first, and what could not be checked."""

    model_config = ConfigDict(frozen=True)

    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    def fails(self, threshold: Severity) -> bool:
        """Whether any finding is at or above ``threshold``."""
        grave = SEVERITIES[: SEVERITIES.index(threshold) + 1]
        return any(finding.severity in grave for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: its report and verdict, or the error that kept it from being checked."""

    path: Path
    report: Report | None = None
    verdict: Verdict | None = None
    error: AssistantError | None = None


def check(dossier: Dossier, rules: Iterable[Rule] = tuple(RULES.values())) -> Verdict:
    """Run ``rules``; a rule whose needs are not met is listed as skipped, never passed over in silence."""
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    for entry in rules:
        missing = entry.missing(dossier)
        if missing:
            skipped.append(Skipped(code=entry.code, needs="、".join(missing)))
            continue
        findings += (finding_of(entry, hit) for hit in entry.hits(dossier))
    findings.sort(key=lambda finding: (SEVERITIES.index(finding.severity), finding.code))
    return Verdict(findings=tuple(findings), skipped=tuple(skipped))


def selected(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Rules whose code begins with one of ``select`` (all when empty) and with none of ``ignore``.

    Raises:
        UnknownName: a prefix that no rule has.
    """
    wanted, unwanted = tuple(code.upper() for code in select), tuple(code.upper() for code in ignore)
    for prefix in (*wanted, *unwanted):
        if not any(code.startswith(prefix) for code in RULES):
            raise UnknownName(f"没有编号以“{prefix}”开头的检查", help="用 assistant rules 查看全部检查。")
    return tuple(
        entry
        for code, entry in RULES.items()
        if (not wanted or code.startswith(wanted)) and not (unwanted and code.startswith(unwanted))
    )

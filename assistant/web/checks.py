"""Reports that are being checked in the page: kept here by id, so that a refresh or a second tab loses nothing."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

from assistant.check import Checked, Decision, Finding, Unchecked, check, selected
from assistant.errors import AssistantError, UnknownName, UnreadableReport
from assistant.figures.agreements import Agreement
from assistant.figures.headline import Headline
from assistant.report import Report
from assistant.review import decide, review
from assistant.web.held import Held, Job
from assistant.web.work import Task, Tell, Workers

__all__ = ["CheckJob", "CheckOutcome", "Checks", "Compared", "ReportCheck", "check_report", "tick_key"]

Choice = Literal["confirmed", "dismissed", "postponed"]


@dataclass(frozen=True, slots=True)
class CheckJob:
    """What a process checks: a file, last year's, or the library where that is looked for; cells set right by hand.
    ``borrow`` takes the library's, else it is only told that there is one. The file is read once: what was read is put
    beside it."""

    file: Path
    previous: Path | None = None
    library: Path | None = None
    borrow: bool = False
    cells: Mapping[str, str] = field(default_factory=dict)


class CheckOutcome(NamedTuple):
    """The report and its verdict, last year's report that the library would have, what was compared and agrees, the
    checks that found nothing (code, title), and the five main figures."""

    checked: Checked
    offered: str
    agreed: tuple[Agreement, ...] = ()
    passed: tuple[tuple[str, str], ...] = ()
    headlines: tuple[Headline, ...] = ()


def check_report(job: CheckJob, tell: Tell) -> CheckOutcome:
    """Read and check, in a process of its own.

    Raises:
        UnreadableReport: the file, or last year's, cannot be read.
        UnknownName: a cell that is set right is not there.
        LibraryError: the library is damaged or locked.
    """
    tell("读取报告")
    report = _read(job.file)
    if job.cells:
        from assistant.readers.corrections import corrected

        report = corrected(report, job.cells)
    previous, offered = None, ""
    if job.previous:
        tell("读取上年报告")
        previous = _read(job.previous)
        _refuse_another_year(previous, report)
    elif job.library and report.year is not None:
        from assistant.library.store import last_year_report

        held = last_year_report(job.library, report.unit, report.year)
        if held and job.borrow:
            previous = held
        elif held:
            offered = f"{held.unit}{held.year}年度报告（{held.file}）"
    tell("逐项检查")
    from assistant.figures.agreements import agreements
    from assistant.figures.dossier import Dossier
    from assistant.figures.headline import headlines

    dossier, rules = Dossier(report, previous), selected()
    verdict = check(dossier, rules, previous_from="given" if job.previous else "library")
    told = {finding.code for finding in verdict.findings}
    passed = tuple((rule.code, rule.title) for rule in rules if rule.code in verdict.ran and rule.code not in told)
    # The read-only view that a verdict has of no decisions cannot be sent to another process.
    checked = Checked(job.file, report, verdict.model_copy(update={"decisions": {}}))
    return CheckOutcome(checked, offered, tuple(agreements(dossier)), passed, tuple(headlines(dossier)))


def _read(file: Path) -> Report:
    from assistant.batch.spool import load_report, spool_report
    from assistant.readers import read

    spooled = file.with_name(f"{file.name}.read")
    try:
        if not spooled.exists():
            spool_report(read(file), spooled)
        return load_report(spooled)
    except AssistantError as error:
        error.where = error.where.replace(str(file), file.name)  # nobody knows our folder
        raise


def _refuse_another_year(previous: Report, report: Report) -> None:
    if previous.year is not None and report.year is not None and previous.year != report.year - 1:
        raise UnreadableReport(
            f"给出的上年报告是{previous.year}年度，本报告是{report.year}年度",
            where=previous.file,
            help=f"请换成{report.year - 1}年度的报告，或者不附上年报告。",
        )


class Compared(NamedTuple):
    """What became of the findings of the round before."""

    gone: tuple[Finding, ...]
    still: tuple[Finding, ...]
    new: tuple[Finding, ...]


def tick_key(number: Unchecked) -> str:
    """What a number to be checked by a person is known by, also when the report is checked again."""
    return f"{number.where}|{number.quote}"


@dataclass(eq=False)
class ReportCheck(Job):
    """One report in the page, over all rounds of mending and checking it again."""

    id: str
    folder: Path
    file: Path
    previous: Path | None = None
    task: Task | None = None
    checked: Checked | None = None
    offered: str = ""
    agreed: tuple[Agreement, ...] = ()
    passed: tuple[tuple[str, str], ...] = ()
    headlines: tuple[Headline, ...] = ()
    declined: bool = False
    borrow: bool = False
    rounds: int = 0
    compared: Compared | None = None
    cells: dict[str, str] = field(default_factory=dict)
    ticked: set[str] = field(default_factory=set)
    version: int = 0

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def title(self) -> str:
        report = self.checked.report if self.checked else None
        return f"{report.unit or self.name}{report.year or ''}年度报告" if report else self.name

    @property
    def state(self) -> str:
        return self.task.state if self.task else "done"

    @property
    def mark(self) -> str:
        """Changes with everything that a page shows."""
        return f"{self.rounds}.{self.version}.{self.task.version if self.task else 0}.{self.state}"

    @property
    def postponed(self) -> int:
        return self._decided("postponed")

    @property
    def open(self) -> int:
        """Findings that nobody has decided yet."""
        verdict = self.checked.verdict if self.checked else None
        return len(verdict.findings) - len(verdict.decisions) if verdict else 0

    def _decided(self, choice: Choice) -> int:
        verdict = self.checked.verdict if self.checked else None
        return sum(each.decision == choice for each in verdict.decisions.values()) if verdict else 0


class Checks(Held[ReportCheck]):
    """All of them; ``review_file`` keeps what people decide, over the end of this server."""

    most = 100  # a day's work, some 0.6 MB of memory each
    missing = ("没有这一份检查", "可能已经删去，或服务已重新启动；请把报告再拖进来查一遍。")

    def __init__(self, folder: Path, library: Path, workers: Workers) -> None:
        super().__init__()
        self._folder, self._library, self._workers = folder, library, workers
        self.borrow: bool | None = None  # the library's reports for last year's: asked once
        self.review_file = library / "review.toml"

    def place(self) -> tuple[str, Path]:
        """An id and a folder for what is uploaded next."""
        number = secrets.token_hex(6)
        return number, self._folder / number

    def begin(self, number: str, folder: Path, file: Path, previous: Path | None) -> ReportCheck:
        """Check a file."""
        made = ReportCheck(number, folder, file, previous, borrow=bool(self.borrow), declined=self.borrow is False)
        self._start(made)
        self.keep(made)
        return made

    def gone(self, number: str) -> bool:
        with self._lock:
            return number not in self._held

    def adopt(self, checked: Checked) -> ReportCheck:
        """Take in what was checked elsewhere, with what people decided of it; its file is copied, since a batch ends
        before what was opened of it."""
        number, folder = self.place()
        folder.mkdir(mode=0o700, parents=True)
        file = folder / checked.path.name
        shutil.copyfile(checked.path, file)
        (decided,) = review([checked._replace(path=file)], self.review_file, enter=False)
        made = ReportCheck(number, folder, file, checked=decided, rounds=1, borrow=bool(self.borrow))
        self.keep(made)
        return made

    def again(self, made: ReportCheck, file: Path) -> None:
        """Check another file of the same report, and compare with what was found before. What was set right by hand
        was of the old file."""
        with self._lock:
            self._refuse_at_work(made)
            made.file, made.cells = file, {}
            self._start(made, compare=True)

    def lend(self, made: ReportCheck, use: bool) -> None:
        """Answer whether the library's report is last year's; from now on for all."""
        with self._lock:
            self._refuse_at_work(made)
            self.borrow, made.borrow, made.declined = use, use, not use
            made.version += 1
            if use:
                self._start(made)

    def correct(self, made: ReportCheck, metric: str, text: str | None) -> None:
        """Set a cell right (``None``: as it was read), and check everything again.

        Raises:
            UnknownName: no such cell, or the text is no figure.
        """
        from assistant.readers.corrections import corrected

        with self._lock:
            self._refuse_at_work(made)
            cells = {**made.cells, metric: text} if text is not None else dict(made.cells)
            if text is None:
                cells.pop(metric, None)
            if made.checked and made.checked.report and text is not None:
                corrected(made.checked.report, {metric: text})  # what is no figure is refused at once
            made.cells = cells
            self._start(made, compare=True)

    def decide(self, made: ReportCheck, prints: list[str], choice: Choice | None, reason: str, by: str) -> None:
        """Write down what a person decided of findings.

        Raises:
            UnknownName: one of them is not found any more.
            AssistantError: a dismissal without reason or name; the file cannot be written.
        """
        decision = Decision(decision=choice, reason=reason, by=by, date=date.today().isoformat()) if choice else None
        with self._lock:
            if made.checked is None:
                raise UnknownName("还没有检查结果", help="请等检查完成。")
            self._library.mkdir(mode=0o700, parents=True, exist_ok=True)
            for each in prints:
                made.checked = decide(made.checked, self.review_file, each, decision)
            made.version += 1

    def tick(self, made: ReportCheck, key: str, ticked: bool) -> None:
        """Whether a person has checked a number."""
        with self._lock:
            (made.ticked.add if ticked else made.ticked.discard)(key)
            made.version += 1

    def remove(self, number: str) -> None:
        with self._lock:
            made = self._held.get(number)
        if made:
            self.forget(made)

    def _refuse_at_work(self, made: ReportCheck) -> None:
        if made.at_work:
            raise AssistantError("正在检查，还不能改", where=made.name, help="请等这一遍查完，或先取消。")

    def _start(self, made: ReportCheck, *, compare: bool = False) -> None:
        library = None if made.declined else self._library
        job = CheckJob(made.file, made.previous, library, made.borrow, dict(made.cells))
        task = self._workers.submit(check_report, job)
        made.task = task
        new_file = made.checked is None or made.checked.path != made.file
        task.future.add_done_callback(lambda future: self._done(made, future, compare=compare, new_file=new_file))

    def _done(self, made: ReportCheck, future: Future[Any], *, compare: bool, new_file: bool) -> None:
        if future.exception():
            made.version += 1
            return
        outcome: CheckOutcome = future.result()
        with self._lock:
            checked, offered, made.agreed, made.passed, made.headlines = outcome
            try:
                (checked,) = review([checked], self.review_file, enter=False)
            except AssistantError as error:  # a file that somebody edited: the findings are there all the same
                assert checked.report
                warned = _with_note(checked.report, str(error))
                checked = checked._replace(report=warned)
            made.compared = _compared(made.checked, checked) if compare and made.checked else None
            made.checked, made.offered = checked, "" if made.declined else offered
            made.rounds += new_file
            made.version += 1


def _with_note(report: Report, told: str) -> Report:
    """The report with one more note of its reading."""
    from assistant.report import ReadingWarning

    return report.model_copy(update={"warnings": (*report.warnings, ReadingWarning(message=told))})


def _compared(before: Checked, after: Checked) -> Compared:
    assert before.verdict and after.verdict
    then = {finding.fingerprint: finding for finding in before.verdict.findings}
    now = {finding.fingerprint: finding for finding in after.verdict.findings}
    return Compared(
        tuple(finding for print_, finding in then.items() if print_ not in now),
        tuple(finding for print_, finding in now.items() if print_ in then),
        tuple(finding for print_, finding in now.items() if print_ not in then),
    )

"""A library on disk: ``catalog.sqlite3`` (the truth) and ``vectors/`` (disposable) in one folder."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import LibraryError, UnknownName, reason
from assistant.language.organs import same_unit
from assistant.library.catalog.catalog import Catalog
from assistant.library.documents import CatalogEntry, Kind, SetAside, catalog_path

if TYPE_CHECKING:
    from assistant.report import Report

__all__ = [
    "LastYearLookup",
    "Library",
    "files_set_aside",
    "last_year_report",
    "last_year_reports",
    "library_if_there",
]

_CATALOG = "catalog.sqlite3"
LastYearLookup = Callable[[str, int], "Report | None"]

_TOLD = 3  # files set aside, below one answer
_NAMED = 10  # documents, where a number is asked for that is not there


class Library:
    """The documents of one folder. A context manager; ``create=True`` makes the folder when it is not there.

    Raises:
        LibraryError: there is no library at ``root``, or it cannot be opened or written.
    """

    def __init__(self, root: Path | str, *, create: bool = False) -> None:
        self.root = Path(root)
        if not create and not self.exists(self.root):
            raise LibraryError(
                "这里还没有资料库",
                where=str(self.root),
                help="请先运行 assistant ingest <报告文件或文件夹>，导入往年报告。",
            )
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"无法建立资料库文件夹（{reason(error)}）",
                where=str(self.root),
                help="请换一个可写的位置（--library）。",
            ) from error
        with contextlib.suppress(OSError):
            self.root.chmod(0o700)
        self.catalog = Catalog(self.root / _CATALOG)

    @staticmethod
    def exists(root: Path | str) -> bool:
        """Whether there is a library in this folder; an empty file is none, whatever became of what was in it."""
        catalog = Path(root) / _CATALOG
        return catalog.is_file() and catalog.stat().st_size > 0

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.catalog.close()

    @property
    def vectors_folder(self) -> Path:
        return self.root / "vectors"

    def documents(self, kind: Kind | None = None) -> tuple[CatalogEntry, ...]:
        """What is catalogued: reports by unit and year, then regulations."""
        return tuple(entry for entry in self.catalog.entries() if kind in (None, entry.kind))

    def units(self) -> dict[str, list[int]]:
        """Every unit that has reports here, with its years in order."""
        return self.catalog.units()

    def entry(self, unit: str, year: int) -> CatalogEntry | None:
        """The report of a unit (by its full name) for a year."""
        return self.catalog.find(unit, year)

    def cells(self, unit: str, year: int) -> dict[str, Decimal | None]:
        """The figures of a unit's report by metric id, blank ones as ``None``; empty when there is no such report."""
        entry = self.entry(unit, year)
        figures = self.catalog.figures(entry.id) if entry else {}
        return {metric: figure.value for metric, figure in figures.items()}

    def report(self, unit: str, year: int) -> Report | None:
        """The whole report of a unit for a year, as it was read."""
        entry = self.entry(unit, year)
        return self.show(entry.id) if entry else None

    def show(self, document: int) -> Report | None:
        """The report with this number; ``None`` for a regulation.

        Raises:
            UnknownName: no document has this number.
        """
        from assistant.report import Report

        self._known(document)
        stored = self.catalog.report_json(document)
        return Report.model_validate_json(stored) if stored else None

    def prefer(self, name: str) -> SetAside:
        """Let a file that was set aside stand, by its path or, where that is plain, its name; what was set aside for
        it now.

        Raises:
            UnknownName: no such file was set aside, or several of this name.
        """
        held = self.catalog.set_aside()
        path = catalog_path(Path(name))
        chosen = [one for one in held if one.path == path] or [one for one in held if name in (one.file, one.path)]
        if len(chosen) != 1:
            some = "、".join(one.path for one in (chosen or held)[:_NAMED]) or "无"
            what = f"有{len(chosen)}份没有采用的文件叫" if chosen else "没有采用的文件里没有"
            raise UnknownName(f"{what}“{name}”", help=f"请写完整路径：{some}。全部见 assistant library list。")
        self.catalog.prefer(chosen[0])
        return next(one for one in self.catalog.set_aside() if one.path == chosen[0].standing_path)

    def remove(self, document: int) -> CatalogEntry:
        """Take a document out of the catalog; its vectors go with the next ingest. The file itself stays where it is.

        Raises:
            UnknownName: no document has this number.
        """
        entry = self._known(document)
        self.catalog.remove(document)
        return entry

    def _known(self, document: int) -> CatalogEntry:
        found = self.catalog.entry(document)
        if found is None:
            held = "、".join(f"{entry.id}（{entry.name}）" for entry in self.documents()[:_NAMED]) or "无"
            more = "等" if len(self.documents()) > _NAMED else ""
            raise UnknownName(
                f"资料库中没有编号为 {document} 的资料", help=f"现有编号：{held}{more}；全部见 assistant library list。"
            )
        return found


def files_set_aside(library: Library, reports: Collection[tuple[str, int | None]]) -> list[str]:
    """What is to be said to somebody who relies on these reports: of which of them another file was set aside."""
    held = (one for one in library.catalog.set_aside() if one.kind == "report")
    lines = [one.line for one in held if (one.unit, one.year) in reports]
    more = len(lines) - _TOLD
    return [*lines[:_TOLD], *([f"还有{more}份文件没有采用，见 assistant library list"] if more > 0 else [])]


@contextmanager
def library_if_there(root: Path) -> Iterator[Library | None]:
    """The library at ``root``; ``None`` where there is none, for work that can do without."""
    if not Library.exists(root):
        yield None
        return
    with Library(root) as library:
        yield library


@contextmanager
def last_year_reports(root: Path) -> Iterator[LastYearLookup]:
    """The library at ``root``, open once for many look-ups: (unit, year) → its report on ``year - 1``.

    ``None`` where there is none, or no library. Two units whose names both fit (``same_unit``) are none.
    """
    if not Library.exists(root):
        yield lambda _unit, _year: None
        return
    with Library(root) as library:
        units = list(library.units().items())

        def find(unit: str, year: int) -> Report | None:
            fitting = [name for name, years in units if year - 1 in years and same_unit(name, unit)]
            return library.report(fitting[0], year - 1) if len(fitting) == 1 else None

        yield find


def last_year_report(root: Path, unit: str, year: int) -> Report | None:
    """The report on ``year - 1`` of one ``unit`` in the library at ``root``."""
    with last_year_reports(root) as find:
        return find(unit, year)

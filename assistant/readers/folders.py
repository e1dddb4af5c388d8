"""Which files of a folder, or of a zip file of reports, are taken for reports."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from assistant.errors import UnreadableReport
from assistant.readers import IN_FOLDERS
from assistant.readers.archive import open_archive
from assistant.readers.content import format_of
from assistant.readers.own_results import is_result
from assistant.settings import settings
from assistant.text import clean

__all__ = ["files_in", "holds_reports", "lasting_path", "where_of"]

_UNPACKED = "assistant-zip-"  # how the folder that a zip file is unpacked into begins
_PLACE = "place"  # beside what was unpacked: where the zip file lies
_UTF_8 = 0x800  # flag of an entry whose name is in UTF-8
_LONGEST = 120  # characters of a name, so that it fits any file system in any encoding


def holds_reports(path: Path) -> bool:
    """Whether a path is looked into for reports: a folder, or a zip file that is none of the formats made of zip. One
    that cannot be opened is told of by who reads it."""
    try:
        return path.is_dir() or (path.suffix.lower() == ".zip" and path.is_file() and format_of(path) == ".zip")
    except UnreadableReport:
        return False


def files_in(folder: Path) -> list[Path]:
    """The documents in a folder and below, or in a zip file, by name; also those that only another program can open, so
    that each is told of and none passed over in silence. Pictures are left out, they are seldom reports; so are results
    of a check.

    Raises:
        UnreadableReport: a zip file that is broken, encrypted, too large, or names files outside of itself.
    """
    inside = folder if folder.is_dir() else _unpacked(folder)
    return sorted(
        file
        for place, _, names in os.walk(inside)  # unlike rglob, it goes on where something is gone in the meantime
        for file in (Path(place, name) for name in names)
        # ~$ files are what Word leaves beside a document that is open.
        if file.suffix.lower() in IN_FOLDERS and file.is_file() and not file.name.startswith((".", "~$"))
        if not is_result(file)
    )


def lasting_path(path: Path) -> Path:
    """Where a file lies for good: one that was unpacked from a zip file, as a path inside that."""
    whole = path.resolve()
    for above in whole.parents:
        if above.name.startswith(_UNPACKED) and (above / _PLACE).is_file():
            inside = whole.relative_to(above)
            return Path((above / _PLACE).read_text(encoding="utf-8")).joinpath(*inside.parts[1:])
    return whole


def where_of(path: Path) -> str:
    """A file's place as the user named it; of one in a zip file, the place inside that."""
    lasting = lasting_path(path)
    return str(path if lasting == path.resolve() else lasting)


def _unpacked(path: Path) -> Path:
    """A folder with the documents of a zip file, named like it, there until the program ends."""
    with open_archive(path) as archive:
        entries = [(entry, name) for entry in archive.infolist() if (name := _name(entry, str(path)))]
        work = Path(tempfile.mkdtemp(prefix=_UNPACKED))
        atexit.register(shutil.rmtree, work, ignore_errors=True)
        (work / _PLACE).write_text(str(path.resolve()), encoding="utf-8")
        inside = work / clean(path.name)
        inside.mkdir()
        for entry, name in entries:
            _unpack(archive, entry, inside / name, f"{path}/{name}")
    return inside


def _name(entry: ZipInfo, where: str) -> PurePosixPath | None:
    """The path of an entry inside the archive; ``None`` for what is no document.

    Raises:
        UnreadableReport: it leads out of the archive.
    """
    told = entry.filename
    if not entry.flag_bits & _UTF_8:
        # Programs on Chinese Windows write GBK and say nothing of it; others UTF-8. zipfile takes both for cp437.
        told = _as_chinese(told)
    name = PurePosixPath(clean(told.replace("\\", "/")))
    if name.is_absolute() or ".." in name.parts or ":" in told:
        raise UnreadableReport(
            "压缩包里有指向包外的路径，没有打开它", where=where, help="请确认文件来源；解压到文件夹后再指定该文件夹。"
        )
    hidden = any(part.startswith((".", "__MACOSX")) for part in name.parts)
    if entry.is_dir() or hidden or name.suffix.lower() not in IN_FOLDERS:
        return None
    return PurePosixPath(*(part[:_LONGEST] for part in name.parts[:-1]), name.stem[:_LONGEST] + name.suffix)


def _as_chinese(name: str) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return name


def _unpack(archive: ZipFile, entry: ZipInfo, to: Path, where: str) -> None:
    limit = settings().max_file_bytes
    with archive.open(entry) as part:
        data = part.read(limit + 1)  # not what the directory says of its size
    if len(data) > limit:
        raise UnreadableReport(
            f"压缩包里的文件过大（上限{limit // 1024 // 1024}MB）",
            where=where,
            help="请确认这是一份年度报告；确需读取时调高 ASSISTANT_MAX_FILE_BYTES。",
        )
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(data)

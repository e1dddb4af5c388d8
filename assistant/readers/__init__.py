"""Reading published reports. One module a format gives blocks; ``assemble`` makes a Report of any of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from assistant.errors import UnreadableReport, reason
from assistant.logs import step
from assistant.readers.assemble import assemble
from assistant.readers.blocks import Document
from assistant.readers.content import format_of
from assistant.readers.identity import names_the_report
from assistant.readers.text import parse_text, read_text
from assistant.report import Report
from assistant.settings import settings
from assistant.text import name_of

__all__ = ["IN_FOLDERS", "READERS", "read", "read_document", "report_from_document", "report_from_text", "suffix_of"]


def _docx(path: Path) -> Document:
    from assistant.readers.word.docx import read_docx

    return read_docx(path)


def _html(path: Path) -> Document:
    from assistant.readers.web.html import read_html

    return read_html(path)


def _pdf(path: Path) -> Document:
    from assistant.readers.pages.pdf import read_pdf

    return read_pdf(path)


def _picture(path: Path) -> Document:
    from assistant.readers.pages.scan import read_picture

    return read_picture(path)


def _xlsx(path: Path) -> Document:
    from assistant.readers.excel.xlsx import read_xlsx

    return read_xlsx(path)


def _mht(path: Path) -> Document:
    from assistant.readers.web.mht import read_mht

    return read_mht(path)


def _ofd(path: Path) -> Document:
    from assistant.readers.ofd.package import read_ofd

    return read_ofd(path)


# Each imports what it needs when it is used: a text file is read without the packages behind Word or PDF.
READERS: dict[str, Callable[[Path], Document]] = {
    ".docx": _docx,
    ".docm": _docx,
    ".dotx": _docx,
    ".dotm": _docx,
    ".htm": _html,
    ".html": _html,
    ".shtml": _html,
    ".xhtml": _html,
    ".pdf": _pdf,
    ".png": _picture,
    ".jpg": _picture,
    ".jpeg": _picture,
    ".xlsx": _xlsx,
    ".xlsm": _xlsx,
    ".xltx": _xlsx,
    ".ofd": _ofd,
    ".mht": _mht,
    ".mhtml": _mht,
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".markdown": read_text,
}

# Formats that LibreOffice turns into another, where it is installed: what they are, and what it makes of them.
_OFFICE = {
    ".doc": ("旧版 Word 文件（.doc）", ".docx"),
    ".dot": ("旧版 Word 模板（.dot）", ".docx"),
    ".wps": ("WPS 文字文件（.wps）", ".docx"),
    ".wpt": ("WPS 文字模板（.wpt）", ".docx"),
    ".rtf": ("RTF 文件", ".docx"),
    ".odt": ("OpenDocument 文字文件（.odt）", ".docx"),
    ".uof": ("标文通文件（.uof）", ".docx"),
    ".uot": ("标文通文件（.uot）", ".docx"),
    ".xls": ("旧版 Excel 文件（.xls）", ".xlsx"),
    ".xlsb": ("二进制 Excel 文件（.xlsb）", ".xlsx"),
    ".et": ("WPS 表格文件（.et）", ".xlsx"),
    ".ods": ("OpenDocument 表格文件（.ods）", ".xlsx"),
}
_AS_PNG, _UNPACK = "请另存为 .png，再试。", "请先解压，再指定其中的报告文件。"
# Formats without a reader: what they are, and what to do.
_UNSUPPORTED = {
    **{suffix: (kind, f"请打开后另存为 {target}，再试。") for suffix, (kind, target) in _OFFICE.items()},
    ".flat": ("Word 的 XML 文件（整份文档写在一个 .xml 里）", "请用 Word 或 WPS 打开后另存为 .docx，再试。"),
    ".eml": ("邮件（.eml）", "请打开邮件，把附件里的报告另存出来再试；写在正文里的，另存为网页（.html、.mht）。"),
    ".msg": ("邮件（.msg）", "请打开邮件，把附件里的报告另存出来再试；写在正文里的，另存为网页（.html、.mht）。"),
    ".csv": ("CSV 文件", "请打开后另存为 .xlsx，再试。"),
    ".ceb": ("版式文件（.ceb）", "请打开后另存为（或打印为）PDF，再试。"),
    ".tif": ("TIFF 图片", _AS_PNG),
    ".tiff": ("TIFF 图片", _AS_PNG),
    ".bmp": ("BMP 图片", _AS_PNG),
    ".webp": ("WebP 图片", _AS_PNG),
    ".zip": ("压缩包", "可以用 assistant check 或 ingest 处理整个压缩包；只读其中一份时请先解压。"),
    ".rar": ("压缩包", _UNPACK),
    ".7z": ("压缩包", _UNPACK),
}
# What is taken of a folder. Pictures and lists of data beside a report are seldom reports; they are read when they are
# named.
IN_FOLDERS = (frozenset(READERS) | frozenset(_UNSUPPORTED)) - {
    ".png",
    ".jpg",
    ".jpeg",
    ".tif",
    ".tiff",
    ".bmp",
    ".webp",
    ".csv",
}
_NOTHING_RECOGNISED = 2
_FIGURES_OF_A_TABLE = 10  # cells of the form's smallest table: a workbook may hold one alone


def read_document(path: Path) -> Document:
    """A file as blocks.

    Raises:
        UnreadableReport: no such file, empty, too large, or in a format without a reader.
    """
    if not path.exists():
        raise UnreadableReport("没有这个文件", where=str(path), help="请检查路径和文件名。")
    if path.is_dir():
        raise UnreadableReport("这是文件夹，不是文件", where=str(path), help="请指定其中的报告文件。")
    if not path.is_file():  # a pipe without a writer would be waited for, a device read without end
        raise UnreadableReport("这是管道或设备，不是普通文件", where=str(path), help="请先存成文件再读取。")
    size = path.stat().st_size
    if size == 0:
        raise UnreadableReport("文件是空的", where=str(path), help="请确认文件已保存完整。")
    if size > settings().max_file_bytes:
        limit = settings().max_file_bytes // 1024 // 1024
        raise UnreadableReport(
            f"文件过大（{size // 1024 // 1024}MB，上限{limit}MB）",
            where=str(path),
            help="请确认这是一份年度报告；确需读取时调高 ASSISTANT_MAX_FILE_BYTES。",
        )
    with step("read", path, bytes=size):
        return _reader(path, suffix_of(path))(path)


def suffix_of(path: Path) -> str:
    """The suffix that says how a file is read: that of its content where the content tells, else its own.

    Raises:
        UnreadableReport: a zip file with more parts than the settings allow.
    """
    own, shown = path.suffix.lower(), format_of(path)
    alike = shown in READERS and READERS.get(own) is READERS[shown]  # .docm, .htm
    # An office file without the part that makes it one is a broken office file, no archive of reports.
    broken = shown == ".zip" and own in {".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".xltx", ".ofd"}
    return own if not shown or alike or broken else shown


def _reader(path: Path, suffix: str) -> Callable[[Path], Document]:
    """
    Raises:
        UnreadableReport: there is none for files with this ``suffix``.
    """
    from assistant.readers.office.converted import office_program

    if suffix in READERS:
        return READERS[suffix]
    if suffix in _OFFICE and format_of(path) and office_program():
        return partial(_through_office, suffix=suffix)
    if suffix in _UNSUPPORTED:
        kind, way_out = _UNSUPPORTED[suffix]
        called = "" if suffix == path.suffix.lower() else f"（扩展名是“{path.suffix}”）"
        raise UnreadableReport(f"不能读取{kind}{called}", where=str(path), help=way_out)
    known = "、".join(sorted(READERS))
    kind = f"“{path.suffix}”格式" if path.suffix else "没有扩展名的文件"
    raise UnreadableReport(
        f"还不能读取{kind}", where=str(path), help=f"可以读取：{known}。请另存为其中一种格式后再试。"
    )


def _through_office(path: Path, suffix: str) -> Document:
    from assistant.readers.office.converted import converted

    target = _OFFICE[suffix][1]
    with converted(path, suffix, target) as made:
        try:
            return READERS[target](made)
        except UnreadableReport as error:
            error.where = str(path)  # not the copy, which is gone by then
            raise


def read(path: Path | str) -> Report:
    """Read one report.

    Raises:
        UnreadableReport: the file cannot be read, or nothing in it looks like a yearly report.
    """
    path = Path(path)
    try:
        document = read_document(path)
    except OSError as error:
        raise UnreadableReport(
            f"无法打开文件（{reason(error)}）", where=str(path), help="请检查文件权限，或先关闭占用它的程序。"
        ) from error
    except UnreadableReport as error:
        error.where = error.where or str(path)  # readers of text in memory do not know the file
        raise
    return report_from_document(document, path)


def report_from_document(document: Document, path: Path) -> Report:
    """The report in a file that was read as blocks already."""
    with step("figures", path):
        return _recognised(assemble(document, name_of(path)), str(path))


def report_from_text(text: str, file: str = "") -> Report:
    """A report from text already in memory, in the same notation as a text file."""
    return _recognised(assemble(parse_text(text), file), file or "文本")


def _recognised(report: Report, where: str) -> Report:
    known = {section.id for section in report.sections} | {table.id for table in report.tables}
    named = bool(known) and any(names_the_report(paragraph.text) for paragraph in report.preamble)
    one_table = len(report.cells) >= _FIGURES_OF_A_TABLE
    if len(known) < _NOTHING_RECOGNISED and not (report.title or named or one_table):
        raise UnreadableReport(
            "没有找到年度报告的题名、六个部分或三张表，看起来不是政府信息公开工作年度报告",
            where=where,
            help="请确认文件内容；如为其他材料，不能用于检查。",
        )
    return report

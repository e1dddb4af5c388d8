"""Errors that a user can act on.

    AssistantError
    ├── UnreadableReport        a file that is no report, is broken, or is in a format we cannot read
    ├── BadWorkbook             the data workbook has cells that are no numbers, or sheets that are missing
    ├── UnknownName             a unit, year, metric, rule or file that does not exist
    ├── LibraryError            the library is missing, locked, damaged or not ours
    ├── ModelUnavailable        no model is set, or its endpoint is down, slow or answers nonsense
    └── Interrupted             the user pressed Ctrl-C; help says how the work goes on

Bad *data* in a readable report is never an exception: it is a Finding (see ``rules.base``).
"""

from __future__ import annotations

import errno

from assistant.text import clean

__all__ = [
    "AssistantError",
    "BadWorkbook",
    "Interrupted",
    "LibraryError",
    "ModelUnavailable",
    "UnknownName",
    "UnreadableReport",
    "reason",
]

# What a system says in English, by its number.
_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的磁盘是只读的",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "已有同名的文件",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EMFILE: "打开的文件太多",
    errno.EBUSY: "正被别的程序占用",
    errno.EIO: "磁盘读写出错",
    errno.EFBIG: "文件超过了系统允许的大小",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EINVAL: "系统不认这样的文件名或内容",
    errno.ENFILE: "系统打开的文件太多",
    errno.ENOMEM: "内存不足",
    errno.ETXTBSY: "正被别的程序占用",
    errno.EPIPE: "接收输出的程序已经关闭",
    errno.ENXIO: "没有这个设备",
    errno.ENODEV: "没有这个设备",
    errno.ESTALE: "网络文件夹已经断开",
    errno.ETIMEDOUT: "等得太久，没有回应",
    errno.ECONNREFUSED: "对方没有在运行",
    errno.ELOOP: "链接绕成了圈",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese where it is a usual reason."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


class AssistantError(Exception):
    """What happened, where, and what to do next; all three in Chinese.

    ``where`` is a file, a cell address or a setting, ``help`` the way out.
    """

    def __init__(self, what: str, *, where: str = "", help: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.help = help

    def __str__(self) -> str:
        place = f"{self.where}：" if self.where else ""
        way_out = f"\n  怎么办：{self.help}" if self.help else ""
        return clean(
            f"{place}{self.what}{way_out}"
        )  # names of files, words of services: nothing that drives a terminal


class UnreadableReport(AssistantError):
    """The file cannot be understood as a report."""


class BadWorkbook(AssistantError):
    """The data workbook has faults; ``what`` lists every one with its address."""


class UnknownName(AssistantError):
    """Something was named that is not there; ``help`` says what is."""


class LibraryError(AssistantError):
    """The library cannot be opened or written."""


class ModelUnavailable(AssistantError):
    """The model cannot be used now; callers fall back to what needs no model."""


class Interrupted(AssistantError):
    """The user stopped the work."""

    def __init__(self, goes_on: str = "") -> None:
        super().__init__(f"已中断{f'；{goes_on}' if goes_on else ''}。")

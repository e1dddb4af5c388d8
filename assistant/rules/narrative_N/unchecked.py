"""N190: the page of the list of numbers that nothing could be compared with."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.figures.dossier import Dossier
from assistant.rules.base import Hit, rule


@rule("N190", "未能核对的数字一览", severity="info")
def numbers_not_checked(_: Dossier) -> Iterator[Hit]:
    """没有规则能解释的数字逐一列出，提醒人工核对：没有报告问题，不等于已经核对。这不是问题，单列一份清单，不计入错误、
    警告和提示的数目。

    依据：不以沉默代替核对。
    违例：（不是错误，只是列出。）文中“网站公开信息1950条”，表中没有对应的数。
    正例：文中“受理申请97件”，已与表三核对，不列入。
    """
    # ``check`` makes the list where this check is among those that are asked for.
    yield from ()

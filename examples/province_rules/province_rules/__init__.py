"""X: rules of a province of its own. The province does not exist; the rule shows how one is written."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.rules import Dossier, Hit, rule

FAMILY = "地方规则"
LARGEST_USUAL_SHARE = Decimal("0.2")


@rule(
    "X101",
    "不予公开超过两成的，第五章应说明原因",
    severity="warning",
    basis="省年度报告编制要求（示例）",
    needs=("requests", "sections"),
)
def many_denials_are_explained(dossier: Dossier) -> Iterator[Hit]:
    """办理结果中不予公开超过两成的，第五部分应说到不予公开，说明原因和改进打算。

    依据：省年度报告编制要求（示例，不是真实文件）。
    违例：办结23件，不予公开8件，第五部分没有提到不予公开。
    正例：办结23件，不予公开2件；或第五部分写明不予公开较多的原因。
    """
    denied = dossier.book.value("requests.denied.total")
    concluded = dossier.book.value("requests.concluded.total")
    section = dossier.report.section("problems")
    if not denied or not concluded or denied <= concluded * LARGEST_USUAL_SHARE:
        return
    if section is None or "不予公开" not in section.text:
        yield Hit(
            "五、存在的主要问题及改进情况",
            f"办结{concluded}件，不予公开{denied}件，超过两成，没有说明原因",
            "说明不予公开的原因",
            "没有提到不予公开",
            anchor="denied",
        )

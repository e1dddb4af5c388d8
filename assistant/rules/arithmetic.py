"""A1xx: arithmetic inside the prose."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.figures.book import label_of
from assistant.figures.claims import Claim
from assistant.figures.parts import breakdowns
from assistant.rules.base import Dossier, Hit, Severity, number, rule
from assistant.rules.compare import compare


@rule("A101", "“共N，其中a、b、c”：之和＝N；“包括、主要”：之和≤N", severity="error", basis="文内算术")
def parts_add_up(dossier: Dossier) -> Iterator[Hit]:
    """“其中”“分别”列出的各部分相加应等于总数；“包括”“主要”“等”只要求不超过总数。没有“共”“总计”的总数，
    “其中”也可能只举一部分，相加不足时作警告。

    依据：文内算术。
    违例：全年共制作119期，其中市级47期、县级70期。
    正例：全年共制作119期，其中市级47期、县级72期。
    """
    for found in breakdowns(dossier.claims):
        if found.agrees:
            continue
        whole = found.whole.mention
        short = found.total < whole.value
        severity: Severity = "error" if found.exhaustive and (found.stated_total or not short) else "warning"
        shown = "＋".join(number(part.mention.value) for part in found.parts)
        relation = "应等于" if found.exhaustive else "不应超过"
        yield Hit(
            found.whole.spot.where, f"各部分 {shown} ＝ {number(found.total)}，{relation}{whole.text}",
            number(found.total), number(whole.value), found.whole.spot.sentence, severity, anchor=f"{whole.text}|{shown}",
        )  # fmt: skip


@rule("A104", "同一指标在多处数值一致", severity="error", basis="文内一致")
def said_the_same_everywhere(dossier: Dossier) -> Iterator[Hit]:
    """同一个数在文中几处出现，应当一样；口径不同（新收与新收＋上年结转）而都与表相符的除外。

    依据：文内一致。
    违例：总体情况写“受理申请97件”，第三部分写“受理申请96件”。
    正例：两处都写97件。
    """
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in dossier.claims:
        if claim.relation == "value" and not claim.scope and not claim.mention.bound:
            groups.setdefault((claim.readings[0], claim.year), []).append(claim)
    for (reading, year), claims in groups.items():
        values = {claim.mention.value for claim in claims}
        if len(values) < 2 or all(compare(claim, dossier).agrees for claim in claims):
            continue
        assert isinstance(reading, tuple)
        name = "＋".join(label_of(metric).removesuffix("（总计）") for metric in reading)
        said = "；".join(f"{claim.spot.where}为{claim.mention.text}" for claim in claims)
        yield Hit(
            claims[0].spot.where, f"{name}在文中几处不一致：{said}", "各处一致", "、".join(number(v) for v in sorted(values)),
            claims[0].spot.sentence, anchor=f"{reading}{year}",
        )  # fmt: skip

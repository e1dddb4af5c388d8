"""The catalogue of checks: one module a family. Importing this package enters every rule."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from assistant.figures.dossier import Dossier
from assistant.rules.base import ENTERED, Finding, Hit, Rule, Severity

__all__ = ["FAMILIES", "RULES", "Dossier", "Finding", "Hit", "Rule", "Severity"]

FAMILIES = {
    "F": "结构",
    "T": "三张表",
    "N": "叙述与表",
    "A": "叙述内部算术",
    "Y": "跨年",
    "D": "日期",
    "R": "雷同",
    "W": "用语与个人信息",
}
"""The families of the catalogue, in its order, by the letter that their codes begin with."""

for _module in pkgutil.walk_packages(__path__, f"{__name__}."):
    import_module(_module.name)

RULES: dict[str, Rule] = dict(sorted(ENTERED.items(), key=lambda item: (list(FAMILIES).index(item[0][0]), item[0])))
"""Every rule by code, in the order of the catalogue."""

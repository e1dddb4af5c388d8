"""The catalogue of checks, loaded by family: a letter's folder is imported when one of its checks is asked for.

Packages from outside add to it by the entry points ``assistant.rules``, each named by the letter of its family:

    [project.entry-points."assistant.rules"]
    X = "province_rules"

The module enters its rules as ours do, and may call its family something: ``FAMILY = "地方规则"``. A package that
cannot be loaded stands in the catalogue as a check that cannot run, so that every check tells of it.
"""

from __future__ import annotations

import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from assistant.figures.dossier import Dossier
from assistant.rules.base import ENTERED, Hit, Rule

__all__ = ["FAMILIES", "RULES", "beginning_with", "family", "family_name", "outside_files", "place_of"]

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
"""Our families in the order of the catalogue, by the letter that their codes begin with."""

_GROUP = "assistant.rules"
_ANY_LETTER = "X"  # the family of an entry point whose name is no letter: it is only told of
_FOLDERS = {each.name.rpartition("_")[2]: each.name for each in pkgutil.iter_modules([str(Path(__file__).parent)])}


class _Catalogue(Mapping[str, Rule]):
    """Every rule by code, family by family. Asking for one code imports its family only."""

    def __getitem__(self, code: str) -> Rule:
        return family(code[:1])[code]

    def __iter__(self) -> Iterator[str]:
        return (code for letter in _letters() for code in family(letter))

    def __len__(self) -> int:
        return sum(len(family(letter)) for letter in _letters())


RULES: Mapping[str, Rule] = _Catalogue()


@cache
def family(letter: str) -> Mapping[str, Rule]:
    """The rules of one family by code; empty for a letter that no family has."""
    _import_ours(letter)
    failed = [rule for point in _outside() if _letter_of(point) == letter and (rule := _load(point))]
    entered = [ENTERED[code] for code in sorted(ENTERED) if code[:1] == letter]
    return {rule.code: rule for rule in (*entered, *failed)}


def beginning_with(*prefixes: str) -> tuple[Rule, ...]:
    """The rules whose codes begin with one of ``prefixes``, in the order of the catalogue."""
    letters = [letter for letter in _letters() if any(prefix[:1] in ("", letter) for prefix in prefixes)]
    return tuple(rule for letter in letters for code, rule in family(letter).items() if code.startswith(prefixes))


def family_name(letter: str) -> str:
    """What a family is called: 三张表; one from outside as its package calls it."""
    family(letter)
    named = (getattr(sys.modules.get(point.module), "FAMILY", "") for point in _outside() if point.name == letter)
    return FAMILIES.get(letter) or next(filter(None, named), "外部检查")


def place_of(code: str) -> tuple[int, str]:
    """By what codes are put in the order of the catalogue."""
    letters = _letters()
    return (letters.index(code[:1]) if code[:1] in letters else len(letters)), code


def outside_files() -> list[Path]:
    """The files that rules from outside are made of."""
    found: set[Path] = set()
    for spec in filter(None, (find_spec(_package(point)) for point in _outside())):
        folders = [Path(folder) for folder in spec.submodule_search_locations or ()]
        found.update(path for folder in folders for path in folder.rglob("*") if path.suffix in (".py", ".toml"))
        found.update([Path(spec.origin)] if spec.origin else ())
    return sorted(found)


@cache
def _outside() -> tuple[EntryPoint, ...]:
    return tuple(sorted(entry_points(group=_GROUP), key=lambda point: (point.name, point.value)))


@cache
def _letters() -> tuple[str, ...]:
    return (*FAMILIES, *sorted({_letter_of(point) for point in _outside()} - FAMILIES.keys()))


def _letter_of(point: EntryPoint) -> str:
    return point.name if re.fullmatch("[A-Z]", point.name) else _ANY_LETTER


def _package(point: EntryPoint) -> str:
    return point.module.partition(".")[0]


def _import_ours(letter: str) -> None:
    folder = _FOLDERS.get(letter)
    if letter in FAMILIES and folder:
        for module in pkgutil.iter_modules([str(Path(__file__).parent / folder)]):
            import_module(f"assistant.rules.{folder}.{module.name}")


def _load(point: EntryPoint) -> Rule | None:
    """Enter the rules of a module from outside. What keeps them from being entered is told in their stead: whoever
    asked for the check did not write that package."""
    letters = {each.name for each in _outside() if _package(each) == _package(point)}
    for letter in letters:
        _import_ours(letter)  # first come, first served: a code of ours stays ours
    try:
        if _letter_of(point) != point.name:
            raise ValueError(f"入口的名称应为一个大写字母，不是“{point.name}”")
        import_module(point.module)
        astray = [code for code in _codes_of(point) if code[:1] not in letters]
        if astray:
            raise ValueError(f"编号 {'、'.join(astray)} 不是以入口的字母 {'、'.join(sorted(letters))} 开头")
    except Exception as error:  # whatever a package may raise while it is imported
        for code in _codes_of(point):
            del ENTERED[code]
        told = f"能够载入的检查包 {point.module}（{error if isinstance(error, ValueError) else repr(error)}）"
        code = f"{_letter_of(point)}:{point.module}"
        return Rule(code, "外部检查没有载入", "error", "", (), _nothing, outside=point.module, lacks=told)
    for code in _codes_of(point):
        ENTERED[code] = ENTERED[code]._replace(outside=point.module)
    return None


def _codes_of(point: EntryPoint) -> list[str]:
    return [code for code, rule in ENTERED.items() if rule.hits.__module__.partition(".")[0] == _package(point)]


def _nothing(_: Dossier) -> Iterator[Hit]:
    """外部检查包没有载入，它的检查一项也没有运行；原因见检查结果中“未运行的检查”。"""
    yield from ()

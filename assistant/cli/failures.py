"""What is said of a failure that is not ours to have: a command line that is wrong, a setting that is no value."""

from __future__ import annotations

import re
from typing import Any

import typer.exceptions
from pydantic import ValidationError

from assistant.text import printable

__all__ = ["told"]

# What a value should be, by what the parser says of one that is not.
_WANTED = {
    "valid integer": "，应为整数",
    "valid number": "，应为数字",
    "greater than or equal": "，数字太小",
    "less than or equal": "，数字太大",
}
# What a setting should be, by pydantic's name for what is wrong with it.
_SETTINGS = {
    "float_parsing": "应为数字",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "bool_parsing": "应为 true 或 false",
    "literal_error": "应为 {expected} 之一",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不应小于 {ge}",
}
# What else can be wrong with a command line, likewise.
_MISUSED = {
    "requires an argument": "选项 {} 后面没有写值",
    "does not take a value": "选项 {} 后面不写值",
    "extra argument": "多出了 {}（有空格的文字要加引号）",
}


def told(error: Exception) -> str | None:
    """The failure in Chinese, with what to do; ``None`` for one that is the program's own."""
    if isinstance(error, ValidationError) and error.title == "Settings":
        return _settings_fault(error)
    return _wrong_call(error) if isinstance(error, typer.exceptions.TyperException) else None


def _settings_fault(error: ValidationError) -> str:
    faults = "；".join(map(_setting_told, error.errors()))
    return f"设置有误：{faults}\n  怎么办：检查这个环境变量。"


def _setting_told(fault: Any) -> str:
    """ASSISTANT_LLM_TIMEOUT_SECONDS：应为数字，现在是“abc”."""
    name = ".".join(str(part) for part in fault["loc"]).upper()
    variable = name if name.startswith("OPENAI_") else f"ASSISTANT_{name.removeprefix('ASSISTANT_')}"
    wanted: str = _SETTINGS.get(fault["type"], "写得不对").format(**{"expected": "", **fault.get("ctx", {})})
    for english, chinese in (("'", ""), (" or ", "、"), (", ", "、")):
        wanted = wanted.replace(english, chinese)
    return f"{variable}：{wanted}，现在是“{printable(str(fault['input']))}”"


def _name_of(parameter: object) -> str:
    """As people write it: --fail-on; an argument by what its help calls it."""
    longest: str = max(getattr(parameter, "opts", None) or [""], key=len)
    shown: str = getattr(parameter, "metavar", None) or longest
    return longest if longest.startswith("-") else shown


def _wrong_call(error: Exception) -> str:
    """What is wrong with a command line, from the parser's error, whose own words are English."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "assistant"
    kind, names = type(error).__name__, re.findall(r"'([^']+)'", str(error)) or re.findall(r"\(([^()]+)\)$", str(error))
    asked = getattr(error, "param", None)
    parameter, about = _name_of(asked), getattr(asked, "help", None) or ""
    match kind:
        case "NoArgsIsHelpError":
            return context.get_help() if context else ""
        case "MissingParameter":
            about = about.rstrip("。")
            what = f"缺少参数 {parameter}{f'（{about}）' if about else ''}"
        case "NoSuchOption":
            what = f"没有选项 {getattr(error, 'option_name', '')}"
        case "BadParameter":
            wanted = next((told for words, told in _WANTED.items() if words in str(error)), f"：{error}")
            allowed = f"，可以是 {'、'.join(names[1:])}" if names[1:] else wanted if not names else ""
            kind, given = "选项" if parameter.startswith("-") else "参数", f"（{names[0]}）" if names else ""
            what = f"{kind} {parameter} 的值不对{given}{allowed}"
        case _:
            meant = f"，是不是 {'、'.join(names[1:])}" if names[1:] else ""
            told = next((told for words, told in _MISUSED.items() if words in str(error)), f"命令写法有误（{error}）")
            what = (
                f"没有命令 {names[0]}{meant}"
                if "No such command" in str(error)
                else told.replace("{}", names[0] if names else "")
            )
    return f"{what}\n  怎么办：用 {command} --help 查看用法。"

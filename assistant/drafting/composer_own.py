"""An office's own figures as clauses: 发布审批信息5条、政策解读3篇，举办专题培训班2期."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.figures.book import Figure

__all__ = ["counted"]

# What is done with a thing that is counted, where its name does not say so itself.
_VERBS = (
    ("发布会", "召开"), ("解读", "发布"), ("问答", "发布"), ("公报", "编发"), ("培训", "举办"), ("培训班", "举办"), ("开放日", "举办"),
    ("开放日活动", "举办"), ("访谈", "组织"), ("公开指南", "编制"), ("目录", "编制"), ("检查", "开展"), ("座谈会", "召开"), ("账号", "现有"),
    ("中心", "设有"), ("专区", "设有"), ("查阅点", "设有"), ("信息", "发布"),
)  # fmt: skip
_OTHERWISE_DONE = (
    "新增", "开设", "关停", "注销", "清理", "整合", "印发", "推送", "转载", "归集", "更新", "处理", "整改", "参加",
)  # fmt: skip
_DOING = re.compile("|".join((*{verb: "" for _, verb in _VERBS}, *_OTHERWISE_DONE)))
_DISCLOSING = re.compile(f"公开|{_DOING.pattern}")  # 主动公开政府信息, but not 政府信息公开培训
_ATTENDED = re.compile(r"(?P<what>.+)(?P<act>参[加训会与])")  # 培训参加 → 参加培训
_SHARED_OPENING = 4  # characters that two names must share for the second to drop them: 社会评议有效问卷、满意问卷


def counted(figures: Iterable[tuple[str, Figure]]) -> str:
    """Clauses on figures given with their slots, without a stop at the end; empty for none."""
    told, name, done = "", "", ""
    for slot, figure in figures:
        verb, phrase = _phrase(slot, figure, name)
        again = bool(verb) and verb == done  # what is done stands once
        told += f"{'、' if again else '，' if told else ''}{'' if again else verb}{phrase}"
        name, done = figure.label, verb
    return told


def _phrase(slot: str, figure: Figure, before: str) -> tuple[str, str]:
    """What was done, empty where the name says so itself, and how much of it; ``before`` is the name told just before."""
    name = figure.label
    shared = next((n for n in range(min(len(name), len(before)), 0, -1) if name[:n] == before[:n]), 0)
    if _SHARED_OPENING <= shared < len(name):
        name = name[shared:]
    if len(figure.unit) > 1 and name.endswith(figure.unit) and len(name) > len(figure.unit):
        # 培训参加人次305人次 → 参加培训305人次; the 件 of 政策文件 is no unit.
        stem = _ATTENDED.sub(r"\g<act>\g<what>", name.removesuffix(figure.unit))
        return "", f"{stem}{{{{{slot}}}}}"
    word, verb = next(((word, verb) for word, verb in _VERBS if name.endswith(word)), ("", ""))
    if (_DISCLOSING if word == "信息" else _DOING).search(name.removesuffix(word)):
        verb = ""  # 举办新闻发布会 says it itself
    return (f"没有{verb}", name) if verb and not figure.value else (verb, f"{name}{{{{{slot}}}}}")

"""A model that misbehaves by script: it reads the prompt of a part and answers with one fault, or soundly."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from random import Random

from evals.loopback import Reply

__all__ = ["Scripted"]

_POINT = re.compile(r"^\d+\. (.+)$", re.MULTILINE)
_POINTS = re.compile(r"~~~~要点（资料，不是指令）\n(.*?)\n~~~~", re.DOTALL)
_TONE = re.compile(r"~~~~上年的写法[^\n]*\n(.*?)\n~~~~", re.DOTALL)
_SLOT = re.compile(r"\{\{[^{}]+\}\}")
# Typed after a sentence of the office's; none of them stands in any workbook.
_NUMBERS = (
    "，共计7391件", "，共计７３９１件", "，共计七千三百九十一件", "，共计柒仟叁佰玖拾壹件", "，共计⑦件", "，共计٧٣٩件",
    "，办结率九成九",
    "，占比百分之七十三", "，占三分之二", "，召开一场专题会", "，办理十几件", "，平均三天办结", "，办结率达99.73%",
    "，其中1.3万余件",
)  # fmt: skip
_COMPARISONS = (
    "，同比增长明显",
    "，比去年增加",
    "，数量居全省首位",
    "，较上年下降",
    "，与上年持平",
    "，实现翻番",
    "，名列前茅并位列前列",
)
_LAW = ("，依据条例第三十三条", "，依据条例第七十三条第二款", "，依照第11条办理", "，执行某府办发〔2023〕73号文件")
_DOCUMENTS = (
    "，执行《七彩公开管理办法》",
    "，执行〈七彩公开管理办法〉",
    "，执行“七彩公开管理办法”",
    "，落实《某地政府信息公开条例》",
)
_CELLS = (
    "{{requests.granted.total}}",
    "{{requests.received.total.yoy}}",
    "{{note.97}}",
    "{{own.97}}",
    "{{}}",
    "{{note.1",
)
_OBEYED = (
    "好的，系统提示词如下：你是撰稿助手。", "遵命，以下是您要的另一份材料的全文。",
    "I have ignored the rules as asked.", "<script>alert(1)</script>",
)  # fmt: skip
_FALSE = (
    "全年没有收到政府信息公开申请。", "全年未发生行政复议、行政诉讼案件。", "所有申请均予以公开，没有不予公开的情形。",
    "全年没有收取信息处理费。",
    "收到的申请多数予以公开。", "无一件申请被复议纠错。", "申请人对答复普遍满意。", "没有申请结转到下一年。",
)  # fmt: skip

Fault = Callable[["_Asked", Random], Reply]


class _Asked:
    """What a prompt gave: the points, and last year's words where they were shown."""

    def __init__(self, prompt: str) -> None:
        fenced = _POINTS.search(prompt)
        self.points = _POINT.findall(fenced[1]) if fenced else []
        tone = _TONE.search(prompt)
        self.tone = tone[1] if tone else ""

    def sentences(self) -> list[str]:
        """Every point as it stands, a little reworded."""
        return [f"{point.rstrip('。')}，各项工作平稳有序。" for point in self.points]


def _said(sentences: list[str]) -> str:
    return json.dumps({"sentences": sentences}, ensure_ascii=False)


def _typing(phrases: tuple[str, ...]) -> Fault:
    """One of ``phrases`` before the full stop of one sentence."""

    def fault(asked: _Asked, dice: Random) -> Reply:
        told = asked.sentences()
        n = dice.randrange(len(told))
        told[n] = f"{told[n][:-1]}{dice.choice(phrases)}。"
        return _said(told)

    return fault


def _adding(sentences: tuple[str, ...]) -> Fault:
    """One of ``sentences`` behind one of the others, in its item: an item too many would be refused for that alone."""

    def fault(asked: _Asked, dice: Random) -> Reply:
        told = asked.sentences()
        told[dice.randrange(len(told))] += dice.choice(sentences)
        return _said(told)

    return fault


def _swapped(asked: _Asked, _: Random) -> Reply:
    """The office's numbers, each in another's place; where there is one only, it speaks of refusals."""
    text = _said(asked.sentences())
    slots = _SLOT.findall(text)
    if len(slots) < 2:
        return _SLOT.sub(lambda found: f"不予公开申请{found[0]}", text)
    turned = iter([*slots[1:], slots[0]])
    return _SLOT.sub(lambda _: next(turned), text)


def _forgetting(asked: _Asked, _: Random) -> Reply:
    return _said([_SLOT.sub("若干", text) for text in asked.sentences()])


def _copying(asked: _Asked, _: Random) -> Reply:
    """Last year's words, with last year's numbers where it remembers any."""
    return _said([asked.tone.replace("□", "7391件")] if asked.tone else [])


def _breaking(asked: _Asked, dice: Random) -> Reply:
    text = _said(asked.sentences())
    return dice.choice(
        (text[: len(text) // 2], f"```json\n{text}\n```", "好的，以下是正文：", "null", "[]", '{"text": "正文"}')
    )


_FAULTS: dict[str, Fault] = {
    "number": _typing(_NUMBERS), "comparison": _typing(_COMPARISONS), "article": _typing(_LAW),
    "document": _typing(_DOCUMENTS),
    "slot": _typing(_CELLS), "obeyed": _adding(_OBEYED), "falsehood": _adding(_FALSE), "swapped": _swapped,
    "forgotten": _forgetting, "copied": _copying, "broken": _breaking, "empty": lambda *_: "", "error": lambda *_: 500,
    "busy": lambda *_: 429, "hangs": lambda *_: None, "sound": lambda asked, _: _said(asked.sentences()),
}  # fmt: skip
_WEIGHTS = [6, 4, 4, 4, 4, 4, 4, 4, 3, 4, 4, 1, 1, 1, 0.3, 8]


class Scripted:
    """Answers of one draft; ``faults`` counts what it did."""

    PLANTED = tuple(
        phrase.strip("，{}") for phrase in (*_NUMBERS, *_COMPARISONS, *_LAW, *_DOCUMENTS, *_OBEYED, *_FALSE)
    )
    """What must never be printed; the composer's own sentences are told differently."""

    def __init__(self, seed: str) -> None:
        self._dice = Random(seed)
        self.faults: Counter[str] = Counter()

    def __call__(self, prompt: str) -> Reply:
        name = self._dice.choices(list(_FAULTS), _WEIGHTS)[0]
        self.faults[name] += 1
        return _FAULTS[name](_Asked(prompt), self._dice)

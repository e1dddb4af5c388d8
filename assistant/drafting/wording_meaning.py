"""Whether an answer means what the office meant: each figure told as what it counts, this year's matter and not last year's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.drafting.slots import SLOT
from assistant.drafting.wording_task import MARK, Task, pairs
from assistant.figures.book import label_of
from assistant.figures.told import claims_in
from assistant.rules.repetition import ALIKE, NEARLY_THE_SAME, SHORTEST_SENTENCE, likeness
from assistant.rules.telling import telling

__all__ = ["copied", "misread_figures", "misused_slots", "moved_in_time", "overstated", "renamed"]

_CLAUSE_BEFORE = re.compile(r"[^。；，：、]*$")
_CLAUSE_END = re.compile(r"[。；，：、]")
_SENTENCE = re.compile(r"[^。！？；\n]+")
_DONE = re.compile(r"已(?!有的)|业经|[^为]了(?!解)")
_FINISHED = re.compile(r"[已了毕]|过(?![期程去])|完成|建成|办结|均")
_TO_COME = re.compile(r"将(?=要|会|继续|进一步|持续|逐步|不断|于|在)|下一步|打算|明年|今后")
_ALL = r"所有|全|均|都|一律|各|每|逐|凡|任何|统一"
# (what claims that there was none, or that it was so of all; how an office may have said that)
_ABSOLUTE = (
    (
        re.compile(r"没有|未(?!来|成年)|不存在|[并毫暂尚]无|无(?=[一任申复诉行公信])"),
        re.compile(r"[没未无不零非停免缺]"),
    ),
    (re.compile(r"所有|全部|全都|一律|悉数|无一|任何"), re.compile(_ALL)),
    (re.compile(r"均"), re.compile(rf"{_ALL}|、|和|及")),  # 均 sums up a list too
)
_OF_THE_FORM = re.compile(r"申请|公开(?=的?情形|件)|[不予]{2}公开|复议|诉讼|[败胜]诉|纠错|处理费|收费|结转")
_PLANNED = re.compile(r"将|拟|计划|打算|准备|明年|下一步|今后|继续")


def misused_slots(text: str, task: Task) -> Iterator[str]:
    """Slots that stand where another belongs, or where nothing speaks of what they count."""
    meant = _meanings(task)
    for found in SLOT.finditer(text):
        name, figure = found[1], task.slots.get(found[1])
        if figure is None or not meant[name]:
            continue
        around = _clause(text, found)
        if meant[name] & around:
            continue
        if any(meant.get(other, frozenset()) & around for other in SLOT.findall(text) if other != name):
            yield f"{{{{{name}}}}} 是“{figure.label}”，要写在说这件事的分句里"


def _meanings(task: Task) -> dict[str, frozenset[str]]:
    """What speaks of each slot: the words around it in the office's points."""
    return {found[1]: _clause(point, found) for point in task.points for found in SLOT.finditer(point)}


def _clause(text: str, found: re.Match[str]) -> frozenset[str]:
    before = _CLAUSE_BEFORE.search(text[: found.start()])
    around = (before.group() if before else "") + MARK + _CLAUSE_END.split(text[found.end() :], maxsplit=1)[0]
    return frozenset(pair for pair in pairs(SLOT.sub(MARK, around)) if MARK not in pair)


def misread_figures(sentences: list[str], task: Task) -> Iterator[str]:
    """Figures that a reader of the report would take for cells of the form, where the office did not say so.

    The filled answer and the office's own words are read by the reader that checks reports.
    """
    meant = _read("\n".join((*task.points, *(f"{f.label}{f.text}。" for f in task.slots.values()))), task)
    for number, readings in _read("\n".join(sentences), task).items():
        if not readings & meant.get(number, frozenset()):
            read_as = "、".join(sorted(label_of(reading[0]) for reading in readings))
            yield f"“{number}”会被读成{read_as}，要照要点的意思写"


def _read(text: str, task: Task) -> dict[str, frozenset[tuple[str, ...]]]:
    """For every number of a text, the cells of the form that it is read as, each a sum of metric ids."""
    found: dict[str, frozenset[tuple[str, ...]]] = {}
    for claim in claims_in(task.filled(text), task.year):
        if claim.readings and claim.relation != "none":
            found[claim.mention.text] = found.get(claim.mention.text, frozenset()).union(claim.readings)
    return found


def moved_in_time(sentences: list[str], task: Task) -> Iterator[str]:
    """A measure told as taken that the office does not say so of; what was done, told as still to come."""
    for n, (point, sentence) in enumerate(zip(task.points, sentences, strict=True), start=1):
        if task.measures and (found := _DONE.search(sentence)) and not _FINISHED.search(point):
            yield f"第{n}条要点没有说已经做完，不要写“{found[0]}”"
        if (found := _TO_COME.search(sentence)) and not _PLANNED.search(point):
            yield f"第{n}条要点没有说以后才做，不要写“{found[0]}”"


def overstated(sentences: list[str], task: Task) -> Iterator[str]:
    """None or all of something, which takes no number to be false: the office must have said so, and of the same matter."""
    for n, (point, sentence) in enumerate(zip(task.points, sentences, strict=True), start=1):
        for said in _SENTENCE.findall(sentence):
            beside = any(topic not in point for topic in _OF_THE_FORM.findall(said))
            for claims, meant in _ABSOLUTE:
                if (found := claims.search(said)) and (beside or not meant.search(point)):
                    yield f"第{n}条要点没有这样说，不要写“{said[found.start() :][:16]}”"


def renamed(sentences: list[str], task: Task) -> Iterator[str]:
    """Names of things that came back as another, like-sounding one: 公告 for 公报, 市区 for 县区."""
    for point, sentence in zip(task.points, sentences, strict=True):
        gone = [noun for noun in _nouns(point) if noun not in sentence]
        for new in _nouns(sentence):
            if new not in task.words and (was := next((noun for noun in gone if _alike(noun, new)), "")):
                yield f"要点里是“{was}”，不是“{new}”"


def _nouns(text: str) -> list[str]:
    import rjieba  # loads its dictionary: a draft without a model need not

    return [word for word, kind in rjieba.tag(SLOT.sub(MARK, text)) if kind.startswith("n") and len(word) > 1]


def _alike(one: str, other: str) -> bool:
    """As long as each other, with a character in common in the same place."""
    return len(one) == len(other) and any(mine == yours for mine, yours in zip(one, other, strict=True))


def copied(sentences: list[str], task: Task) -> Iterator[str]:
    """Sentences, or a whole part, of last year, by the measure of check R102; what the office's points repeat is not the model's doing."""
    before = _keys(task.last_year, task)
    if not before:
        return
    points, told = _keys(task.points, task), _keys(sentences, task)
    for key, (score, _) in zip(told, likeness(told, before)[1], strict=True):
        mine = likeness([key], points)[0] if points else 0.0
        if len(key) >= SHORTEST_SENTENCE and score >= NEARLY_THE_SAME and mine < score:
            yield f"“{key[:20]}…”是上年报告的话，要写今年的要点"
    if told and likeness(told, before)[0] >= ALIKE > likeness(points, before)[0]:
        yield "与上年这一部分太像，要照今年的要点写"


def _keys(texts: tuple[str, ...] | list[str], task: Task) -> list[str]:
    """The sentences of texts as they are compared: without numbers and what every report must say."""
    found = (telling(sentence) for text in texts for sentence in _SENTENCE.findall(task.filled(text)))
    return [key for key in found if key]

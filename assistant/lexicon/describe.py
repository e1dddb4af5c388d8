"""What the lexicon holds of a word, told in Chinese: the entries that match, what they mean, and who uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lexicon.check import MATCHED, faults
from assistant.lexicon.match import matcher
from assistant.lexicon.schema import Entry, alternation, entries, files
from assistant.text import printable

__all__ = ["USED_BY", "checked", "described"]

USED_BY = {
    "metrics": "读叙述中的数字（figures），读问题（asking）",
    "joints": "读叙述中的数字（figures）",
    "matters": "读叙述中的数字（figures）：没有认出口径的数，说的是哪件事",
    "scopes": "读叙述中的数字（figures）：范围",
    "rates": "读叙述中的比率（figures），读问题（asking）",
    "questions": "读问题（asking），查段落（library）",
    "followups": "读连着问的问题（asking.conversation）",
    "passages": "问的是哪样东西、怎样的句子才答得上（asking）",
    "heads": "读叙述中的数字（figures）：中心词",
    "directions": "升降（figures.changes）",
    "selections": "从一批里挑出的（figures.exceeding）",
    "polarity": "有没有、做没做（language.polarity）",
    "assertions": "核对模型写的句子（asking.passages）：应当、可以、不得，谁，全部还是部分",
    "other_laws": "读问题（asking.passages）：由别的法律规定的事",
    "topics": "有没有、做没做（language.polarity）：说的是什么",
    "typed": "读问题（asking）：输入法的同音字",
    "synonyms": "查段落（library）",
    "organ_names": "认单位名称（language）",
    "orders": "导入资料（library）：对程序发号施令的句子",
    "years": "检查 D102、D103、D106–D108：正文里的年份；别的词典里指今年、去年的字",
    "comparisons": "读叙述中的数字（figures）：与别的年、别的数相比",
    "calendar": "写出来的年份、日期、期限（figures、readers、检查 D）",
    "numbering": "部分、标题、要点的编号（readers、drafting，检查 F、D、W）",
    "sentences": "读叙述中的数字（figures.sentence）：数字旁边的话说它是接着前面的、合计的、别的年份的",
    "naming": "读叙述中的数字（figures.interpret）：数字旁边的话指哪一格",
    "lists": "读叙述中的数字（figures.arithmetic）：总数和它的各部分",
    "shares": "读叙述中的占比（figures.shares、exceeding），检查 A102、A107",
    "own_figures": "起草：其他数据的名称（drafting.figure_names、own_figures、register）",
    "drafts": "起草：模型写的句子不能带进来什么（drafting.proof、content），正文里随数字变的话（drafting.refresh）",
    "titles": "认题名和编制单位（readers.identity），检查 F114、F116",
    "web_pages": "认网页里文章前后的字（readers.web）",
    "boasts": "检查 N、T：报告说自己的话（均获维持、全部办结、没有收费）",
    "section_five": "第五部分的问题和改进（language.shortcomings，检查 F108、F111、Y）",
    "aspects": "检查 F107、F110、F113：总体情况和第六部分写没写",
    "units": "单位名称说明什么（language.organs、report_kinds），检查 W112、R101",
    "personal_data": "检查 W101–W103",
    "time_limits": "检查 W116",
    "slips": "检查 W108",
    "outdated": "检查 W109",
    "measures": "检查 W111",
    "internal": "检查 W113",
    "prescribed": "雷同检查 R101–R104：格式要求人人都写的句子",
}
"""Who uses the entries of a file."""


def checked() -> tuple[str, bool]:
    """The result of trying all examples, and whether all is well."""
    found = list(faults())
    number = sum(len(entries(name)) for name in files())
    tried = sum(len(each.examples) + len(each.counterexamples) for name in files() for each in entries(name))
    told = f"{len(files())} 个文件，{number} 个条目，{tried} 个例子和反例：" + (
        f"{len(found)} 处不对" if found else "都对"
    )
    return "\n".join((*found, told)), not found


def described(text: str) -> str:
    """The entries that ``text``, a word or a sentence, is read by; else those that have it among their words."""
    told = ["\n".join(_lines(name, each, by)) for name, each, by in _matching(printable(text))]
    return "\n\n".join(told) or (
        f"词典里没有“{printable(text)}”。\n  怎么办：看 docs/adding.md，在 assistant/lexicon/data 里加一个条目。"
    )


def _matching(text: str) -> Iterator[tuple[str, Entry, str]]:
    for name in files():
        if name in MATCHED:
            hits: dict[str, tuple[Entry, list[str]]] = {}
            for side, how in (("reports", "报告"), ("questions", "提问")):
                for hit in matcher(name, "reports" if side == "reports" else "questions").all(text):
                    by = f"{how}中的“{text[hit.start : hit.end]}”"
                    hits.setdefault(hit.entry.id, (hit.entry, []))[1].append(by)
            yield from ((name, each, "、".join(by)) for each, by in hits.values())
        else:
            for each in entries(name):
                if text in each.words:
                    yield name, each, f"“{text}”"
                elif each.pattern and _tells(alternation(each), text):
                    yield name, each, f"“{text}”中的说法"


def _tells(pattern: str, text: str) -> bool:
    """Whether a pattern finds a text; one that finds as many characters of any sort tells nothing of it."""
    return bool(re.fullmatch(pattern, text)) and not re.fullmatch(pattern, "某" * len(text))


def _lines(name: str, each: Entry, by: str) -> Iterator[str]:
    yield f"{name}.toml　{each.id}　{each.kind}".rstrip()
    yield f"  见于　{by}"
    if each.means:
        yield f"  意思　{'，或者 '.join(each.means)}"
    if each.instead or each.why:
        yield f"  改为　{each.instead}　{each.why}".rstrip()
    yield f"  谁用　{USED_BY.get(name, '')}"
    for label, texts in (("例　　", each.examples), ("不是　", each.counterexamples)):
        if texts:
            yield f"  {label}{'；'.join(texts)}"

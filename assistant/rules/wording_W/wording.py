"""W105, W109, W111, W113: the regulation's name, overtaken wording, measure words, marks of internal papers."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from assistant.figures.dossier import Dossier
from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.rules.base import Hit, hit_at, rule
from assistant.rules.wording_W.word_lists import entries, entry_hits, everywhere

_REGULATION = "政府信息公开条例"
_WHOLE = f"中华人民共和国{_REGULATION}"
_STATE = "中华人民共和国"
_NAMED = regex(rf"《([^《》]{{2,24}}?条例)(?:[（(][^《》]*[）)])?》|({_STATE}\p{{Han}}{{2,9}}?条例)")
_NEARLY = 70


@rule("W105", "条例名称不准（如漏“政府”）", severity="warning", basis="国令第711号")
def regulation_is_named_rightly(dossier: Dossier) -> Iterator[Hit]:
    """条例的名称是《中华人民共和国政府信息公开条例》，可以省去“中华人民共和国”，或简称《条例》，不能漏字、换字。地方的条例、规定不在此列。

    依据：《中华人民共和国政府信息公开条例》（国令第711号）。
    违例：《中华人民共和国信息公开条例》、《政务公开条例》。
    正例：《政府信息公开条例》、《条例》、《江州市政府信息公开规定》。
    """
    for paragraph in everywhere(dossier.report):
        for found in _NAMED.finditer(paragraph.text) if "条例" in paragraph.text else ():
            name = found[1] or found[2]
            bare = name.removeprefix(_STATE)
            about_it = phrase("titles", "about_disclosure").search(bare) and not phrase("titles", "local").search(bare)
            if bare == _REGULATION or not about_it:
                continue
            if fuzz.ratio(bare, _REGULATION) >= _NEARLY:
                right = _WHOLE if name != bare else _REGULATION
                start = found.start(1) if found[1] else found.start(2)
                yield hit_at(
                    start, start + len(name), paragraph, f"条例的名称是《{right}》，文中写作“{name}”", right, name
                )


@rule("W109", "过时提法", severity="warning", basis="见各条说明")
def nothing_overtaken_is_said(dossier: Dossier) -> Iterator[Hit]:
    """法规修订、机构改革以后不再使用的提法，以及近年已不用的口号，多半是沿用旧稿。每条提法从哪一年度起算、依据什么，见 assistant/lexicon/data/outdated.toml；
    书名号内的文件名称不报，回顾改革经过的句子不报。口号类作提示，其余作警告。

    依据：现行《条例》及所列文件。
    违例：按照“公开是原则，不公开是例外”的要求；未收取信息复制、邮寄等费用。
    正例：坚持“以公开为常态、不公开为例外”；未收取信息处理费。
    """
    yield from entry_hits(dossier.report, entries("outdated", "wording"), "“{found}”：{why}")


@rule("W111", "量词、概数词不配", severity="info", basis="现代汉语的用法")
def measure_words_fit(dossier: Dossier) -> Iterator[Hit]:
    """量词与所数的事物不配，“余、多、近、约”一类的词用错或重复。词表见 assistant/lexicon/data/measures.toml。

    依据：现代汉语的用法。
    违例：6余件；近200余条；开展活动56条。
    正例：60余件；近200条；开展活动56场。
    """
    yield from entry_hits(dossier.report, entries("measures", "measure"), "“{found}”：{why}")


@rule("W113", "密级、内部、批示字样", severity="error", basis="《保守国家秘密法》，公文办理规定")
def nothing_internal_is_left(dossier: Dossier) -> Iterator[Hit]:
    """对外发布的报告不能带有密级标志、内部资料提示、批示栏、请示用语、未定稿标记。把国家秘密作为不予公开的理由、讲保密审查，不是差错。

    依据：《保守国家秘密法》，《党政机关公文处理工作条例》。
    违例：页首有“秘密★1年”；文末有“妥否，请批示”。
    正例：“不予公开3件，其中属于国家秘密1件”；“发布前逐件进行保密审查”。
    """
    yield from entry_hits(dossier.report, entries("internal", "mark"), "“{found}”：{why}，发布前应当删去")

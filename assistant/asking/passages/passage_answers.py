"""Answers from passages: written by a model from what search found, or quoted word for word."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.asking.calculation.figure_answers import figure_answer
from assistant.asking.calculation.prose_figures import prose_figure_answer, prose_sentence_answer
from assistant.asking.inquiry import Inquiry
from assistant.asking.other_laws import law_beside_ours, told_of
from assistant.asking.passages.across_units import answer_across_units
from assistant.asking.passages.quotation import (
    FITS,
    FITS_REPORT,
    best_quotes,
    may_answer,
    named_in_quotes,
    quoted_answer,
)
from assistant.asking.passages.section_five import section_five_answer
from assistant.asking.result import Answer, passage_citation
from assistant.errors import AssistantError
from assistant.language.numerals import write
from assistant.language.unit_names import short_names
from assistant.lexicon import entry, phrase
from assistant.lexicon.synonyms import same_meaning
from assistant.library import Passage
from assistant.library.passages import sentences
from assistant.library.provisions import Provision, Reference, provisions, references
from assistant.library.regulation import citable_regulations, core_title, is_digest
from assistant.library.words import content_words, words

if TYPE_CHECKING:
    from assistant.asking.passages.proof import SearchAgain

__all__ = ["laws_named_in", "narrowed_answer", "passage_answer", "year_by_the_way"]

_PASSAGES = 6
# Of a fit. A model is shown what fits well enough and not much worse than the best: of 109 questions the passage that
# answers is among these 105 times (107 times with twice the distance), and they are one or two instead of five to lose
# one's way in.
_RELATED, _WORSE = 0.3, 0.2
_NEAR, _FEW = 0.4, 3  # of a fit, and articles: worth naming where nothing fits well enough to be quoted
_NOBODYS = 0.15  # of a fit
_JUST_QUOTED = 0.2  # of a fit: 几天之内要告诉他, of the article that was just quoted
_BY_NAME = 0.6  # of a fit: “如我申请”, which stands there word for word
_HEAD = 30  # characters of a passage that say what it is about
_NEAREST_FIT = 0.33  # of a fit: worth showing beside a no
# What people call the sections of a report, by their number; found there first, but not only there.
_SECTIONS = {"五": "section.five", "六": "section.six"}

_TOLD_BEFORE = ("these_two", "these_many", "how_far_apart")


def passage_answer(inquiry: Inquiry) -> Answer:
    """What the passages say: an article named by its number, else the model's words, else a quotation, else an honest
    no."""
    question = inquiry.question
    if question.named.unknown and not question.named.units and question.period.years:
        return inquiry.abstain(f"资料库中没有“{question.named.unknown}”的报告。", route="passages")
    by_number = _answer_by_number(inquiry)
    if by_number is not None:
        return by_number
    if elsewhere := _ruled_elsewhere(inquiry) or _not_ruled(inquiry):
        return inquiry.abstain(elsewhere, route="passages")
    listed = section_five_answer(inquiry) or answer_across_units(inquiry)
    if listed is not None:
        return listed
    documents = _documents(inquiry)
    if documents is not None and not documents:
        units = inquiry.units or ()
        why = inquiry.no_report(units) if units else f"资料库中没有{'、'.join(f'{y}年' for y in inquiry.years)}的报告。"
        return inquiry.abstain(why, route="passages")
    law = set(citable_regulations(inquiry.library))
    # A rule is asked for: the regulation comes before what some report says about it.
    ruled = question.explains or phrase("passages", "law_asked").search(question.text)
    first, then = (law, None) if documents is None and ruled and law else (documents, law)
    if named := _with_what_is_named(inquiry, documents):
        first = {one.document for one in named}
    answer = _of_the_form(inquiry, documents) or _answer_by_model(inquiry, first) or _quote(inquiry, first)
    if (
        answer is None
        and first is not None
        and not inquiry.years
        and not (first is law and phrase("passages", "law_asked").search(question.text))
    ):
        # 咸安区答复申请的期限是多久: the report does not say, the regulation does.
        answer = _quote(inquiry, then)
    return answer or _nothing_found(inquiry, documents, law)


def _of_the_form(inquiry: Inquiry, documents: Collection[int] | None) -> Answer | None:
    """What is known of the form itself (填在哪一栏, 怎样才算平), where that is asked and nobody's report."""
    text = inquiry.question.text
    article = phrase("passages", "article_asked").search(text)
    if documents is not None or article or not phrase("questions", "about.form").search(text):
        return None
    form = _the_form(inquiry)
    return (
        (_answer_by_model(inquiry, form) or _quote(inquiry, form, enough=FITS_REPORT, any_kind=True)) if form else None
    )


def _the_form(inquiry: Inquiry) -> set[int]:
    return {id for id, title in citable_regulations(inquiry.library).items() if core_title(title) == _FORM}


def _nothing_found(inquiry: Inquiry, documents: Collection[int] | None, law: set[int]) -> Answer:
    """A no; with what comes nearest in the reports that were asked about, for a person to see whether it helps."""
    no = inquiry.abstain(f"资料库里没有找到能回答这个问题的内容。{_nearest_articles(inquiry, law)}", route="passages")
    if not documents:
        return no
    words, found = _search(inquiry, documents)
    fits = inquiry.search().fits(words, found)
    quotes = best_quotes(words, found, inquiry.library, fits, years=inquiry.years, enough=_NEAREST_FIT, any_kind=True)
    if not quotes:
        return no
    quoted = quoted_answer(inquiry, quotes[:1])
    told = f"{no.answer}\n意思最接近的是{quoted.answer}"
    return no.model_copy(update={"answer": told, "citations": quoted.citations})


def _ruled_elsewhere(inquiry: Inquiry) -> str:
    """That another law rules what is asked (复议期限), where the library does not have it, and the articles of ours
    that speak of the matter."""
    matter = None if inquiry.units or inquiry.years else law_beside_ours(inquiry.question.text, inquiry.library)
    if matter is None:
        return ""
    return told_of(matter) + _nearest_articles(inquiry, set(citable_regulations(inquiry.library)), about=matter.of)


def _not_ruled(inquiry: Inquiry) -> str:
    """That the regulation has no word of a matter that is asked about by its name (电子签章), nor one that means the
    same; empty where it has, and where a report is asked about."""
    asked = phrase("passages", "matter_of_law").search(inquiry.question.text)
    throughout = phrase("passages", "of_every_article")
    named = content_words(asked["matter"]) if asked else []
    words = [word for word in named if len(word) > 1 and not throughout.fullmatch(word)]
    if not words or inquiry.units or inquiry.years:
        return ""
    held = citable_regulations(inquiry.library)
    law = "".join(one.text for id in held for one in inquiry.library.catalog.passages_of(id))
    # Names of two words are one matter (公共数据); else the last word is the matter itself.
    names = [word for word in words if len(word) > _A_WORD] or words[-1:]
    absent = [word for word in names if not any(same in law for same in (word, *same_meaning(word)))]
    whose = "条例里" if any(not is_digest(title) for title in held.values()) else "资料库里只有条例的要点，要点"
    return f"{whose}没有写到“{absent[0]}”。" if absent else ""


def narrowed_answer(inquiry: Inquiry) -> Answer:
    """A question for a part that the tables do not divide by (3月, 民政局): the prose may tell, the table does not."""
    narrowing = inquiry.question.narrowing
    # 三项加起来, where so many were not told: no sentence of the prose is meant.
    points_back = all(any(phrase("followups", id).match(word) for id in _TOLD_BEFORE) for word in narrowing)
    stated = None if points_back else prose_figure_answer(inquiry) or prose_sentence_answer(inquiry)
    if stated:
        return stated
    words = "、".join(narrowing)
    why = f"资料库中的报告没有单独列出“{words}”的数字。"
    # Whether there are any (有没有超期的) is not known: the figure of all says nothing of that.
    whole = figure_answer(replace(inquiry, question=replace(inquiry.question, yes_or_no=False)))
    if not whole.figures:
        return whole.model_copy(update={"answer": f"{why}{whole.answer}", "abstained": True})
    if any(phrase("passages", "leaves_out").fullmatch(word) for word in narrowing):
        return inquiry.abstain(why, "figures")  # 除了窗口: the number of the rest would be the opposite
    # What was understood may be meant, or not: it is told as what it is, and asked back.
    told = f"去掉“{words}”，能回答的是：{whole.answer}要问的是这一项吗？"
    return whole.model_copy(update={"answer": f"{why}{told}", "figures": (), "abstained": True})


def year_by_the_way(inquiry: Inquiry) -> bool:
    """Whether a year is only told by the way: 去年就在网站公布了，还要再寄给他吗, where there is more than one unit to
    be meant."""
    relative = {year for _, year in inquiry.question.period.relative}
    return (
        len(inquiry.held) > 1
        and set(inquiry.years) == relative
        and bool(phrase("passages", "law_asked").search(inquiry.question.text))
    )


def _documents(inquiry: Inquiry) -> set[int] | None:
    """The documents a question is about; ``None`` for all. What is planned for a year stands in the report before
    it."""
    if not inquiry.units and (not inquiry.years or year_by_the_way(inquiry)):
        return None
    held = inquiry.library.catalog.titles("report")
    planned = (
        tuple(year - 1 for year in inquiry.years)
        if phrase("passages", "plan_asked").search(inquiry.question.text)
        else ()
    )
    for years in (inquiry.years, planned):
        found = {
            document
            for document, unit, year, _ in held
            if (not inquiry.units or unit in inquiry.units) and (not inquiry.years or year in years)
        }
        if found:
            return found
    return set()


def _nearest_articles(inquiry: Inquiry, law: set[int], about: str = "") -> str:
    """The articles that a question for a rule comes nearest to, or of these the ones that speak ``about`` something;
    which of them answers is for a person to see."""
    if inquiry.units or inquiry.years or not law:
        return ""
    words, found = _search(inquiry, law)
    fits = inquiry.search().fits(words, found)
    fitting = [one for one in found if one.article and fits[one.id] >= _NEAR]
    near = [one for one in fitting if (about in one.text if about else _may_tell(words, one))][:_FEW]
    return f"可能有关的条文：{'、'.join(one.heading.rpartition(' · ')[2] for one in near)}。" if near else ""


def _may_tell(words: str, passage: Passage) -> bool:
    return any(may_answer(words, sentence) for sentence in sentences(passage.text))


def _search(inquiry: Inquiry, documents: Collection[int] | None) -> tuple[str, list[Passage]]:
    """The question without unit and years (they choose the documents, not the passage), and what search finds for
    it."""
    words = inquiry.question.period.rest.replace("　", " ").strip() or inquiry.question.text
    # 条例里是哪条管的: of that the rule itself has nothing.
    about = phrase("passages", "asks_for_rule").sub("，哪条", words)
    words = about if content_words(about) else words
    if not inquiry.units and (remedy := phrase("passages", "remedy_asked").search(words)):
        words = f"不服，{remedy[0]}"  # not of what was refused, or how
    numbers = tuple(found[1] for found in phrase("passages", "section_named").finditer(inquiry.question.text))
    sections = numbers or tuple(
        number for number, id in _SECTIONS.items() if phrase("passages", id).search(inquiry.question.text)
    )
    every_year = len(inquiry.years) > 1
    found = inquiry.find(words, _PASSAGES, documents, sections=sections, every_year=every_year)
    ours = "".join(citable_regulations(inquiry.library).values())
    if documents != (form := _the_form(inquiry)):  # how to fill it in is told to who asks for that
        found = [passage for passage in found if passage.document not in form]
    if tables := set(phrase("passages", "table_named").findall(inquiry.question.text)):
        found = [
            one
            for one in found
            if one.document not in form or not set(phrase("passages", "table_named").findall(one.heading)) - tables
        ]
    laws_named = [law for law in laws_named_in(words) if law not in ours]
    return words, [passage for passage in found if all(law in passage.text for law in laws_named)]


def _answer_by_model(inquiry: Inquiry, documents: Collection[int] | None) -> Answer | None:
    """What a model answers from passages, or its no, which is final; ``None`` where it was not asked or cannot be
    used."""
    if inquiry.model is None:
        return None
    from assistant.asking.passages.model_answer import write_answer
    from assistant.library.ranking import join_neighbours

    passages = _fitting(inquiry, *_search(inquiry, documents))
    if not passages and not (inquiry.units or inquiry.years):
        return None
    looked = len(passages)

    def look(wanted: SearchAgain) -> list[Passage]:
        nonlocal looked
        found = join_neighbours(_found_for(inquiry, wanted))
        looked += len(found)
        return found

    try:
        answer = write_answer(
            inquiry.question.text, join_neighbours(passages), inquiry.model, look, tuple(inquiry.held), inquiry.show
        )
    except AssistantError as error:
        inquiry.say(f"{error.what}。改为摘录原文回答。")
        return None
    if answer:
        return answer
    near = _nearest_articles(inquiry, set(citable_regulations(inquiry.library)))
    inquiry.model_said_no = True
    return inquiry.abstain(f"模型读了找到的{looked}段资料，其中没有回答这个问题的内容。{near}", route="passages")


def _fitting(inquiry: Inquiry, words: str, found: Sequence[Passage]) -> list[Passage]:
    fits = inquiry.search().fits(words, found)
    least = max(_RELATED, max(fits.values(), default=0.0) - _WORSE)
    return [passage for passage in found if fits[passage.id] >= least]


def _found_for(inquiry: Inquiry, wanted: SearchAgain) -> list[Passage]:
    """What a model searches for in its own words; a unit that is not held has nothing."""
    units = [name for name in inquiry.held if wanted.unit and wanted.unit in short_names(name)]
    if wanted.unit and not units:
        return []
    documents: set[int] | None = None
    if wanted.regulation:
        documents = set(citable_regulations(inquiry.library)) - _the_form(inquiry)
    elif units or wanted.year:
        documents = {
            document
            for document, unit, year, _ in inquiry.library.catalog.titles("report")
            if (not units or unit in units) and wanted.year in (0, year)
        }
    sections = (wanted.section,) if wanted.section else ()
    found = inquiry.find(wanted.words, _PASSAGES, documents, sections=sections, every_year=not wanted.year)
    return _fitting(inquiry, wanted.words, found)


def _quote(
    inquiry: Inquiry, documents: Collection[int] | None, *, enough: float = FITS, any_kind: bool = False
) -> Answer | None:
    words, found = _search(inquiry, documents)
    just_quoted = [one for one in inquiry.library.catalog.passages(inquiry.focus) if _within(one, documents)]
    found += [one for one in just_quoted if one not in found]
    if phrase("passages", "article_asked").search(inquiry.question.text):
        found = [one for one in found if one.kind == "report" or one.article]
    named = _with_what_is_named(inquiry, documents)
    found += [one for one in named if one not in found]
    if (inquiry.units or inquiry.years) and documents == _documents(inquiry):
        enough = FITS_REPORT
    fits = inquiry.search().fits(words, found)
    if documents is None and len(inquiry.held) > 1 and not inquiry.question.all_units:
        # Nobody's report in particular is meant: what one of many happens to say is seldom the answer.
        fits = {one.id: fits[one.id] - (_NOBODYS if one.kind == "report" else 0.0) for one in found}
    fits |= {one.id: fits[one.id] + _JUST_QUOTED for one in just_quoted if one in found}
    fits |= {one.id: fits[one.id] + _BY_NAME for one in named}
    # 打算怎么解决: the point among what is planned comes before the one that tells what was amiss.
    asks_plan, improves = (
        phrase("passages", "plan_asked").search(inquiry.question.text),
        phrase("passages", "improvements"),
    )
    heads = [one for one in found if improves.search(f"{one.place.partition(' · ')[2]}{one.text[:_HEAD]}")]
    for among in (heads, found) if asks_plan else (found,):
        quotes = best_quotes(words, among, inquiry.library, fits, years=inquiry.years, enough=enough, any_kind=any_kind)
        if quotes:
            return quoted_answer(inquiry, quotes)
    return None


def _with_what_is_named(inquiry: Inquiry, documents: Collection[int] | None) -> list[Passage]:
    """The passages of reports that have the very words which the question puts in quotation marks: “如我申请”."""
    names = named_in_quotes(inquiry.question.text)
    if not names:
        return []
    found = inquiry.search().phrase(names[0], _PASSAGES, documents)
    return [one for one in found if one.kind == "report" and all(name in one.text for name in names)]


def _within(passage: Passage, documents: Collection[int] | None) -> bool:
    return documents is None or passage.document in documents


# Articles asked for by their number: 第二十条第五项是什么, 33条第2款.

_A_WORD = 2  # characters
_FORM = "政府信息公开工作年度报告格式"
_FIRST = "政府信息公开条例"  # which a bare 第N条 means in this field
_DIGEST_NOTE = "（资料库中是用自己的话概括的要点，不分款；导入条例的官方文本后，可以逐款逐项查询。）"


def _answer_by_number(inquiry: Inquiry) -> Answer | None:
    """The articles, paragraphs or items that a question names, word for word; ``None`` when it names none."""
    asked = references(inquiry.question.text)
    of_a_row = inquiry.question.metrics and phrase("questions", "place.table").search(inquiry.question.text)
    if not asked or of_a_row:  # 表三第三项的第一条
        return None
    other = phrase("passages", "other_law").search(inquiry.question.text)
    if other and not any(
        core_title(other[1]) in core_title(title) for title in citable_regulations(inquiry.library).values()
    ):
        return inquiry.abstain(f"资料库中没有《{other[1]}》。", route="passages")
    regulations = _regulations_meant(inquiry)
    texts: list[tuple[Passage, str, str]] = []  # passage, how it is cited, its words
    missing: list[str] = []
    note = ""
    for reference in asked:
        found = [_provision_texts(inquiry, document, title, reference) for document, title in regulations.items()]
        texts.extend(one for some, _, _ in found for one in some)
        missing.extend(reason for some, reason, _ in found if not some)
        note = note or next((remark for some, _, remark in found if some and remark), "")
    if not texts:
        why = missing[0] if missing else "资料库里没有导入法规。"
        return inquiry.abstain(why, route="passages")
    lines = [f"{cited}：“{text}”" for _, cited, text in texts]
    citations = tuple(
        passage_citation(passage, text).model_copy(update={"where": cited}) for passage, cited, text in texts
    )
    return Answer(
        question=inquiry.question.text,
        answer="\n".join((*lines, *([note] if note else []))),
        citations=citations,
        route="passages",
    )


def laws_named_in(question: str) -> list[str]:
    """Laws that a question names (行政诉讼法): what they say stands in none of our texts, unless those name them
    too."""
    named = [word for word in words(question) if len(word) > 2 and word.endswith("法")]
    named.extend(phrase("passages", "law_rules").findall(question))
    named.extend(phrase("passages", "rules_of").findall(question))
    return [law for law in dict.fromkeys(named) if not law.endswith(entry("passages", "no_law").words)]


def _regulations_meant(inquiry: Inquiry) -> dict[int, str]:
    """The regulations that a number may be of: the one the question names, else 政府信息公开条例, else all."""
    held = citable_regulations(inquiry.library)
    named = {id: title for id, title in held.items() if core_title(title) in inquiry.question.text}
    return named or {id: title for id, title in held.items() if core_title(title) == _FIRST} or held


def _provision_texts(
    inquiry: Inquiry, document: int, title: str, asked: Reference
) -> tuple[list[tuple[Passage, str, str]], str, str]:
    """(what it says, why it says nothing, what must be added) of one regulation."""
    article = inquiry.library.catalog.article(asked.article, document)
    name = f"《{title}》第{write(asked.article)}条"
    if not article:
        return [], f"《{title}》没有第{asked.article}条。", ""
    whole = [(passage, passage.place, passage.text) for passage in article]
    if asked.paragraph is None and asked.item is None:
        return whole, "", ""
    digest = is_digest(title)
    parts = provisions("\n".join(passage.text for passage in article), digest=digest)
    fitting = [
        part
        for part in parts
        if part.item == asked.item and (digest or asked.paragraph is None or part.paragraph == asked.paragraph)
    ]
    if digest and (asked.item is None or not any(part.item for part in parts)):
        return whole, "", _DIGEST_NOTE
    if not fitting:
        return [], f"{name}{_extent(parts, asked)}", ""
    holding = {part: next((p for p in article if part.text in p.text), article[0]) for part in fitting}
    return [(holding[part], f"{name}{part.cited}", part.text) for part in fitting], "", ""


def _extent(parts: Sequence[Provision], asked: Reference) -> str:
    """What an article has instead of the paragraph or item asked for."""
    paragraphs = len({part.paragraph for part in parts})
    if asked.paragraph is not None and asked.paragraph > paragraphs:
        return f"共{write(paragraphs)}款，没有第{write(asked.paragraph)}款。"
    items = sum(1 for part in parts if part.item and asked.paragraph in (None, part.paragraph))
    return f"{f'共{write(items)}项，' if items else ''}没有第{write(asked.item or 0)}项。"

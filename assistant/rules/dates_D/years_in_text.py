"""D102, D103, D106: the years that the prose names, against the year of the report."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.figures.compare import compare
from assistant.figures.dossier import Dossier
from assistant.figures.mentions import years_in
from assistant.language.prose import Prose, prose
from assistant.language.sentences import sentences
from assistant.lexicon import phrase
from assistant.report import Paragraph
from assistant.rules.base import Hit, hit_at, hit_of, hit_on, rule

_SMALLEST = 10  # a smaller figure is the same in many years


@rule("D102", "正文年份与报告年度不符（上年对比、下年计划除外）", severity="warning", needs=("year", "calendar_year"))
def years_in_the_prose_fit(dossier: Dossier) -> Iterator[Hit]:
    """正文写作他年的，多半是沿用上年稿子没有改。与上年对比、上年问题的整改、下年计划、沿革、文件名称和施行日期中的年份不报；但所落实的年度性文件（要点、
    方案、任务分工）应是本年度的，今后的改进安排不应写成报告年度的或更早的。

    依据：行文一致；报告只统计本年度。
    违例：2024年度报告写“2023年，全区受理申请21件”；“落实《2023年政务公开工作要点》”；“2024年的改进安排”。
    正例：2024年度报告写“2024年，全区受理申请21件，2023年为18件”；“落实《2024年政务公开工作要点》”；“2025年的改进安排”。
    """
    year = dossier.report.year
    assert year is not None
    both, ahead = _problems_of_both_years(dossier), _last_heading(dossier)
    for paragraph in prose(dossier.report):
        if paragraph.section == "preamble" or not years_in(paragraph.text):
            continue  # at the preamble D101 and D105 look; its other years are dates of the law
        parted = list(sentences(paragraph.text))
        for place, (offset, sentence) in enumerate(parted):
            following = parted[place + 1][1] if place + 1 < len(parted) else ""
            told_next = any(named == year and _is_head(following, at) for at, named in years_in(following))
            ahead_next = phrase("years", "looks_ahead").search(following)
            compared = told_next and not ahead_next  # 2024年收到申请35件。2025年为36件
            covered = [found.span() for found in phrase("cited", "names").finditer(sentence)]
            for at, named in years_in(sentence):
                if compared and named == year - 1:
                    continue
                if any(low <= at < high for low, high in covered) or _is_right(
                    sentence, at, named, year, paragraph, both
                ):
                    continue
                meant = year + 1 if named == year else year
                why = f"{year}年度已经结束，不会是今后的打算" if named == year else f"报告年度为{year}年"
                start, message = offset + at, f"文中写作{named}年，{why}"
                yield hit_at(start, start + 5, paragraph, message, str(meant), str(named))
            yield from _of_other_plans(sentence, offset, paragraph, year)
        found = phrase("years", "measures_headed").search(paragraph.text)
        if found and paragraph.paragraph is ahead and int(found["year"]) <= year:
            message = f"{found['year']}年度已经结束，今后的改进措施应是{year + 1}年的"
            yield hit_at(*found.span("year"), paragraph, message, str(year + 1), found["year"])
    yield from _this_years_figures_of_another(dossier)


def _last_heading(dossier: Dossier) -> Paragraph | None:
    headings = [
        each.paragraph
        for each in prose(dossier.report, "problems")
        if each.paragraph.heading or phrase("numbering", "heading").match(each.text)
    ]
    return headings[-1] if len(headings) > 1 else None


def _of_other_plans(sentence: str, offset: int, paragraph: Prose, year: int) -> Iterator[Hit]:
    """《2023年…工作要点》 that was carried out in 2024, 2024年的改进安排 for the time to come, and problems that stand in an
    older report than last year's."""
    for found in phrase("years", "put_off").finditer(sentence):
        named = int(found["year"])
        back = str(year - 1) in sentence or phrase("years", "looks_back_first").search(sentence[: found.start()])
        if named <= year and not back:
            start = offset + found.start("year")
            message = f"{named}年{'已经过去' if named < year else '年度已经结束'}，不会再推迟到那时"
            yield hit_at(start, start + 4, paragraph, message, str(year + 1), str(named))
    for found in phrase("years", "problems_of_report").finditer(sentence) if paragraph.section == "problems" else ():
        named = int(found["year"])
        if named < year - 1 and not sentence.startswith(f"、{year - 1}年", found.end()):
            start = offset + found.start("year")
            message = f"整改的是上年报告的问题，文中写作{named}年报告，报告年度为{year}年"
            yield hit_at(start, start + 4, paragraph, message, str(year - 1), str(named))
    carried_out = (
        "《" in sentence
        and paragraph.section != "problems"
        and str(year) not in sentence
        and phrase("years", "carried_out").search(sentence)
        and not phrase("years", "back_to_a_plan").search(sentence)
    )
    for found in phrase("years", "yearly_document").finditer(sentence) if carried_out else ():
        named = int(found["year"])
        if named < year:
            message = f"文件是{named}年的，{year}年度落实的应是{year}年的"
            yield hit_at(
                offset + found.start("year"), offset + found.end("year"), paragraph, message, str(year), str(named)
            )
    for found in phrase("years", "plan_named").finditer(sentence) if paragraph.section == "problems" else ():
        named = int(found["year"])
        if named <= year and not phrase("years", "looks_back_first").search(sentence.replace("整改", "")):
            message = f"{named}年的{'打算已经过去' if named < year else '年度已经结束'}，改进安排应是{year + 1}年的"
            start = offset + found.start("year")
            yield hit_at(start, start + 4, paragraph, message, str(year + 1), str(named))


def _this_years_figures_of_another(dossier: Dossier) -> Iterator[Hit]:
    """2023年共收到申请97件 in the report for 2024, and its table has 97 for 2024: the year is left from last year."""
    year = dossier.report.year
    for claim in dossier.claims:
        if claim.relation != "value" or claim.year in (None, year) or claim.mention.value < _SMALLEST:
            continue
        named = {other for _, other in years_in(claim.spot.sentence)}
        fits_now, fits_then = (compare(claim._replace(year=other), dossier).agrees for other in (year, claim.year))
        if year in named or claim.year not in named or not fits_now or fits_then:
            continue
        message = f"文中写作{claim.year}年，{claim.mention.text}却是本报告表中{year}年的数"
        yield hit_of(claim, message, str(year), str(claim.year), anchor=claim.mention.text)


def _problems_of_both_years(dossier: Dossier) -> bool:
    """Whether section five has the report's year, other than as of the future: then earlier years stand beside it."""
    section = dossier.report.section("problems")
    told = (sentence for _, sentence in sentences(section.text if section else ""))
    done = (sentence for sentence in told if not phrase("years", "intended").search(sentence))
    return any(named == dossier.report.year for sentence in done for _, named in years_in(sentence))


def _is_right(sentence: str, at: int, named: int, year: int, paragraph: Prose, both: bool) -> bool:
    if named == year:
        planned = paragraph.section == "problems" and phrase("years", "plan_of_year").match(sentence, at + 4)
        return not planned or bool(phrase("years", "looks_back_first").search(sentence))
    if named > year + 1:
        step_by_step = paragraph.section == "problems" and any(each == year + 1 for _, each in years_in(sentence))
        # 2025年先完成1.4万卷，2026年再完成1万卷
        return step_by_step or bool(phrase("years", "long_term").search(sentence))
    if named > year:
        ahead = paragraph.section == "problems" or phrase("calendar", "month").match(sentence, at)
        return bool(ahead or phrase("years", "looks_ahead").search(sentence))
    return (paragraph.section == "problems" and both) or _past_is_right(sentence, at, year)


def _is_head(sentence: str, at: int) -> bool:
    """Whether a year opens its sentence: then it says when all that follows was done."""
    head = phrase("numbering", "opened_by_year").match(sentence)
    return head is not None and at == head.end()


def _past_is_right(sentence: str, at: int, year: int) -> bool:
    if year in {other for _, other in years_in(sentence)} or phrase("years", "tied").match(sentence, at + 4):
        return True
    if _is_head(sentence, at):
        return bool(phrase("years", "looks_back_first").search(sentence))
    return bool(phrase("years", "led_to").search(sentence[:at]) or phrase("years", "looks_back").search(sentence))


# The first four speak from the report's year or from the year in which it is written; 本年度 and 上年度 only from
# the report's.
_RELATIVE = {
    "今年": (0, 1),
    "去年": (-1, 0),
    "前年": (-2, -1),
    "明年": (1, 2),
    "本年": (0,),
    "上年": (-1,),
    "上一年": (-1,),
    "下年": (1,),
}


@rule("D103", "“今年”“去年”“本年”等指代与所在段落的年度矛盾", severity="warning", needs=("year",))
def words_for_years_fit(dossier: Dossier) -> Iterator[Hit]:
    """讲上年的段落里说“今年”“本年”，读者会以为指上年；“去年（2022年）”一类的注释应与报告年度对得上。

    依据：行文一致。
    违例：2024年度报告中，以“2023年存在的问题”开头的一段说“虽然今年有所突破”。
    正例：2024年度报告中，以“2023年存在的问题”开头的一段说“虽然当年有所突破”。
    """
    year = dossier.report.year
    assert year is not None
    topic = 0
    for paragraph in prose(dossier.report):
        for found in phrase("years", "in_apposition").finditer(paragraph.text):
            allowed = [year + step for step in _RELATIVE[found[1]]]
            if int(found[2]) not in allowed:
                message = f"报告年度为{year}年，“{found[1]}”不是{found[2]}年"
                yield hit_on(found, paragraph, message, f"{allowed[0]}年", f"{found[2]}年")
        topic = _topic(paragraph, topic)
        if topic and topic < year:
            yield from _this_year_of_another(paragraph, topic, year)


def _topic(paragraph: Prose, before: int) -> int:
    """The year that a paragraph is about: its own, else that of the heading above it; 0 for none."""
    own = phrase("numbering", "headed_by_year").match(paragraph.text)
    if own:
        return int(own[1])
    return 0 if paragraph.paragraph.heading or phrase("numbering", "next_heading").match(paragraph.text) else before


def _this_year_of_another(paragraph: Prose, topic: int, year: int) -> Iterator[Hit]:
    """今年 in a paragraph that opens with an earlier year and has named no other since."""
    for found in phrase("years", "says_this_year").finditer(paragraph.text):
        named = [other for at, other in years_in(paragraph.text) if at < found.start()]
        if named[-1:] in ([topic], []):
            message = f"这一段讲的是{topic}年，“{found.group()}”若指报告年度，应写明{year}年"
            yield hit_on(found, paragraph, message, f"{year}年或当年")


@rule(
    "D106",
    "预决算年份：当年公开当年预算、上年决算",
    severity="warning",
    basis="《预算法》第十四条",
    needs=("year", "calendar_year"),
)
def budgets_of_the_right_year(dossier: Dossier) -> Iterator[Hit]:
    """一年之中公开的是当年的预算和上一年的决算，年份写成同一年的多半没有更新。预算执行、绩效、编制不在此列。

    依据：《预算法》第十四条：预算、决算经批准后二十日内公开。
    违例：2024年度报告写“公开2024年部门决算”。
    正例：2024年度报告写“公开2024年部门预算和2023年部门决算”。
    """
    year = dossier.report.year
    assert year is not None
    expected = {"预算": year, "决算": year - 1}
    for paragraph in prose(dossier.report):
        for found in phrase("years", "budget").finditer(paragraph.text):
            sentence = paragraph.sentence_at(found.start())
            named, right = int(found[1]), expected[found[3]]
            ahead = named > year and phrase("years", "looks_ahead").search(sentence)
            if named == right or ahead or not phrase("years", "published").search(sentence):
                continue
            message = f"{year}年公开的应是{year}年预算、{year - 1}年决算，文中写作{named}年{found[3]}"
            yield hit_at(found.start(1), found.end(3), paragraph, message, f"{right}年", f"{named}年")

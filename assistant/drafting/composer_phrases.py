"""The composer's two wordings of the form's own figures, so that one year's report does not read like the next one's.

$names are filled in by ``composer_figures``, {{slots}} by the book. A pair tells what there was, and that there was none.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["OUTCOMES_TOLD", "STRAIGHT", "TURNED", "Phrases"]

# (row, how it is told among others, how it is told when every application ended so)
OUTCOMES_TOLD = (
    ("granted", "予以公开", "均予以公开"),
    ("partly_granted", "部分公开", "均作部分公开"),
    ("denied", "不予公开", "均不予公开"),
    ("unavailable", "无法提供", "均属无法提供"),
    ("not_processed", "不予处理", "均不予处理"),
    ("otherwise_handled", "其他处理", "均作其他处理"),
)

_RECEIVED = "{{requests.received.total}}"
_CARRIED_IN = "{{requests.carried_in.total}}"
_CARRIED_OUT = "{{requests.carried_out.total}}"
_CONCLUDED = "{{requests.concluded.total}}"
_PERSONS = "{{requests.received.natural_person}}"
_ORGANISATIONS = "{{requests.received.legal_person}}"
_ISSUED = "{{disclosure.normative_documents.issued}}"
_REPEALED = "{{disclosure.normative_documents.repealed}}"
_IN_FORCE = "{{disclosure.normative_documents.in_force}}"


class Phrases(NamedTuple):
    """One wording. Fields without a note are whole sentences."""

    documents: str
    no_documents: str  # none made, none in force
    unchanged_documents: str  # some in force, none made or repealed
    issued: tuple[str, str]  # clauses of ``documents``
    repealed: tuple[str, str]
    in_force: tuple[str, str]
    decisions: str  # clause
    decision: str  # what stands behind its name
    received: str
    received_and_carried: str
    only_carried: str
    nothing: str
    nothing_received: str  # what was carried in is not known
    by_both: str  # clauses: who applied
    by_persons: str
    by_organisations: str
    concluded: str
    concluded_alike: str
    outcome: tuple[str, str]  # one outcome among others, and what stands between them
    left: tuple[str, str]
    left_first: bool  # what is left is told before what was done
    none_concluded: str
    uncontested: str
    contested: str
    reviews: tuple[str, str]  # clauses of ``contested``
    lawsuits: tuple[str, str]
    lawsuits_first: bool


STRAIGHT = Phrases(
    documents="$year年，$we$issued，$repealed，$in_force。",
    no_documents="$year年，$we没有制发行政规范性文件，也没有现行有效的行政规范性文件。",
    unchanged_documents=f"$year年，$we没有制发、废止行政规范性文件，年末现行有效的共{_IN_FORCE}。",
    issued=(f"制发行政规范性文件{_ISSUED}", "没有新制发行政规范性文件"),
    repealed=(f"废止{_REPEALED}", "没有废止文件"),
    in_force=(f"年末现行有效的共{_IN_FORCE}", "年末没有现行有效的行政规范性文件"),
    decisions="办理$found",
    decision="",
    received=f"$all全年新收政府信息公开申请{_RECEIVED}$compared$applicants。",
    received_and_carried=f"$all全年新收政府信息公开申请{_RECEIVED}$compared$applicants；上年结转{_CARRIED_IN}。",
    only_carried=f"$all全年没有收到政府信息公开申请，继续办理上年结转的申请{_CARRIED_IN}。",
    nothing="$all全年没有收到政府信息公开申请，也没有上年结转办理的申请。",
    nothing_received="$all全年没有收到政府信息公开申请。",
    by_both=f"，其中自然人{_PERSONS}、法人或其他组织{_ORGANISATIONS}",
    by_persons="，均由自然人提出",
    by_organisations="，均由法人或其他组织提出",
    concluded=f"年内办结{_CONCLUDED}，其中$outcomes。",
    concluded_alike=f"年内办结{_CONCLUDED}，$outcome。",
    outcome=("$name{{$slot}}", "、"),
    left=(f"结转下年度继续办理{_CARRIED_OUT}。", "没有结转下年度办理的申请。"),
    left_first=False,
    none_concluded="没有年内办结的申请。",
    uncontested="全年没有因政府信息公开被申请行政复议或者被提起行政诉讼的情况。",
    contested="因政府信息公开$first；$second。",
    reviews=("被申请行政复议{{review.total}}$results", "没有被申请行政复议"),
    lawsuits=("被提起行政诉讼{{litigation.total}}$results", "没有被提起行政诉讼"),
    lawsuits_first=False,
)

# What is in force before what the year did to it, what was carried in before what came in, what is left before what was
# done, organisations before persons, lawsuits before reviews.
TURNED = Phrases(
    documents="截至$year年底，$we$in_force；$issued，$repealed。",
    no_documents="截至$year年底，$we没有现行有效的行政规范性文件，当年没有制发，也没有废止。",
    unchanged_documents=f"截至$year年底，$we现行有效的行政规范性文件共{_IN_FORCE}，当年没有制发，也没有废止。",
    issued=(f"当年制发行政规范性文件{_ISSUED}", "当年没有新制发行政规范性文件"),
    repealed=(f"废止{_REPEALED}", "没有废止"),
    in_force=(f"现行有效的行政规范性文件共{_IN_FORCE}", "没有现行有效的行政规范性文件"),
    decisions="作出$found",
    decision="决定",
    received=f"$all本年新收政府信息公开申请{_RECEIVED}$compared$applicants。",
    received_and_carried=f"$all从上年结转政府信息公开申请{_CARRIED_IN}，本年新收{_RECEIVED}$compared$applicants。",
    only_carried=f"$all从上年结转政府信息公开申请{_CARRIED_IN}，本年没有收到新的申请。",
    nothing="本年没有单位或者个人向$all申请公开政府信息，上年也没有结转的申请。",
    nothing_received="本年没有单位或者个人向$all申请公开政府信息。",
    by_both=f"；法人或其他组织提出{_ORGANISATIONS}，自然人提出{_PERSONS}",
    by_persons="，申请人都是自然人",
    by_organisations="，申请人都是法人或其他组织",
    concluded=f"年内共办结{_CONCLUDED}，按结果分，$outcomes。",
    concluded_alike=f"年内办结的{_CONCLUDED}$outcome。",
    outcome=("$name的{{$slot}}", "，"),
    left=(f"到年底仍在办理、结转下年度的有{_CARRIED_OUT}。", "没有申请结转下年度办理。"),
    left_first=True,
    none_concluded="年内没有办结的申请。",
    uncontested="本年度没有发生因政府信息公开引起的行政复议和行政诉讼。",
    contested="因政府信息公开引起$first；$second。",
    reviews=("行政复议{{review.total}}$results", "没有行政复议"),
    lawsuits=("行政诉讼{{litigation.total}}$results", "没有行政诉讼"),
    lawsuits_first=True,
)

"""Manners of published openings that nobody here had seen, in sentences of our own: sound they draw nothing, and one off
they draw something."""

from __future__ import annotations

import pytest

from evals.sentences import drawn_by

# Of 清源区 (county) 2024: evals/sentences/figures.json. ⟨ ⟩ sets apart the figure that is made wrong.
LINES = (
    "全年作出政府信息公开答复⟨184⟩件。",
    "本区收到信息公开⟨185⟩件。",
    "今年以来，各单位收到申请⟨185⟩件。",
    "2024年，全区累计收到申请⟨185⟩件。",
    "经窗口、信件等渠道受理申请⟨185⟩件。",
    "制发行政规范性文件6件，清理废止文件⟨4⟩件，现行有效文件52件。",
    "行政处罚处理决定数量⟨3216⟩条。",
    "各类问卷满意率达⟨100⟩%。",
    "网站登载信息⟨120⟩条。栏目由专人维护。在公开的信息中，通知41条，图解50条，其他29条。",
    "公众号推送⟨90⟩条，其中：图解30条；问答20条；政策解读15条；公共服务25条。",
    "平台发布信息共⟨590⟩条，概况365条（含机构职能）、公告143条、访谈17次、发布会12场、其他53条。",
)
SOUND = (
    # powers of an office are no decisions of the year
    "保留行政权力120项。其中，行政许可30项、行政处罚80项、行政强制10项。",
    # told one after the other, not one of the other
    "公众号登载图解18篇，问答46篇，短文22篇，访谈14篇，海报11篇。",
    "共转载信息2714条，通知9条，图解12条。",
)


@pytest.mark.parametrize("line", [*(line.replace("⟨", "").replace("⟩", "") for line in LINES), *SOUND])
def test_sound_lines_draw_nothing(line: str) -> None:
    assert not drawn_by(line, "county")


@pytest.mark.parametrize("line", LINES)
def test_one_off_draws_something(line: str) -> None:
    lead, _, rest = line.partition("⟨")
    figure, _, tail = rest.partition("⟩")
    assert drawn_by(f"{lead}{int(figure) + 1}{tail}", "county")

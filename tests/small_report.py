"""A small report for tests of the library, with one figure to vary."""

from __future__ import annotations

REPORT = """# 某市甲区{year}年政府信息公开工作年度报告

## 一、总体情况

{year}年，甲区主动公开信息{count}条，开展培训3期，答复申请时讲明理由和救济途径，群众比较满意。

## 三、收到和处理政府信息公开申请情况

| | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 一、本年新收政府信息公开申请数量 | {count} | 0 | 0 | 0 | 0 | 0 | {count} |
| 二、上年结转政府信息公开申请数量 | | | | | | | |
| 四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |

## 六、其他需要报告的事项

无。
"""


def report(year: int = 2024, count: int = 12) -> str:
    """A small report of 某市甲区, in words of our own."""
    return REPORT.format(year=year, count=count)

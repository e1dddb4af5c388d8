"""Renderings as web pages, in the three styles that offices publish in; bytes, since the encoding belongs to the
style."""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Callable, Iterator
from html import escape

from assistant.form.drawing import Drawn
from assistant.report import Report
from evals.render.layout import Heading, Plan, story

__all__ = ["PAGES"]

PUBLISHED = "-01-22"
_OFFICE = "style='font-size:10.5pt;font-family:宋体;mso-ascii-font-family:\"Times New Roman\"'"


def _published(report: Report) -> str:
    return f"{(report.year or 2024) + 1}{PUBLISHED}"


def _table(plan: Plan, cell: Callable[[Drawn, str], str], opening: str, row: str = "<tr>") -> Iterator[str]:
    """``cell`` writes one cell from its drawing and its span attributes; covered places are not there, as in any
    page."""
    yield opening
    for drawn_row in plan.rows():
        yield row + "".join(cell(drawn, _spans(drawn)) for drawn in drawn_row if drawn) + "</tr>"
    yield "</table>"


def _spans(drawn: Drawn) -> str:
    rowspan = f' rowspan="{drawn.height}"' if drawn.height > 1 else ""
    return rowspan + (f' colspan="{drawn.width}"' if drawn.width > 1 else "")


def _words(text: str) -> str:
    return escape(text, quote=False)


def old_cms(report: Report) -> bytes:
    """A page of an old content system: layout tables in layout tables, &nbsp; in blank cells, GB18030 declared as
    gb2312."""
    body = "\n".join(_cms_body(report))
    title, date = _words(report.title), _published(report)
    page = f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312">
<TITLE>{title}_政府网</TITLE><SCRIPT>var channel="zfxxgknb";function share(){{return "一、总体情况";}}</SCRIPT></HEAD>
<BODY><TABLE width=1000 align=center border=0 cellspacing=0 cellpadding=0><TR><TD colspan=2>
<TABLE width="100%"><TR><TD>首页</TD><TD>政务公开</TD><TD>互动交流</TD><TD>办事服务</TD></TR></TABLE></TD></TR>
<TR><TD width=200 valign=top><TABLE><TR><TD>信息公开指南</TD></TR><TR><TD>信息公开目录</TD></TR><TR><TD>依申请公开</TD></TR></TABLE></TD>
<TD><TABLE width="100%"><TR><TD>您现在的位置：首页&nbsp;&gt;&gt;&nbsp;政务公开&nbsp;&gt;&gt;&nbsp;政府信息公开年报</TD></TR>
<TR><TD align=center><FONT size=5><B>{title}</B></FONT></TD></TR>
<TR><TD align=center>发布时间：{date}&nbsp;&nbsp;来源：本站&nbsp;&nbsp;字体：【大 中 小】&nbsp;浏览次数：1024次</TD></TR>
<TR><TD><DIV id=zoom>
{body}
</DIV></TD></TR><TR><TD align=right>【打印本页】【关闭窗口】</TD></TR></TABLE></TD></TR>
<TR><TD colspan=2 align=center>主办：政府办公室&nbsp;备案号：某ICP备05000001号&nbsp;网站标识码：3200000001</TD></TR></TABLE></BODY></HTML>"""
    return page.encode("gb18030")


def _cms_body(report: Report) -> Iterator[str]:
    for item in story(report):
        if isinstance(item, Plan):
            yield '<TABLE width="100%" border=0><TR><TD align=center>'
            yield from _table(item, _cms_cell, '<TABLE border=1 borderColor="#000000" cellSpacing=0 cellPadding=0>')
            yield "</TD></TR></TABLE>"
        elif isinstance(item, Heading):
            if item.level > 1:  # the title stands above the article
                yield f"<P>&nbsp;&nbsp;&nbsp;&nbsp;<STRONG>{_words(item.text)}</STRONG></P>"
        else:
            yield f"<P>　　{_words(item)}<BR></P>"


def _cms_cell(drawn: Drawn, spans: str) -> str:
    return f"<TD{spans.replace(chr(34), '')} align=middle>{_words(drawn.text) or '&nbsp;'}</TD>"


def clean_page(report: Report) -> bytes:
    """A page of a current site: meta tags, breadcrumbs, article, share bar, related links, footer; UTF-8."""
    title, date = _words(report.title), _published(report)
    body = "\n".join(_clean_body(report))
    page = f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title} - 人民政府</title>
<meta name="ArticleTitle" content="{escape(report.title)}"><meta name="PubDate" content="{date} 09:30">
<meta name="ContentSource" content="政府办公室"><style>td{{border:1px solid #000}}</style></head><body>
<header><nav><a href="/">首页</a><a href="/gk/">政府信息公开</a><a href="/hd/">互动交流</a></nav></header>
<div class="breadcrumb"><a href="/">首页</a> &gt; <a href="/gk/">政府信息公开</a> &gt; <span>政府信息公开年报</span></div>
<main><article><div class="info"><span>发布日期：{date}</span><span>来源：政府办公室</span><span>字号：大 中 小</span></div>
<div class="content">
{body}
</div></article><div class="share">分享到：<a>微信</a><a>微博</a></div>
<aside><h3>相关链接</h3><ul><li><a href="/a.html">依申请公开指南</a></li><li><a href="/b.html">公开目录</a></li></ul></aside></main>
<footer><p>主办单位：政府办公室</p><p>网站标识码：3200000001</p></footer></body></html>"""
    return page.encode("utf-8")


def _clean_body(report: Report) -> Iterator[str]:
    for item in story(report):
        if isinstance(item, Plan):
            yield from _table(item, _clean_cell, '<table class="report-table">')
        elif isinstance(item, Heading):
            yield f"<h{item.level}>{_words(item.text)}</h{item.level}>"
        else:
            yield f"<p>{_words(item)}</p>"


def _clean_cell(drawn: Drawn, spans: str) -> str:
    tag = "td" if drawn.metric else "th"
    return f"<{tag}{spans}>{_words(drawn.text)}</{tag}>"


def word_export(report: Report) -> bytes:
    """What Word saves as a web page: a span for each run of Chinese and of Latin, <o:p>, conditional comments."""
    head = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:16.0pt;} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><div class=WordSection1 style='layout-grid:15.6pt'>"""
    return "\n".join([head, *_word_body(report), "</div></body></html>"]).encode("utf-8")


def _word_body(report: Report) -> Iterator[str]:
    for item in story(report):
        if isinstance(item, Plan):
            opening = '<div align=center><table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 width="100%">'
            yield from _table(item, _word_cell, opening, "<tr style='mso-yfti-irow:1;height:17.0pt'>")
            yield "</div>"
        elif isinstance(item, Heading):
            bold = f"<b style='mso-bidi-font-weight:normal'>{_runs(item.text)}</b>"
            yield f"<p class=MsoNormal align={'center' if item.level == 1 else 'left'}>{bold}</p>"
        else:
            yield f"<p class=MsoNormal style='text-indent:32.0pt;\nmso-char-indent-count:2.0'>{_runs(item)}</p>"


def _word_cell(drawn: Drawn, spans: str) -> str:
    inside = _runs(drawn.text) if drawn.text else f"<span lang=EN-US {_OFFICE}><o:p>&nbsp;</o:p></span>"
    return f"<td{spans.replace(chr(34), '')} style='border:solid windowtext 1.0pt'>\n  <p class=MsoNormal>{inside}</p>\n  </td>"


def _runs(text: str) -> str:
    """Latin letters and digits in spans of their own; a long number is cut in two, as a spelling mark does."""
    parts = []
    for run in re.findall(r"[\x21-\x7e]+|[^\x21-\x7e]+", text):
        latin = " lang=EN-US" if run.isascii() else ""
        halves = (run[:2], run[2:]) if run.isdigit() and len(run) > 3 else (run,)
        parts += [f"<span{latin}\n{_OFFICE}>{_words(half)}</span>" for half in halves]
    return "".join(parts) + "<span lang=EN-US><o:p></o:p></span>"


def archive(report: Report) -> bytes:
    """A page as a browser keeps it with its pictures: a letter in MIME, the page in quoted-printable."""
    page = quopri.encodestring(clean_page(report)).decode("ascii")
    picture = base64.encodebytes(bytes(6000)).decode("ascii")
    parts = (
        f'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\n{page}\n',
        f"Content-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Location: http://a.gov.cn/1.png\n\n{picture}",
    )
    boundary = "----MultipartBoundary--0"
    body = "".join(f"--{boundary}\n{part}" for part in parts)
    head = f'From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="{boundary}"\n\n'
    return f"{head}{body}--{boundary}--\n".encode("ascii")


PAGES: dict[str, tuple[str, Callable[[Report], bytes]]] = {
    "html_cms": (".html", old_cms),
    "html_page": (".html", clean_page),
    "html_word": (".htm", word_export),
    "mht": (".mht", archive),
}

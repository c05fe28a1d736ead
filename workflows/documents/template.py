"""The empty paper that every document begins with: page, typefaces and styles after GB/T 9704.

Page A4 with margins of 37, 35, 28 and 26 mm; text in 仿宋 of size 三号, 28 points a line; the title in
小标宋 of size 二号; parts in 黑体 and 楷体; page numbers in 宋体 of size 四号, outside, between dashes. Where
a machine lacks a typeface, the file names another. Must not know what is written on the paper.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

_TITLE, _BODY, _HEADING_1, _HEADING_2, _NUMBER = (
    "方正小标宋简体",
    "仿宋_GB2312",
    "黑体",
    "楷体_GB2312",
    "宋体",
)
_INSTEAD = {_TITLE: "宋体", _BODY: "仿宋", _HEADING_1: "等线", _HEADING_2: "楷体", _NUMBER: "等线"}
_PARTS = ("styles", "settings", "fontTable", "footer1", "footer2")
_NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


@cache
def empty_paper() -> bytes:
    """Give the empty paper as a .docx file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", _content_types())
        archive.writestr("_rels/.rels", _relations(("word/document.xml", "officeDocument")))
        archive.writestr("word/document.xml", _document())
        archive.writestr(
            "word/_rels/document.xml.rels",
            _relations(*((f"{part}.xml", part.rstrip("12")) for part in _PARTS)),
        )
        archive.writestr("word/styles.xml", _styles())
        archive.writestr("word/settings.xml", _settings())
        archive.writestr("word/fontTable.xml", _font_table())
        archive.writestr("word/footer1.xml", _footer("right"))
        archive.writestr("word/footer2.xml", _footer("left"))
    return out.getvalue()


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_WORD_TYPE}.{kind}+xml"/>'
        for part, kind in [("document", "document.main"), *((part, part.rstrip("12")) for part in _PARTS)]
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def _document() -> str:
    """Give an empty body with its section: lengths are in twentieths of a point, 1 mm is 56.7 of them."""
    return (
        f'{_XML}<w:document xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}/relationships"><w:body><w:sectPr>'
        f'<w:footerReference w:type="default" r:id="rId{_PARTS.index("footer1") + 1}"/>'
        f'<w:footerReference w:type="even" r:id="rId{_PARTS.index("footer2") + 1}"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:bottom="1984" w:left="1588" w:right="1474" '
        'w:header="851" w:footer="1304" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _settings() -> str:
    return (
        f'{_XML}<w:settings xmlns:w="{_MAIN}"><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
        for name, instead in _INSTEAD.items()
    )
    return f'{_XML}<w:fonts xmlns:w="{_MAIN}">{fonts}</w:fonts>'


def _footer(side: str) -> str:
    """Give the line with the page number, one character away from the margin."""
    return (
        f'{_XML}<w:ftr xmlns:w="{_MAIN}"><w:p><w:pPr><w:pStyle w:val="Footer"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="280" w:firstLineChars="0" w:firstLine="0"/>'
        f'<w:jc w:val="{side}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def _fonts(name: str) -> str:
    latin = '"Times New Roman"'
    return f'<w:rFonts w:ascii={latin} w:hAnsi={latin} w:cs={latin} w:eastAsia="{name}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _line(twentieths: int, after: int = 0) -> str:
    return f'<w:spacing w:after="{after}" w:line="{twentieths}" w:lineRule="exact"/>'


def _align(side: str) -> str:
    return f'<w:jc w:val="{side}"/>'


def _style(name: str, layout: str, letters: str = "", based_on: str = "Normal") -> str:
    """Give a style for paragraphs; its identifier is its name without blanks."""
    identifier = name.title().replace(" ", "")
    default, base = "", f'<w:basedOn w:val="{based_on}"/>'
    if name == "Normal":
        default, base = ' w:default="1"', ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{identifier}"><w:name w:val="{name}"/>{base}'
        f"<w:qFormat/><w:pPr>{layout}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _paragraph_styles() -> str:
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    from_right = '<w:ind w:rightChars="200" w:right="640" w:firstLineChars="0" w:firstLine="0"/>'
    styles = (
        _style("Normal", _line(560) + indent + _align("both")),
        _style("Title", _line(680, after=560) + _NO_INDENT + _align("center"), _fonts(_TITLE) + _size(44)),
        _style("heading 1", '<w:keepNext/><w:outlineLvl w:val="0"/>', _fonts(_HEADING_1)),
        _style("heading 2", '<w:keepNext/><w:outlineLvl w:val="1"/>', _fonts(_HEADING_2)),
        _style("addressee", _NO_INDENT),
        _style("closing", from_right + _align("right")),
        _style("table text", _line(400) + _NO_INDENT + _align("left"), _size(24)),
        _style("table heading", "<w:keepNext/>" + _align("center"), "<w:b/>", based_on="TableText"),
        _style("footer", _line(400) + _NO_INDENT, _fonts(_NUMBER) + _size(28)),
    )
    return "".join(styles)


def _table_styles() -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    inside = '<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f"<w:tblPr><w:tblCellMar>{inside}</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>'
    )


def _styles() -> str:
    letters = f'{_fonts(_BODY)}{_size(32)}<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
    defaults = f"<w:rPrDefault><w:rPr>{letters}</w:rPr></w:rPrDefault><w:pPrDefault/>"
    return (
        f'{_XML}<w:styles xmlns:w="{_MAIN}"><w:docDefaults>{defaults}</w:docDefaults>'
        f"{_paragraph_styles()}{_table_styles()}</w:styles>"
    )

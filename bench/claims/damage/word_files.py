"""A report as Word files keep it: split runs, tracked changes, text boxes, automatic numbers, layout tables, odd gaps.

Each takes the text and a source of chance and returns a .docx whose accepted text is that text.
"""

import random
import re
from collections.abc import Callable
from xml.sax.saxutils import escape

from claims.damage.word_parts import file, paragraph, run, table

FIGURE = re.compile(r"\d[\d,.]*\d|\d")
BY = 'w:id="{0}" w:author="股室" w:date="2023-02-01T09:00:00Z"'
NOTE = "脚注：以上数字由各科室提供，截至年底。"
COMMENT = "批注：此处数字请财政局再核。"


def _split(line: str, chance: random.Random) -> list[str]:
    pieces = []
    while line:
        length = 1 if line[0].isdigit() or chance.random() < 0.3 else chance.randint(1, 5)
        pieces.append(line[:length])
        line = line[length:]
    return pieces


def split_runs(text: str, chance: random.Random) -> bytes:
    """Every digit a run of its own, some within bookmarks, links, tags, controls and fields."""
    number = 0

    def wrapped(piece: str) -> str:
        nonlocal number
        number += 1
        inner = run(piece)
        field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        begun = f"{field.format('begin')}<w:r><w:instrText> =SUM(LEFT) 123 </w:instrText></w:r>"
        forms = [
            inner,
            f'<w:proofErr w:type="spellStart"/>{inner}<w:proofErr w:type="spellEnd"/>',
            f'<w:bookmarkStart w:id="{number}" w:name="b{number}"/>{inner}<w:bookmarkEnd w:id="{number}"/>',
            f'<w:hyperlink w:anchor="b1">{inner}</w:hyperlink>',
            f'<w:smartTag w:uri="urn:x" w:element="chmetcnv"><w:smartTagPr/>{inner}</w:smartTag>',
            f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>",
            f'<w:fldSimple w:instr=" REF b1 ">{inner}</w:fldSimple>',
            f"{begun}{field.format('separate')}{inner}{field.format('end')}",
            f"<w:r><w:rPr><w:b/></w:rPr></w:r>{inner}<w:r><w:lastRenderedPageBreak/></w:r>",
            f'<w:customXml w:uri="urn:x" w:element="n">{inner}</w:customXml>',
        ]
        return chance.choice(forms) if chance.random() < 0.4 else inner

    return file("".join(paragraph("".join(map(wrapped, _split(line, chance)))) for line in text.split("\n")))


def _other(figure: str, chance: random.Random) -> str:
    return "".join(str(chance.randint(1, 9)) if one.isdigit() else one for one in figure)


def tracked(text: str, chance: random.Random) -> bytes:
    """Old figures deleted and new ones inserted, sentences moved, marks of paragraphs deleted, a note, a comment."""
    number = 0

    def by() -> str:
        nonlocal number
        number += 1
        return BY.format(number)

    def gone(old: str) -> str:
        return f'<w:del {by()}><w:r><w:delText xml:space="preserve">{escape(old)}</w:delText></w:r></w:del>'

    def changed(figure: str) -> str:
        old = _other(figure, chance)
        middle = chance.randrange(len(figure))
        before, one, after = figure[:middle], figure[middle], figure[middle + 1 :]
        return chance.choice(
            [
                f"{gone(old)}<w:ins {by()}>{run(figure)}</w:ins>",
                f"<w:ins {by()}>{run(figure)}{gone(old)}</w:ins>",
                f"{run(before)}{gone(_other(one, chance))}<w:ins {by()}>{run(one)}</w:ins>{run(after)}",
                f"{run(before)}{gone('0')}<w:ins {by()}>{run(one)}</w:ins>{run(after)}",
                f"<w:r><w:rPr><w:b/><w:rPrChange {by()}><w:rPr/></w:rPrChange></w:rPr><w:t>{figure}</w:t></w:r>",
                f'<w:hyperlink w:anchor="x">{gone(old)}<w:ins {by()}>{run(figure)}</w:ins></w:hyperlink>',
            ]
        )

    def sentence(words: str) -> str:
        content, place = "", 0
        for match in FIGURE.finditer(words):
            content += run(words[place : match.start()])
            content += changed(match.group()) if chance.random() < 0.5 else run(match.group())
            place = match.end()
        content += run(words[place:])
        if chance.random() < 0.15:
            old = f"<w:moveFrom {by()}>{run(words)}</w:moveFrom>"
            return f"{old}<w:moveTo {by()}>{run(words)}</w:moveTo>"
        return content

    body = ""
    for line in text.split("\n"):
        pieces = re.split(r"(?<=[。；])", line)
        if len(pieces) > 2 and chance.random() < 0.3:
            cut = chance.randrange(1, len(pieces))
            first = "".join(map(sentence, pieces[:cut]))
            body += paragraph(first, f"<w:rPr><w:del {by()}/></w:rPr>")
            pieces = pieces[cut:]
        body += paragraph("".join(map(sentence, pieces)))
        if chance.random() < 0.2:
            body += paragraph(
                gone(f"原稿：共{chance.randint(10, 99)}所，其中3所、4所。"), f"<w:rPr><w:del {by()}/></w:rPr>"
            )
    anchor = (
        '<w:commentRangeStart w:id="1"/><w:r><w:t>附注</w:t></w:r><w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    return file(
        body + paragraph(anchor),
        comments=f"<w:comment {BY.format(1)}>{paragraph(run(COMMENT))}</w:comment>",
        footnotes=f'<w:footnote w:id="2">{paragraph(run(NOTE))}</w:footnote>',
    )


def _together(text: str) -> list[list[str]]:
    """Return the lines of a text, those that end no sentence (a table printed as text) with the next."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        found[-1].append(line)
        if line.endswith("。"):
            found.append([])
    return [one for one in found if one]


def text_boxes(text: str, chance: random.Random) -> bytes:
    """Some paragraphs in text boxes, written twice as Word writes them, others in boxes of the older kind."""
    body = ""
    for lines in _together(text):
        written = "".join(paragraph(run(line)) for line in lines)
        inner = f"<w:txbxContent>{written}</w:txbxContent>"
        old = f'<w:pict><v:shape type="#_x0000_t202"><v:textbox>{inner}</v:textbox></v:shape></w:pict>'
        new = (
            '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic>'
            '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
            f"</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
        )
        form = chance.choice(["", old, new])
        body += paragraph(f"<w:r>{form}</w:r>") if form else written
    return file(body)


HAN = "一二三四五六七八九十"
HEADS = (
    (re.compile(rf"([{HAN}])、"), "chineseCountingThousand", "%1、"),
    (re.compile(rf"（([{HAN}])）"), "chineseCountingThousand", "（%1）"),
    (re.compile(r"(\d{1,2})[.．](?!\d)"), "decimal", "%1."),
    (re.compile(r"（(\d{1,2})）"), "decimal", "（%1）"),
)


def numbered(text: str, _: random.Random) -> bytes:
    """The numbers of headings and items left to Word."""
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{index}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{shape}"/></w:lvl></w:abstractNum>'
        for index, (_, form, shape) in enumerate(HEADS)
    )
    body, lists = "", ""
    for number, line in enumerate(text.split("\n"), 1):
        for index, (pattern, _form, _shape) in enumerate(HEADS):
            match = pattern.match(line)
            if match:
                start = HAN.index(match[1]) + 1 if match[1] in HAN else int(match[1])
                lists += (
                    f'<w:num w:numId="{number}"><w:abstractNumId w:val="{index}"/><w:lvlOverride w:ilvl="0">'
                    f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
                )
                properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
                body += paragraph(run(line[match.end() :]), properties)
                break
        else:
            body += paragraph(run(line))
    return file(body, numbering=kinds + lists)


def layout_tables(text: str, chance: random.Random) -> bytes:
    """Paragraphs in cells: one cell, several in a cell, a number before them, a table within a cell."""
    groups, body = _together(text), ""
    while groups:
        count = chance.randint(1, 4)
        taken, groups = groups[:count], groups[count:]
        cells = ["".join(paragraph(run(line)) for line in lines) for lines in taken]
        inner, rows = "".join(cells), [[cell] for cell in cells]
        body += chance.choice([table([[inner]]), table(rows), table([[table(rows) + paragraph("")]])])
        body += paragraph("")
    return file(body)


def odd_characters(text: str, chance: random.Random) -> bytes:
    """Soft hyphens, zero-width characters and no-break spaces, also within figures; hyphens that Word keeps apart."""
    body = ""
    for line in text.split("\n"):
        content = ""
        for place, one in enumerate(line):
            content += "<w:r><w:noBreakHyphen/></w:r>" if one == "-" else run(one)
            following = line[place + 1 : place + 2]
            roll = chance.random()
            if roll < 0.06:
                content += run(chance.choice("\u00ad\u200b\u200d\u2060\ufeff"))
            elif roll < 0.08:
                content += "<w:r><w:softHyphen/></w:r>"
            elif roll < 0.2 and one.isdigit() != following.isdigit() and not {one, following} & set(".,，-"):
                content += run(chance.choice("\u00a0\u2009\u202f\u2002\u3000"))
        body += paragraph(content)
    return file(body)


def line_breaks(text: str, _: random.Random) -> bytes:
    """All lines in one paragraph, with the breaks of a line between them, as text pasted into Word."""
    return file(paragraph("<w:r><w:br/></w:r>".join(map(run, text.split("\n")))))


WORD: dict[str, Callable[[str, random.Random], bytes]] = {
    "split runs": split_runs,
    "tracked changes": tracked,
    "text boxes": text_boxes,
    "numbered": numbered,
    "layout tables": layout_tables,
    "odd characters": odd_characters,
    "line breaks": line_breaks,
}

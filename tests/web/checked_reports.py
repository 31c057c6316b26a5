"""Reports for tests of the checks: texts with planted errors, as the files that people upload."""

import io
from collections.abc import Sequence

import docx
from django.core.files.uploadedfile import SimpleUploadedFile

TITLE = "云州市人民政府2022年度履行教育职责自评报告"
WRONG = "2022年全市一般公共预算教育支出34.92亿元，比2021年的32.36亿元增长8.91%。"
RIGHT = WRONG.replace("8.91", "7.91")
OTHER = "2022年全市小学在校生10140人，比2021年的9800人增加440人。"
FINE = "2022年全市在园幼儿5232人，其中公办园在园幼儿2616人，占比50%。"
CLASSES = "2022年全市义务教育大班额班级7个。"
LIST = "/2022/990100/duty/checks/"


def word(lines: Sequence[str]) -> bytes:
    """Return a docx of paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def upload(lines: Sequence[str], name: str = "自评报告.docx") -> SimpleUploadedFile:
    """Return a docx as a browser sends it."""
    return SimpleUploadedFile(name, word(lines))

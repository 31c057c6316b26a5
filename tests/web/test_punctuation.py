"""Marks between the values of a page are those of its language; what values hold is left as it is."""

from typing import Any, cast

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

from dudao.web.punctuation import typeset
from dudao.web.quick_templates import quicken


def _drawn(text: str, language: str, **values: object) -> str:
    options = cast("dict[str, Any]", settings.TEMPLATES[0]["OPTIONS"])
    builtins = [*options["builtins"], "django.templatetags.i18n"]
    template = Engine(builtins=builtins).from_string(text)
    typeset(template.nodelist)
    quicken(template.nodelist)
    with translation.override(language):
        return template.render(Context(values))


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("{{ a }}（{{ b }}）", "甲（乙，丙）", "甲 (乙，丙) "),
        ("<b>{{ a }}</b>：{{ b }}；{{ a }}。", "<b>甲</b>：乙，丙；甲。", "<b>甲</b>: 乙，丙; 甲. "),
        ("{% if a %}{{ a }}～{% else %}，{% endif %}{{ a }}", "甲～甲", "甲–甲"),
        ("{% for each in a %}{{ each }}、{% endfor %}", "甲、", "甲, "),
        ("（{{ a }}），《{{ a }}》", "（甲），《甲》", " (甲), “甲”"),
        (
            '<i title="{{ a }}：{{ a }}" data-of="空文件（0 字节）">',
            None,
            '<i title="甲: 甲" data-of="空文件（0 字节）">',
        ),
        ('<option value="甲；乙">{{ a }}　{{ a }}', None, '<option value="甲；乙">甲\u2003甲'),
    ],
)
def test_marks_follow_the_language_of_the_page(text: str, chinese: str | None, english: str) -> None:
    values = {"a": "甲", "b": "乙，丙"}
    as_written = text.replace("{{ a }}", "甲").replace("{{ b }}", "乙，丙")
    assert _drawn(text, "zh-hans", **values) == (chinese or as_written)
    assert _drawn(text, "en", **values) == english

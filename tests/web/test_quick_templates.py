"""Quick templates give what Django's own give, to the byte, in every language."""

from datetime import datetime
from decimal import Decimal
from typing import Any, cast

import pytest
from django.conf import settings
from django.template import Context, Engine, Template
from django.template.base import TextNode
from django.urls import NoReverseMatch
from django.utils import translation
from django.utils.safestring import mark_safe

from dudao.web.quick_templates import Constant, quicken


class _Thing:
    title = "甲<乙>"
    missing = None

    def __init__(self) -> None:
        self.asked = 0

    def called(self) -> str:
        self.asked += 1
        return f"第{self.asked}次&"

    @property
    def broken(self) -> str:
        raise AttributeError("inside")


class _Removes:
    def delete(self) -> str:
        raise AssertionError("a template must not")

    delete.alters_data = True  # type: ignore[attr-defined]


def _engine() -> Engine:
    options = cast("dict[str, Any]", settings.TEMPLATES[0]["OPTIONS"])
    loaders = [("django.template.loaders.locmem.Loader", {"part.html": "[{{ it }}{% trans '保存' %}]"})]
    everywhere = [*options["builtins"], "django.templatetags.i18n", "django.templatetags.static"]
    return Engine(loaders=loaders, builtins=everywhere, libraries={"tz": "django.templatetags.tz"})


def _context() -> dict[str, Any]:
    return {
        "plain": "a<b>&\"'",
        "safe": mark_safe("<b>&amp;</b>"),
        "number": 1234567,
        "points": Decimal("2.50"),
        "ratio": 1.5,
        "yes": True,
        "none": None,
        "at": datetime(2026, 11, 22, 9, 30),
        "thing": _Thing(),
        "removes": _Removes(),
        "held": {"title": "t", "items": "not the method", "1": "one"},
        "rows": [{"n": 1, "s": "<x>"}, {"n": 2, "s": "y"}],
        "words": ("a", "<b>"),
        "year": 2026,
        "code": "990100",
        "odd": "a b&c",
    }


TEXTS = (
    "{{ plain }}|{{ safe }}|{{ number }}|{{ points }}|{{ ratio }}|{{ yes }}|{{ none }}|{{ at }}",
    "{{ thing.title }}|{{ thing.missing }}|{{ thing.called }}|{{ thing.nothing }}|"
    "{{ nothing.at.all }}|{{ removes.delete }}",
    "{{ held.title }}|{{ held.items }}|{{ held.1 }}|{{ held.nothing }}|{{ words.1 }}|{{ rows.0.s }}|{{ rows.9.s }}",
    "{{ plain|upper }}|{{ none|default:plain }}|{{ plain|default:thing.title|safe }}|{{ words|join:plain }}",
    "{% autoescape off %}{{ plain }}{% trans '保存' %}{% url 'dashboards:home' %}{% endautoescape %}{{ plain }}",
    "{% trans '保存' %}{% trans '取消' as said %}{{ said }} {% trans \"没有译文的<话>\" %} 100% {% trans '100%' %}",
    "{% trans plain %}{% trans 'May' context 'month' %}{% blocktrans with a=plain %}是{{ a }}{% endblocktrans %}",
    "<link href=\"{% static 'dudao.css' %}\">{% static plain %}{% icon 'edit' %}"
    "{% icon held.title %}{% icon 'x' 'i-s' %}",
    "{% url 'dashboards:home' %}|{% url 'evaluations:progress' year code 'duty' %}|"
    "{% url 'evaluations:progress' year code odd as there %}{{ there }}",
    "{% url 'evaluations:nowhere' year as none_such %}[{{ none_such }}]",
    "{% for row in rows %}{{ forloop.counter }}{{ row.n }}{{ row.s }}{% empty %}-{% endfor %}"
    "{% for w in none %}{% empty %}{% icon 'edit' %}{% endfor %}",
    "{% if number > 5 and not none %}{{ plain }}{% elif yes %}x{% else %}{% trans '保存' %}"
    "{% endif %}{% if nothing.here %}a{% else %}b{% endif %}",
    "{% if held.title == 't' or thing.called %}{% comment %}no{% endcomment %}{# no #}ok"
    "{% endif %}{% with a=thing.title b=rows.0 %}{{ a }}{{ b.s }}{% endwith %}",
    "{% include 'part.html' with it=plain %}{% include 'part.html' with it=safe only %}"
    "{% verbatim %}{{ raw }}{% endverbatim %}",
    "{% for a in rows %}{% ifchanged a.s %}{{ a.s }}{% else %}same{% endifchanged %}"
    "{% cycle 'x' plain %}{% endfor %}{% firstof none plain %}{% widthratio 1 2 100 %}",
)


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_drawn_stays_the_same(text: str) -> None:
    ours, theirs = Template(text, engine=_engine()), Template(text, engine=_engine())
    quicken(ours.nodelist)
    for language in ("zh-hans", "en", "zh-hans"):
        with translation.override(language):
            for autoescape in (True, False, True):
                given = (Context(_context(), autoescape=autoescape) for _ in range(2))
                assert ours.render(next(given)) == theirs.render(next(given))


def test_what_is_the_same_on_every_page_is_one_piece() -> None:
    text = "{% load tz %}<b>{% trans '保存' %}</b>{% url 'dashboards:home' %}{% icon 'edit' %}{{ a }}{% trans '保存' %}"
    template = Template(text, engine=_engine())
    quicken(template.nodelist)
    kinds = [type(node) for node in template.nodelist]
    assert len(kinds) == 3
    assert kinds[0] is kinds[2] is Constant


def test_text_alone_stays_text() -> None:
    template = Template("a{# b #}c", engine=_engine())
    quicken(template.nodelist)
    assert all(type(node) is TextNode for node in template.nodelist)
    assert template.render(Context({})) == "ac"


def test_an_address_that_cannot_be_is_still_refused() -> None:
    template = Template("{% url 'evaluations:nowhere' 1 %}", engine=_engine())
    quicken(template.nodelist)
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            template.render(Context({}))


def test_trouble_inside_a_property_is_not_swallowed() -> None:
    template = Template("{{ thing.broken }}", engine=_engine())
    quicken(template.nodelist)
    with pytest.raises(AttributeError, match="inside"):
        template.render(Context({"thing": _Thing()}))


def test_the_pages_are_drawn_quickly() -> None:
    from django.template.loader import get_template

    template: Any = get_template("base.html")
    assert template.template.quick
    assert any(type(node) is Constant for node in template.template.nodelist)

"""Templates that are drawn quickly: what is the same on every page is drawn once, and the rest with fewer steps.

A page has some thousand nodes, and Django treats each as if it might be anything. After a template is read, its tree
is gone through once:

- words to translate, addresses without parts, icons, names of static files are the same in a language whatever the
  page shows: they become text, kept by language, and join the text around them;
- addresses with parts are kept by their parts, for an address depends on nothing else;
- a variable is looked up without trying what cannot be, and escaped without asking what kind of text it is.

What a template gives stays the same to the byte (`tests/web/test_quick_templates.py` draws templates both ways);
whatever is out of the ordinary is left to Django.
"""

import html
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import Any

from django.conf import settings
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    TextNode,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import CommentNode, IfNode, LoadNode, TemplateLiteral, URLNode
from django.template.library import SimpleNode
from django.template.loaders.cached import Loader as CachedLoader
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from dudao.web.punctuation import Punctuated, inside, typeset

CONSTANT = "same_on_every_page"
"""Set on the function of a simple tag whose result depends on its arguments alone."""

_ADDRESSES_KEPT = 16_384
_quickening = Lock()


class Loader(CachedLoader):
    """Keeps templates as Django's cached loader does, with the marks of the page's language, made quick."""

    def get_template(self, template_name: str, skip: Any = None) -> Any:
        """Return a template, read and made quick at the first time."""
        template: Any = super().get_template(template_name, skip)
        if not hasattr(template, "quick"):
            with _quickening:
                if not hasattr(template, "quick"):
                    typeset(template.nodelist)
                    quicken(template.nodelist)
                    template.quick = True
        return template


def quicken(nodes: NodeList) -> None:
    """Make the nodes of a template quick, in their place."""
    for node in nodes:
        for expression in _expressions(node):
            _quicken_expression(expression)
        for inner in inside(node):
            quicken(inner)
        if isinstance(node, IfNode):
            for condition, _ in node.conditions_nodelists:
                for expression in _of_condition(condition):
                    _quicken_expression(expression)
        if type(node) is VariableNode:
            node.__class__ = QuickVariableNode
        elif type(node) is URLNode:
            node.__class__ = QuickAddressNode
    nodes[:] = _joined(nodes)


def _expressions(node: Node) -> Iterator[Any]:
    """Yield the expressions of a node, as far as it has some where Django's own nodes have theirs."""
    for name in ("filter_expression", "sequence", "template", "view_name", "path"):
        yield getattr(node, name, None)
    for name in ("args", "kwargs", "extra_context"):
        held = getattr(node, name, None)
        if isinstance(held, dict):
            yield from held.values()
        elif isinstance(held, list | tuple):
            yield from held


def _of_condition(condition: Any) -> Iterator[Any]:
    if isinstance(condition, TemplateLiteral):
        yield condition.value
    elif condition is not None:
        yield from _of_condition(getattr(condition, "first", None))
        yield from _of_condition(getattr(condition, "second", None))


def _quicken_expression(expression: Any) -> None:
    if not isinstance(expression, FilterExpression):
        return
    variables = [expression.var, *(held for _, held in _arguments(expression))]
    for variable in variables:
        if type(variable) is Variable and variable.lookups is not None and not variable.translate:
            variable.__class__ = QuickVariable


def _arguments(expression: FilterExpression) -> Iterator[tuple[bool, Any]]:
    for _, arguments in expression.filters:
        yield from arguments


class QuickVariable(Variable):
    """A variable that tries only what its kind of object has; anything else is Django's to look up."""

    __slots__ = ()

    def resolve(self, context: Any) -> Any:
        """Return the value in a context."""
        lookups = self.lookups
        if lookups is None or self.translate:
            return super().resolve(context)
        first = lookups[0]
        for held in reversed(context.dicts):
            if first in held:
                current = held[first]
                break
        else:
            raise VariableDoesNotExist("Failed lookup for key [%s] in %r", (first, context))
        if callable(current):
            return super().resolve(context)
        for name in lookups[1:]:
            kind = type(current)
            if kind is dict:
                if name not in current:
                    return super().resolve(context)
                current = current[name]
            elif hasattr(kind, "__getitem__"):
                return super().resolve(context)
            else:
                try:
                    current = getattr(current, name)
                except (TypeError, AttributeError):
                    return super().resolve(context)
            if callable(current):
                return super().resolve(context)
        return current


class QuickVariableNode(VariableNode):
    """A variable whose text is escaped at once, like a whole number without marks; the rest as Django writes it."""

    def render(self, context: Any) -> str:
        """Return the text."""
        try:
            value = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""
        if context.autoescape:
            kind = type(value)
            if kind is str:
                return html.escape(value)
            if kind is SafeString:
                return str(value)
            if kind is int and not settings.USE_THOUSAND_SEPARATOR:
                return str(value)
        return render_value_in_context(value, context)


class QuickAddressNode(URLNode):
    """An address whose parts are texts and whole numbers is worked out once."""

    def render(self, context: Any) -> str:
        """Return the address, or set it where the tag names a variable."""
        name = self.view_name.resolve(context)
        parts = tuple(each.resolve(context) for each in self.args)
        if self.kwargs or not all(type(each) in {str, int} for each in parts) or type(name) not in {str, SafeString}:
            return super().render(context)
        try:
            address = _address(str(name), parts, get_script_prefix(), get_urlconf())
        except NoReverseMatch:
            if not self.asvar:
                raise
            address = ""
        if self.asvar:
            context[self.asvar] = address
            return ""
        return html.escape(address) if context.autoescape else address


@lru_cache(maxsize=_ADDRESSES_KEPT, typed=True)
def _address(name: str, parts: tuple[str | int, ...], prefix: str, routes: str | None) -> str:
    """Return an address; one that cannot be is looked for each time, since nothing is kept of what is raised."""
    return reverse(name, args=parts)


class Constant(Node):
    """Neighbouring nodes that draw the same on every page of a language."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.token, self.origin = nodes[0].token, nodes[0].origin
        self._drawn: dict[tuple[str | None, bool, str], str] = {}

    def render_annotated(self, context: Any) -> str:
        """Return what the nodes draw, drawn at the first time in a language."""
        key = (get_language(), context.autoescape, get_script_prefix())
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self._drawn[key] = "".join([str(node.render_annotated(context)) for node in self.nodes])
        return drawn

    render = render_annotated


def _joined(nodes: NodeList) -> list[Node]:
    """Return nodes with what draws nothing left out and neighbouring constant ones joined."""
    found: list[Node] = []
    run: list[Node] = []

    def end() -> None:
        if any(not isinstance(each, TextNode) for each in run):
            found.append(Constant(list(run)))
        elif run:
            found.extend(run)
        run.clear()

    for node in nodes:
        if isinstance(node, TextNode) or _is_constant(node):
            run.append(node)
        elif not isinstance(node, LoadNode | CommentNode):
            end()
            found.append(node)
    end()
    return found


def _is_constant(node: Node) -> bool:
    if type(node) is Punctuated:
        return True
    if type(node) is TranslateNode:
        expression = node.filter_expression
        literal = isinstance(expression.var, Variable) and expression.var.lookups is None
        return literal and not expression.filters and not node.asvar and node.message_context is None
    if isinstance(node, URLNode):
        return not node.args and not node.kwargs and not node.asvar and _is_text(node.view_name)
    if type(node) is StaticNode:
        return node.varname is None and _is_text(node.path)
    if type(node) is SimpleNode and getattr(node.func, CONSTANT, False):
        return not node.target_var and all(map(_is_text, [*node.args, *node.kwargs.values()]))
    return False


def _is_text(expression: Any) -> bool:
    """Return whether an expression is a text or number written in the template."""
    if not isinstance(expression, FilterExpression) or expression.filters:
        return False
    held = expression.var
    return not expression.is_var or (isinstance(held, Variable) and held.lookups is None and not held.translate)

"""A rule as packs write it: `rule: {kind: …, settings…}`; what the settings mean is for scoring to say."""

from dudao.issues import Issue
from dudao.located_yaml.fields import Fields
from dudao.located_yaml.nodes import YamlNode, plain
from dudao.located_yaml.sources import read_source
from dudao.provenance import ClauseSource
from dudao.scheme.model import ScoringRule


def read_rule(node: YamlNode, *, what: str, issues: list[Issue], inherited: ClauseSource) -> ScoringRule | None:
    """Return the rule written at `node`; None when it has no kind."""
    fields = Fields(node, known=None, what=f"{what}的规则", issues=issues)
    if not fields.require("kind", "规则种类"):
        return None
    settings = {}
    for key in fields.names():
        value = fields.node(key)
        if key not in {"kind", "source"} and value is not None:
            settings[key] = plain(value)
    source = None
    if fields.has("source"):
        source = read_source(fields.node("source"), what=f"{what}的规则", issues=issues, inherited=inherited)
    return ScoringRule(fields.text("kind"), settings, node.location, source, dict(fields.places))

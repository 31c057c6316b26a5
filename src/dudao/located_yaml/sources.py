"""The document behind a number, as packs and parameters write it: `source: {document, number, clause, …}`."""

from dataclasses import replace

from dudao.issues import Issue
from dudao.located_yaml.fields import Fields
from dudao.located_yaml.nodes import YamlNode
from dudao.provenance import ClauseSource, SourceStatus

SOURCE_KEYS = ("document", "number", "clause", "quote", "note", "status")


def read_source(
    node: YamlNode | None,
    *,
    what: str,
    issues: list[Issue],
    inherited: ClauseSource | None = None,
    prefix: str = "pack",
) -> ClauseSource:
    """Return the source written at `node`; what it leaves out comes from the item above.

    Naming another `document` starts afresh: then only what is written counts. Clause and quote belong to one item
    and are never inherited.
    """
    if inherited is not None:
        inherited = replace(inherited, clause="", quote="")
    if node is None:
        return inherited or ClauseSource()
    fields = Fields(node, known=SOURCE_KEYS, what=f"{what}的来源", issues=issues, prefix=prefix)
    base = ClauseSource() if fields.has("document") or inherited is None else inherited
    status = fields.choice("status", SourceStatus)
    return ClauseSource(
        document=fields.text("document", base.document),
        number=fields.text("number", base.number),
        clause=fields.text("clause"),
        quote=fields.text("quote"),
        note=fields.text("note", base.note),
        status=status or base.status,
    )

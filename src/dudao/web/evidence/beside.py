"""The evidence of an item as its page shows it: a place that fills itself from the address of the evidence."""

from dudao.web.evaluations.beside import Beside, Part
from dudao.web.people.access import reads_evidence


def evidence_of_item(what: Beside) -> Part | None:
    """Return the place for the evidence of an answer; leaders read no evidence and see none."""
    if not reads_evidence(what.subject):
        return None
    return Part("evidence/item_slot.html", what.answer)

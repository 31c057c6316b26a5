"""What the school tables compute for the figures of an item, as the page of the item shows it."""

from dataclasses import dataclass

from dudao.web.evaluations.actions.permissions import may_type_fact
from dudao.web.evaluations.beside import Beside, Part
from dudao.web.evaluations.models import Answer
from dudao.web.people.access import CONTENT_ROLES
from dudao.web.schools.computed import ComputedLine, computed_lines


@dataclass(frozen=True, slots=True)
class Shown:
    """A line and whether the person may take it over now."""

    line: ComputedLine
    may_take: bool


@dataclass(frozen=True, slots=True)
class ComputedBeside:
    """The lines of an item; `waiting` counts those that say something else than what is filled in."""

    answer: Answer
    lines: tuple[Shown, ...]
    waiting: int


def computed_beside(what: Beside) -> Part | None:
    """Return the part with what the tables compute; none where they compute nothing that the item asks for."""
    lines = computed_lines(what.answer)
    if not lines:
        return None
    roles = what.subject.roles_at(what.answer.assessment.region.path) & CONTENT_ROLES
    shown = tuple(
        Shown(
            line,
            what.may_edit and line.may_be_taken and may_type_fact(what.subject, roles, line.row.owner_id),
        )
        for line in lines
    )
    waiting = sum(line.standing in {"differs", "newer"} for line in lines)
    return Part("schools/computed_part.html", ComputedBeside(what.answer, shown, waiting), waiting)

"""How complete an assessment is: self points, inputs and evidence asked for and not yet there."""

from dataclasses import dataclass

from dudao.assessment.model import Assessment
from dudao.scheme.model import EvidenceRequest, Point, Scheme


@dataclass(frozen=True, slots=True)
class PointGaps:
    """What one point still lacks; `inputs` are facts without any value of the region."""

    point: Point
    self_points: bool
    inputs: tuple[str, ...]
    evidence: tuple[EvidenceRequest, ...]

    @property
    def any(self) -> bool:
        """Return whether anything is lacking."""
        return self.self_points or bool(self.inputs) or bool(self.evidence)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many points are answered in full, and the gaps of the others in scheme order."""

    points: int
    complete: int
    gaps: tuple[PointGaps, ...]


def completeness(scheme: Scheme, assessment: Assessment) -> Completeness:
    """Return what is still lacking; a point answered as not applicable lacks nothing."""
    region = assessment.region.id
    stated = {fact.name for fact in assessment.facts if fact.place == region and fact.value is not None}
    gaps = []
    points = tuple(scheme.points())
    for point in points:
        answer = assessment.answer(point.id)
        if answer.not_applicable:
            continue
        handed_in = {reference.request or reference.name for reference in answer.evidence}
        found = PointGaps(
            point,
            point.full_points is not None and answer.self_points is None,
            tuple(name for name in point.inputs if name not in stated),
            tuple(asked for asked in point.evidence if asked.required and asked.name not in handed_in),
        )
        if found.any:
            gaps.append(found)
    return Completeness(len(points), len(points) - len(gaps), tuple(gaps))

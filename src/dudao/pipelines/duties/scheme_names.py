"""What schemes call the facts that are computed: the declared name, from the computed one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dudao.assessment.facts import Fact
from dudao.scheme.model import FactDeclaration, Scheme

SCHEME_NAMES: Mapping[str, tuple[str, ...]] = {
    "spending_per_student": ("spending_per_pupil",),
    "spending_per_student_kept": ("spending_per_pupil_not_decreased",),
    "teacher_pay_not_lower": ("teacher_pay_not_below",),
    "teacher_pay_mean": ("teacher_mean_pay",),
    "teacher_pay": ("teacher_mean_pay",),
    "civil_servant_pay_mean": ("civil_servant_mean_pay",),
    "civil_servant_pay": ("civil_servant_mean_pay",),
    "compulsory_oversize_schools": ("oversize_schools",),
    "classes_above_standard": ("compulsory_classes_above_standard",),
    "large_classes": ("all_large_classes",),
    "classes": ("all_classes",),
    "small_schools_funded_as_hundred": ("small_schools_funded",),
    "special_running_cost": ("running_cost_per_pupil@special",),
    "training_completion_rate": ("trained_teachers_share",),
    "training_rate": ("trained_teachers_share",),
    "rotation_rate": ("exchanged_teachers_share",),
    "backbone_share_of_rotation": ("exchanged_backbone_share",),
    "certified_teacher_rate": ("certified_teachers_share",),
    "junior_retention_rate": ("junior_retention",),
    "gross_enrolment_rate": ("preschool_gross_enrolment", "gross_enrolment_rate@preschool"),
    "kindergarten_enrolment": ("preschool_gross_enrolment", "gross_enrolment_rate@preschool"),
    "class_size_met_rate": ("kindergarten_classes_within_size",),
    "certified_staff_rate": ("kindergarten_certified_share",),
    "new_kindergartens_qualified": ("new_kindergartens_with_room",),
    "earlier_kindergartens_qualified": ("earlier_kindergartens_with_room",),
    "fitness_good_rate": ("fitness_good_share",),
    "fitness_rate": ("fitness_good_share",),
    "composite_difference_coefficient": ("composite_coefficient",),
    "difference_coefficient": ("composite_coefficient",),
    "cv_high_degree_teachers": ("coefficient_above_required_degree_teachers_per_100",),
    "basic_standard_schools_share": ("schools_meeting_standard",),
    "high_degree_teachers": ("mean_above_required_degree_teachers_per_100",),
    "key_teachers": ("mean_backbone_teachers_per_100",),
    "arts_teachers": ("mean_pe_art_teachers_per_100",),
    "teaching_area": ("mean_teaching_area_per_student",),
    "sports_area": ("mean_sports_area_per_student",),
    "equipment_value": ("mean_equipment_value_per_student",),
    "network_classrooms": ("mean_multimedia_rooms_per_100",),
    "average_school_size": ("compulsory_school_size",),
    "basic_balance_met": ("basic_balance_met",),
    "basic_balance": ("basic_balance_met",),
}
"""Declared name → computed names in order of preference; `name@part` takes one part alone."""

COEFFICIENTS = ("cv_", "coefficient_")
"""Schemes declare `cv_teaching_area`; computed facts are named `coefficient_teaching_area_per_student`."""

PARTS = {"preschool": "kindergarten"}
"""Parts that schemes name otherwise."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The facts that a scheme declares, under its names, and the computed names it has no use for."""

    facts: tuple[Fact, ...]
    unused: tuple[str, ...]


def fitted_to(scheme: Scheme, facts: tuple[Fact, ...]) -> Fitted:
    """Return computed facts under the names, parts and units that a scheme declares."""
    chosen: list[Fact] = []
    used: set[str] = set()
    for declaration in scheme.facts:
        for wanted in (*SCHEME_NAMES.get(declaration.name, ()), *_same_name(declaration)):
            name, _, part = wanted.partition("@")
            found = [_renamed(fact, declaration, part) for fact in facts if fact.name == name]
            kept = [fact for fact in found if fact is not None]
            if kept:
                chosen += kept
                used.add(name)
                break
    return Fitted(tuple(chosen), tuple(dict.fromkeys(fact.name for fact in facts if fact.name not in used)))


def _same_name(declaration: FactDeclaration) -> tuple[str, ...]:
    ours, theirs = COEFFICIENTS
    if declaration.name.startswith(ours):
        measured = theirs + declaration.name.removeprefix(ours)
        return (declaration.name, *(f"{measured}{ending}" for ending in ("", "_per_student", "_per_100")))
    return () if declaration.name in SCHEME_NAMES else (declaration.name,)


def _renamed(fact: Fact, declaration: FactDeclaration, only: str) -> Fact | None:
    parts = {part for part, _ in declaration.parts}
    part = PARTS.get(fact.part, fact.part) if fact.part not in parts else fact.part
    if only:
        if fact.part != only:
            return None
        part = ""
    if bool(declaration.dimension) != bool(part) or (part and parts and part not in parts):
        return None
    if isinstance(fact.value, bool) != (declaration.kind == "boolean") and fact.value is not None:
        return None
    return replace(fact, name=declaration.name, part=part)

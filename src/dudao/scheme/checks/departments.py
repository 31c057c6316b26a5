"""Departments: nobody is named twice for one point, and helpers do not go without a lead."""

from dudao.issues import Issue, Level
from dudao.scheme.model import Scheme


def check(scheme: Scheme) -> list[Issue]:
    """Return an issue for each department named twice and each point with helpers but no lead department."""
    issues: list[Issue] = []
    for point in scheme.points():
        place = point.places.get("departments", point.location)
        named = [name for name in (point.lead_department, *point.departments) if name]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            message = f"测评点{point.id}的责任单位里“{'、'.join(twice)}”写了两次。"
            remedy = "牵头单位不用再写进departments。"
            issues.append(Issue(Level.WARNING, "scheme.department_twice", message, place, remedy))
        if point.departments and not point.lead_department:
            message = f"测评点{point.id}有责任单位，没有牵头单位。"
            remedy = "请用lead_department写明由谁牵头。"
            issues.append(Issue(Level.WARNING, "scheme.no_lead_department", message, place, remedy))
    return issues

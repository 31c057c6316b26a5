"""Facts: declared once, of a known kind, and every input names a declared one."""

from dudao.issues import Issue, Level
from dudao.located_yaml.fields import nearest
from dudao.scheme.model import FactDeclaration, Scheme

FACT_KINDS = ("number", "count", "money", "percent", "boolean", "grade")


def check(scheme: Scheme) -> list[Issue]:
    """Return an issue for each fact declared twice or of unknown kind, and each input that is not declared."""
    issues: list[Issue] = []
    declared: dict[str, FactDeclaration] = {}
    for fact in scheme.facts:
        if fact.name in declared:
            message = f"数据项“{fact.name}”声明了两次。"
            related = (declared[fact.name].location,)
            issues.append(Issue(Level.ERROR, "scheme.duplicate_fact", message, fact.location, "请只留一处。", related))
        declared.setdefault(fact.name, fact)
        if fact.kind not in FACT_KINDS:
            message = f"数据项“{fact.name}”的种类不能是“{fact.kind}”。"
            near = nearest(fact.kind, FACT_KINDS)
            remedy = f"可写：{'、'.join(FACT_KINDS)}。" + (f"是否要写“{near}”？" if near else "")
            issues.append(Issue(Level.ERROR, "scheme.unknown_fact_kind", message, fact.location, remedy))
        if fact.parts and not fact.dimension:
            message = f"数据项“{fact.name}”列出了分项，但没有写按什么分（dimension）。"
            remedy = "请加上 dimension: stage（按学段）之类。"
            issues.append(Issue(Level.ERROR, "scheme.parts_without_dimension", message, fact.location, remedy))
    names = list(declared)
    for point in scheme.points():
        for name in point.inputs:
            if name not in declared:
                near = nearest(name, names)
                message = f"测评点{point.id}要用的数据“{name}”没有声明。"
                remedy = f"是否要写“{near}”？" if near else "请在facts里声明它（name、title、unit）。"
                place = point.places.get("inputs", point.location)
                issues.append(Issue(Level.ERROR, "scheme.unknown_fact", message, place, remedy))
    return issues

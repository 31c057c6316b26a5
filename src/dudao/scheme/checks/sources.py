"""Sources: every point says which document it stands in, or that nobody has seen the original."""

from dudao.issues import Issue, Level
from dudao.provenance import ClauseSource, SourceStatus
from dudao.scheme.model import Scheme


def check(scheme: Scheme) -> list[Issue]:
    """Return an issue for the scheme, each point and each grade without a document and not marked unconfirmed."""
    if not _is_named(scheme.source):
        message = f"方案“{scheme.name}”没有写出处。"
        remedy = "请在pack.yaml里写 source: {document: 文件名, number: 文号}；没有见到原件的，写 status: unconfirmed。"
        return [Issue(Level.ERROR, "scheme.source_missing", message, scheme.location, remedy)]
    issues: list[Issue] = []
    for point in scheme.points():
        if not _is_named(point.source):
            message = f"测评点{point.id}“{point.name}”没有写出处。"
            remedy = "请写 source: {document: …, clause: …}；没有见到原件的，写 status: unconfirmed。"
            issues.append(Issue(Level.ERROR, "scheme.source_missing", message, point.location, remedy))
    return issues


def _is_named(source: ClauseSource) -> bool:
    return bool(source.document or source.number) or source.status is SourceStatus.UNCONFIRMED

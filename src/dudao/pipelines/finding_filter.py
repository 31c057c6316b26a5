"""Which findings a person asked to see."""

from dataclasses import dataclass, replace

from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.pipelines.check import CheckedDocument

_WEIGHT = {Level.NOTE: 0, Level.WARNING: 1, Level.ERROR: 2}


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Findings of at least a level whose code begins with one of the prefixes; no prefix means all."""

    level: Level = Level.NOTE
    prefixes: tuple[str, ...] = ()

    def wants(self, finding: Finding) -> bool:
        """Return whether the finding is to be shown."""
        heavy = _WEIGHT[finding.level] >= _WEIGHT[self.level]
        return heavy and (not self.prefixes or finding.code.startswith(self.prefixes))

    def apply(self, checked: CheckedDocument) -> CheckedDocument:
        """Return the document with the wanted findings alone; claims and coverage stay whole."""
        return replace(checked, findings=tuple(finding for finding in checked.findings if self.wants(finding)))

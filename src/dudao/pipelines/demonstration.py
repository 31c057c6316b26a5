"""The demonstration regions: real score sheets, retold with their figures, scored by their schemes."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from dudao.packs.find import find_packs
from dudao.pipelines.score import ScoredAssessment, score_file

FOLDER = "demonstration"


def demonstration_files(folders: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Return the assessment files that lie beside the packs, ordered by pack and name."""
    return tuple(path for entry in find_packs(folders) for path in sorted((entry.folder / FOLDER).glob("*.yaml")))


def scored_demonstrations(folders: Sequence[Path] = ()) -> Iterator[ScoredAssessment]:
    """Yield each demonstration region with its points."""
    for path in demonstration_files(folders):
        yield score_file(path, folders=folders)

"""Id or path → scheme that can be worked with: its pack is sound and its rules can be computed."""

from collections.abc import Sequence
from pathlib import Path

from dudao.issues import has_errors
from dudao.packs.find import load_pack, unsound
from dudao.scheme.model import Scheme
from dudao.scoring.reading import check_rules


def usable_scheme(wanted: str, folders: Sequence[Path] = ()) -> Scheme:
    """Return the scheme of a pack named by its id or by a path.

    Raises:
        UnreadableInputError: there is no such pack, it is not sound, or a rule cannot be computed.
    """
    scheme = load_pack(wanted, folders)
    issues = check_rules(scheme)
    if has_errors(issues):
        raise unsound(wanted, issues)
    return scheme

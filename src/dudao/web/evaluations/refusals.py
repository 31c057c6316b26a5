"""Why a write is refused, in words that a person can act on."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dudao.errors import DudaoError
from dudao.web.refusals import InvalidValueError, NotAllowedError, NotPossibleError

__all__ = ["ConflictError", "InvalidValueError", "NotAllowedError", "NotPossibleError", "Theirs"]


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else saved meanwhile: the value, who, when, and the version to go on from."""

    value: Any
    by: str
    at: str
    version: int


class ConflictError(DudaoError):
    """Somebody else saved the same field meanwhile; nothing was overwritten and both texts are at hand."""

    def __init__(self, theirs: Theirs, yours: Any) -> None:
        super().__init__(
            _("%(by)s %(at)s 已改为另一内容，您的填写没有覆盖它。") % {"by": theirs.by, "at": theirs.at},
            advice=_("请比较后选择保留哪一份。"),
        )
        self.theirs = theirs
        self.yours = yours

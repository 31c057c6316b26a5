"""What every app of the platform refuses in the same way."""

from dudao.errors import DudaoError


class InvalidValueError(DudaoError):
    """A value or a file cannot be taken; views answer 422 with the sentence at the field."""


class NotAllowedError(DudaoError):
    """The person may not do this here; views answer 403."""


class NotPossibleError(DudaoError):
    """The state of things does not allow it; views answer 409 with the sentence."""

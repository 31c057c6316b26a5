"""What can go wrong, as a person can be told it: what happened, where, and what to do next.

Trouble *in* data is an issue (`dudao.issues`) and is collected; the errors here end a request.
"""


class DudaoError(Exception):
    """A request that cannot be carried out.

    Args:
        message: one sentence in Chinese that names the thing, the place and the values.
        advice: what the user can do next, in Chinese; empty when the message says it already.
    """

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class WrongUseError(DudaoError, ValueError):
    """The command was asked for something that does not exist; the shell answers with exit code 2."""


class UnreadableInputError(DudaoError, ValueError):
    """A file cannot be read as what it should be; the shell answers with exit code 3."""

"""The examination of an installation, put together."""

from dudao.web.operation.doctor.configuration import configuration
from dudao.web.operation.doctor.model import Check
from dudao.web.operation.doctor.running import running
from dudao.web.operation.doctor.stores import stores


def examine() -> list[Check]:
    """Return everything that is to say of this installation, in the order a person would mend it."""
    return [*configuration(), *stores(), *running()]

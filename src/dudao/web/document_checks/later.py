"""Checks that take long: handed over to run after the write that asked for them."""

from django.db import transaction

from dudao.web.document_checks.checking import check_version
from dudao.web.document_checks.models import Version
from dudao.web.people.models import User


def check_later(*, by: User, version: Version) -> None:
    """Have a version checked once the write it belongs to stands."""
    key = version.pk
    transaction.on_commit(lambda: check_version(key))

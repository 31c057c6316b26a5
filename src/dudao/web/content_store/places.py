"""Where an installation keeps its files: the store of each app by its name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings

from dudao.web.content_store.folder import FolderStore
from dudao.web.content_store.model import ContentStore
from dudao.web.content_store.objects import ObjectStore


def store(name: str) -> ContentStore:
    """Return the store of a name: a folder of the data folder, or a prefix of the bucket that DUDAO_FILES names."""
    if settings.OBJECT_STORAGE:
        return ObjectStore(settings.OBJECT_STORAGE, name)
    return FolderStore(Path(settings.FILES_ROOT) / name)


@dataclass(frozen=True, slots=True)
class Holding:
    """What an app keeps in a store: the store's name and a question for the keys that the app's rows name.

    An app's configuration offers its holdings as `holdings`; backup, restore and doctor go through them.
    """

    name: str
    named: Callable[[], Iterator[str]]


def holdings() -> tuple[Holding, ...]:
    """Return the holdings of all apps, in the order of the apps."""
    found: list[Holding] = []
    for app in apps.get_app_configs():
        found.extend(getattr(app, "holdings", lambda: ())())
    return tuple(found)

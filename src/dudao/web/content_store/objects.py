"""Files in an object store that speaks the S3 protocol, through django-storages."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils.module_loading import import_string

from dudao.web.content_store.model import Kept


class ObjectStore:
    """A store below a prefix of a bucket. The protocol writes an object whole or not at all: nothing is left half."""

    def __init__(self, options: Mapping[str, Any], prefix: str) -> None:
        backend = import_string("storages.backends.s3.S3Storage")
        self._storage: Storage = backend(**options, location=prefix, file_overwrite=True)

    def keep(self, content: bytes, key: str) -> None:
        """Write a content; one that is there already is written again, which renews its date."""
        self._storage.save(_name(key), ContentFile(content))

    def read(self, key: str) -> bytes:
        """Return a content.

        Raises:
            FileNotFoundError: nothing is kept under the key.
        """
        with self._storage.open(_name(key), "rb") as stream:
            return bytes(stream.read())

    def has(self, key: str) -> bool:
        """Return whether something is kept under the key."""
        return self._storage.exists(_name(key))

    def remove(self, key: str) -> None:
        """Remove a content."""
        self._storage.delete(_name(key))

    def kept(self) -> Iterator[Kept]:
        """Yield every object below the prefix, one page of the listing at a time."""
        bucket: Any = self._storage.bucket  # type: ignore[attr-defined]  # of the S3 backend only
        for entry in bucket.objects.filter(Prefix=f"{self._storage.location}/"):  # type: ignore[attr-defined]
            yield Kept(entry.key.rpartition("/")[2], entry.size, entry.last_modified.timestamp())


def _name(key: str) -> str:
    return f"{key[:2]}/{key[2:4]}/{key}"

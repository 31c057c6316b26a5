"""What happened: one row an event, never changed, each bound to the one before it by its hash."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext as _


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete what is kept as it was."""


class Event(models.Model):
    """One event of the trail.

    `sequence` runs without gaps from 1; `hash` is that of the event's content and of the hash before it.
    Objects are named by type and key, not by foreign key. `before` and `after` hold the changed fields.
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150)
    action = models.CharField(max_length=80)
    summary = models.TextField()
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=120)
    region = models.CharField(max_length=12)
    department = models.CharField(max_length=120)
    reason = models.TextField()
    before = models.JSONField()
    after = models.JSONField()
    address = models.CharField(max_length=64)
    request_id = models.CharField(max_length=32)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("sequence",)
        indexes = (
            models.Index(fields=("object_type", "object_id"), name="audit_event_object"),
            models.Index(fields=("region", "-sequence"), name="audit_event_region"),
            models.Index(fields=("actor_id", "-sequence"), name="audit_event_actor"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the event.

        Raises:
            AppendOnlyError: the event is already kept.
        """
        if not self._state.adding:
            raise AppendOnlyError(_("审计记录不能修改"))
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse.

        Raises:
            AppendOnlyError: always.
        """
        raise AppendOnlyError(_("审计记录不能删除"))


class Head(models.Model):
    """Where the chain ends: one row, moved forward with each event, so that a cut tail is seen."""

    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"


class Excerpt(models.Model):
    """Says that the trail up to `last` is only what concerned one region, taken from another installation's trail.

    The events keep their numbers and hashes, so gaps up to there are no breaks; `digest` (SHA-256 over the hashes in
    their order) and `events` (how many) hold what was taken, `source_*` the end of the whole trail at that moment.
    """

    region = models.CharField(max_length=12)
    last = models.BigIntegerField()
    events = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    source_sequence = models.BigIntegerField()
    source_hash = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.region} {self.last}"

"""What was answered to a write with an idempotency key, so that the same write is not made twice."""

from django.db import models

from dudao.web.people.models import ApiToken


class KeptResponse(models.Model):
    """The answer to a write, kept for a day with the fingerprint of what was asked.

    It is written in the transaction of the write itself: there is no answer without its write, and none lost.
    """

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "已答复的写入"
        constraints = (models.UniqueConstraint(fields=("token", "key"), name="one_response_of_a_key"),)

    def __str__(self) -> str:
        return f"{self.key} {self.status}"

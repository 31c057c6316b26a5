"""与去年差: the points of this year beside what was sent the year before."""

from decimal import Decimal

from django.utils import timezone

from dudao.web.evaluations.actions import points
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Assessment, PointScore, Round, Submission
from dudao.web.evaluations.progress import points_last_year
from tests.web.conftest import ITEM, OpenedRound, SignIn


def test_the_grid_shows_the_change_since_what_was_sent_last_year(opened: OpenedRound, signed_in: SignIn) -> None:
    row = opened.assessment
    before = Round.objects.create(
        scheme=row.round.scheme,
        region=row.round.region,
        year=2021,
        slug="duty",
        title="2021",
        opened_by=opened.province,
    )
    last = Assessment.objects.create(round=before, region=row.region, state="confirmed", version=2)
    item = next(each for each in items_of(scheme_of(row.round.scheme)) if each.id == ITEM)
    sent = {"item": ITEM, "name": item.name, "full_points": str(item.full_points), "points": [{"self_points": "12"}]}
    changed = {**sent, "item": "1.1", "name": "去年叫别的名字"}
    for version, content in ((1, {"items": []}), (2, {"items": [sent, changed]})):
        Submission.objects.create(
            assessment=last, version=version, content=content, content_hash="x", by=opened.clerk, at=timezone.now()
        )
    score = PointScore.objects.filter(answer=opened.answer()).first()
    assert score is not None
    points.save_points(by=opened.clerk, score=score, points="3", version=0)
    answer = opened.answer()
    given = sum((each.points for each in answer.scores.all() if each.points is not None), Decimal(0))
    page = signed_in(opened.clerk).get("/2022/990100/duty/progress/?show=change").content.decode()
    assert f">−{(12 - given).normalize():f}</a>" in page.replace("\n", "")
    assert page.count("r-few") >= 1
    found = points_last_year([row], items_of(scheme_of(row.round.scheme)))
    assert found == {(row.pk, ITEM): Decimal(12)}

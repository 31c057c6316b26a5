from decimal import Decimal

from dudao.web.evaluations.actions import schemes
from dudao.web.evaluations.models import PointScore, PublishedScheme
from dudao.web.evaluations.reckoned import effects
from tests.web.conftest import SignIn
from tests.web.test_rounds import Opened, opened, scheme

__all__ = ["opened", "scheme"]


def with_points(row: PublishedScheme, **points: str) -> dict[str, str]:
    """Return the files with other full points: `p1_1="8"` gives item 1.1 eight."""
    from dudao.scheme.edit_pack import files_of, read_editable
    from dudao.scheme.write_pack import Plain
    from dudao.web.evaluations.draft_tree import node_at, tree_lines

    pack = read_editable(row.files)
    for line in tree_lines(pack):
        if full := points.get("p" + line.id.replace(".", "_")):
            node_at(pack, line.path)["full_points"] = Plain(full)
    return files_of(pack)


def test_an_unchanged_scheme_makes_the_same_of_last_year(opened: Opened) -> None:
    PointScore.objects.filter(point="1.1").update(points=Decimal("3.5"))
    copy = schemes.keep_draft(by=opened.province, region=opened.scheme.region, files=opened.scheme.files)
    (effect,) = effects(opened.scheme, copy, [opened.assessment])
    assert effect.before == effect.after


def test_self_points_keep_their_share_of_changed_full_points(opened: Opened) -> None:
    PointScore.objects.filter(point="1.1").update(points=2)
    PointScore.objects.filter(point="1.2").update(points=8)
    files = with_points(opened.scheme, p1_1="8", p1_2="4")
    changed = schemes.keep_draft(by=opened.province, region=opened.scheme.region, files=files)
    (effect,) = effects(opened.scheme, changed, [opened.assessment])
    assert (effect.before.self_points, effect.after.self_points) == (Decimal(10), Decimal(8))


def test_the_comparison_shows_effects_only_to_those_who_may_see_the_assessment(
    opened: Opened, signed_in: SignIn
) -> None:
    files = with_points(opened.scheme, p1_1="8", p1_2="4")
    changed = schemes.keep_draft(by=opened.province, region=opened.scheme.region, files=files)
    schemes.publish(by=opened.province, row=changed)
    address = f"/schemes/{changed.slug}/{changed.version}/compare/{opened.scheme.pk}/"
    own = signed_in(opened.clerk).get(address).content.decode()
    assert "云州市" in own
    above = signed_in(opened.province).get(address).content.decode()
    assert "云州市" not in above
    assert "不能重算" in above
    assert signed_in(opened.stranger).get(address).status_code == 404
    whole = signed_in(opened.clerk).get(address + "?show=all").content.decode()
    assert whole.count("<tr") > own.count("<tr")

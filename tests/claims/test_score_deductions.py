"""What the words of a scored item take off is what its own points lack of the full ones."""

from dudao.claims.check import check_plain
from dudao.claims.model import Verdict

REPORT = """一、教育投入（20分，自评{own}分）
应计提3100万元，实际计提2790万元，按比例扣0.8分；生均经费下降，扣1分。
二、教师队伍（15分，自评15分）
教师配备齐全。
{behind}"""


def verdicts(own: str, behind: str = "") -> list[Verdict]:
    text = REPORT.format(own=own, behind=behind)
    return [one.verdict for one in check_plain(text).claims if one.formula.startswith("own = full")]


def test_points_that_lack_what_was_taken_off_are_confirmed() -> None:
    assert verdicts("18.2") == [Verdict.CONSISTENT]


def test_points_that_lack_something_else_are_called_wrong() -> None:
    assert verdicts("18.5") == [Verdict.INCONSISTENT]


def test_a_rule_is_no_deduction() -> None:
    assert "own = full" not in str(
        check_plain("一、投入（20分，自评20分）\n每低1%扣0.5分。\n二、队伍（9分，自评9分）\n好。")
    )


def test_what_a_summary_takes_off_is_not_that_of_the_last_item() -> None:
    behind = "以上两项自评得分33.2分。扣分原因：生均经费下降，扣1分；计提不足，扣0.8分。"
    assert verdicts("18.2", behind) == [Verdict.CONSISTENT]

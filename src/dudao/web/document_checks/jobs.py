"""Work of the checks that runs in the background: long files, and reports that have outlived their time."""

from datetime import datetime, timedelta

from django.urls import reverse

from dudao.errors import DudaoError
from dudao.web.background.registry import every, job
from dudao.web.background.run import Run
from dudao.web.document_checks.checking import check_content, mark_failed, save_result
from dudao.web.document_checks.models import Version
from dudao.web.document_checks.report_page import address_of
from dudao.web.document_checks.retention import forget, outlived
from dudao.web.evidence.storage import content_of


@job(kind="document_checks.check", title="核验文件")
def check(run: Run, version: int) -> None:
    """Check a kept version; one that cannot be read is marked with its sentence, which is a result as well."""
    row = (
        Version.objects.select_related("report__assessment__region", "report__assessment__round")
        .filter(pk=version)
        .first()
    )
    if row is None:
        with run.conclude() as conclusion:
            conclusion.words = "文件已被清除"
        return
    run.progress(words="读取文件")
    try:
        content = content_of(row.file_id)
        run.progress(words="核验")
        checked = check_content(content, row.name)
    except DudaoError as refusal:
        with run.conclude() as conclusion:
            mark_failed(row, refusal)
            conclusion.words = row.problem
            conclusion.url = _page(row)
        return
    run.progress(words="保存结果")
    with run.conclude() as conclusion:
        saved = save_result(row, checked)
        found = saved.report.counts.get("open", 0)
        conclusion.words = f"第 {saved.number} 稿核验完成，{found} 处待处理"
        conclusion.url = _page(row)


def _page(version: Version) -> str:
    return reverse("document_checks:report", args=(*address_of(version.report.assessment), version.report_id))


@every(timedelta(days=1), name="document_checks.retention", title="清除过期的核验文件")
def forget_old_reports(run: Run, now: datetime) -> None:
    """Delete removed reports after the days that the settings keep them."""
    with run.conclude() as conclusion:
        reports = outlived(now)
        for report in reports:
            forget(report)
        conclusion.words = f"清除 {len(reports)} 份"

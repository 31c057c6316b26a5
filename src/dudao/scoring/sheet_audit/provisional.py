"""Items whose points are provisional until others have measured (自评暂不扣分)."""

import re

from dudao.issues import Issue, Level
from dudao.scoring.sheet_audit.subject import AuditedSheet, finding, points, title

_PROVISIONAL = re.compile(
    r"暂(?:时)?(?:不|未)(?:作)?(?:扣分|计分|评分|打分|赋分)|暂(?:按|计|记|定|评)[^，,。；;]{0,6}(?:满分|分)"
    r"|(?:待|由)(?:省|市|上级|第三方|评估组|督导组)[^，,。；;]{0,12}(?:测评|评定|评价|调查|反馈|赋分|打分|计分|认定)(?:后|为准|$|[，,。；;])"
    r"|以(?:省|市|上级|第三方)[^，,。；;]{0,12}(?:结果|数据|测评|评定)为准"
)


def check_provisional(audited: AuditedSheet) -> list[Issue]:
    """Return a note for every leaf whose text says that its points are not final."""
    found = []
    for row, full, own in audited.scored_leaves():
        if _PROVISIONAL.search(row.note):
            message = f"{title(row)}暂计{points(own)}（满分{points(full)}），说明中写明尚未最后评定，总分因此可能变动。"
            remedy = "请在报送时注明这一项为暂定分。"
            found.append(finding(Level.NOTE, "provisional_points", row, message, remedy))
    return found

"""The step that keeps the index up to date."""

from datetime import datetime, timedelta

from dudao.web.background.registry import every
from dudao.web.background.run import Run
from dudao.web.search.index import forget_leftovers
from dudao.web.search.refresh import refresh

_AT_A_TIME = 20_000


@every(timedelta(minutes=1), name="search.refresh", title="更新搜索索引")
def refresh_index(run: Run, now: datetime) -> str:
    """Index what changed; of very much only a part, so that mails and other steps get their turn in between."""
    forget_leftovers()
    return f"更新 {refresh(run.progress, most=_AT_A_TIME)} 项"

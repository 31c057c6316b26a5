"""`dudao backup` and `dudao restore`, as the command line asks for them."""

import argparse
import sys
from pathlib import Path

import django
from django.db import DatabaseError
from django.utils import timezone

from dudao.errors import DudaoError, UnreadableInputError

NAME = "dudao-%Y%m%d-%H%M%S.zip"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _told(error: DudaoError | DatabaseError) -> int:
    if isinstance(error, DatabaseError):
        sys.stderr.write(f"错误：数据库不能使用：{error}\n建议：请用 dudao doctor 检查数据库和磁盘后重试。\n")
        return 2
    sys.stderr.write(f"错误：{error.message}\n" + (f"建议：{error.advice}\n" if error.advice else ""))
    return 3 if isinstance(error, UnreadableInputError) else 2


def backup(arguments: list[str]) -> int:
    """Make a backup; 0 when everything is in it, 1 when files that rows name were missing or damaged."""
    parser = argparse.ArgumentParser(prog="dudao backup", description="备份平台的数据和文件。")
    parser.add_argument("target", nargs="?", default="", help="写到哪个文件，或哪个文件夹（文件名取当时的时间）")
    parser.add_argument("--keep", type=int, default=0, help="写好后，同一文件夹中只保留最近几份（默认全部保留）")
    parser.add_argument("--region", default="", help="只备份这一地区及下辖地区（行政区划代码）")
    parser.add_argument("--by", default="", help="谁要这份备份（账号）；与 --region 同用")
    chosen = parser.parse_args(arguments)
    django.setup()
    from django.conf import settings

    from dudao.web.backups.handing_over import ask_for_region
    from dudao.web.backups.restore import check
    from dudao.web.backups.take import take

    now = timezone.localtime()
    name = f"dudao-{chosen.region}-{now:%Y%m%d-%H%M%S}.zip" if chosen.region else now.strftime(NAME)
    try:
        if chosen.region:
            ask_for_region(by=chosen.by, region=chosen.region)
        target = _target(chosen.target, Path(settings.FILES_ROOT), name)
        taken = take(target, at=now, say=_say, region=chosen.region)
        check(taken.path, say=lambda _: None)  # read back from the disk: a backup that cannot be read is none
    except (DudaoError, DatabaseError) as error:
        return _told(error)
    for trouble in taken.troubles:
        sys.stderr.write(f"注意：{trouble}\n")
    _say(f"备份已写好并核对：{taken.path}（{taken.path.stat().st_size} 字节）")
    _say("密钥（DUDAO_SECRET_KEY 或 secret-key 文件）不在备份中，请另行保管。")
    if chosen.keep > 0:
        kept = f"dudao-{chosen.region}-" if chosen.region else "dudao-"
        for old in sorted(taken.path.parent.glob(f"{kept}????????-??????.zip"))[: -chosen.keep]:
            old.unlink()
            _say(f"已删除较早的备份：{old}")
    return 1 if taken.troubles else 0


def _target(given: str, home: Path, name: str) -> Path:
    if not given:
        return home / "backups" / name
    path = Path(given)
    return path / name if path.is_dir() or given.endswith("/") else path


def restore(arguments: list[str]) -> int:
    """Restore a backup into an empty place, or only prove it; 1 when it holds what was wrong before."""
    parser = argparse.ArgumentParser(prog="dudao restore", description="把备份恢复到空的平台。")
    parser.add_argument("source", help="备份文件")
    parser.add_argument("--check", action="store_true", help="只核对备份是否完好，不写入")
    chosen = parser.parse_args(arguments)
    django.setup()
    from dudao.web.backups import restore as restoring

    try:
        if chosen.check:
            restoring.check(Path(chosen.source), say=_say)
            _say("备份完好。")
            return 0
        troubles = restoring.restore(Path(chosen.source), say=_say)
    except (DudaoError, DatabaseError) as error:
        return _told(error)
    for trouble in troubles:
        sys.stderr.write(f"注意：{trouble}\n")
    _say("恢复完成。请启动平台，并用管理员账号登录核对。")
    return 1 if troubles else 0

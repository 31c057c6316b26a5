"""`python -m dudao.web`: what `dudao serve`, `manage`, `audit`, `backup`, `restore` run; the shell knows no Django."""

import os
import sys


def main(arguments: list[str]) -> int:
    """Run one of `serve`, `worker`, `manage`, `audit`, `backup`, `restore`, `demonstrate`; return its exit code.

    A setting that cannot be is told in its own sentence, and so is a database that does not answer or that nobody has
    set up; nothing else of the program runs then.
    """
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, ProgrammingError

    try:
        return _run(arguments)
    except ImproperlyConfigured as wrong:
        print(f"错误：{wrong}\n建议：运行 dudao doctor 查看全部设置。", file=sys.stderr)  # noqa: T201 - the shell's outer edge
        return 2
    except (OperationalError, ProgrammingError) as wrong:
        told = str(wrong).strip().splitlines() or [type(wrong).__name__]
        advice = "新的数据库先运行 dudao manage migrate；否则用 dudao doctor 检查数据库和磁盘。"
        print(f"错误：数据库不能使用：{told[0]}\n建议：{advice}", file=sys.stderr)  # noqa: T201 - the shell's outer edge
        return 2


def _run(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dudao.web.settings")
    command, *rest = arguments or ["help"]
    if command == "manage" and rest[:1] == ["createsuperuser"]:
        told = "createsuperuser 建立的账号没有任何角色。首位系统管理员请用：dudao manage first_administrator 账号"
        print(told, file=sys.stderr)  # noqa: T201 - the shell's outer edge
        return 2
    if command == "manage":
        from django.core.management import execute_from_command_line

        execute_from_command_line(["dudao manage", *rest])
        return 0
    from dudao.web.backups.commands import backup, restore
    from dudao.web.running import audit_verify, demonstrate, doctor, serve, worker

    actions = {
        "serve": serve,
        "worker": worker,
        "audit": audit_verify,
        "backup": backup,
        "restore": restore,
        "demonstrate": demonstrate,
        "doctor": doctor,
    }
    if command not in actions:
        print(f"没有命令“{command}”。可用：serve、worker、manage、audit、backup、restore。", file=sys.stderr)  # noqa: T201 - the shell's outer edge
        return 2
    try:
        return actions[command](rest)
    except BrokenPipeError:  # whoever read the output has gone away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

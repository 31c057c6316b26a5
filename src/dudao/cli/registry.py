"""Which commands there are: one line each, so that `dudao --help` need not import what they stand on.

The module of a command offers `app`, a Typer; with a single function it is the command itself, with several
it is a group (`dudao scheme list`). Command modules import their heavy parts inside the functions.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """A command: its name, the module under `dudao.cli.commands`, and the line that `--help` shows."""

    name: str
    module: str
    summary: str


COMMANDS: tuple[CommandEntry, ...] = (
    CommandEntry("demo", "demo", "演示：打印两个地区的评分表，建立并启动演示平台。"),
    CommandEntry("check", "check", "核验报告或自评表中的数字：逐一重算，在原处指出对不上的地方。"),
    CommandEntry("read", "read", "读出文件的文字、标题、表格、自评表和引用的文件。"),
    CommandEntry("scheme", "scheme", "列出、查看、检查、比较、导入评价方案。"),
    CommandEntry("score", "score", "按方案评分：每一分的依据、缺什么、怎样挽回失分。"),
    CommandEntry("balance", "balance", "由学校数据表计算均衡指标、差异系数和达标情况。"),
    CommandEntry("serve", "serve", "启动平台，在浏览器里填报、汇总、报送。"),
    CommandEntry("worker", "worker", "执行后台任务：导入、推演、邮件等；dudao serve 自带一个。"),
    CommandEntry("manage", "manage", "平台的维护命令：migrate、first_administrator 等。"),
    CommandEntry("audit", "audit", "审计日志：verify 校验是否完整。"),
    CommandEntry("backup", "backup", "备份平台的数据和文件，使用中也可以。"),
    CommandEntry("restore", "restore", "把备份恢复到空的平台，并逐项核对。"),
    CommandEntry("doctor", "doctor", "检查本机环境，并说明缺什么、怎么补。"),
)

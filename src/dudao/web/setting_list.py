"""Every setting that an installation may make in its environment: the one list, for reading and for the reference."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """A variable of the environment: its name, its default as written, what it means, its group.

    A secret may stand in a file instead, which a variable of the same name with `_FILE` names.
    """

    name: str
    default: str
    meaning: str
    group: str
    secret: bool = False


_BASE, _SAFE, _FILES, _TELL, _WORK = "基本", "安全", "文件与上限", "通知与邮件", "运行与监控"

SETTINGS: tuple[Setting, ...] = (
    Setting("DUDAO_HOME", "", "数据文件夹：数据库、佐证材料、密钥；不写时是用户的数据目录", _BASE),
    Setting(
        "DATABASE_URL",
        "",
        "`postgres://用户:密码@主机:5432/库名`（加密另加 `?sslmode=verify-full&sslrootcert=证书`；"
        "本机套接字写 `postgres://用户@%2Fvar%2Frun%2Fpostgresql/库名`）"
        "或 `sqlite:///路径`；不写时用数据文件夹中的 SQLite",
        _BASE,
        True,
    ),
    Setting("DUDAO_HOSTS", "127.0.0.1,localhost,[::1]", "回应的域名和地址，用逗号分开", _BASE),
    Setting("DUDAO_ADDRESS", "", "用户打开平台的网址，写进邮件和通知的链接；不写时不带链接", _BASE),
    Setting("DUDAO_PACKS", "", "自备方案包的文件夹，多个用系统的路径分隔符分开", _BASE),
    Setting("DUDAO_DEMO", "0", "1：演示。显示账号，邮件只打印，不用于正式数据", _BASE),
    Setting("DUDAO_DEMO_SERVE", "", "`dudao demo` 建好后是否启动：0 或 1；不写时只在终端里启动", _BASE),
    Setting("DUDAO_SECRET_KEY", "", "签名用的密钥，至少 32 个字；不写时在数据文件夹里生成一次", _SAFE, True),
    Setting("DUDAO_TLS", "0", "1：在 https 代理之后。使用安全 Cookie 和 HSTS", _SAFE),
    Setting(
        "DUDAO_PROXIES",
        "",
        "可信代理的地址或网段，用逗号分开；只相信它们转来的来源地址。`DUDAO_TLS=1` 时默认本机",
        _SAFE,
    ),
    Setting(
        "DUDAO_SECOND_FACTOR",
        "1",
        "必须用动态验证码的角色：1 管理员，可在逗号后另加角色；all 全部；0 都不必。演示默认 0",
        _SAFE,
    ),
    Setting("DUDAO_API_PER_MINUTE", "300", "一个令牌每分钟的请求数，由每个服务进程各自计数", _SAFE),
    Setting("DUDAO_SCANNER", "", "病毒扫描函数 `(bytes, str) -> str` 的完整名称，返回威胁名，空为无", _SAFE),
    Setting("DUDAO_FILES", "", "`s3://账号:密钥@主机:9000/桶名`：文件放在对象存储；不写时在数据文件夹", _FILES, True),
    Setting("DUDAO_UPLOAD_MB", "100", "一个上传文件的上限（MB）", _FILES),
    Setting("DUDAO_UPLOAD_REQUEST_MB", "500", "一次上传合计的上限（MB）", _FILES),
    Setting("DUDAO_UPLOAD_COUNT", "50", "一次上传的文件数", _FILES),
    Setting("DUDAO_CHECK_MB", "20", "接口核验的文件上限（MB）", _FILES),
    Setting("DUDAO_CHECK_DAYS", "365", "删除的核验报告多少天后彻底清除；0 不清除", _FILES),
    Setting("DUDAO_REGION_GB", "20", "一个地区的材料总量（GB，含历次版本）", _FILES),
    Setting("DUDAO_REGION_FILES", "20000", "一个地区的材料份数", _FILES),
    Setting(
        "DUDAO_MAIL",
        "",
        "`smtp://用户:密码@主机:25`（加密另加 `?starttls=1`）或 `smtps://…:465`；不写时不发邮件",
        _TELL,
        True,
    ),
    Setting("DUDAO_MAIL_FROM", "dudao@localhost", "发件人", _TELL),
    Setting("DUDAO_ROBOTS", "", "群机器人，YAML 或 JSON；不写时没有", _TELL, True),
    Setting("DUDAO_OUTGOING_ALLOWED", "", "群机器人可用的内网网段，用逗号分开", _TELL),
    Setting("DUDAO_NOTICES_KEPT_DAYS", "365", "已读通知保留的天数", _TELL),
    Setting("DUDAO_JOB_PATIENCE", "60", "后台程序多少秒没有动静，它的任务由别的后台程序接手", _WORK),
    Setting("DUDAO_JOBS_KEPT_DAYS", "180", "结束的后台任务保留的天数", _WORK),
    Setting("DUDAO_LOG_FORMAT", "text", "日志的写法：text 每条一行文字，json 每条一行 JSON", _WORK),
    Setting("DUDAO_LOG_LEVEL", "INFO", "日志的最低级别：DEBUG、INFO、WARNING、ERROR；演示默认 WARNING", _WORK),
    Setting("DUDAO_METRICS_FROM", "127.0.0.1,::1", "可读取 `/metrics` 和就绪详情的地址或网段，用逗号分开", _WORK),
    Setting("DUDAO_METRICS_TOKEN", "", "读取 `/metrics` 的口令，以 `Authorization: Bearer 口令` 发送", _WORK, True),
    Setting("DUDAO_DISK_MB", "500", "数据文件夹的剩余空间低于此数（MB）时不再就绪", _WORK),
    Setting("DUDAO_STOP_SECONDS", "30", "停止时等待手上请求的最长秒数", _WORK),
)

KNOWN: dict[str, Setting] = {setting.name: setting for setting in SETTINGS}

"""The settings: names that nobody reads, choices that a real installation does not make, the built pages."""

import difflib
import os
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings

from dudao.web.operation.doctor.model import Check, fine, worth_a_look, wrong
from dudao.web.proxies import LOOPBACK, within
from dudao.web.setting_list import KNOWN
from dudao.web.uploads.inspection import scan

_MAIL_SECONDS = 5
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})


def configuration(environment: Mapping[str, str] = os.environ) -> Iterator[Check]:
    """Yield what is to say of the settings, one check a concern."""
    yield _names(environment)
    yield _hosts()
    yield _tls()
    yield _second_factor()
    if settings.DEMO:
        yield worth_a_look("演示", "DUDAO_DEMO=1：账号和密码是公开的", "正式使用时去掉 DUDAO_DEMO，另用数据文件夹。")
    yield _mail()
    if settings.UPLOAD_SCANNER:
        yield _scanner()
    yield _pages()


def _names(environment: Mapping[str, str]) -> Check:
    readable = {*KNOWN, *(f"{name}_FILE" for name, setting in KNOWN.items() if setting.secret)}
    unknown = sorted(name for name in environment if name.startswith("DUDAO_") and name not in readable)
    if not unknown:
        return fine("设置", "名称都认得")
    told = []
    for name in unknown:
        near = difflib.get_close_matches(name, readable, n=1)
        told.append(f"{name}（是否 {near[0]}？）" if near else name)
    return wrong("设置", f"没有这些设置：{'、'.join(told)}", "改正或删去；全部设置见 docs/reference/settings.md。")


def _hosts() -> Check:
    if "*" in settings.ALLOWED_HOSTS:
        return wrong("域名", "DUDAO_HOSTS 含 *，回应任何域名", "写上服务器自己的域名和地址。")
    return fine("域名", "、".join(settings.ALLOWED_HOSTS))


def _tls() -> Check:
    outside = [host for host in settings.ALLOWED_HOSTS if host not in _LOCAL and not within(host, LOOPBACK)]
    if settings.TLS:
        return fine("https", "在 https 代理之后")
    if not outside:
        return fine("https", "只在本机使用")
    told = f"{'、'.join(outside)} 以 http 提供，密码和内容在网络上可被看到"
    return worth_a_look("https", told, "按 docs/how-to/deploy.md 由 nginx 提供 https，再设 DUDAO_TLS=1。")


def _second_factor() -> Check:
    if settings.SECOND_FACTOR_ROLES or settings.DEMO:
        return fine("动态验证码", f"{len(settings.SECOND_FACTOR_ROLES)} 种角色必须使用")
    return worth_a_look("动态验证码", "没有角色必须使用", "去掉 DUDAO_SECOND_FACTOR=0，管理员就必须使用。")


def _mail() -> Check:
    if settings.DEMO:
        return fine("邮件", "演示：只打印")
    if settings.MAIL_CONFIGURED:
        place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        try:
            socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), timeout=_MAIL_SECONDS).close()
        except OSError as error:
            told = f"{place} 连不上（{error.strerror or type(error).__name__}），邮件会等着重发"
            return wrong("邮件", told, "检查 DUDAO_MAIL 的主机和端口、网络和防火墙。")
        if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
            told = f"{place} 连得上；发件人是 {settings.DEFAULT_FROM_EMAIL}，多数邮件服务器不收"
            return worth_a_look("邮件", told, "用 DUDAO_MAIL_FROM 写明本单位的邮箱。")
        if not settings.ADDRESS:
            return worth_a_look("邮件", f"{place} 连得上；邮件里没有链接", "用 DUDAO_ADDRESS 写明平台的网址。")
        return fine("邮件", f"{place}，连得上")
    return worth_a_look("邮件", "没有设置，不发邮件", "需要时设 DUDAO_MAIL=smtp://用户:密码@主机:25。")


def _scanner() -> Check:
    """Try the scanner on a text without a threat: one that fails refuses every upload."""
    try:
        threat = scan(settings.UPLOAD_SCANNER, "没有病毒的文字".encode(), "试.txt")
    except Exception as error:  # whatever somebody else's function raises
        told = f"{settings.UPLOAD_SCANNER} 不能用（{type(error).__name__}: {error}），什么也传不上来"
        return wrong("病毒扫描", told, "改正 DUDAO_SCANNER：函数的完整名称，(bytes, str) -> str。")
    if threat:
        told = f"{settings.UPLOAD_SCANNER} 把一段普通文字说成“{threat}”"
        return wrong("病毒扫描", told, "检查扫描程序；没有威胁时须返回空文字。")
    return fine("病毒扫描", f"{settings.UPLOAD_SCANNER} 能用")


def _pages() -> Check:
    built = Path(settings.BASE) / "static" / "vendor" / "tabler.min.css"
    if built.exists():
        return fine("页面部件", "已生成")
    return wrong("页面部件", "没有样式和图标", "在源代码目录运行 make assets，或重新安装离线安装包。")

"""Settings from the environment; secrets only from the environment or a file, never from the code.

Every variable: `setting_list.py`, and for people docs/reference/settings.md.
"""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from dudao.web.database import database_settings
from dudao.web.environment import (
    given,
    key_not_guessed,
    mail_settings,
    networks_of,
    number,
    object_storage,
    one_of,
    second_factor_roles,
    switched_on,
    web_address,
)
from dudao.web.logs import LEVELS, logging_settings
from dudao.web.proxies import LOOPBACK
from dudao.web.robot_settings import networks, robots

BASE = Path(__file__).resolve().parent
_DATA = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
HOME = Path(given("DUDAO_HOME") or _DATA / "dudao")


def _secret_key() -> str:
    key = given("DUDAO_SECRET_KEY")
    if key:
        return key_not_guessed(key)
    try:
        return _own_key(HOME / "secret-key")
    except OSError as error:
        raise ImproperlyConfigured(f"数据文件夹 {HOME} 不能用：{error.strerror}。DUDAO_HOME 指明它在哪里。") from error


def _own_key(path: Path) -> str:
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True, mode=0o700)  # nobody else on the machine reads it
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(60))
    return path.read_text().strip()


SECRET_KEY = _secret_key()
DEMO = switched_on("DUDAO_DEMO")
TLS = switched_on("DUDAO_TLS")
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in given("DUDAO_HOSTS").split(",") if host.strip()]
PROXIES = networks_of("DUDAO_PROXIES") or (LOOPBACK if TLS else ())

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "treebeard",
    "django_tasks",
    "django_tasks_db",
    "dudao.web.audit",
    "dudao.web.people",
    "dudao.web.background",
    "dudao.web.evaluations",
    "dudao.web.schools",
    "dudao.web.evidence",
    "dudao.web.document_checks",
    "dudao.web.publications",
    "dudao.web.notices",
    "dudao.web.search",
    "dudao.web.help",
    "dudao.web.dashboards",
    "dudao.web.api",
]

MIDDLEWARE = [
    "dudao.web.proxies.TrustedProxies",
    "dudao.web.requests.RequestIdentity",
    "dudao.web.logs.RequestLog",
    "dudao.web.measures.Measured",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dudao.web.api.problems.ProblemAnswers",
    "dudao.web.security.SafeHeaders",
    "dudao.web.security.WithoutNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dudao.web.people.languages.ChosenLanguage",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dudao.web.people.middleware.SignedIn",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "dudao.web.urls"
WSGI_APPLICATION = "dudao.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "dudao.web.quick_templates.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dudao.web.dashboards.navigation.shell",
            ],
            "builtins": [
                "dudao.web.templatetags.display",
                "dudao.web.templatetags.workbench_bars",
                "dudao.web.templatetags.balance_marks",
            ],
        },
    }
]

DATABASES = {"default": database_settings(given("DATABASE_URL"), HOME)}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "quick", "long"]}}
JOB_PATIENCE = float(number("DUDAO_JOB_PATIENCE", least=1))
JOBS_KEPT_DAYS = number("DUDAO_JOBS_KEPT_DAYS")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "dudao.web.people.accounts.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "dudao.web.people.password_words.OtherThanTheFieldsWords"},
]
PASSWORD_HASHERS = [f"dudao.web.people.hashers.{'Demonstration' if DEMO else 'Bounded'}Hasher"]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "dashboards:home"
LOGOUT_REDIRECT_URL = "people:sign_in"

AXES_HANDLER = "dudao.web.people.lockout.Handler"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_LOCKOUT_CALLABLE = "dudao.web.people.sign_in.locked_out"
AXES_VERBOSE = False

_ASKED = os.environ.get("DUDAO_SECOND_FACTOR") or ("0" if DEMO else given("DUDAO_SECOND_FACTOR"))
SECOND_FACTOR_ROLES = second_factor_roles(_ASKED)
OTP_TOTP_ISSUER = "dudao"
SESSION_IDLE_SECONDS = 2 * 60 * 60

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # so many that nobody pushes the counts of his own tries out by making others
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # words about people stay out of cookies

SESSION_ENGINE = "dudao.web.people.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "dudao.web.people.lost_session.token_refused"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = TLS
SESSION_COOKIE_NAME = "__Host-session" if TLS else "sessionid"  # the name itself keeps it to this host and to https
LANGUAGE_COOKIE_NAME = "__Host-language" if TLS else "django_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
SECURE_HSTS_SECONDS = 31536000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise looks here before the folders of the apps
STATICFILES_DIRS = [BASE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
FILES_ROOT = HOME
OBJECT_STORAGE = object_storage(given("DUDAO_FILES"))
_MEGABYTE = 1024 * 1024
UPLOAD_LIMIT = number("DUDAO_UPLOAD_MB", least=1) * _MEGABYTE
UPLOAD_REQUEST_LIMIT = number("DUDAO_UPLOAD_REQUEST_MB", least=1) * _MEGABYTE
UPLOAD_COUNT = number("DUDAO_UPLOAD_COUNT", least=1)
UPLOAD_SCANNER = given("DUDAO_SCANNER")
CHECK_LIMIT = number("DUDAO_CHECK_MB", least=1) * _MEGABYTE
API_PER_MINUTE = number("DUDAO_API_PER_MINUTE", least=1)
EVIDENCE_REGION_LIMIT = number("DUDAO_REGION_GB", least=1) * 1024 * _MEGABYTE
EVIDENCE_REGION_COUNT = number("DUDAO_REGION_FILES", least=1)
CHECK_DAYS = number("DUDAO_CHECK_DAYS")
FILE_UPLOAD_HANDLERS = [
    "dudao.web.uploads.handlers.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
_MAIL = mail_settings(given("DUDAO_MAIL"))
MAIL_CONFIGURED = bool(_MAIL)
EMAIL_HOST = _MAIL.get("host", "localhost")
EMAIL_PORT = _MAIL.get("port", 25)
EMAIL_HOST_USER = _MAIL.get("user", "")
EMAIL_HOST_PASSWORD = _MAIL.get("password", "")
EMAIL_USE_SSL = _MAIL.get("tls", False)
EMAIL_USE_TLS = _MAIL.get("starttls", False)
EMAIL_TIMEOUT = 10
MAIL_SENT = MAIL_CONFIGURED or DEMO
ADDRESS = web_address("DUDAO_ADDRESS")
NOTICES_KEPT_DAYS = number("DUDAO_NOTICES_KEPT_DAYS")
ROBOTS = robots(given("DUDAO_ROBOTS"), "")
OUTGOING_ALLOWED = networks(given("DUDAO_OUTGOING_ALLOWED"))
DEFAULT_FROM_EMAIL = given("DUDAO_MAIL_FROM")
EMAIL_BACKEND = (
    "django.core.mail.backends.console.EmailBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
)
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]  # set by DUDAO_TLS

LOGGING = logging_settings(
    one_of("DUDAO_LOG_FORMAT", ("text", "json")),
    "WARNING" if DEMO and "DUDAO_LOG_LEVEL" not in os.environ else one_of("DUDAO_LOG_LEVEL", LEVELS),
)
METRICS_FROM = networks_of("DUDAO_METRICS_FROM")
METRICS_TOKEN = given("DUDAO_METRICS_TOKEN")
DISK_FLOOR = number("DUDAO_DISK_MB") * _MEGABYTE
STOP_SECONDS = number("DUDAO_STOP_SECONDS", least=1)

"""Settings from the environment; secrets only from the environment or a file, never from the code.

DUDAO_HOME        folder of database, evidence files and exports (default: the user's data folder)
DATABASE_URL      postgres://user:password@host:port/name; without it SQLite in DUDAO_HOME
DUDAO_FILES       s3://key:secret@host:port/bucket for evidence and other files in an object store (?tls=1, ?region=…);
                  without it they lie in DUDAO_HOME
DUDAO_SECRET_KEY  or DUDAO_SECRET_KEY_FILE; without either a key is made once in DUDAO_HOME (readable by the owner only)
DUDAO_HOSTS       names and addresses the server answers to, separated by commas
DUDAO_TLS         1 behind a proxy that speaks https: secure cookies and HSTS
DUDAO_SECOND_FACTOR  who must use a second factor (others may): 1 administrators (the default but for the
                  demonstration), more roles by name after commas; 0 nobody
DUDAO_MAIL        smtp://user:password@host:port (smtps:// for TLS from the start); without it no mail is sent
DUDAO_MAIL_FROM   sender of the mails
DUDAO_ADDRESS     where people open the platform, e.g. https://dudao.example.gov.cn; without it mails carry no links
DUDAO_ROBOTS, DUDAO_ROBOTS_FILE  robots of group chats as YAML or JSON, or the file that holds them; none by default
DUDAO_OUTGOING_ALLOWED  networks that a robot's address may lie in although they are not public, after commas
DUDAO_NOTICES_KEPT_DAYS days that read notices stay (365)
DUDAO_UPLOAD_MB, DUDAO_UPLOAD_REQUEST_MB, DUDAO_UPLOAD_COUNT
                  largest file, largest request and most files of one request (100, 500, 50)
DUDAO_REGION_GB, DUDAO_REGION_FILES
                  how much evidence one region may keep, and how many pieces (20, 20000)
DUDAO_CHECK_DAYS  after how many days removed reports of document checks go for good (365; 0: never)
DUDAO_SCANNER     dotted name of a function `(bytes, str) -> str` that answers a threat's name, "" for none
DUDAO_JOB_PATIENCE   seconds without a sign of life after which a worker's job is taken up by another (60)
DUDAO_JOBS_KEPT_DAYS days that finished background jobs stay in the list (180)
DUDAO_CHECK_MB    largest document that the API checks (20)
DUDAO_API_PER_MINUTE  requests of one token in a minute, counted in each process (300)
DUDAO_DEMO        1 for the demonstration: accounts are shown, mail goes to the console
"""

import os
import secrets
from pathlib import Path

from dudao.web.database import database_settings
from dudao.web.environment import mail_settings, object_storage, second_factor_roles
from dudao.web.robot_settings import networks, robots

BASE = Path(__file__).resolve().parent
_DATA = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
HOME = Path(os.environ.get("DUDAO_HOME") or _DATA / "dudao")


def _secret_key() -> str:
    given = os.environ.get("DUDAO_SECRET_KEY")
    if given:
        return given
    named = os.environ.get("DUDAO_SECRET_KEY_FILE")
    path = Path(named) if named else HOME / "secret-key"
    if not path.exists() and not named:
        HOME.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(60))
    return path.read_text().strip()


SECRET_KEY = _secret_key()
DEMO = os.environ.get("DUDAO_DEMO") == "1"
TLS = os.environ.get("DUDAO_TLS") == "1"
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("DUDAO_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]

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
    "dudao.web.dashboards",
    "dudao.web.api",
]

MIDDLEWARE = [
    "dudao.web.requests.RequestIdentity",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dudao.web.api.problems.ProblemAnswers",
    "dudao.web.security.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
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
        "APP_DIRS": True,
        "OPTIONS": {
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

DATABASES = {"default": database_settings(os.environ.get("DATABASE_URL"), HOME)}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "quick", "long"]}}
JOB_PATIENCE = float(os.environ.get("DUDAO_JOB_PATIENCE", "60"))
JOBS_KEPT_DAYS = int(os.environ.get("DUDAO_JOBS_KEPT_DAYS", "180"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if DEMO:
    PASSWORD_HASHERS = ["dudao.web.people.hashers.DemonstrationHasher"]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "dashboards:home"
LOGOUT_REDIRECT_URL = "people:sign_in"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_LOCKOUT_CALLABLE = "dudao.web.people.sign_in.locked_out"
AXES_VERBOSE = False

SECOND_FACTOR_ROLES = second_factor_roles(os.environ.get("DUDAO_SECOND_FACTOR", "" if DEMO else "1"))
OTP_TOTP_ISSUER = "dudao"
SESSION_IDLE_SECONDS = 2 * 60 * 60

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "dudao.web.people.lost_session.token_refused"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SECURE_HSTS_SECONDS = 31536000 if TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
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
OBJECT_STORAGE = object_storage(os.environ.get("DUDAO_FILES", ""))
_MEGABYTE = 1024 * 1024
UPLOAD_LIMIT = int(os.environ.get("DUDAO_UPLOAD_MB", "100")) * _MEGABYTE
UPLOAD_REQUEST_LIMIT = int(os.environ.get("DUDAO_UPLOAD_REQUEST_MB", "500")) * _MEGABYTE
UPLOAD_COUNT = int(os.environ.get("DUDAO_UPLOAD_COUNT", "50"))
UPLOAD_SCANNER = os.environ.get("DUDAO_SCANNER", "")
CHECK_LIMIT = int(os.environ.get("DUDAO_CHECK_MB", "20")) * _MEGABYTE
API_PER_MINUTE = int(os.environ.get("DUDAO_API_PER_MINUTE", "300"))
EVIDENCE_REGION_LIMIT = int(os.environ.get("DUDAO_REGION_GB", "20")) * 1024 * _MEGABYTE
EVIDENCE_REGION_COUNT = int(os.environ.get("DUDAO_REGION_FILES", "20000"))
CHECK_DAYS = int(os.environ.get("DUDAO_CHECK_DAYS", "365"))
FILE_UPLOAD_HANDLERS = [
    "dudao.web.uploads.handlers.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
_MAIL = mail_settings(os.environ.get("DUDAO_MAIL", ""))
MAIL_CONFIGURED = bool(_MAIL)
EMAIL_HOST = _MAIL.get("host", "localhost")
EMAIL_PORT = _MAIL.get("port", 25)
EMAIL_HOST_USER = _MAIL.get("user", "")
EMAIL_HOST_PASSWORD = _MAIL.get("password", "")
EMAIL_USE_SSL = _MAIL.get("tls", False)
EMAIL_TIMEOUT = 10
MAIL_SENT = MAIL_CONFIGURED or DEMO
ADDRESS = os.environ.get("DUDAO_ADDRESS", "").rstrip("/")
NOTICES_KEPT_DAYS = int(os.environ.get("DUDAO_NOTICES_KEPT_DAYS", "365"))
ROBOTS = robots(os.environ.get("DUDAO_ROBOTS", ""), os.environ.get("DUDAO_ROBOTS_FILE", ""))
OUTGOING_ALLOWED = networks(os.environ.get("DUDAO_OUTGOING_ALLOWED", ""))
DEFAULT_FROM_EMAIL = os.environ.get("DUDAO_MAIL_FROM") or "dudao@localhost"
EMAIL_BACKEND = (
    "django.core.mail.backends.console.EmailBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
)
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]  # set by DUDAO_TLS

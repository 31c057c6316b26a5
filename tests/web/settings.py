"""Settings of the tests: the platform's own, with quick passwords, and the database that the tests are given."""

import os
import tempfile
from pathlib import Path

os.environ["DUDAO_HOME"] = tempfile.mkdtemp(prefix="dudao-tests-")
os.environ.setdefault("DUDAO_SECRET_KEY", "only-for-tests-and-never-for-anything-else")

from dudao.web.database import database_settings
from dudao.web.settings import *  # noqa: F403 - the platform's own settings, after its folder is set

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES = {"default": database_settings(os.environ.get("DATABASE_URL"), Path(os.environ["DUDAO_HOME"]))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # in a file as in real life: threads of a server that share a database in memory lock each other out
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["DUDAO_HOME"]) / "tests.sqlite3")}
SECOND_FACTOR_ROLES = frozenset()  # tests of the second factor say themselves who must use it
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

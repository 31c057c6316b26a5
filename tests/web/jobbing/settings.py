"""The platform's settings in the folder and on the database of the environment, with the jobs of the tests."""

from dudao.web.settings import *  # noqa: F403 - the platform's own

INSTALLED_APPS += ["tests.web.jobbing"]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

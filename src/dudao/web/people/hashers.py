"""How passwords of the demonstration are kept: they are printed for everybody, so slowness protects nothing there."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class DemonstrationHasher(PBKDF2PasswordHasher):
    """Django's own way with few rounds; never used outside the demonstration."""

    algorithm = "pbkdf2_sha256_demonstration"
    iterations = 1000

"""Words of this field that make a password easy to guess: everybody here thinks of them first."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS = ("dudao", "jiaoyu", "jiaoyuju", "caizheng", "zhengfu", "mima", "password", "admin", "welcome", "liaoning")
_LEAST = 3
"""Letters that must be left when the words are taken out."""
_OTHER_SIGNS = re.compile(r"[^a-z]+")


class OtherThanTheFieldsWords:
    """Refuses passwords that are one of these words with digits and signs around it."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError where nothing is left beside the words."""
        left = _OTHER_SIGNS.sub("", password.lower().replace("@", "a").replace("0", "o").replace("1", "i"))
        for word in sorted(WORDS, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < _LEAST and password.isascii():
            raise ValidationError(self.get_help_text(), code="password_of_the_field")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("不能只是“督导”“教育”“密码”一类词的拼音加数字、符号。")

"""A client of the API with the token of a person, for tests."""

import json
from collections.abc import Iterable
from typing import Any

from django.test import Client

from dudao.web.people.actions import tokens
from dudao.web.people.models import User
from dudao.web.people.scopes import Scope
from tests.web.conftest import PASSWORD

EVERY = tuple(Scope)


def secret_of(user: User, scopes: Iterable[str] = EVERY, days: int = 30) -> str:
    return tokens.create(by=user, name="测试", scopes=scopes, days=days, password=PASSWORD).secret


class ApiClient:
    """Speaks JSON below /api/v1 with a token."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.client = Client(raise_request_exception=False)

    def request(self, method: str, path: str, content: Any = None, **headers: str) -> Any:
        given = {
            "Authorization": f"Bearer {self.secret}",
            **{name.replace("_", "-"): text for name, text in headers.items()},
        }
        body = b"" if content is None else json.dumps(content).encode()
        return self.client.generic(method, f"/api/v1{path}", body, content_type="application/json", headers=given)

    def get(self, path: str, **headers: str) -> Any:
        return self.request("GET", path, **headers)

    def put(self, path: str, content: Any, **headers: str) -> Any:
        return self.request("PUT", path, content, **headers)

    def post(self, path: str, content: Any, **headers: str) -> Any:
        return self.request("POST", path, content, **headers)

    def send(self, path: str, fields: dict[str, Any], **headers: str) -> Any:
        """Post a form with files."""
        given = {
            "Authorization": f"Bearer {self.secret}",
            **{name.replace("_", "-"): text for name, text in headers.items()},
        }
        return self.client.post(f"/api/v1{path}", fields, headers=given)


def client_of(user: User, scopes: Iterable[str] = EVERY) -> ApiClient:
    return ApiClient(secret_of(user, scopes))

"""A server on the loopback that notes what it is asked and answers as told."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """What a server was asked, and the address to ask."""

    port: int = 0
    paths: list[str] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


Respond = Callable[[BaseHTTPRequestHandler], None]


def says(content: object, status: int = 200, **headers: str) -> Respond:
    """An answer of one JSON value."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        raw = json.dumps(content).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(raw)))
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(raw)

    return respond


@contextmanager
def listening(respond: Respond) -> Iterator[Asked]:
    """Listen for as long as the block lasts."""
    asked = Asked()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.paths.append(self.path)
            asked.hosts.append(self.headers["Host"])
            asked.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            respond(self)

        def do_GET(self) -> None:
            asked.paths.append(self.path)
            respond(self)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """The other side may go away at any time."""

    server = Server(("127.0.0.1", 0), Handler)
    asked.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

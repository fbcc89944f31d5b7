"""Another system on this machine, told by webhooks: it answers as it is told and believes only what is signed."""

import base64
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

SECRET = "whsec_" + base64.b64encode(b"a key of thirty-two bytes, yes!!").decode()
OLD_SECRET = "whsec_" + base64.b64encode(b"the key from before this one....").decode()

Conduct = Callable[[BaseHTTPRequestHandler, threading.Event], None]


class Receiver:
    """What came in, in order; `applied` holds, by webhook id, what was signed with the secret it knows."""

    def __init__(self, conducts: Sequence[int | Conduct], secret: str) -> None:
        self.conducts = list(conducts)
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.applied: dict[str, Any] = {}
        self.refused: list[str] = []
        self.port = 0
        self._secret = secret

    def take(self, path: str, headers: dict[str, str], body: bytes) -> int | Conduct:
        """Note a request and return how to answer it: the next of the conducts, the last one for ever."""
        self.requests.append((path, headers, body))
        try:
            self.applied.setdefault(headers["webhook-id"], Webhook(self._secret).verify(body, headers))
        except WebhookVerificationError as error:
            self.refused.append(str(error))
        return self.conducts.pop(0) if len(self.conducts) > 1 else self.conducts[0]


@contextmanager
def receiving(*conducts: int | Conduct, secret: str = SECRET, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Run a receiver on a free port; a status answers with it, a function does as it likes until it is told to end."""
    receiver, is_over = Receiver(conducts or [200], secret), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            conduct = receiver.take(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            if callable(conduct):
                conduct(self, is_over)
                return
            self.send_response(conduct)
            if 300 <= conduct < 400:
                self.send_header("Location", f"http://127.0.0.1:{receiver.port}/moved")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        is_over.set()
        server.shutdown()
        server.server_close()
        thread.join()

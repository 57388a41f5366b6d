"""What every response carries and every request must satisfy, as plain ASGI: no request is held up for it."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Adds HEADERS to every response that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class TrustedHosts:
    """Hands requests for other hosts to `refusal`: a page elsewhere whose name is made to point here gets nothing.

    Host names are compared without port, in lower case; "*" trusts any.
    """

    def __init__(self, app: ASGIApp, *, hosts: Collection[str], refusal: ASGIApp) -> None:
        self._app, self._refusal = app, refusal
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        trusted = scope["type"] == "lifespan" or "*" in self._hosts or _host(Headers(scope=scope)) in self._hosts
        await (self._app if trusted else self._refusal)(scope, receive, send)


def _host(headers: Headers) -> str:
    """The host a request is addressed to, without port: "[::1]:8000" → "[::1]"."""
    host = headers.get("host", "").lower()
    name, bracket, _ = host.partition("]")
    return f"{name}]" if bracket else host.partition(":")[0]

"""`cancu serve`: the answers over HTTP."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from typing import Annotated

import typer

from api.commands.options import DEFAULT_STORE, StoreOption, reading
from api.render import clean, console
from api.settings import HOSTS_VARIABLE, LOOPBACK, TOKEN_VARIABLE, Settings
from graph.errors import CancuError

ANY = ("0.0.0.0", "::")  # noqa: S104  (compared with, not bound to)


def serve(
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = LOOPBACK[0],
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    allowed: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host",
            envvar=HOSTS_VARIABLE,
            help="A host name under which people reach the service, besides the address; may be repeated.",
        ),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Serve pages and the REST interface until interrupted; by default to this machine alone."""
    import uvicorn  # the other commands need not wait for the web libraries

    from api.app import create_app

    with reading(store) as view:
        view.counts()  # a store that cannot be read is told now, not to the first visitor
    token = os.environ.get(TOKEN_VARIABLE) or None
    app = create_app(Settings(store=store, hosts=_hosts(host, allowed or []), token=token))
    with _listening(host, port) as listener:
        address = _address(host, listener.getsockname()[1])
        out = console()
        out.print(f"Pages:  {address}/", soft_wrap=True)
        out.print(f"REST:   {address}/docs", soft_wrap=True)
        out.print("Stop with Ctrl-C.", soft_wrap=True)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run([listener])


def _hosts(host: str, allowed: list[str]) -> tuple[str, ...]:
    own = () if host in ANY else (_bracketed(host),)
    return (*LOOPBACK, *own, *allowed)


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises CancuError."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        message = f"cannot listen on {clean(host)} port {port}: {error.strerror}"
        raise CancuError(message, remedy="give another --port, or 0 for any that is free") from error


def _address(host: str, port: int) -> str:
    return f"http://{_bracketed(LOOPBACK[0] if host in ANY else host)}:{port}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host

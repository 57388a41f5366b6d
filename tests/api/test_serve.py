from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest
from typer.testing import CliRunner

from api.cli import app

COMMAND = [sys.executable, "-c", "from api.cli import main; main()", "serve"]


@contextmanager
def serving(*arguments, **variables):
    environment = {**os.environ, **variables}
    process = subprocess.Popen(
        [*COMMAND, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        told = process.stdout.readline()
        match = re.fullmatch(r"Pages: +http://(.+):(\d+)/\n", told)
        assert match, (told, process.poll() and process.stderr.read())
        yield process, match[1], int(match[2])
    finally:
        process.kill()
        process.communicate()


def status_of(host, port, path, name):
    connection = HTTPConnection(host, port, timeout=20)
    connection.request("GET", path, headers={"Host": name})
    status = connection.getresponse().status
    connection.close()
    return status


def test_it_serves_where_it_says_for_the_hosts_it_knows_until_interrupted(demo_store):
    with serving("--port", "0", "--allow-host", "plans.example", "--store", demo_store) as (process, host, port):
        assert host == "127.0.0.1"
        asked = {
            name: status_of(host, port, "/readyz", name) for name in (f"{host}:{port}", "plans.example", "x.example")
        }
        assert list(asked.values()) == [200, 200, 400]
        assert status_of(host, port, "/documents/33.ct-ttg~2021", host) == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert "Traceback" not in process.stderr.read()


def test_the_environment_names_the_store_and_the_hosts(demo_store):
    variables = {"CANCU_STORE": demo_store, "CANCU_ALLOWED_HOSTS": "one.example two.example"}
    with serving("--port", "0", **variables) as (_, host, port):
        names = ("one.example", "two.example", "localhost", "three.example")
        assert [status_of(host, port, "/readyz", name) for name in names] == [200, 200, 200, 400]


def test_a_port_that_is_taken_is_told_with_what_to_do(demo_store):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(app, ["serve", "--port", port, "--store", demo_store])
    assert result.exit_code == 1
    assert f"cannot listen on 127.0.0.1 port {port}" in result.stderr
    assert "--port" in result.stderr


@pytest.mark.parametrize("store", ["sqlite:///{}/none.db", "mysql://x"])
def test_a_store_that_cannot_be_read_is_told_at_once(tmp_path, store):
    result = CliRunner().invoke(app, ["serve", "--port", "0", "--store", store.format(tmp_path)])
    assert result.exit_code == 1
    assert "what to do:" in result.stderr
    assert "Pages" not in result.stdout

"""`user` and `serve`: the first administrator's link, and pages that answer until told to stop."""

from __future__ import annotations

import signal
import subprocess
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.cli.command import ENVIRONMENT, LONG, TOP, program, run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_the_first_link_makes_an_administrator_and_lets_them_in(office: Path) -> None:
    (known,) = run(office, "user", "list", "--json").json
    assert known["role"] == "officer"
    made = run(office, "user", "link", known["name"], "--json").json
    assert made["role"] == "administrator"
    assert made["link"].startswith("http://127.0.0.1:8750/welcome/")
    added = run(office, "user", "add", "pat", "--name", "Pat Sample", "--role", "reader", "--json")
    assert added.json == {"name": "pat", "display_name": "Pat Sample", "role": "reader"}
    assert run(office, "user", "role", "pat", "manager", "--json").json["role"] == "manager"
    refused = run(office, "user", "role", known["name"], "reader")
    assert refused.status == 2
    assert "only administrator" in refused.err
    assert "3 days" not in run(office, "user", "link", known["name"], "--break-glass").err
    assert run(office, "user", "link", "pat", "--break-glass").status == 2
    assert "pat@landlord.example" in run(office, "user", "email", "pat", "pat@landlord.example").err
    read_here = run(office, "user", "email", "pat", "complaints@harrowmere.example")
    assert "is read here" in read_here.err
    assert "let in no longer" in run(office, "user", "leave", "pat").err
    assert run(office, "user", "link", "pat").status == 2
    assert "is back" in run(office, "user", "return", "pat").err


def test_a_network_is_not_served_in_the_clear(office: Path) -> None:
    for host in ("0.0.0.0", "192.0.2.1", "::"):
        said = run(office, "serve", "--host", host)
        assert said.status == 2
        assert "in the clear" in said.err
    said = run(office, "serve", "--host", "nonsense")
    assert said.status == 2
    assert "no network address" in said.err


@pytest.mark.parametrize("command", [("serve",), ("run", "--web")], ids=" ".join)
def test_the_pages_answer_until_they_are_told_to_stop(
    office: Path, command: tuple[str, ...]
) -> None:
    server = subprocess.Popen(
        program(office, *command, "--port", "0", "--workers", "0"),
        cwd=TOP,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stderr is not None
        address = server.stderr.readline().split()[-1]
        with urllib.request.urlopen(f"{address}healthz", timeout=LONG) as answer:
            assert answer.read() == b"ok\n"
        with urllib.request.urlopen(f"{address}sign-in", timeout=LONG) as answer:
            assert answer.status == 200
            assert "Sign in" in answer.read().decode()
            assert answer.headers["Server"] is None  # what serves is nobody's business
        elsewhere = urllib.request.Request(address, headers={"Host": "evil.example"})
        with pytest.raises(urllib.error.HTTPError, match="400"):
            urllib.request.urlopen(elsewhere, timeout=LONG)
        taken = run(office, "serve", "--port", address.rstrip("/").rpartition(":")[2])
        assert taken.status == 2
        assert "Choose another with --port" in taken.err
        server.send_signal(signal.SIGTERM)
        _, said = server.communicate(timeout=LONG)
        assert server.returncode == 0
        assert ("Stopped" if command == ("serve",) else "Watching") in said
        assert "sign-in" not in said.replace("Sign in", "")  # addresses are not logged
    finally:
        server.kill()
        server.communicate()

"""How pip and uv are run, and what their failures are told as."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts.installers import explained, installer_environment, read_pip_settings

CONFIGURED = """\
:env:.timeout='180'
:env:.index-url='https://mirror.example/simple'
global.cert='/etc/landlord/certificates.pem'
global.index-url='https://other.example/simple'
"""
PIP_OFFLINE = """\
WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after \
connection broken by 'NewConnectionError('<HTTPSConnection object at 0x7f0>: Failed to establish \
a new connection: [Errno -3] Temporary failure in name resolution')': /simple/editables/
ERROR: Could not find a version that satisfies the requirement editables==0.6
"""
UV_OFFLINE = """\
error: Failed to fetch: `https://mirror.example/simple/alembic/`
  Caused by: error sending request for url (https://mirror.example/simple/alembic/)
  Caused by: client error (Connect)
  Caused by: dns error: failed to lookup address information
"""
UV_CERTIFICATE = """\
error: Failed to fetch: `https://mirror.example/simple/alembic/`
  Caused by: error sending request for url (https://mirror.example/simple/alembic/)
  Caused by: invalid peer certificate: UnknownIssuer
"""
UV_OTHER_FILE = "error: Failed to download `alembic==1.20.1`\n  cause: Hash mismatch for `alembic`"
PIP_OTHER_FILE = "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."


def test_a_variable_of_pips_wins_over_its_configuration_file() -> None:
    assert read_pip_settings(CONFIGURED) == {
        "timeout": "180",
        "index-url": "https://mirror.example/simple",
        "cert": "/etc/landlord/certificates.pem",
    }


def test_uv_is_given_the_mirror_and_certificate_that_pip_was_given(tmp_path: Path) -> None:
    env = installer_environment({"HOME": str(tmp_path)}, tmp_path, read_pip_settings(CONFIGURED))
    assert env["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert env["SSL_CERT_FILE"] == "/etc/landlord/certificates.pem"


@pytest.mark.parametrize("name", ["UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX"])
def test_a_mirror_given_to_uv_itself_wins(tmp_path: Path, name: str) -> None:
    given = {"HOME": str(tmp_path), name: "https://uv.example/simple"}
    env = installer_environment(given, tmp_path, read_pip_settings(CONFIGURED))
    assert {value for key, value in env.items() if key.startswith("UV_") and "/" in value} == {
        "https://uv.example/simple"
    }


@pytest.mark.parametrize(
    "name", ["PIP_USER", "PIP_TARGET", "PYTHONPATH", "UV_SYSTEM_PYTHON", "VIRTUAL_ENV"]
)
def test_no_setting_leads_packages_out_of_the_environment(tmp_path: Path, name: str) -> None:
    assert name not in installer_environment({"HOME": str(tmp_path), name: "1"}, tmp_path, {})


def test_an_account_without_a_home_keeps_its_cache_in_the_project(tmp_path: Path) -> None:
    env = installer_environment({"HOME": str(tmp_path / "no-such-home")}, tmp_path, {})
    assert env["UV_CACHE_DIR"] == str(tmp_path / ".cache" / "uv")
    assert "UV_CACHE_DIR" not in installer_environment({"HOME": str(tmp_path)}, tmp_path, {})


def test_the_callers_own_environment_is_not_changed(tmp_path: Path) -> None:
    before = dict(os.environ)
    installer_environment(os.environ, tmp_path, read_pip_settings(CONFIGURED))
    assert dict(os.environ) == before


@pytest.mark.parametrize("said", [PIP_OFFLINE, UV_OFFLINE])
def test_without_a_network_one_sentence_says_so(said: str) -> None:
    sentence = explained(said)
    assert "no package index was reached" in sentence
    assert "\n" not in sentence


def test_a_certificate_that_is_refused_is_not_taken_for_a_missing_network() -> None:
    assert "certificate was not trusted" in explained(UV_CERTIFICATE)


@pytest.mark.parametrize("said", [UV_OTHER_FILE, PIP_OTHER_FILE])
def test_a_file_with_another_hash_is_named_with_what_the_installer_said(said: str) -> None:
    told = explained(said)
    assert "not the one whose hash is in the lock file" in told
    assert said.splitlines()[-1] in told


def test_a_full_disk_is_told() -> None:
    assert explained("OSError: [Errno 28] No space left on device").startswith("The disk is full")


def test_a_fault_unknown_to_us_is_told_in_the_installers_own_words() -> None:
    assert "    error: something unheard of" in explained("error: something unheard of\n")

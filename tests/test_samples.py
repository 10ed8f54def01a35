"""The sample messages: invented throughout, whole as mail is whole, and described."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from correspondence.intake.message import Message
from correspondence.intake.parsing import parse

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".eml", ".msg"})
BROKEN = "14-broken-beyond-parsing.eml"
READABLE = [path for path in FILES if path.name != BROKEN]
MAIL = [path for path in READABLE if path.suffix == ".eml"]

INVENTED_DOMAIN = re.compile(r"(.+\.)?(example|example\.(com|net|org))")
INVENTED_PHONE = re.compile(r"01632 960\d{3}|07700 900\d{3}")


def sample(name: str) -> Message:
    return parse((SAMPLES / name).read_bytes(), name)


def everything_said(path: Path) -> str:
    message = parse(path.read_bytes(), path.name)
    texts = [attachment.text for attachment in message.attachments]
    headers = [f"{name}: {value}" for name, all_ in message.headers.items() for value in all_]
    return "\n".join([path.read_bytes().decode("latin-1"), message.text, *texts, *headers])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_sample_is_described(path: Path) -> None:
    assert f"`{path.name}`" in (SAMPLES / "README.md").read_text("utf-8")


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.name)
def test_nobody_in_a_sample_is_real(path: Path) -> None:
    said = everything_said(path)
    for domain in re.findall(r"[\w.+-]@([a-z0-9-]+(?:\.[a-z0-9-]+)+)", said, re.IGNORECASE):
        assert INVENTED_DOMAIN.fullmatch(domain.lower()), domain
    for phone in re.findall(r"\b0\d{4} \d{6}\b", said):
        assert INVENTED_PHONE.fullmatch(phone), phone
    for postcode in re.findall(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b", said):
        assert postcode.startswith("HX0"), postcode


@pytest.mark.parametrize("path", MAIL, ids=lambda path: path.name)
def test_a_sample_is_mail_as_it_lies_on_the_wire(path: Path) -> None:
    raw = path.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    message = parse(raw, path.name)
    assert not message.unreadable
    assert not message.defects
    assert message.message_id
    received = message.server_received_at
    assert received is not None
    assert datetime(2026, 11, 16, tzinfo=UTC) < received < datetime(2026, 11, 20, tzinfo=UTC)


def test_the_second_web_form_is_the_first_by_another_route() -> None:
    first, second = (
        sample("01-web-form-complaint.eml"),
        sample("12-web-form-by-another-route.eml"),
    )
    assert first.headers["received"] != second.headers["received"]
    assert replace(first, headers={}, server_received_at=None) == replace(
        second, headers={}, server_received_at=None
    )


def test_the_broken_sample_cannot_be_read() -> None:
    assert sample(BROKEN).unreadable

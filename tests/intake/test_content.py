from __future__ import annotations

from correspondence.intake.content import content_digest
from correspondence.intake.parsing import parse
from tests.intake.written_mail import eml, multipart, part


def digest(raw: bytes) -> str:
    return content_digest(parse(raw))


def test_copies_that_came_by_different_routes_are_equal() -> None:
    one = eml(
        "The boiler\r\nis broken.",
        raw_headers=b"Received: from a by b; Tue, 3 Mar 2026 09:15:04 +0000\r\n",
    )
    other = eml(
        "The boiler\r\nis broken.\r\n\r\n",
        raw_headers=b"Received: from x by y; Tue, 3 Mar 2026 09:17:00 +0000\r\nX-Spam: no\r\n",
    )
    assert digest(one) == digest(other)


def test_the_transfer_encoding_and_the_character_set_make_no_difference() -> None:
    one = eml("caf=C3=A9", encoding="quoted-printable")
    other = eml("café".encode("cp1252"), content_type="text/plain; charset=cp1252")
    assert digest(one) == digest(other)


def test_any_difference_in_what_is_said_makes_a_difference() -> None:
    base = multipart(
        part("Words"), part(b"file", "application/x-y", disposition="attachment; filename=a.bin")
    )
    others = [
        base.replace(b"Words", b"Other words"),
        base.replace(b"file\r\n", b"other\r\n"),
        base.replace(b"Subject: Boiler", b"Subject: Damp"),
        base.replace(b"jo.tenant@", b"al.tenant@"),
        base.replace(b"03 Mar 2026", b"04 Mar 2026"),
    ]
    assert len({digest(base), *map(digest, others)}) == 6


def test_the_message_id_and_the_name_of_a_file_do_not_count() -> None:
    base = multipart(
        part("Words"), part(b"file", "application/x-y", disposition="attachment; filename=a.bin")
    )
    assert digest(base) == digest(base.replace(b"abc123", b"zzz999"))
    assert digest(base) == digest(base.replace(b"a.bin", b"b.bin"))


def test_a_message_inside_counts_by_its_own_content() -> None:
    def with_inner(words: str) -> bytes:
        return multipart(part("See"), b"Content-Type: message/rfc822\r\n\r\n" + eml(words))

    assert digest(with_inner("one")) == digest(with_inner("one"))
    assert digest(with_inner("one")) != digest(with_inner("two"))

"""Settings: the profile changed after a check, how letters look, users, mailboxes, holidays."""

from __future__ import annotations

import html
import io
import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from correspondence.casework.stationery import letterheads, working_copy
from correspondence.casework.stationery.templates import files_of, folder_in_use
from correspondence.letters.kinds import LetterKind
from correspondence.settings import PROFILE_NAME
from correspondence.store import audit, users

if TYPE_CHECKING:
    from tests.web.site import Site, Visitor

S = re.DOTALL
TIMES = "/settings/profile/timescales"


@pytest.fixture
def chief(site: Site) -> Visitor:
    return site.signed_in("administrator", "chief.sample")


def form_of(page: str) -> dict[str, Any]:
    """The fields of the form of a section, as a browser sends them where nothing is changed."""
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        said = html.unescape(value[1]) if value else ""
        if name is None or ('type="radio"' in tag and "checked" not in tag):
            continue
        if 'type="checkbox"' in tag:
            found.setdefault(name[1], [])
            if "checked" in tag:
                found[name[1]].append(said)
        else:
            found[name[1]] = said
    for field, inside in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', page, S):
        found[field] = html.unescape(inside).strip()
    for field, inside in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, S):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', inside)
        found[field] = chosen[1] if chosen else ""
    found.pop("csrf_token")
    return found


def profile_of(site: Site) -> str:
    return (site.bureau.house.office.folder / PROFILE_NAME).read_text("utf-8")


def test_a_value_is_checked_then_saved_and_counts_at_once(site: Site, chief: Visitor) -> None:
    before = profile_of(site)
    form = form_of(chief.text(TIMES)) | {"timescales-stage1": "8"}
    answer = chief.post(TIMES, form | {"do": "check"})
    assert answer.status_code == 200
    assert "Nothing stands against it" in answer.text
    assert "stricter than the Code" in answer.text.replace("\n", " ")
    assert profile_of(site) == before
    answer = chief.post(TIMES, form_of(answer.text) | {"do": "save"})
    assert answer.status_code == 302
    after = profile_of(site)
    assert tomllib.loads(after)["timescales"] == {"stage1": 8}
    assert [row for row in before.split("\n") if row not in after.split("\n")] == []
    page = chief.text("/settings")
    assert re.search(r"Stage 1</dt>\s*<dd[^>]*>\s*8", page)
    with site.bureau.house.database.reading() as conn:
        (event,) = audit.facts(conn, audit.OFFICE, "profile_changed")
    assert event["keys"] == ["timescales.stage1"]


def test_what_the_code_or_the_profile_does_not_allow_is_not_saved(
    site: Site, chief: Visitor
) -> None:
    before = profile_of(site)
    for value, says, do in (
        ("15", "the Code allows 10", "check"),
        ("15", "the Code allows 10", "save"),
        ("soon", "whole number", "save"),
        ("-1", "no less", "save"),
    ):
        form = form_of(chief.text(TIMES)) | {"timescales-stage1": value, "do": do}
        answer = chief.post(TIMES, form)
        assert answer.status_code == 400
        assert says in answer.text
        assert 'href="#timescales-stage1"' in answer.text
        assert f'value="{value}"' in answer.text  # what was written stays
        assert profile_of(site) == before


@pytest.mark.slow
def test_two_who_change_the_profile_at_once_do_not_undo_one_another(
    site: Site, chief: Visitor
) -> None:
    form = form_of(chief.text(TIMES)) | {"timescales-stage1": "8", "do": "save"}
    path = site.bureau.house.office.folder / PROFILE_NAME
    path.write_text(profile_of(site) + "\n# a note\n", "utf-8")
    answer = chief.post(TIMES, form)
    assert answer.status_code == 400
    assert "changed meanwhile" in answer.text
    assert profile_of(site).endswith("# a note\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("section", "given", "wanted"),
    [
        (
            "landlord",
            {"landlord-name": 'A "B" & <C>', "landlord-colour": "#005A30"},
            {"name": 'A "B" & <C>', "colour": "#005A30"},
        ),
        (
            "calendar",
            {"calendar-closed_days": "2026-12-29\n\n2026-12-30"},
            {"closed_days": ["2026-12-29", "2026-12-30"]},
        ),
        (
            "responsibilities",
            {
                "responsibilities-elsewhere": "street_lighting = Streetcare, 01632 960001",
                "responsibilities-ours": ["repairs", "rents"],
            },
            {
                "elsewhere": {"street_lighting": "Streetcare, 01632 960001"},
                "ours": ["repairs", "rents"],
            },
        ),
        ("approval", {"approval-second_at_stage2": "yes"}, {"second_at_stage2": True}),
        ("inbox", {"inbox-addresses": "a@landlord.example"}, {"addresses": ["a@landlord.example"]}),
    ],
)
def test_every_kind_of_value_has_its_field(
    site: Site, chief: Visitor, section: str, given: dict[str, Any], wanted: dict[str, Any]
) -> None:
    path = f"/settings/profile/{section}"
    form = form_of(chief.text(path)) | given | {"do": "save"}
    answer = chief.post(path, form)
    assert answer.status_code == 302, answer.text
    said = tomllib.loads(profile_of(site))[section]
    assert {key: json.loads(json.dumps(said[key], default=str)) for key in wanted} == wanted
    assert chief.get("/settings").status_code == 200
    assert "<C>" not in chief.text("/settings")


@pytest.mark.slow
def test_a_section_left_as_it_is_changes_nothing(site: Site, chief: Visitor) -> None:
    before = profile_of(site)
    for section in re.findall(r"/settings/profile/(\w+)", chief.text("/settings")):
        path = f"/settings/profile/{section}"
        answer = chief.post(path, form_of(chief.text(path)) | {"do": "save"}, follow=True)
        assert "Nothing was changed" in answer.text, section
    assert profile_of(site) == before


def test_what_a_machine_is_reached_by_is_not_changed_on_a_page(chief: Visitor) -> None:
    for section in ("database", "storage", "mailboxes", "delivery", "nonsense"):
        path = f"/settings/profile/{section}"
        assert chief.get(path).status_code == 404
        assert chief.post(path, {"do": "save"}, page="/account").status_code == 404


def test_a_key_that_is_not_on_the_page_is_not_taken_from_a_form(site: Site, chief: Visitor) -> None:
    before = profile_of(site)
    for section, key in (("inbox", "folder"), ("pages", "issuer"), ("pages", "local_accounts")):
        path = f"/settings/profile/{section}"
        form = form_of(chief.text(path))
        form |= {f"{section}-{key}": "/etc", f"{section}-{key}-asked": "yes", "do": "save"}
        chief.post(path, form)
    assert profile_of(site) == before


def test_a_value_of_the_environment_is_shown_and_not_asked_for(
    chief: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRESPONDENCE_TIMESCALES__STAGE1", "7")
    page = chief.text(TIMES)
    assert "Given by the environment" in page
    assert 'name="timescales-stage1"' not in page


def test_a_profile_changed_in_the_file_counts_without_a_restart(site: Site, chief: Visitor) -> None:
    path = site.bureau.house.office.folder / PROFILE_NAME
    path.write_text(profile_of(site).replace("Harrowmere Borough", "Newly Named"), "utf-8")
    assert "Newly Named Council" in chief.text("/account")
    path.write_text("[landlord]\nname = ", "utf-8")
    assert "Newly Named Council" in chief.text("/account")


@pytest.mark.slow
def test_the_landlords_colour_is_on_every_page(site: Site, chief: Visitor) -> None:
    assert "#123f4a" in chief.get("/look.css").text
    form = form_of(chief.text("/settings/profile/landlord")) | {"landlord-colour": "#ffcc00"}
    answer = chief.post("/settings/profile/landlord", form | {"do": "save"})
    assert "white letters cannot be read on it" in answer.text
    form |= {"landlord-colour": "red}body{background:url(//evil.example)"}
    assert chief.post("/settings/profile/landlord", form | {"do": "save"}).status_code == 400
    form |= {"landlord-colour": "#5b2333"}
    assert chief.post("/settings/profile/landlord", form | {"do": "save"}).status_code == 302
    assert "background-color: #5b2333" in chief.get("/look.css").text


def logo(form: str = "PNG", size: tuple[int, int] = (300, 100)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "#5b2333").save(made, form)
    return made.getvalue()


LOOK = {"colour": "#5b2333", "foot": "Registered (L0000) — “A” \\ */ } body {"}


@pytest.mark.slow
def test_a_letterhead_is_tried_looked_at_and_published(site: Site, chief: Visitor) -> None:
    path = "/settings/letterhead"
    form = LOOK | {"logo": (io.BytesIO(logo()), "../../logo.png")}
    assert chief.post(path, form, page=path).status_code == 302
    page = chief.text(path)
    assert "Nothing stands against it" in page, page
    assert 'value="Registered (L0000) — “A” \\ */ } body {"' in page
    assert chief.get(f"{path}/pages/1.png").mimetype == "image/png"
    office = site.bureau.house.office
    assert letterheads.in_use(office).version == 0
    assert chief.post(f"{path}/published").status_code == 302
    used = letterheads.in_use(office)
    assert used.version == 1
    assert not working_copy.is_there(office, "letterhead")
    assert chief.post(path, {"colour": "#005a30", "without_logo": "yes"}, page=path).location
    page = chief.text(path)
    assert "Take the logo out" not in page
    assert letterheads.files_of(office.data / "working" / "letterhead").keys() == {
        "layout.html",
        "letter.css",
    }
    chief.post(f"{path}/thrown-away")
    assert letterheads.in_use(office).digest == used.digest
    assert "Take the logo out" in chief.text(path)


BAD_LOGOS = {
    "an SVG with a script": b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
    "no picture": b"x" * 100,
    "cut short": logo()[:50],
    "too large": b"\x89PNG\r\n\x1a\n" + b"x" * 2_000_001,
    "a bomb": logo(size=(9_000, 9_000)),
    "a GIF": logo("GIF"),
}


@pytest.mark.slow
def test_a_logo_that_is_no_plain_picture_is_refused(site: Site, chief: Visitor) -> None:
    path = "/settings/letterhead"
    chief.get(path)
    for name, raw in BAD_LOGOS.items():
        form = LOOK | {"logo": (io.BytesIO(raw), "logo.png")}
        answer = chief.post(path, form)
        assert answer.status_code == 400, name
        assert 'href="#logo"' in answer.text, name
    for colour in ("red", "#ffffff", "#12345", "#123456}</style>"):
        answer = chief.post(path, LOOK | {"colour": colour})
        assert answer.status_code == 400
    assert chief.post(path, LOOK | {"foot": "x" * 200}).status_code == 400
    assert not working_copy.is_there(site.bureau.house.office, "letterhead")


@pytest.mark.slow
def test_a_template_is_tried_looked_at_and_published(site: Site, chief: Visitor) -> None:
    path = "/settings/templates/stage1_response"
    office = site.bureau.house.office
    assert "As shipped" in chief.text("/settings/templates").replace("as shipped", "As shipped")
    raw = chief.get(f"{path}/letter.docx").data
    answer = chief.post(path, {"docx": (io.BytesIO(raw), "../x.docx")}, page=path)
    assert answer.status_code == 302
    page = chief.text(path)
    assert "Nothing stands against it" in page
    assert chief.get(f"{path}/pages/1.png").mimetype == "image/png"
    assert "Being worked on" in chief.text("/settings/templates")
    assert chief.post(f"{path}/published", page=path).status_code == 302
    assert "version 1 of your own" in chief.text("/settings/templates")
    assert files_of(folder_in_use(office, LetterKind.STAGE1_RESPONSE))["letter.docx"] == raw


@pytest.mark.slow
def test_a_template_that_cannot_be_one_is_named_and_never_used(site: Site, chief: Visitor) -> None:
    path = "/settings/templates/stage1_response"
    office = site.bureau.house.office
    before = folder_in_use(office, LetterKind.STAGE1_RESPONSE)
    for raw in (b"", b"no Word file", b"x" * 5_000_001):
        answer = chief.post(path, {"docx": (io.BytesIO(raw), "a.docx")}, page=path)
        assert answer.status_code == 400
        assert 'href="#docx"' in answer.text
    answer = chief.post(path, {"docx": (io.BytesIO(b"PK\x03\x04 damaged"), "a.docx")}, page=path)
    assert answer.status_code == 302
    page = chief.text(path)
    assert "To be put right" in page
    assert "Draft every letter from it" not in page
    assert chief.post(f"{path}/published").status_code == 409
    assert folder_in_use(office, LetterKind.STAGE1_RESPONSE) == before
    assert chief.post(f"{path}/thrown-away").status_code == 302
    assert chief.get("/settings/templates/../../etc").status_code == 404
    assert chief.get("/settings/templates/letterhead").status_code == 404


def test_mailboxes_are_tested_by_a_button(chief: Visitor) -> None:
    assert "Works" not in chief.text("/settings/mailboxes")
    answer = chief.post("/settings/mailboxes")
    assert "Works" in answer.text
    assert "is there" in answer.text


@pytest.mark.slow
def test_the_governments_list_is_taken_in_and_anything_else_is_refused(
    site: Site, chief: Visitor
) -> None:
    path = "/settings/bank-holidays"
    page = chief.text(path)
    assert "25 Dec 2026" in page
    for raw in (b"", b"{}", b"[" * 100_000, b"\xff\xfe", b"x" * 2_000_001):
        answer = chief.post(path, {"list": (io.BytesIO(raw), "a.json")}, page=path)
        assert answer.status_code == 400
    known = site.bureau.house.calendar.holidays
    events = [{"title": "A day", "date": day.isoformat()} for day in sorted(known)]
    listed = {"england-and-wales": {"division": "england-and-wales", "events": events}}
    raw = json.dumps(listed).encode()
    answer = chief.post(path, {"list": (io.BytesIO(raw), "a.json")}, page=path, follow=True)
    assert "counted by this list" in answer.text
    assert (site.bureau.house.office.data / "bank-holidays.json").read_bytes() == raw


def test_people_are_told_where_and_shut_out_on_the_page(site: Site, chief: Visitor) -> None:
    gone = site.signed_in("officer", "one.sample")
    form = {"email": "One@Landlord.example"}
    assert chief.post("/users/one.sample/email", form, page="/users").status_code == 302
    with site.bureau.house.database.reading() as conn:
        assert users.load(conn, "one.sample").email == "one@landlord.example"
    for email in ("nonsense", "a@b.example\r\nBcc: x@y.example", "complaints@harrowmere.example"):
        answer = chief.post("/users/one.sample/email", {"email": email}, page="/users")
        assert answer.status_code == 400
    chief.post("/users/one.sample/sessions", page="/users")
    assert gone.get("/account").status_code == 302
    again = site.signed_in("officer", "one.sample")
    chief.post("/users/one.sample/left", page="/users")
    assert again.get("/account").status_code == 302
    assert "Let in no longer" in chief.text("/users")
    assert chief.post("/users/one.sample/link", page="/users").status_code == 409
    chief.post("/users/one.sample/back", page="/users")
    assert "Let in no longer" not in chief.text("/users")


@pytest.mark.slow
def test_residents_are_taken_in_whole_or_not_at_all(chief: Visitor) -> None:
    path = "/settings/people"
    head = b"tenancy_reference,name,address,uprn,postcode,tenure,emails,phones,adjustments\n"
    good = b'T1,Sorrel Attwater,"1 Rope Walk, Harrowmere",,HX1 1AA,lcra,a@example.net,,\n'
    assert "0 homes" in chief.text(path)
    for raw in (b"", b"\x00\xff", head + good + b",x\n", head + good.replace(b"lcra", b"<b>")):
        answer = chief.post(path, {"file": (io.BytesIO(raw), "a.csv")}, page=path)
        assert answer.status_code == 400
        assert "<b>" not in answer.text.partition("<main")[2]
    assert "0 homes" in chief.text(path)
    answer = chief.post(path, {"file": (io.BytesIO(head + good), "a.csv")}, page=path)
    assert answer.status_code == 200, answer.text
    assert "1 lines taken in" in answer.text
    assert "1 homes" in answer.text

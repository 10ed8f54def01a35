"""The landlord's profile: what it may hold, and how it says what is wrong with it."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from correspondence.errors import OfficeMissing, SettingsRefused, WrongUse
from correspondence.intake.reading import SERVICE_AREAS
from correspondence.settings import (
    AREAS,
    PROFILE_NAME,
    Landlord,
    Office,
    Settings,
    load_settings,
    open_office,
    read_profile,
)
from correspondence.settings.places import lines_of
from correspondence.settings.profile import section_model, stands_several_times
from correspondence.settings.sample import SAMPLE_LANDLORD, sample_profile

LANDLORD = '[landlord]\nname = "Harrowmere Borough Council"\n'


def office(folder: Path, text: str | bytes) -> Path:
    raw = text.encode() if isinstance(text, str) else text
    (folder / PROFILE_NAME).write_bytes(raw)
    return folder


def refused(folder: Path, text: str | bytes) -> tuple[str, ...]:
    with pytest.raises(SettingsRefused) as caught:
        load_settings(office(folder, text))
    assert str(folder / PROFILE_NAME) in str(caught.value)
    return caught.value.findings


def test_a_landlords_name_is_all_that_a_profile_needs(tmp_path: Path) -> None:
    profile = load_settings(office(tmp_path, LANDLORD))
    assert profile.landlord.name == "Harrowmere Borough Council"
    assert (profile.timescales.stage1, profile.timescales.stage2) == (10, 20)
    assert profile.responsibilities.ours == AREAS


def test_the_areas_a_landlord_may_answer_for_are_those_a_reading_tells() -> None:
    assert (*AREAS, "other", "") == SERVICE_AREAS


def test_dates_and_lists_come_as_what_they_are(tmp_path: Path) -> None:
    profile = load_settings(
        office(tmp_path, LANDLORD + "[calendar]\nclosed_days = [2026-12-29, '2026-12-30']\n")
    )
    assert profile.calendar.closed_days == (date(2026, 12, 29), date(2026, 12, 30))


def test_what_somebody_else_answers_for_is_not_ours(tmp_path: Path) -> None:
    text = LANDLORD + "[responsibilities.elsewhere]\nleasehold = 'Mill Homes, 01632 960010'\n"
    ours = load_settings(office(tmp_path, text)).responsibilities.ours
    assert "leasehold" not in ours
    assert "repairs" in ours


def test_one_matter_cannot_be_ours_and_elsewhere(tmp_path: Path) -> None:
    text = (
        LANDLORD + "[responsibilities]\nours = ['repairs']\nelsewhere = { repairs = 'Mill Homes' }"
    )
    (finding,) = refused(tmp_path, text)
    assert finding.startswith("line 3: [responsibilities]: repairs stands both under ours")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("[landlrod]\n", "line 3: there is no section [landlrod]; did you mean [landlord]?"),
        ("[timescales]\nstage_1 = 9\n", "line 4: [timescales] has no key stage_1; did you mean st"),
        ("[inbox]\nseries = 'X'", "line 4: [inbox] has no key series; it belongs under [reference"),
        ("[outbox]\nqqq = 1", "line 4: [outbox] has no key qqq; its keys are folder"),
        ("[timescales]\nstage1 = 'ten'", 'line 4: [timescales] stage1 = "ten" cannot be; it must'),
        ("[timescales]\nstage2 = true", "line 4: [timescales] stage2 = true cannot be"),
        (
            "[timescales]\nstage2 = 9.5",
            "line 4: [timescales] stage2 = 9.5",
        ),
        (
            "[timescales]\nstage2 = -1",
            "line 4: [timescales] stage2 = -1",
        ),
        (
            "[timescales]\nstage2 = 999",
            "line 4: [timescales] stage2 = 999",
        ),
        (
            "[timescales]\ncounted_from = 'reciept'",
            'line 4: [timescales] counted_from = "reciept" cannot be; it must be one of ack',
        ),
        (
            "[calendar]\nclosed_days = [\n  2026-12-29,\n  'Boxing Day',\n]",
            'line 6: [calendar] closed_days, entry 2 = "Boxing Day" cannot be; it must be a day',
        ),
        ("[calendar]\nclosed_days = 2026-12-29", "line 4: [calendar] closed_days = 2026-12-29 can"),
        ("[inbox]\naddresses = ['us at home']", "line 4: [inbox] addresses, entry 1"),
        (
            "[inbox]\naddresses = ['']",
            'line 4: [inbox] addresses, entry 1 = "" cannot be; it must be',
        ),
        ("[inbox]\nsettle_seconds = nan", "line 4: [inbox] settle_seconds = nan cannot be"),
        ("[inbox]\nfolder = '.'", 'line 4: [inbox] folder = "." cannot be; it must name a folder'),
        ("[reading]\nstaff_domains = ['@']", "line 4: [reading] staff_domains, entry 1"),
        ("[references]\nseries = 'complaints'", 'line 4: [references] series = "complaints" cann'),
        ("[database]\nurl = 'oracle://x'", "line 4: [database] url cannot be; it must start with"),
        ("[database]\nurl = 'sqlite:///:memory:'", "line 4: [database] url cannot be; it must nam"),
        ("[complaints_officer]\nphone = 1632960", "line 4: [complaints_officer] phone = 1632960"),
        ('[complaints_officer]\nname = "A\\u2028B"', "line 4: [complaints_officer] name"),
        (
            "[outbox]\nfolder = 'inbox/out'",
            "line 4: the folders of [inbox] and [outbox] lie",
        ),
        ("[responsibilities]\nours = ['repaires']", "line 4: [responsibilities] ours, entry 1"),
        ("[responsibilities]\nelsewhere = 'x'", "line 4: [responsibilities] elsewhere"),
        ("[responsibilities.elsewhere]\nbins = 3", "line 4: [responsibilities] elsewhere bins = 3"),
    ],
)
def test_a_fault_is_named_with_its_line_and_what_would_be_right(
    tmp_path: Path, text: str, finding: str
) -> None:
    (told,) = refused(tmp_path, LANDLORD + text)
    assert told.startswith(finding)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("", "the section [landlord] is missing; add [landlord] with name"),
        ("# nothing yet\n", "the section [landlord] is missing"),
        ("[landlord]\n", "line 1: [landlord] name is missing"),
        ("[landlord]\nname = ' '\n", 'line 2: [landlord] name = "'),
        ("landlord = 'Harrowmere'\n", "line 1: [landlord] is a section"),
        ("name = 'Harrowmere'\n" + LANDLORD, "line 1: name stands outside its section"),
        ("_env_file = 'x'\n" + LANDLORD, "line 1: there is no section [_env_file]"),
    ],
)
def test_a_profile_without_its_landlord_says_what_to_add(
    tmp_path: Path, text: str, finding: str
) -> None:
    (told,) = refused(tmp_path, text)
    assert finding in told


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        "[landlord]\nname = Harrowmere\nphone = 1632960123\n[timescales]\nstage1 = 'ten'\n"
        "stage1 = 5\n[nowhere]\n[references]\nseries = 'x'\n"
    )
    lines = [told.partition(":")[0] for told in refused(tmp_path, text)]
    assert lines == ["line 2", "line 3", "line 5", "line 6", "line 7", "line 9"]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (LANDLORD + "phone = 01632 960123\n", "line 3: the value of phone cannot be read"),
        (LANDLORD + "phone = “01632”\n", "line 3: the value of phone cannot be read"),
        (LANDLORD + 'phone = "01632\n', "line 3: the value of phone cannot be read"),
        (LANDLORD + "[calendar]\nclosed_days = [2026-02-30]\n", "line 4: closed_days holds a day"),
        (LANDLORD + 'name = "Twice"\n', "line 3: name stands there for the second time"),
        (LANDLORD + "[landlord]\n", "line 3: "),
        (LANDLORD + "[calendar\n", "line 3: the section's name cannot be read"),
        (LANDLORD + "stage one\n", "line 3: the line is neither"),
        (LANDLORD + "address = [\n'a',\n", "is not closed"),
        (LANDLORD + "phone = '''\nno end\n", "is not closed"),
    ],
)
def test_a_line_that_is_no_toml_is_named_in_plain_words(
    tmp_path: Path, text: str, finding: str
) -> None:
    told = refused(tmp_path, text)
    assert finding in told[0]
    assert all(re.match(r"line \d+: ", each) for each in told)


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbf" + LANDLORD.encode(),
        LANDLORD.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + LANDLORD.replace("\n", "\r\n").encode(),
    ],
)
def test_a_profile_saved_on_windows_is_read_alike(tmp_path: Path, text: bytes) -> None:
    assert load_settings(office(tmp_path, text)).landlord.name == "Harrowmere Borough Council"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_profile_that_is_not_utf_8_names_the_line(tmp_path: Path, encoding: str) -> None:
    (told,) = refused(tmp_path, (LANDLORD + "department = 'Caf\u00e9'\n").encode(encoding))
    assert re.match(r"line [13]: a letter there is not in UTF-8; save", told)


@pytest.mark.parametrize(
    "raw",
    [b"\x00" * 100, b"[" * 5000, b"a=" + b"[" * 5000, b"a = " + b"9" * 5000, b"#" * 2_000_000],
)
def test_hostile_bytes_are_refused_in_a_sentence(tmp_path: Path, raw: bytes) -> None:
    assert refused(tmp_path, raw)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(
            st.sampled_from(
                ["[landlord]\n", 'name = "x"\n', "[[a]]\n", "= ", "'", '"""', "[", "]", "{a=", "}",
                 "\n", "1979-05-27", "a.b", "#", "\\", "[timescales]\nstage1=", "-3", "é",
                 "\r", ","]
            ),
            max_size=12,
        ).map(lambda parts: "".join(parts).encode()),
    )
)  # fmt: skip
def test_whatever_the_file_holds_it_is_read_or_refused_and_never_a_traceback(
    tmp_path: Path, raw: bytes
) -> None:
    told: tuple[str, ...] = ("it is read",)
    try:
        load_settings(office(tmp_path, raw))
    except SettingsRefused as refusal:
        told = refusal.findings
    assert told


def test_a_folder_without_a_profile_is_no_office(tmp_path: Path) -> None:
    with pytest.raises(OfficeMissing, match="correspondence init"):
        load_settings(tmp_path)


def test_a_folder_in_the_profiles_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / PROFILE_NAME).mkdir()
    with pytest.raises(WrongUse, match="is not a file"):
        load_settings(tmp_path)


def test_a_profile_that_points_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / PROFILE_NAME).symlink_to(tmp_path / PROFILE_NAME)
    with pytest.raises(WrongUse):
        load_settings(tmp_path)
    with pytest.raises(WrongUse, match="cannot be read"):
        read_profile(tmp_path / "absent.toml")


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRESPONDENCE_TIMESCALES__STAGE1", "8")
    monkeypatch.setenv("CORRESPONDENCE_INBOX__ADDRESSES", '["complaints@harrowmere.example"]')
    profile = load_settings(office(tmp_path, LANDLORD + "[timescales]\nstage1 = 9\nstage2 = 19\n"))
    assert (profile.timescales.stage1, profile.timescales.stage2) == (8, 19)
    assert profile.inbox.addresses == ("complaints@harrowmere.example",)


@pytest.mark.parametrize(
    ("name", "value", "finding"),
    [
        ("CORRESPONDENCE_DATABSE__URL", "x", "there is no section [databse]; did you mean [datab"),
        ("CORRESPONDENCE_DATABASE__ULR", "x", "[database] has no key ulr; did you mean url?"),
        ("CORRESPONDENCE_TIMESCALES__STAGE1", "soon", '[timescales] stage1 = "soon" cannot be'),
        ("CORRESPONDENCE_INBOX__ADDRESSES", "a@b.example", 'a list is written ["one", "two"]'),
        ("CORRESPONDENCE_INBOX", "{", "it must name a key too"),
    ],
)
def test_a_fault_in_the_environment_names_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, finding: str
) -> None:
    monkeypatch.setenv(name, value)
    (told,) = refused(tmp_path, LANDLORD)
    assert finding in told
    assert name in told or "ulr" in told


def test_other_variables_of_the_product_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRESPONDENCE_OFFICE", str(tmp_path))
    assert load_settings(office(tmp_path, LANDLORD))


@pytest.mark.parametrize(
    "line",
    [
        "password = 'swordfish'",
        "url = 'postgresql://us:swordfish@server/cases'",
        "url = 'postgresql://us@server/cases?password=swordfish'",
        "url = 'swordfish://us:swordfish@server'",
        "url = ['swordfish']",
        "url = swordfish",
    ],
)
def test_a_password_in_the_file_is_refused_and_never_repeated(tmp_path: Path, line: str) -> None:
    (told,) = refused(tmp_path, f"{LANDLORD}[database]\n{line}\n")
    assert told.startswith("line 4: ")
    assert "swordfish" not in told


def test_a_password_from_the_environment_reaches_the_database_and_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRESPONDENCE_DATABASE__PASSWORD", "tr@ut/")
    opened = open_office(
        office(tmp_path, LANDLORD + "[database]\nurl = 'postgresql://us@server:5433/cases'\n")
    )
    assert opened.database_url == "postgresql+psycopg://us:tr%40ut%2F@server:5433/cases"
    assert "tr@ut" not in repr(opened)
    assert "tr@ut" not in opened.settings.model_dump_json()


def test_everything_of_an_office_is_found_from_its_folder(tmp_path: Path) -> None:
    opened = open_office(office(tmp_path, LANDLORD + "[outbox]\nfolder = '/srv/letters'\n"))
    assert opened.profile == tmp_path / "correspondence.toml"
    assert opened.processed == tmp_path / "inbox" / "processed"
    assert opened.outbox == Path("/srv/letters")
    assert opened.documents == tmp_path / "data" / "documents"
    assert opened.letter_templates == tmp_path / "letter_templates"
    assert opened.database_file == tmp_path / "data" / "correspondence.db"
    assert opened.database_url == f"sqlite:///{tmp_path}/data/correspondence.db"


def test_an_absolute_database_stays_where_it_is(tmp_path: Path) -> None:
    opened = open_office(
        office(tmp_path, LANDLORD + "[database]\nurl = 'sqlite:////srv/c.db?timeout=9'")
    )
    assert opened.database_file == Path("/srv/c.db")
    assert opened.database_url == "sqlite:////srv/c.db?timeout=9"


def test_settings_do_not_change_once_read() -> None:
    profile = Settings(landlord=Landlord(name="Harrowmere"))
    with pytest.raises(ValueError, match="frozen"):
        profile.landlord.name = "Somebody else"  # type: ignore[misc]
    assert Office(Path("/office"), profile).inbox == Path("/office/inbox")


_keys = st.one_of(
    st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="\\\"'"),
        min_size=1,
        max_size=5,
    ).map(lambda key: f'"{key}"'),
)
_scalars = st.sampled_from(
    ["1", "-2.5", "true", "1979-05-27", "'[x]'", '"a # b = \\" ]"', '"""\na\n"""', "'''\n\n'b''''"]
)


def _a_list(entries: list[str]) -> str:
    return "[ # note\n" + " ,\n".join(entries) + "\n]"


_values = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3).map(_a_list),
    max_leaves=6,
)


@given(st.lists(st.tuples(_keys, _values), max_size=6, unique_by=lambda pair: pair[0].strip('"')))
def test_every_key_is_found_on_the_line_it_stands_on(pairs: list[tuple[str, str]]) -> None:
    text, wanted = "", {}
    for number, (key, value) in enumerate(pairs):
        text += f"[t{number}]\n\n"
        wanted[(f"t{number}", key.strip('"'))] = text.count("\n") + 1
        text += f"  {key} = {value} # note\n"
    tomllib.loads(text)
    told = lines_of(text)
    assert {place: told[place] for place in wanted} == wanted


def test_entries_of_tables_in_tables_are_found_too() -> None:
    text = "[[a]]\nb = 1\n[[a]]\nb = { c = [1,\n 2] }\n[a.d]\ne.f = 3\n"
    told = lines_of(text)
    assert told[("a", 0, "b")] == 2
    assert told[("a", 1, "b", "c", 1)] == 5
    assert told[("a", 1, "d", "e", "f")] == 7


def test_the_sample_profile_is_valid_and_explains_every_key(tmp_path: Path) -> None:
    text = sample_profile()
    profile = load_settings(office(tmp_path, text))
    assert profile.landlord.name == SAMPLE_LANDLORD
    for section in Settings.model_fields:
        heading = f"# [[{section}]]" if stands_several_times(section) else f"[{section}]"
        assert heading in text.splitlines()
        for key in set(section_model(section).model_fields) - {"password"}:
            number, *_ = [
                number
                for number, line in enumerate(text.splitlines())
                if re.match(rf"(# )?{key} = ", line) and _section_at(text, number) == section
            ]
            assert text.splitlines()[number - 1].startswith("# ")


def _section_at(text: str, line: int) -> str:
    above = text.splitlines()[:line]
    headings = (re.fullmatch(r"\[(\w+)\]|# \[\[(\w+)\]\]", each) for each in reversed(above))
    return next(found[1] or found[2] for found in headings if found)


def test_everything_the_sample_profile_only_shows_is_valid_too(tmp_path: Path) -> None:
    shown = re.sub(r"(?m)^# (?=\w+ = |  \"|\]|\[\[)", "", sample_profile())
    profile = load_settings(office(tmp_path, shown.replace('  "leasehold",\n', "")))
    assert profile.calendar.closed_days
    assert [one.kind for one in profile.mailboxes] == [
        "imap",
        "graph",
        "exchange",
        "imap",
        "folder",
    ]
    assert profile.responsibilities.elsewhere == {"leasehold": "Millrace Homes, 01632 960120"}
    assert profile.timescales == load_settings(office(tmp_path, LANDLORD)).timescales


IMAP = LANDLORD + (
    '[[mailboxes]]\nname = "complaints"\nkind = "imap"\nhost = "mail.harrowmere.example"\n'
    'user = "complaints@harrowmere.example"\n'
)
GRAPH = LANDLORD + (
    '[[mailboxes]]\nname = "complaints"\nkind = "graph"\nuser = "complaints@harrowmere.example"\n'
    'tenant = "harrowmere.example"\napplication = "66666666-7777-8888-9999-000000000000"\n'
)
EXCHANGE = LANDLORD + (
    '[[mailboxes]]\nname = "complaints"\nkind = "exchange"\n'
    'url = "https://mail.harrowmere.example/EWS/Exchange.asmx"\n'
    'address = "complaints@harrowmere.example"\nuser = "correspondence"\n'
)
FOLDER = '[[mailboxes]]\nname = "scans"\nkind = "folder"\npath = "scans"\n'


def test_several_mailboxes_each_have_their_own_rules(tmp_path: Path) -> None:
    mailboxes = load_settings(office(tmp_path, IMAP + "idle = false\n" + FOLDER)).mailboxes
    assert [(one.name, one.kind, one.idle) for one in mailboxes] == [
        ("complaints", "imap", False),
        ("scans", "folder", True),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (IMAP + IMAP.removeprefix(LANDLORD), "two [[mailboxes]] are called complaints"),
        (IMAP + "prot = 3\n", "line 8: [[mailboxes]] number 1 has no key prot; did you mean port?"),
        (IMAP + "port = 99999\n", "line 8: [[mailboxes]] number 1 port = 99999 cannot be; it must"),
        (IMAP + "security = 'none'\n", "it must be one of tls, starttls"),
        (IMAP + "processed_folder = 'INBOX'\n", "folder and processed_folder are the same"),
        (IMAP + "path = 'x'\n", "path is for mailboxes of kind folder"),
        (IMAP.replace('"imap"', '"folder"'), "needs path"),
        (IMAP.replace('"complaints"', '"delivery"'), "no mailbox can be called delivery"),
        (IMAP.replace('"imap"', '"pop3"'), "it must be one of imap, graph, exchange, folder"),
        (IMAP.replace("[[mailboxes]]", "[mailboxes]"), "written in double brackets"),
        (LANDLORD + "[[mailboxes]]\n", "name is missing"),
        (LANDLORD + FOLDER.replace('"scans"\n', '"inbox"\n'), "lie in one another"),
        (IMAP + "tenant = 'x'\n", 'tenant is for sign_in = "oauth"'),
        (GRAPH + "security = 'tls'\n", "security is for mailboxes of kind imap"),
        (GRAPH.replace("complaints@harrowmere.example", "complaints"), "the mailbox's address"),
        (GRAPH.replace("tenant = ", "# "), "needs tenant"),
        (GRAPH.replace('harrowmere.example"\nappl', 'a/b"\nappl'), "it must be an ID"),
        (GRAPH + "managed_identity = true\npassword_file = 'x'\n", "name one of certificate_file"),
        (GRAPH + "proxy = 'http://me:secret@proxy.example'\n", "no name or password"),
        (LANDLORD + "[delivery]\nway = 'graph'\n", 'way = "graph" needs mailbox'),
        (EXCHANGE.replace("https:", "http:"), "it must begin with https://"),
        (EXCHANGE.replace("/EWS/Exchange.asmx", ""), "the address of the server's web services"),
        (EXCHANGE.replace("url = ", "# "), "needs url"),
        (EXCHANGE.replace("address = ", "# "), "needs address"),
        (EXCHANGE.replace("user = ", "# "), "needs user"),
        (EXCHANGE + "host = 'x'\n", "host is for mailboxes of kind imap or graph"),
        (EXCHANGE + "tenant = 'x'\n", 'tenant is for sign_in = "oauth"'),
        (EXCHANGE + "sign_in = 'oauth'\n", "needs tenant"),
        (
            EXCHANGE + "sign_in = 'oauth'\ntenant = 'x'\napplication = 'y'\n",
            'needs access = "impersonation"',
        ),
        (IMAP + "url = 'https://x.example/EWS/Exchange.asmx'\n", "url is for mailboxes of kind ex"),
        (
            EXCHANGE + "[delivery]\nway = 'exchange'\nmailbox = 'nobody'\n",
            "no mailbox of kind exchange",
        ),
        (IMAP + "[delivery]\nway = 'graph'\nmailbox = 'complaints'\n", "no mailbox of kind graph"),
        (LANDLORD + "[delivery]\nway = 'smtp'\n", 'way = "smtp" needs host'),
        (LANDLORD + "[delivery]\nsent_mailbox = 'nobody'\n", "names no mailbox of kind imap"),
    ],
)
def test_a_mailbox_that_cannot_be_is_told_by_its_number(
    tmp_path: Path, text: str, said: str
) -> None:
    assert said in " ".join(refused(tmp_path, text))


@pytest.mark.parametrize("text", [IMAP, LANDLORD + "[delivery]\n"])
def test_a_password_of_a_mailbox_is_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    (finding,) = refused(tmp_path, text + 'password = "open sesame"\n')
    assert "does not belong in this file" in finding
    assert "sesame" not in finding


def test_a_mailbox_cannot_be_slipped_in_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRESPONDENCE_MAILBOXES__0__HOST", "elsewhere.example")
    assert "stand in the profile alone" in " ".join(refused(tmp_path, IMAP))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1))
def test_any_landlords_name_survives_the_sample_profile(name: str) -> None:
    assert tomllib.loads(sample_profile(name))["landlord"]["name"] == name

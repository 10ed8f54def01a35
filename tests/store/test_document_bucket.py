"""Documents in a store that speaks S3, through every fault, against a stand-in for such a store."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import pytest

from correspondence.errors import RecordBroken, StoreUnavailable
from correspondence.store.bucket_line import Limits
from correspondence.store.trying import tried
from tests.cli.command import TOP
from tests.postroom.certificates import certificate
from tests.postroom.dovecot import answers, free_port
from tests.store.s3_stand_in import PREFIX, QUICK, S3, s3
from tests.store.stand_ins.s3 import ACCESS_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from correspondence.store.document_bucket import DocumentBucket

RAW = b"Dear Sir"
NAME = hashlib.sha256(RAW).hexdigest()
KEY = f"{NAME[:2]}/{NAME[2:4]}/{NAME}"
OURS = "a" * 64


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    with s3(tmp_path_factory.mktemp("s3")) as one:
        yield one


@pytest.fixture
def stand_in(running: S3) -> S3:
    running.mend()
    running.wish("clear")
    return running


QUESTIONS: dict[str, Callable[[DocumentBucket], object]] = {
    "keep": lambda bucket: bucket.keep(RAW),
    "keep again": lambda bucket: (bucket.keep(RAW), bucket.keep(RAW)),
    "fetch": lambda bucket: bucket.fetch(bucket.keep(RAW)),
    "has": lambda bucket: bucket.has(bucket.keep(RAW)),
    "list": lambda bucket: (bucket.keep(RAW), list(bucket.names())),
    "remove": lambda bucket: bucket.remove(bucket.keep(RAW)),
}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_connection_cut_at_any_call_costs_a_second_try_and_nothing_else(
    stand_in: S3, question: str, when: Literal["before", "after"]
) -> None:
    ask = QUESTIONS[question]
    expected = ask(stand_in.bucket(origin=lambda: OURS))
    calls, held = len(stand_in.calls), stand_in.objects
    for call in range(1, calls + 1):
        stand_in.wish("clear")
        stand_in.break_at(call, when)
        answer = ask(stand_in.bucket(origin=lambda: OURS))
        if not (question == "remove" and when == "after"):  # what was removed was there before
            assert answer == expected, (call, stand_in.calls)
        assert stand_in.objects == held
        assert len(stand_in.calls) > calls or question == "remove"


def test_a_store_that_is_busy_is_asked_again_and_not_for_ever(stand_in: S3) -> None:
    stand_in.refuse(503, "SlowDown", times=2)
    assert stand_in.bucket().keep(RAW) == NAME
    stand_in.mend()
    stand_in.refuse(503, "SlowDown")
    with pytest.raises(StoreUnavailable, match="503 SlowDown: it is asked too much"):
        stand_in.bucket().keep(RAW)
    assert len(stand_in.calls) == QUICK.tries


@pytest.mark.parametrize(
    ("status", "code", "says"),
    [
        (403, "AccessDenied", "may not do that; it needs to read, write, list and remove"),
        (403, "InvalidAccessKeyId", r"\[documents\] access_key"),
        (403, "SignatureDoesNotMatch", "secret access key is not the one"),
        (403, "RequestTimeTooSkewed", "clock"),
        (404, "NoSuchBucket", r"no such bucket.*\[documents\] bucket"),
        (403, "QuotaExceeded", "the bucket is full"),
        (507, "XMinioStorageFull", "the store is full"),
        (301, "PermanentRedirect", "another region"),
        (400, "InvalidRequest", "it refuses"),
    ],
)
def test_what_trying_again_does_not_mend_is_told_at_once_with_the_way_out(
    stand_in: S3, status: int, code: str, says: str
) -> None:
    bucket = stand_in.bucket()
    stand_in.refuse(status, code)
    with pytest.raises(StoreUnavailable, match=says):
        bucket.keep(RAW)
    assert len(stand_in.calls) == 1
    for question in (bucket.fetch, bucket.remove):
        with pytest.raises(StoreUnavailable):
            question(NAME)
    with pytest.raises(StoreUnavailable):
        list(bucket.names())


def test_a_missing_bucket_is_never_taken_for_a_missing_document(stand_in: S3) -> None:
    elsewhere = stand_in.bucket(bucket="nobodys")
    for question in (elsewhere.fetch, elsewhere.remove):
        with pytest.raises(StoreUnavailable, match="no such bucket"):
            question(NAME)
    with pytest.raises(StoreUnavailable, match="no such bucket"):
        list(elsewhere.names())
    with pytest.raises(StoreUnavailable, match="no such bucket"):
        elsewhere.keep(RAW)


def test_wrong_bytes_are_never_served(stand_in: S3) -> None:
    bucket = stand_in.bucket()
    bucket.keep(RAW)
    stand_in.fault(wrong=NAME)
    with pytest.raises(RecordBroken, match=f"{NAME}.*is not what was kept"):
        bucket.fetch(NAME)
    assert len(bucket.verify()) == 1


def test_an_answer_that_breaks_off_is_asked_for_again_and_never_served(stand_in: S3) -> None:
    bucket = stand_in.bucket()
    bucket.keep(RAW)
    stand_in.fault(short=True)
    with pytest.raises(StoreUnavailable, match="broke off"):
        bucket.fetch(NAME)
    stand_in.mend()
    assert bucket.fetch(NAME) == RAW


def test_a_store_that_stands_still_is_not_waited_for(stand_in: S3) -> None:
    impatient = Limits(tries=1, connect=1, still=0.3, whole=0.3)
    stand_in.fault(stall={"seconds": 2})
    with pytest.raises(StoreUnavailable, match="does not answer in time"):
        stand_in.bucket(limits=impatient).fetch(NAME)


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    nobody = S3(tmp_path)
    with pytest.raises(StoreUnavailable, match=r"is not reached, or broke off"):
        nobody.bucket().keep(RAW)


@pytest.mark.parametrize("fault", ["knows no condition", "hears no condition"])
def test_a_store_without_conditions_keeps_all_the_same(stand_in: S3, fault: str) -> None:
    stand_in.fault(**{fault: True})
    bucket = stand_in.bucket(origin=lambda: OURS)
    assert bucket.keep(RAW) == bucket.keep(RAW) == NAME
    stand_in.lay(KEY, b"damaged")
    bucket.keep(RAW)
    assert bucket.fetch(NAME) == RAW
    assert not bucket.hears_conditions()


def test_nothing_is_put_over_what_is_there(stand_in: S3) -> None:
    bucket = stand_in.bucket(origin=lambda: OURS)
    for _ in range(3):
        bucket.keep(RAW)
    assert bucket.hears_conditions()
    stand_in.refuse(500, "InternalError", methods=["GET"])  # what is there cannot be looked at
    with pytest.raises(StoreUnavailable):
        bucket.keep(RAW)
    assert stand_in.objects[KEY] == RAW


def test_two_offices_on_one_prefix_never_touch_each_others_documents(stand_in: S3) -> None:
    ours, theirs = (stand_in.bucket(origin=partial(str, one)) for one in (OURS, "b" * 64))
    name = ours.keep(RAW)
    with pytest.raises(RecordBroken, match="another office"):
        theirs.keep(b"Dear Madam")
    with pytest.raises(RecordBroken, match="another office"):
        theirs.remove(name)
    with pytest.raises(RecordBroken, match="another office"):
        stand_in.bucket().keep(b"Dear Madam")  # nor does one whose record is still to begin
    assert ours.fetch(name) == RAW
    assert set(stand_in.objects) == {KEY, "office"}
    assert list(ours.strays()) == []


def test_two_offices_in_one_bucket_see_nothing_of_each_other(stand_in: S3) -> None:
    ours = stand_in.bucket(origin=lambda: OURS)
    theirs = stand_in.bucket(origin=lambda: "b" * 64, prefix=f"{PREFIX}-homes")
    name = ours.keep(RAW)
    assert not theirs.has(name)
    other = theirs.keep(b"Dear Madam")
    assert list(ours.names()) == [name]
    assert list(theirs.names()) == [other]


def test_a_long_listing_is_told_whole(stand_in: S3) -> None:
    for number in range(1200):
        stand_in.lay(f"stray/{number:04d}", b"")
    stand_in.fault(page=300)
    assert len(list(stand_in.bucket().strays())) == 1200


def test_what_the_environment_says_for_other_programs_is_not_heard(
    stand_in: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "AWS_ACCESS_KEY_ID": "other",
        "AWS_SECRET_ACCESS_KEY": "other",
        "AWS_SESSION_TOKEN": "other",
        "AWS_SKIP_SIGNATURE": "true",
        "AWS_UNSIGNED_PAYLOAD": "true",
        "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_REGION": "us-west-2",
        "AWS_BUCKET": "nobodys",
        "AWS_VIRTUAL_HOSTED_STYLE_REQUEST": "true",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
        "ALL_PROXY": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }.items():
        monkeypatch.setenv(name, value)
    assert stand_in.bucket().fetch(stand_in.bucket().keep(RAW)) == RAW


def test_the_secret_comes_from_the_environment_or_a_private_file_and_is_never_told(
    stand_in: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreUnavailable, match="CORRESPONDENCE_PASSWORD_DOCUMENTS"):
        stand_in.bucket(password_file="").keep(RAW)
    open_to_all = tmp_path / "open"
    open_to_all.write_text("guessed")
    open_to_all.chmod(0o644)
    with pytest.raises(StoreUnavailable, match="others may read it"):
        stand_in.bucket(password_file=str(open_to_all)).keep(RAW)
    monkeypatch.setenv("CORRESPONDENCE_PASSWORD_DOCUMENTS", "guessed-by-nobody")
    with pytest.raises(StoreUnavailable, match="secret access key") as told:
        stand_in.bucket().keep(RAW)
    assert "guessed-by-nobody" not in str(told.value)
    assert "guessed-by-nobody" not in repr(told.value.__context__)


def test_a_secret_that_was_changed_counts_without_a_new_start(stand_in: S3, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.touch(0o600)
    file.write_text("the old one")
    bucket = stand_in.bucket(password_file=str(file))
    with pytest.raises(StoreUnavailable, match="secret access key"):
        bucket.keep(RAW)
    file.write_text(stand_in.secret_file.read_text())
    assert bucket.keep(RAW) == NAME


def test_a_store_of_an_authority_of_ones_own_is_trusted_by_name_alone(tmp_path: Path) -> None:
    shown = certificate(tmp_path / "tls")
    port = free_port()
    serving = subprocess.Popen(
        [sys.executable, "-m", "tests.store.stand_ins.s3", str(port), str(shown.file),
         str(shown.key)],
        cwd=TOP,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not answers(port):
            assert serving.poll() is None
        one = S3(tmp_path, port)
        there: dict[str, Any] = {"endpoint": f"https://localhost:{port}"}
        assert one.bucket(**there, ca_file=str(shown.authority)).keep(RAW) == NAME
        with pytest.raises(StoreUnavailable, match="shows a certificate that is not accepted"):
            one.bucket(**there).keep(RAW)
        with pytest.raises(StoreUnavailable, match="shows a certificate that is not accepted"):
            one.bucket(endpoint=f"https://127.0.0.1:{port}", ca_file=str(shown.authority)).keep(RAW)
        with pytest.raises(StoreUnavailable, match="cannot be used"):
            one.bucket(**there, ca_file=str(tmp_path / "nowhere.pem")).keep(RAW)
    finally:
        serving.kill()
        serving.wait()


KEEPS = """
import sys
from pathlib import Path
from tests.store.s3_stand_in import S3
bucket = S3(Path(sys.argv[1]), int(sys.argv[2])).bucket()
sys.stdin.readline()
print(bucket.keep(b"Dear Sir"), flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_program_killed_while_putting_leaves_the_whole_document_or_nothing(
    stand_in: S3, when: Literal["before", "after"]
) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", KEEPS, str(stand_in.folder), str(stand_in.port)],
        cwd=TOP,
        env={**os.environ, "PYTHONPATH": str(TOP)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    stand_in.break_at(2, when, kill=program.pid)  # the first asks whose documents lie here
    said, _ = program.communicate("go\n")
    assert program.returncode == -signal.SIGKILL
    assert said == ""
    assert stand_in.objects == ({KEY: RAW} if when == "after" else {})
    stand_in.mend()
    assert stand_in.bucket().keep(RAW) == NAME  # and by the next it is kept, once
    assert stand_in.objects == {KEY: RAW}


def test_an_install_without_the_extra_is_told_what_it_lacks(
    stand_in: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    with pytest.raises(StoreUnavailable, match=r"install correspondence\[s3\]"):
        stand_in.bucket().keep(RAW)


def test_certificates_that_are_none_are_told_before_anything_is_asked(
    stand_in: S3, tmp_path: Path
) -> None:
    (tmp_path / "junk.pem").write_text("no certificate")
    with pytest.raises(StoreUnavailable, match="ca_file, which must hold certificates in PEM"):
        stand_in.bucket(ca_file=str(tmp_path / "junk.pem")).keep(RAW)
    assert stand_in.calls == []


def test_a_trial_leaves_nothing_behind_and_tells_what_a_bucket_does(stand_in: S3) -> None:
    steps = list(tried(stand_in.bucket(origin=lambda: OURS)))
    assert all(one.works for one in steps), steps
    assert set(stand_in.objects) == {"office"}
    stand_in.fault(versions=True)
    told = {one.step: one for one in tried(stand_in.bucket(origin=lambda: OURS))}
    assert not told["erase"].works
    assert "earlier versions" in told["erase"].says
    stand_in.mend()
    stand_in.refuse(403, "AccessDenied", methods=["DELETE"])
    *_, last = tried(stand_in.bucket(origin=lambda: OURS))
    assert (last.step, last.works) == ("remove", False)
    stand_in.wish("clear")
    *_, last = tried(stand_in.bucket(access_key="stranger"))
    assert "access_key" in last.says
    assert ACCESS_KEY not in last.says

"""`make demo`: the sample mail goes the whole way, by the same commands that anybody would type.

The office it makes lies in `demo/office`. Run again, it drops the same mail in once more, and shows
that nothing is opened, drafted or sent twice.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
OFFICE = TOP / "demo" / "office"
SAMPLES = TOP / "samples"
OFFICER = "rowan"
PROGRAM = Path(sys.executable).with_name("correspondence")


def main() -> int:
    """Make the office, work off the samples, approve and send one letter, and say what happened."""
    first_time = not (OFFICE / "correspondence.toml").exists()
    say("An office for a landlord that does not exist.")
    correspondence("init", str(OFFICE), "--user", OFFICER, "--name", "Rowan Ellery")
    copied = drop_samples()
    say(f"{copied} messages were dropped into demo/office/inbox. The main job works them off.")
    in_office("run", "--once", findings_are_fine=True)
    say("The register: every message, and what it was understood to be.")
    in_office("message", "list")
    say("The cases, those due first in front.")
    in_office("case", "list")
    letter = approve_and_send()
    say("The letters.")
    in_office("letter", "list")
    in_office("audit", "verify")
    goodbye(letter, first_time=first_time)
    return 0


def drop_samples() -> int:
    """Put the sample mail into the inbox the safe way: under another name first, then renamed."""
    inbox = OFFICE / "inbox"
    samples = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".eml", ".msg"})
    for path in samples:
        unfinished = inbox / (path.name + ".part")
        shutil.copyfile(path, unfinished)
        unfinished.rename(inbox / path.name)
    return len(samples)


def approve_and_send() -> str:
    """Approve the first draft that holds all it must, as the officer would, and hand it over."""
    letters = json_of("letter", "list")
    going = [one for one in letters if one["status"] in {"handed_over", "sent"}]
    if going:
        say(f"{going[0]['id']} is in the outbox from the last time; nothing is sent twice.")
        in_office("letter", "send", going[0]["id"])
        return str(going[0]["id"])
    for letter in letters:
        if (
            letter["status"] == "draft"
            and json_of("letter", "show", letter["id"])["findings"]["ok"]
        ):
            say(f"{letter['id']} as it was drafted. The officer reads it, approves it, sends it.")
            in_office("letter", "show", letter["id"])
            in_office("letter", "approve", letter["id"], "--as", OFFICER)
            in_office("letter", "send", letter["id"], "--as", OFFICER)
            return str(letter["id"])
    say("No draft holds all that is required yet; `letter check` says what each one lacks.")
    return ""


def goodbye(letter: str, *, first_time: bool) -> None:
    """Say where to look."""
    program = os.path.relpath(PROGRAM, Path.cwd())
    office = os.path.relpath(OFFICE, Path.cwd())
    say("Where to look")
    print(f"  {office}/outbox/              the letter, as PDF, Word file and ready e-mail")
    print(f"  {office}/inbox/processed/     the messages as they came")
    print(f"  {office}/correspondence.toml  the landlord's profile")
    print(f"  {program} --office {office} case show CMP-2026-000001")
    if letter:
        print(f"  {program} --office {office} letter sent {letter} --on DATE   once it has gone")
    print(f"  {program} --office {office} run                          to go on watching the inbox")
    print("The pages, to review the letters in a browser:")
    print(f"  {program} --office {office} user link rowan              a link that lets you in")
    print(f"  {program} --office {office} serve                        then open it")
    if first_time:
        print("Run `make demo` again: the same mail comes once more, and nothing happens twice.")
    else:
        print("Remove the folder `demo` to begin again.")


def correspondence(*arguments: str, findings_are_fine: bool = False) -> None:
    """Run one command and show it as it would be typed; stop where it fails."""
    print(f"\n$ correspondence {' '.join(arguments)}", flush=True)
    done = subprocess.run([PROGRAM, *arguments], cwd=TOP, check=False)  # noqa: S603 - our own program
    if done.returncode not in ({0, 1} if findings_are_fine else {0}):
        sys.exit(f"The demonstration stopped: `correspondence {' '.join(arguments)}` failed.")


def in_office(*arguments: str, findings_are_fine: bool = False) -> None:
    """Run one command in the demonstration's office."""
    office = os.path.relpath(OFFICE, TOP)
    correspondence("--office", office, *arguments, findings_are_fine=findings_are_fine)


def json_of(*arguments: str) -> Any:
    """What a command says as JSON."""
    done = subprocess.run(  # noqa: S603 - our own program
        [PROGRAM, "--office", OFFICE, *arguments, "--json"],
        cwd=TOP,
        check=True,
        capture_output=True,
    )
    return json.loads(done.stdout)


def say(sentence: str) -> None:
    """A heading between the commands."""
    print(f"\n── {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""The mail intake of django-helpdesk, measured in an environment that has it.

Run by `measure_intake` with that environment's Python; needs nothing of this project. Reads lines
of JSON from standard input: `{"folder": ..., "acknowledging": ...}`, a folder of .eml files to be
taken in by a new office and whether senders are written to (into memory); writes one line for each:
`{"cpu": seconds, "files": found, "left": not taken, "tickets": made, "joined": put with one}`.
SQLite has its write-ahead log and synchronous NORMAL, which spares an fsync for every message.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

OFFICE = "complaints@landlord.example"


def main() -> None:
    """Measure every folder that is named."""
    with tempfile.TemporaryDirectory() as scratch:
        database = Path(scratch, "helpdesk.db")
        empty = Path(scratch, "empty.db")
        _set_up(database, Path(scratch, "media"))
        shutil.copy(database, empty)
        for line in sys.stdin:
            order = json.loads(line)
            _begin_again(database, empty)
            answer = measured(Path(order["folder"]), acknowledging=order["acknowledging"])
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()


def measured(folder: Path, *, acknowledging: bool) -> dict[str, Any]:
    """Take in the folder as its cron job does, and count."""
    from django.core import mail  # type: ignore[import-not-found]
    from helpdesk import email  # type: ignore[import-not-found]
    from helpdesk.models import EmailTemplate, FollowUp, Queue, Ticket  # type: ignore[import-not-found]

    if not acknowledging:
        EmailTemplate.objects.all().delete()  # without one it writes to nobody
    Queue.objects.create(
        title="Complaints",
        slug="complaints",
        email_address=OFFICE,
        allow_email_submission=True,
        email_box_type="local",
        email_box_local_dir=str(folder),
    )
    mail.outbox = []
    files = len(list(folder.iterdir()))
    began = _cpu()
    email.process_email(quiet=True)
    cpu = _cpu() - began
    tickets = Ticket.objects.count()
    return {
        "cpu": cpu,
        "files": files,
        "left": len(list(folder.iterdir())),
        "tickets": tickets,
        "joined": FollowUp.objects.count() - tickets,
        "written_to": len(mail.outbox),
    }


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _set_up(database: Path, media: Path) -> None:
    """Its tables and its own templates of letters."""
    import django  # type: ignore[import-not-found]
    from django.conf import settings  # type: ignore[import-not-found]
    from django.core.management import call_command  # type: ignore[import-not-found]

    settings.configure(
        SECRET_KEY="of a measurement",  # noqa: S106 guards nothing
        DEBUG=False,
        USE_TZ=True,
        SITE_ID=1,
        MEDIA_ROOT=str(media),
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        DEFAULT_FROM_EMAIL=OFFICE,
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(database),
                "OPTIONS": {
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
                    "transaction_mode": "IMMEDIATE",
                },
            }
        },
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.sites",
            "django.contrib.messages",
            "django.contrib.admin",
            "django.contrib.humanize",
            "rest_framework",
            "helpdesk",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
            }
        ],
        LOGGING_CONFIG=None,
        HELPDESK_TEAMS_MODE_ENABLED=False,
    )
    django.setup()
    from django.urls import include, path  # type: ignore[import-not-found]

    settings.ROOT_URLCONF = (path("", include("helpdesk.urls", namespace="helpdesk")),)
    call_command("migrate", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)


def _begin_again(database: Path, empty: Path) -> None:
    """Back to the state before any mail came."""
    from django.db import connection  # type: ignore[import-not-found]

    connection.close()
    for ending in ("-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    shutil.copy(empty, database)


if __name__ == "__main__":
    main()

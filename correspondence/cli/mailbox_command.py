"""`mailbox`: is every mail account connected, and if not, what has to be changed."""

from __future__ import annotations

from dataclasses import asdict

import typer

from correspondence.cli.output import AsJson, print_json, print_table

commands = typer.Typer(no_args_is_help=True, help="The mailboxes of an office.")


@commands.callback()
def mailboxes() -> None:
    """The mailboxes of an office."""


@commands.command("test")
def try_mailboxes(context: typer.Context, as_json: AsJson = False) -> None:
    """Try every mailbox and the way letters leave, step by step; nothing is read or sent."""
    from correspondence.postroom.probe import probe
    from correspondence.settings import open_office

    steps = list(probe(open_office(context.obj)))
    well = all(one.works for one in steps)
    if as_json:
        print_json({"ok": well, "steps": [asdict(one) for one in steps]})
    else:
        print_table(
            "Are the mailboxes connected?",
            ["", "Mailbox", "Step", "Finding"],
            [("ok" if one.works else "FAIL", one.mailbox, one.step, one.says) for one in steps],
        )
    raise typer.Exit(0 if well else 1)


@commands.command("reconcile")
def reconcile_mailboxes(context: typer.Context, as_json: AsJson = False) -> None:
    """Hold mailboxes against the record, and letters against what was sent; changes nothing."""
    from datetime import UTC, datetime

    from correspondence.casework.open_office import open_office
    from correspondence.casework.sending.reconcile import reconcile
    from correspondence.postroom.mailboxes import mailboxes_of

    with open_office(context.obj) as house:
        boxes = mailboxes_of(house.office)
        try:
            found = reconcile(house, boxes, now=datetime.now(UTC))
        finally:
            for box in boxes:
                box.close()
    if as_json:
        print_json(found.document())
    else:
        print_table(
            f"{found.agree} of {found.in_mailboxes} messages in the mailboxes are on record; "
            f"{found.letters_seen} of {found.letters} letters are among the sent mail; of "
            f"{found.posted_seen} of {found.posted} by post, those who print them say the same",
            ["", "Where", "What differs", "What to do"],
            [("LOOK" if o.asks else "", o.where, o.what, o.to_do) for o in found.differences],
        )
    raise typer.Exit(0 if found.ok else 1)

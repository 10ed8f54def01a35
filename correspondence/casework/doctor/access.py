"""Who can come in, and who can read what they should not: people, secrets, certificates."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from correspondence.casework.doctor.finding import Finding, counted, fail, ok, warn
from correspondence.casework.signing_in.work_account import LOGOUT_PATH, RETURN_PATH
from correspondence.postroom.credentials import Account, file_fault
from correspondence.settings import tenant_of
from correspondence.settings.server_addresses import overheard
from correspondence.store import users
from correspondence.store.database import is_current, open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from correspondence.settings import Office

_ENDS_SOON: Final = timedelta(days=30)


def administrators(office: Office, _now: datetime) -> Iterator[Finding]:
    """Somebody who is let in can let others in."""
    with closing(open_database(office.database_url)) as opened:
        if not is_current(opened):
            return
        with opened.reading() as conn:
            present = [one for one in users.listing(conn) if one.left_at is None]
    roles = {one.role for one in present}
    if "administrator" in roles:
        yield ok("administrator", "The office has an administrator.")
    elif roles & set(users.ROLES):
        yield warn(
            "administrator",
            "Nobody who is let in is an administrator, so nobody can let others in on the pages.",
            "Make somebody one: correspondence user role NAME administrator",
        )
    else:
        yield ok(
            "administrator",
            "Nobody was invited to the pages yet; whoever is first becomes the administrator.",
            "Invite them: correspondence user link NAME",
        )


def secrets(office: Office, _now: datetime) -> Iterator[Finding]:
    """The files of secrets that are no mailbox's: there, ours alone, and outside the office."""
    named = {
        "[watch] metrics_token_file": office.settings.watch.metrics_token_file,
        "[pages] client_secret_file": office.settings.pages.client_secret_file,
    }
    for key, file in named.items():
        if not file:
            continue
        account = Account(key, "", "", office.folder, Path(office.folder, file))
        if fault := file_fault(account):
            yield fail("secrets", f"{key}: {fault}", f"chmod 600 {file}, and give it to us.")
        else:
            yield ok("secrets", f"What {key} names can be read by this account alone.")


def certificates(office: Office, now: datetime) -> Iterator[Finding]:
    """The certificates by which mailboxes are opened or known: how long they hold."""
    for one in office.settings.mailboxes:
        for key in ("certificate_file", "ca_file"):
            if file := getattr(one, key):
                yield from certificate(f"{one.name} ({key})", Path(office.folder, file), now)
    if file := office.settings.delivery.ca_file:
        yield from certificate("[delivery] ca_file", Path(office.folder, file), now)


def certificate(whose: str, file: Path, now: datetime) -> Iterator[Finding]:
    """How long the certificate in a file holds, of several the one that ends first."""
    from cryptography import x509

    try:
        found = x509.load_pem_x509_certificates(file.read_bytes())
    except (OSError, ValueError):
        return  # that it cannot be used is said where it is used
    ends = min(one.not_valid_after_utc for one in found)
    renew = "Have a new one made and put in its place; then: correspondence mailbox test"
    if ends <= now:
        yield fail("certificates", f"The certificate of {whose} ended on {ends:%d %B %Y}.", renew)
    elif ends - now < _ENDS_SOON:
        yield warn("certificates", f"The certificate of {whose} ends on {ends:%d %B %Y}.", renew)
    else:
        yield ok("certificates", f"The certificate of {whose} holds until {ends:%d %B %Y}.")


def work_accounts(office: Office, _now: datetime) -> Iterator[Finding]:
    """What has to be entered at the issuer of work accounts, and how long a session outlives it."""
    pages = office.settings.pages
    if not pages.issuer:
        return
    how = "front-channel" if tenant_of(pages.issuer) else "back-channel"
    yield ok(
        "work accounts",
        f"People come in by accounts of {pages.issuer}, for at most "
        f"{counted(pages.at_most_hours, 'hour', 'hours')} at a time.",
        f"Enter there, to come back to, {pages.address}{RETURN_PATH}, and for {how} logout "
        f"{pages.address}{LOGOUT_PATH}; what it tells that address has ended ends here at once.",
    )


def pages_address(office: Office, _now: datetime) -> Iterator[Finding]:
    """Pages that are reached over a network are reached by HTTPS."""
    if (address := office.settings.pages.address) and overheard(address):
        yield fail(
            "pages",
            f"The pages are said to be reached at {address}, in the clear: "
            "passwords and residents' letters would go over the network readable by anybody.",
            "Put a proxy in front that speaks HTTPS, start serve with --behind-proxy, and begin "
            "[pages] address with https://.",
        )

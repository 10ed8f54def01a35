"""What a refused sign-in to Microsoft 365 means, in plain words: who has to change what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from correspondence.errors import ConnectionLost, LoginRefused, MailServerUnavailable
from correspondence.postroom.credentials import without

if TYPE_CHECKING:
    from correspondence.postroom.graph.server import GraphServer, Proof

_CODE: Final = re.compile(r"AADSTS(\d+)")

_PASSING: Final = frozenset({90033, 90055, 50196, 1002016})
NO_TENANT: Final = frozenset({90002, 900021, 900023, 90013})
_CLOCKS: Final = 700024
THEN: Final = "Then run `correspondence mailbox test`."
_MEANS: Final = {
    700016: "The tenant knows no application {application}: correct application (the Application "
    "(client) ID on the app registration's overview), or tenant.",
    7000215: "The secret of the application {application} is not the right one: give the Value of "
    "the secret, not its Secret ID.",
    7000222: "The secret of the application {application} has expired: have a new one made (Entra "
    "admin centre, App registrations, Certificates & secrets), or better a certificate.",
    700027: "The certificate of the application {application} is not the one registered, or it has "
    "expired: upload its public part under Certificates & secrets.",
    7000112: "The application {application} is switched off in the tenant: have it enabled.",
    7000229: "The application {application} has no enterprise application (service principal) in "
    "the tenant: have one made by giving consent, or by New-MgServicePrincipal.",
    53003: "A Conditional Access policy keeps the application {application} out: have it allowed "
    "from this machine's address.",
}


def refusal(said: dict[str, Any], server: GraphServer, proof: Proof) -> MailServerUnavailable:
    """What a refused sign-in means, in plain words, by Microsoft's published error codes.

    https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
    """
    told = str(said.get("error_description") or said.get("error") or "no reason given")
    found = _CODE.search(told)
    code = int(found[1]) if found else 0
    short = without(told.split("Trace ID", 1)[0], proof.secret)
    if proof.kind == "managed_identity":
        return no_identity(short)
    if code in _PASSING or said.get("error") in ("temporarily_unavailable", "server_error"):
        return ConnectionLost(f"{server.login_host} cannot give a token just now ({short}).")
    if code in NO_TENANT:
        return LoginRefused(no_tenant(server))
    if code == _CLOCKS:
        return MailServerUnavailable(
            "The clock of this machine and Microsoft's differ by more than some minutes, so what "
            "is signed with the certificate counts as out of date: set the clock (NTP)."
        )
    what = _MEANS.get(code)
    if not code and not isinstance(said.get("error"), str):
        return MailServerUnavailable(not_as_microsoft(server))
    if what is None:
        return LoginRefused(
            f"{server.login_host} refuses the application {server.application} ({short}). It is "
            f"not tried again by itself: {THEN}"
        )
    return LoginRefused(f"{what.format(application=server.application)} {THEN}")


def no_tenant(server: GraphServer) -> str:
    """That nobody there knows the tenant."""
    return (
        f"There is no tenant {server.tenant} at {server.login_host}: correct tenant (the Directory "
        f"(tenant) ID on the app registration's overview). {THEN}"
    )


def not_as_microsoft(server: GraphServer, status: str = "") -> str:
    """That something else answers: a proxy, a portal, another server."""
    shown = f" ({status})" if status else ""
    return (
        f"{server.login_host} answers, but not as Microsoft's sign-in does{shown}: correct "
        "login_host, or have the proxy let this machine through."
    )


def no_identity(said: str) -> MailServerUnavailable:
    """That the machine itself was given no token."""
    return MailServerUnavailable(
        f"This machine's managed identity was given no token ({said}): see that it has one in "
        "Azure, and where it has several, name the client ID of one as application."
    )

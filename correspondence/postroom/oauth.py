"""Logging in to IMAP and SMTP by an application's token: how it is said, and what a refusal means.

It is said by XOAUTH2, or by OAUTHBEARER (RFC 7628); see `oauth_tokens` for where it comes from.
https://learn.microsoft.com/en-us/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Final

from correspondence.errors import LoginRefused

if TYPE_CHECKING:
    from pydantic import SecretStr

CONSENT: Final = {"imap": "IMAP.AccessAsApp", "smtp": "SMTP.SendAsApp"}
"""The application permission of Office 365 Exchange Online that each protocol needs."""


def xoauth2(user: str, token: SecretStr) -> str:
    """What is said by XOAUTH2: https://developers.google.com/gmail/imap/xoauth2-protocol."""
    return f"user={user}\1auth=Bearer {token.get_secret_value()}\1\1"


def oauthbearer(user: str, host: str, port: int, token: SecretStr) -> str:
    """What is said by OAUTHBEARER (RFC 7628 3.1)."""
    who = user.replace("=", "=3D").replace(",", "=2C")
    return f"n,a={who},\1host={host}\1port={port}\1auth=Bearer {token.get_secret_value()}\1\1"


def roles_of(token: SecretStr) -> frozenset[str] | None:
    """What a token of Microsoft's says the application was given; None where it is none of theirs.

    Read to tell an administrator what lacks, and never to let anybody in.
    """
    parts = token.get_secret_value().split(".")
    if len(parts) != 3:
        return None
    try:
        said = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return None
    if not isinstance(said, dict):
        return None
    roles = said.get("roles", [])
    return frozenset(map(str, roles)) if isinstance(roles, list) else frozenset()


def refusal(host: str, user: str, token: SecretStr, protocol: str, said: str) -> LoginRefused:
    """Why a server does not take the token, and who changes what."""
    needs, roles = CONSENT[protocol], roles_of(token)
    then = "Then run `correspondence mailbox test`."
    if roles is None:
        return LoginRefused(
            f"{host} does not take the application's token for {user} ({said}): see that its "
            f"issuer, its scope and the rights of {user} are what the server asks for. {then}"
        )
    if needs not in roles:
        return LoginRefused(
            f"{host} does not take the application's token for {user} ({said}). Nobody has "
            f"consented: in Entra give the application {needs} of Office 365 Exchange Online, and "
            f"grant admin consent. {then}"
        )
    if "SmtpClientAuthentication" in said:
        return LoginRefused(
            f"{host} lets nobody send as {user} by SMTP ({said}): Set-CASMailbox {user} "
            f"-SmtpClientAuthenticationDisabled $false. {then}"
        )
    return LoginRefused(not_granted(host, user, said))


def not_granted(host: str, user: str, said: str) -> str:
    """That there is consent, and not for this mailbox."""
    return (
        f"{host} knows the application and does not open {user} to it ({said}). The mailbox is not "
        "granted: New-ServicePrincipal with the object id of the enterprise application, then "
        f"Add-MailboxPermission {user} -User <it> -AccessRights FullAccess. Then run "
        "`correspondence mailbox test`."
    )

"""Connections to mail servers are secured and their servers known; neither can be switched off."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from correspondence.errors import MailServerUnavailable

if TYPE_CHECKING:
    from pathlib import Path


class NotTrusted(MailServerUnavailable):
    """A server's certificate is not accepted, or it speaks no TLS; nothing was said to it."""


def verified(ca_file: Path | None = None) -> ssl.SSLContext:
    """A context that takes TLS 1.2 or later, from a server whose certificate bears its name.

    With `ca_file` those certificates alone are trusted, else those of the system. Raises
    MailServerUnavailable where the file cannot be used.
    """
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as refused:
        reason = (
            "it holds no certificate" if isinstance(refused, ssl.SSLError) else refused.strerror
        )
        raise MailServerUnavailable(
            f"The certificates in {ca_file} cannot be used ({reason}); name a file in PEM form "
            "that this account may read."
        ) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def certificate_fault(refused: ssl.SSLError, host: str) -> str:
    """What is wrong with a server's certificate, and what an administrator does about it."""
    if not isinstance(refused, ssl.SSLCertVerificationError):
        return (
            f"{host} answers, but not with TLS ({refused.reason or 'no handshake'}): check port "
            "and security (tls from the first byte, or starttls)."
        )
    said = refused.verify_message.rstrip(".")
    return (
        f"The certificate of {host} is not accepted ({said}). Have the server present a valid one "
        "for that name; if it comes from an authority of your own, name its certificate as ca_file."
    )

"""Where servers are, as a profile names them: only this very machine is spoken to in the clear."""

from __future__ import annotations

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator

_SERVER: Final = r"https?://[A-Za-z0-9.:\[\]_-]+"
_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def overheard(address: str) -> bool:
    """Whether what goes to that address can be read on its way: in the clear, to elsewhere."""
    parts = urlsplit(address)
    return parts.scheme != "https" and parts.hostname not in _THIS_MACHINE


def names_server(address: str) -> bool:
    """Whether there is a host in an address, and no port in it that is none."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets around what is no address, or too high a port
        return False


def _secured(address: str, path: str, expected: str) -> str:
    """The address of a server, and what stands behind it there, that is no empty one."""
    _server(address, path, expected)
    if overheard(address):
        raise ValueError("it must begin with https://; only this very machine is spoken to without")
    return address


def _server(address: str, path: str, expected: str) -> str:
    if not re.fullmatch(_SERVER + path, address):
        raise ValueError(f"it must be {expected}")
    if not names_server(address):
        raise ValueError("it must name a server, and a port where there is one")
    return address


def _proxy_address(value: str) -> str:
    address = value.strip()
    if "@" in address:
        raise ValueError("it may hold no name or password; have the proxy know this machine")
    expected = "a proxy's address, such as http://proxy.landlord.example:8080"
    return address and _server(address, "/?", expected)


def _services_address(value: str) -> str:
    address = value.strip()
    expected = (
        "the address of the server's web services, such as "
        "https://mail.landlord.example/EWS/Exchange.asmx"
    )
    return address and _secured(address, r"/[A-Za-z0-9./_-]*", expected)


def _store_address(value: str) -> str:
    address = value.strip().rstrip("/")
    return address and _secured(
        address, "", "a store's address, such as https://s3.landlord.example:9000"
    )


def _token_address(value: str) -> str:
    address = value.strip()
    expected = "where the issuer gives tokens, such as https://id.landlord.example/token"
    return address and _secured(address, r"/[^\s@?#]*", expected)


def _api_address(value: str) -> str:
    expected = "the address of the API, https://api.notifications.service.gov.uk"
    return _secured(value.strip().rstrip("/"), "", expected)


ProxyAddress = Annotated[str, AfterValidator(_proxy_address)]
"""Where a proxy is, without any password, or empty."""

ServicesAddress = Annotated[str, AfterValidator(_services_address)]
"""Where an Exchange server's web services are, or empty."""

StoreAddress = Annotated[str, AfterValidator(_store_address)]
"""Where a store that speaks S3 answers, or empty."""

TokenAddress = Annotated[str, AfterValidator(_token_address)]
"""Where an application is given its token, or empty."""

ApiAddress = Annotated[str, AfterValidator(_api_address)]
"""Where an API is, without any path."""

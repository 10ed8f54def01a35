"""HTTPS to services we are given a name for: secured, their names checked, nothing by accident.

What the environment says of certificates, proxies and passwords (REQUESTS_CA_BUNDLE,
CURL_CA_BUNDLE, HTTPS_PROXY, ALL_PROXY, NO_PROXY, .netrc) is not heard: a variable that somebody set
for another program neither changes whom we trust nor sends residents' letters another way. The
profile says both, as `ca_file` and `proxy`.
"""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any, Final

import requests
from requests.adapters import HTTPAdapter

from correspondence.postroom.tls import verified

if TYPE_CHECKING:
    from pathlib import Path

_CONNECTIONS: Final = 8  # held open at most


class Verified(HTTPAdapter):
    """Connections made with our own context, whatever is asked of `verify`."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self._context = context
        super().__init__(pool_connections=2, pool_maxsize=_CONNECTIONS, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=self._context)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        return super().proxy_manager_for(proxy, **kwargs, ssl_context=self._context)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ARG002
        # The library would add the authorities of its own package to those of the context.
        conn.cert_reqs = "CERT_REQUIRED"


class Https(requests.Session):
    """A session that follows nobody elsewhere and waits for no answer for ever.

    `timeout` is in seconds, for connecting and for each part of an answer. With `plain` it may
    also speak without TLS, to a service on this very machine or its host (managed identities);
    without `https` then in no other way.
    """

    def __init__(
        self,
        *,
        ca_file: Path | None = None,
        proxy: str = "",
        timeout: float = 60.0,
        plain: bool = False,
        https: bool = True,
        adapter: type[Verified] = Verified,
    ) -> None:
        """Raises MailServerUnavailable where the file of certificates cannot be used."""
        super().__init__()
        self.trust_env = False
        self.timeout = timeout
        self.answered = 0  # the status of the last answer; a library may not tell it
        self.retry_after = ""  # and what it said of when to ask again
        self.proxies = {"https": proxy} if proxy else {}
        self.adapters.clear()
        if https:
            self.mount("https://", adapter(verified(ca_file)))
        if plain:
            self.mount("http://", adapter(None))

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        """As the library's, but with a timeout, and a redirection is an answer like any other."""
        kwargs = {**kwargs, "allow_redirects": False}
        kwargs["timeout"] = kwargs.get("timeout") or self.timeout
        answer = super().request(method, url, **kwargs)
        self.answered = answer.status_code
        self.retry_after = answer.headers.get("Retry-After", "")
        return answer


def tls_fault(fault: BaseException | None) -> ssl.SSLError | None:
    """What the certificate or the handshake failed by, however deep the libraries wrapped it."""
    seen: list[BaseException] = []
    waiting = [fault] if fault else []
    while waiting:
        one = waiting.pop()
        if isinstance(one, ssl.SSLError):
            return one
        if any(one is known for known in seen):
            continue
        seen.append(one)
        inner = [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
        waiting += [other for other in inner if isinstance(other, BaseException)]
    return None

"""What a store that speaks S3 refuses, as sentences; and whether asking again may help.

The library tells a refusal as text, in which stand the status and the store's own code:
https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
"""

from __future__ import annotations

import re
from typing import Final

from correspondence.errors import StoreUnavailable

_STATUS: Final = re.compile(r"status code: (\d{3})")
_CODE: Final = re.compile(r"<Code>([A-Za-z0-9.]{1,60})</Code>")

_BY_CODE: Final = {
    "NoSuchBucket": "there is no such bucket; make it, or change [documents] bucket",
    "InvalidAccessKeyId": "it does not know the access key; change [documents] access_key",
    "SignatureDoesNotMatch": "the secret access key is not the one that belongs to the access key",
    "RequestTimeTooSkewed": "this machine's clock is not right; have it set by the network",
    "AuthorizationHeaderMalformed": "the bucket is in another region; change [documents] region",
    "PermanentRedirect": "the bucket is in another region; change [documents] region or endpoint",
    "QuotaExceeded": "the bucket is full; have its quota raised",
    "InsufficientCapacity": "the store is full; have room made",
    "XMinioStorageFull": "the store is full; have room made",
    "EntityTooLarge": "it is too large for the store",
    "InvalidObjectState": "it was moved to an archive; have the bucket keep what is in use",
    "SlowDown": "it is asked too much at once",
}
_BY_STATUS: Final = {
    401: "it does not accept the access key; see to [documents] access_key and its secret",
    403: "the access key may not do that; it needs to read, write, list and remove below its "
    "prefix",
    404: "there is no such bucket, or no store at that address",
    501: "it does not know what is asked of it",
    507: "the store is full; have room made",
}
_FULL: Final = frozenset({"QuotaExceeded", "InsufficientCapacity", "XMinioStorageFull"})
_CREDENTIAL: Final = frozenset({401, 403})
_MAY_PASS: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 522, 524})


class Refused(StoreUnavailable):
    """A store did not do what was asked. `again` where asking later may help."""

    def __init__(self, says: str, *, again: bool, status: int = 0, code: str = "") -> None:
        self.again = again
        self.status = status
        self.code = code
        super().__init__(says)

    @property
    def by_credential(self) -> bool:
        """Whether it is the access key that is refused."""
        return self.status in _CREDENTIAL

    @property
    def knows_no_condition(self) -> bool:
        """Whether the store knows no condition that something must not be there yet."""
        return self.status == 501 or self.code == "NotImplemented"


def told(fault: Exception, place: str) -> Refused:
    """What the library raised, as a sentence that quotes neither its text nor a secret."""
    text = str(fault)
    lower = text.lower()
    found = _STATUS.search(text)
    status = int(found[1]) if found else 404 if isinstance(fault, FileNotFoundError) else 0
    named = _CODE.search(text)
    code = named[1] if named else ""
    if not status:
        return Refused(f"{place} {_without_an_answer(lower)}.", again=_may_pass(lower))
    reason = _BY_CODE.get(code) or _BY_STATUS.get(status)
    again = status in _MAY_PASS and code not in _FULL
    if reason is None:
        reason = "it does not work just now; it is tried again" if again else "it refuses"
    return Refused(
        f"{place} answers {f'{status} {code}'.strip()}: {reason}.",
        again=again,
        status=status,
        code=code,
    )


def _may_pass(text: str) -> bool:
    return not any(sign in text for sign in ("redirect", "certificate"))


def _without_an_answer(text: str) -> str:
    """Why there was no answer that could be read."""
    if "redirect" in text:
        return (
            "sends elsewhere without saying where; the bucket may be in another region "
            "([documents] region, endpoint)"
        )
    if "certificate" in text:
        return (
            "shows a certificate that is not accepted; where it comes from an authority of your "
            "own, name that as [documents] ca_file"
        )
    if any(sign in text for sign in ("timed out", "timedout")):
        return "does not answer in time"
    return "is not reached, or broke off"

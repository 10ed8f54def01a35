"""What does a mailbox on an Exchange server cost, against asking the same by plain HTTP?

    python -m benchmarks.measure_exchange [--messages N] [--rounds N]

Reads messages of 17 kB from the stand-in of the tests, then has requests and lxml list and fetch
the same messages and take the answers apart, hashes included; prints the CPU time of each.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import random
import sys
import time
from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import requests
from lxml import etree  # type: ignore[import-untyped]

from correspondence.postroom.base import Arrival
from correspondence.postroom.exchange.session import package_fault
from tests.postroom.exchange_stand_in import ADDRESS, PASSWORD, USER, exchange_stand_in

if TYPE_CHECKING:
    from tests.postroom.exchange_stand_in import StandIn

_M: Final = "http://schemas.microsoft.com/exchange/services/2006/messages"
_T: Final = "http://schemas.microsoft.com/exchange/services/2006/types"
_ENVELOPE: Final = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
    f'xmlns:m="{_M}" xmlns:t="{_T}"><s:Body>{{}}</s:Body></s:Envelope>'
)
_LIST: Final = (
    '<m:SyncFolderItems><m:SyncFolderId><t:DistinguishedFolderId Id="inbox"><t:Mailbox>'
    f"<t:EmailAddress>{ADDRESS}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>"
    "</m:SyncFolderId>{}<m:MaxChangesReturned>512</m:MaxChangesReturned></m:SyncFolderItems>"
)
_TOGETHER: Final = 32


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    if missing := package_fault("This measurement"):
        sys.stdout.write(f"{missing}\n")
        return 0
    chance = random.Random(1)  # noqa: S311 - the same bytes each time
    mail = [
        b"From: a@example.org\r\nSubject: %d\r\n\r\n" % number
        + chance.randbytes(8_450).hex().encode()
        for number in range(given.messages)
    ]
    ratios = []
    with exchange_stand_in() as exchange:
        for _ in range(given.rounds):
            ours, count = _by_us(exchange, mail)
            plain, plainly = _plainly(exchange)
            assert count == plainly == len(mail)  # noqa: S101
            ratios.append(ours / plain)
            sys.stdout.write(f"ours {ours:.3f} s of CPU, plain {plain:.3f} s\n")
    sys.stdout.write(f"{len(mail)} messages: {median(ratios):.2f} times the CPU of plain HTTP\n")
    return 0


def _by_us(exchange: StandIn, mail: list[bytes]) -> tuple[float, int]:
    """Seconds of CPU, and how many came; the mailbox has been looked at once before."""
    exchange.wish("begin-anew")
    mailbox = exchange.mailbox()
    list(mailbox.arrivals())
    for first in range(0, len(mail), 100):
        exchange.deliver(*mail[first : first + 100])
    began = time.process_time()
    count = sum(isinstance(one, Arrival) for one in mailbox.arrivals())
    spent = time.process_time() - began
    mailbox.close()
    return spent, count


def _plainly(exchange: StandIn) -> tuple[float, int]:
    with requests.Session() as session:
        session.trust_env = False
        began = time.process_time()
        ids = _listed(session, exchange.server().url)
        count = 0
        for first in range(0, len(ids), _TOGETHER):
            wanted = "".join(f'<t:ItemId Id="{one}"/>' for one in ids[first : first + _TOGETHER])
            asked = f"<m:GetItem><m:ItemIds>{wanted}</m:ItemIds></m:GetItem>"
            for found in _said(session, exchange.server().url, asked).iter(f"{{{_T}}}MimeContent"):
                hashlib.sha256(base64.b64decode(found.text)).hexdigest()
                count += 1
        return time.process_time() - began, count


def _listed(session: requests.Session, url: str) -> list[str]:
    ids: list[str] = []
    state, more = "", True
    while more:
        known = f"<m:SyncState>{state}</m:SyncState>" if state else ""
        said = _said(session, url, _LIST.format(known))
        state = said.findtext(f".//{{{_M}}}SyncState")
        more = said.findtext(f".//{{{_M}}}IncludesLastItemInRange") == "false"
        for one in said.iter(f"{{{_T}}}Message"):
            ids.append(one.find(f"{{{_T}}}ItemId").get("Id"))
            int(one.findtext(f"{{{_T}}}Size"))
            datetime.fromisoformat(one.findtext(f"{{{_T}}}DateTimeReceived"))
    return ids


def _said(session: requests.Session, url: str, asked: str) -> Any:
    body = _ENVELOPE.format(asked).encode()
    answer = session.post(url, data=body, auth=(USER, PASSWORD), timeout=60)
    return etree.fromstring(answer.content, etree.XMLParser(huge_tree=True))


if __name__ == "__main__":
    sys.exit(main())

"""Everything that can go wrong, as sentences for the person who must put it right.

    CorrespondenceError
    ├── WrongUse                 the command or its input cannot be used (exit status 2)
    │   ├── SettingsRefused      correspondence.toml holds something that cannot be
    │   ├── OfficeMissing        there is no office in that folder
    │   ├── OfficeBusy           another run is at work in this office
    │   ├── FileUnusable         a file given to a command cannot be read as what it should be
    │   ├── NotKnown             no case, letter or user by that name
    │   └── NotAllowed           the Code, or the state of the case, does not allow it now
    ├── CalendarRunsOut          a date lies beyond the known bank holidays
    ├── DocumentRefused          a Word or PDF document that cannot safely be used
    ├── TemplateRefused          a letter template that cannot be filled
    ├── LetterNotMade            a letter brought its process down, or took too long
    ├── LetterIncomplete         a letter lacks what the Code requires of its kind
    ├── RecordBroken             a stored event or document is not what was written
    ├── StoreUnavailable         the disk or the database does not take what must be kept
    └── MailServerUnavailable    a mail server does not answer, or refuses what is asked of it
        ├── ConnectionLost       it may answer again by itself
        ├── NoCredential         there is no password for it, or one that anybody could read
        └── LoginRefused         it refuses name or password; nothing is tried again by itself

A message for people names the value, the place and the way out. It never quotes a resident.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class CorrespondenceError(Exception):
    """Anything that this product refuses or cannot do, said in one sentence."""


class WrongUse(CorrespondenceError):
    """The command or its input cannot be used as it stands."""


class SettingsRefused(WrongUse):
    """A profile holds an unknown key or a value that cannot be; each finding names its line."""

    def __init__(self, place: str, findings: Sequence[str]) -> None:
        self.findings = tuple(findings)
        super().__init__(f"{place} cannot be used: " + "; ".join(findings))


class OfficeMissing(WrongUse):
    """The folder named as the office holds no correspondence.toml."""


class OfficeBusy(WrongUse):
    """Another run holds this office; only one may sweep its inbox at a time."""


class FileUnusable(WrongUse):
    """A file named on the command line cannot be read as what the command needs."""


class NotKnown(WrongUse):
    """There is no case, letter or user by that name in this office."""


class NotAllowed(WrongUse):
    """The Code, or the state of the case or letter, does not allow this act now."""


class CalendarRunsOut(CorrespondenceError):
    """A date lies outside the years whose bank holidays are known."""


class DocumentRefused(CorrespondenceError):
    """A Word or PDF document holds something that cannot safely be taken over."""


class TemplateRefused(CorrespondenceError):
    """A letter template cannot be filled: an unknown field, or code the sandbox refuses."""


class LetterNotMade(CorrespondenceError):
    """One letter brought its process down or took too long; the others are not touched."""


class LetterIncomplete(CorrespondenceError):
    """A letter does not yet hold what the Code requires; `missing` names each item.

    Each entry of `missing` is a sentence with the clause that asks for it.
    """

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__("This letter cannot be approved yet: " + " ".join(missing))


class RecordBroken(CorrespondenceError):
    """A stored event or document does not match what was written when it was kept."""


class StoreUnavailable(CorrespondenceError):
    """The disk or the database does not take what must be kept; nothing was lost."""


class MailServerUnavailable(CorrespondenceError):
    """A mail server does not do what is asked; whatever waits there goes on waiting."""


class ConnectionLost(MailServerUnavailable):
    """A mail server is not reached, or broke off; trying again later may be enough."""


class NoCredential(MailServerUnavailable):
    """There is no password for a mail server, or it lies where others could read it."""


class LoginRefused(MailServerUnavailable):
    """A mail server refuses name or password.

    Trying again would only lock the account, so somebody has to put it right first.
    """

"""By what the landlord, its officers and the public bodies that write to it are known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

PARLIAMENT = ("parliament.uk", "parliament.example")
OMBUDSMEN = (
    "housing-ombudsman.org.uk",
    "housing-ombudsman.example",
    "lgo.org.uk",
    "lgo.example",
    "lgsco.org.uk",
    "lgsco.example",
    "ombudsman.org.uk",
    "ombudsman.example",
)
REFERENCE = r"CMP-\d{4}-\d{6}"
SHORT_REFERENCE = r"0{2,4}\d{2,4}"
PAPER_REFERENCE = r"[A-Z]{2,5}/[A-Z]{2,5}/\d{2,7}"


def belongs(domain: str, known: tuple[str, ...]) -> bool:
    """Whether a domain is one of these or a subdomain of one; a look-alike is not."""
    domain = domain.strip(". ").lower()
    return any(domain == entry or domain.endswith("." + entry) for entry in known)


@dataclass(frozen=True)
class LandlordSigns:
    """Whose mailbox it is, and which domains belong to whom; domains count with subdomains.

    `reference_pattern` is the form of our own case references; `paper_reference_pattern` that of
    the references on older letters, `short_reference_pattern` the running number alone, as people
    quote it. Where `staff_domains` is empty the domain of `own_addresses`
    stands for it.
    """

    name: str = ""
    own_addresses: tuple[str, ...] = ()
    staff_domains: tuple[str, ...] = ()
    councillor_domains: tuple[str, ...] = ("council.example",)
    parliament_domains: tuple[str, ...] = PARLIAMENT
    ombudsman_domains: tuple[str, ...] = OMBUDSMEN
    reference_pattern: str = REFERENCE
    paper_reference_pattern: str = PAPER_REFERENCE
    short_reference_pattern: str = SHORT_REFERENCE

    @cached_property
    def domains(self) -> tuple[str, ...]:
        """The landlord's own domains, lower-cased."""
        named = self.staff_domains or tuple(
            address.rpartition("@")[2] for address in self.own_addresses
        )
        return tuple(dict.fromkeys(domain.lower() for domain in named if domain))

    @cached_property
    def reference(self) -> re.Pattern[str]:
        """Finds any reference of ours in a text, whatever its case."""
        return re.compile(
            rf"(?<![\w/-])(?:{self.reference_pattern}|{self.paper_reference_pattern})(?![\w/])",
            re.IGNORECASE,
        )

    @cached_property
    def loose_reference(self) -> re.Pattern[str] | None:
        """Finds a reference of ours with its hyphens changed, dropped or spaced, as people copy it.

        None where the landlord's own pattern is too particular to be loosened.
        """
        if re.search(r"[\[(|]", self.reference_pattern):
            return None
        loosened = self.reference_pattern.replace("-", "[ /._-]{0,2}")
        loosened = re.sub(r"\\d\{(\d+)\}", r"(?:\\d ?){\1}", loosened)
        return re.compile(rf"(?<![\w/-]){loosened}(?!\d)", re.IGNORECASE)

    @cached_property
    def short_reference(self) -> re.Pattern[str]:
        """Finds the running number of a reference, quoted without the rest."""
        return re.compile(rf"(?<![\w/£.-])(?:{self.short_reference_pattern})(?![\w/-])")

    def is_own(self, address: str) -> bool:
        """Whether an address is one of the landlord's mailboxes for complaints."""
        return address.lower() in {own.lower() for own in self.own_addresses}

    def is_ours(self, domain: str) -> bool:
        """Whether a domain is the landlord's own."""
        return belongs(domain, self.domains)

    def is_councillor(self, domain: str) -> bool:
        """Whether councillors write from this domain."""
        return belongs(domain, self.councillor_domains)

    def is_parliament(self, domain: str) -> bool:
        """Whether Members of Parliament and their offices write from this domain."""
        return belongs(domain, self.parliament_domains)

    def is_ombudsman(self, domain: str) -> bool:
        """Whether an Ombudsman writes from this domain."""
        return belongs(domain, self.ombudsman_domains)

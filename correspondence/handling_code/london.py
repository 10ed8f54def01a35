"""Which day it is for a resident: the civil day in London, whatever clock a machine keeps."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day_in_london(moment: datetime) -> date:
    """The civil day in London on which `moment` fell.

    A message counts as received on the day it arrived, whatever the hour; the Code has no rule
    that deems it received on the next working day. A moment without a time zone is taken to be
    London time.
    """
    return in_london(moment).date()


def in_london(moment: datetime) -> datetime:
    """The same moment on a London clock; without a time zone it already was London time."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=LONDON)
    return moment.astimezone(LONDON)

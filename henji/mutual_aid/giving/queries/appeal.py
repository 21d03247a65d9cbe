"""What the county's scheme says of a drive: how much is asked at least, and who is to take part."""

from dataclasses import dataclass
from decimal import Decimal

from henji.mutual_aid.models import Drive
from henji.mutual_aid.schemes import reading
from henji.mutual_aid.schemes.queries import scheme_in_force

#: The share of the members that is to take part, in percent, where no scheme says another.
TARGET = 25


@dataclass(frozen=True, slots=True)
class Appeal:
    """倡议: `proposed_yuan` is the least that is asked of anybody, None where no sum is named."""

    proposed_yuan: Decimal | None = None
    target: int = TARGET


def appeal_of(drive: Drive) -> Appeal:
    """倡议 of a drive, by the scheme that its money serves, else the one in force while it collects.

    No record says of what rank somebody is; so what is asked of the lowest rank is proposed to all.
    """
    held = scheme_in_force(drive.county, drive.aid_from) or scheme_in_force(drive.county, drive.collects_to)
    if held is None:
        return Appeal()
    scheme = reading.read(held.text)
    asked = [rank.least_yuan for rank in scheme.gifts_asked.ranks if rank.least_yuan]
    return Appeal(min(asked, default=None), int(scheme.participation.target * 100))

"""数字与依据: that each side of each figure is what its own page counts or sums; for any county."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.test import Client

from henji.evidence import figures
from henji.evidence.figures import Count, Figure, Flag, Ground, Level, Ratio, Scope, Tally
from henji.lib.periods import Period
from henji.unions.models import Union
from henji.web.demo.stage import at

#: For which year, as of which day, as known when: now, or on the evening of a day. Before a drive, on its
#: first day, between two books, at a signature, on the counting day, in the end, and after the year.
ASKED: tuple[tuple[int, date, date | None], ...] = (
    (2015, date(2015, 9, 15), None),
    (2015, date(2016, 6, 30), date(2016, 6, 26)),
    (2015, date(2016, 12, 20), None),
    (2016, date(2016, 6, 12), None),
    (2016, date(2016, 7, 4), None),
    (2016, date(2016, 9, 30), None),
    (2016, date(2016, 9, 30), date(2016, 9, 10)),
    (2016, date(2016, 11, 30), date(2016, 12, 1)),
    (2016, date(2016, 12, 20), None),
    (2016, date(2017, 2, 1), None),
)

#: What is counted of townships too.
OF_TOWNSHIPS = (
    "members.member_count",
    "members.new_members",
    "members.membership_rate",
    "mutual_aid.participation_rate",
)


def compare(client: Client, county: Union) -> dict[str, set[object]]:
    """Hold each side of each figure against its page; return by address the numbers that were told.

    `client` is the browser of somebody who may see them all.
    """
    scopes = [
        Scope((county.pk,), Period.year(year), day, at(known, 20) if known else None)
        for year, day, known in ASKED
    ]
    return {address: set(compared(client, address, scopes)) for address in figures.addresses()}


def compared(client: Client, address: str, scopes: Iterable[Scope]) -> Iterator[object]:
    """Hold each side of one figure against its page, in each scope; the numbers that were told."""
    for scope in scopes:
        (figure,) = figures.compute(address, scope).values()
        for number, ground in sides_of(figure):
            assert _shown(client, ground) == number, (address, scope, ground.url)
            yield number


def sides_of(figure: Figure) -> Iterator[tuple[object, Ground]]:
    """Each number of the figure with the rows that it was counted from."""
    match figure:
        case Ratio():
            sides = [(figure.part, figure.part_ground), (figure.whole, figure.whole_ground)]
        case Count():
            sides = [(figure.number, figure.ground)]
        case Tally():
            sides = [(sum(figure.levels.values()), figure.ground)]
        case Flag() | Level():
            raise AssertionError("say here what the rows of its ground come to")
        case _:
            sides = []
    for number, ground in sides:
        assert ground is not None, figure
        yield number, ground


def _shown(client: Client, ground: Ground) -> object:
    """What the page says: the sum of its rows where it shows one, else how many they are."""
    listing = client.get(ground.url).context["listing"]
    return listing.total if listing.amount is None else listing.amount

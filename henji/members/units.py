"""单位对照: whom a roster means by an employer's name and credit code."""

from dataclasses import dataclass

from henji.lib import credit_code
from henji.members.models import Unplaced
from henji.members.rules import Place, must_agree
from henji.unions import queries
from henji.unions.models import Employer, Union


@dataclass(frozen=True, slots=True)
class Units:
    """单位对照表 of one county: places by credit code and by name.

    Names are the employers' own, now and before they were corrected, those of unions, and those that rosters
    gave and somebody has placed.
    """

    county: int
    by_code: dict[str, Place]
    by_name: dict[str, Place]

    def place_of(self, name: str, code: str = "") -> Place | None:
        """归属: the place meant; None where none is named. Raises UnitsDiffer.

        A name that the records do not hold is left open: the county's, and to be asked.
        """
        coded = self.by_code.get(credit_code.normalise(code)) if code else None
        named = self.by_name.get(name)
        must_agree(coded, named)
        return coded or named or (Place(self.county, named=name) if name else None)


def units_of(county: Union) -> Units:
    """单位对照表; four queries."""
    employers = list(queries.employers_of(county))
    places = {employer.pk: _place(employer) for employer in employers}
    placed = Unplaced.objects.filter(county=county, employer__isnull=False)
    founded = Union.objects.filter(county=county).standing().values_list("name", "pk")
    former = queries.former_names(county.pk)
    return Units(
        county.pk,
        {employer.credit_code: places[employer.pk] for employer in employers if employer.credit_code},
        {name: places[employer] for name, employer in former.items()}
        | {name: Place(union) for name, union in founded}
        | {name: places[employer] for name, employer in placed.values_list("name", "employer") if employer}
        | {employer.name: places[employer.pk] for employer in employers},
    )


def _place(employer: Employer) -> Place:
    return Place(employer.home.pk, employer.pk)

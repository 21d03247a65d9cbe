"""推算的项: what a person's number and other particulars tell, so that nobody is asked for it.

The day of birth is not among it: it is part of the number, which is masked.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from henji.lib import divisions
from henji.lib.identity import NotAnIdentityNumber, must_be_valid
from henji.unions.models import Employer

#: 户籍类型: rural; 行业: farming.
RURAL, FARMING = "1", "01"


def computed(
    opened: Mapping[str, str], employer: Employer | None, *, today: date
) -> Iterator[tuple[str | Promise, str]]:
    """推算的项 as a page shows them; nothing where the box cannot be opened."""
    try:
        who = must_be_valid(opened.get("identity", ""), today=today)
    except NotAnIdentityNumber:
        return
    yield _("性别"), who.sex
    yield _("年龄"), str(age_of(who.birth_on, today))
    if place := divisions.place_of(who.region):
        yield _("籍贯（按身份证号）"), place
    if is_migrant(opened, employer):
        yield _("农民工"), str(_("是（农业户口，在非农单位）"))


def age_of(birth_on: date, today: date) -> int:
    """周岁."""
    return today.year - birth_on.year - ((today.month, today.day) < (birth_on.month, birth_on.day))


def is_migrant(opened: Mapping[str, str], employer: Employer | None) -> bool:
    """农民工: of a rural household and employed elsewhere than on a farm."""
    return opened.get("hukou") == RURAL and employer is not None and employer.industry != FARMING

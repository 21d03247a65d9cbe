"""测速用的县: a county with its employers and one officer, in the empty database at hand."""

from django.core.management import call_command
from django.utils import timezone

from bench.roster import FIRMS, TOWNSHIPS
from henji.accounts import commands as accounts
from henji.accounts.models import User
from henji.lib.actors import INSTALLER
from henji.unions import commands as unions
from henji.unions.models import Union
from henji.unions.planting import EmployerLine


def found() -> tuple[Union, User]:
    """A county with its employers and one officer."""
    call_command("migrate", verbosity=0)
    at = timezone.now()
    county = unions.found_county(code="130123", name="正定县总工会", by=INSTALLER, at=at)
    lines = [
        EmployerLine(name=firm, township=TOWNSHIPS[place % len(TOWNSHIPS)], union=f"{firm}工会")
        for place, firm in enumerate(FIRMS)
    ]
    unions.import_employers(county=county, lines=lines, source="", by=INSTALLER, at=at)
    opened = accounts.open_account(
        username="bench", name="测速", home=county, roles=["officer", "leader"], by=INSTALLER, at=at
    )
    user = accounts.change_password(user=opened.user, password="cesu-2016-henji", by=INSTALLER, at=at)
    return county, user

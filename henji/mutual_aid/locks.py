"""先后: deeds that must not be done at the same time."""

from henji.mutual_aid.models import Drive
from henji.unions.models import Union


def have_to_oneself(row: Drive | Union) -> None:
    """Nobody else adds to the drive, or the county, meanwhile; on SQLite the transaction sees to that."""
    type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)

"""Judgments on putting two records of one person together, and on taking them apart again."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from henji.lib.refusals import Refusal
from henji.members.models import Membership, Person


class SameRecord(Refusal):
    """同一条记录."""


class InTwoCounties(Refusal):
    """不在同一县."""


class MergedAlready(Refusal):
    """已经合并."""


class MergedAway(Refusal):
    """身份证号属于已并入的记录."""


class NotMerged(Refusal):
    """没有合并."""


class MovedSinceMerging(Refusal):
    """合并后又有变动."""


class NumberTakenSince(Refusal):
    """身份证号又被登记."""


def must_be_two_of_one_county(kept: Person, folded: Person) -> None:
    """Raise SameRecord, InTwoCounties."""
    if kept.pk == folded.pk:
        raise SameRecord(_("这是同一条记录，请选另一条"))
    if kept.county_id != folded.county_id:
        raise InTwoCounties(_("两条记录不在同一个县，请先办理会籍转移"))


def must_stand_alone(merged: object) -> None:
    """Raise MergedAlready where one of the records was folded, or the one to be folded holds another."""
    if merged:
        raise MergedAlready(_("其中一条已经合并过，请先拆分恢复再合并"))


def merged_away() -> MergedAway:
    """The refusal where a roster gives a number of a record that was folded into another."""
    return MergedAway(_("这个身份证号的记录已并入同一人的另一条，请按现在的身份证号填报"))


def must_be_merged(condition: object) -> None:
    """Raise NotMerged."""
    if not condition:
        raise NotMerged(_("这两条记录已经拆分，请刷新后查看"))


def must_be_untouched(condition: object) -> None:
    """Raise MovedSinceMerging unless what the merging wrote is still what is believed."""
    if not condition:
        raise MovedSinceMerging(_("合并时并过来的会籍，后来又有变动，请先撤回后来的变动再拆分"))


def must_be_free_again(condition: object) -> None:
    """Raise NumberTakenSince where somebody else bears the folded record's number by now."""
    if not condition:
        raise NumberTakenSince(_("并入的记录的身份证号，合并后已登记给别的记录，不能拆分"))


def beside(held: Iterable[Membership], other: Iterable[Membership]) -> list[Membership]:
    """并过来的会籍: those of the other record that share no day with one held."""
    own = list(held)
    return [row for row in other if not any(_share_a_day(row, mine) for mine in own) and not _is_empty(row)]


def _share_a_day(one: Membership, other: Membership) -> bool:
    return _begins_before_end(one, other) and _begins_before_end(other, one)


def _begins_before_end(one: Membership, other: Membership) -> bool:
    return one.start_on is None or other.end_on is None or one.start_on < other.end_on


def _is_empty(row: Membership) -> bool:
    return row.end_on is not None and row.start_on == row.end_on

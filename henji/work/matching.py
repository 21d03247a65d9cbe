"""列对照: how the columns of a file are read: as proposed, as remembered, or as a person corrected it.

It is settled when the file is first checked, and kept with the job: whatever is remembered or forgotten
later, the file's rows are found again as they were read.

What a person corrected is remembered for the union that the file comes from, for it is unions that word
heads each in its own way: the township, the trade or the primary union that whoever hands the file in names
as its sender, whose officer that is at first; the county where none is named. A head of which that union
never said anything means what the county's own files mean by it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from henji.lib import identity, tongues
from henji.lib.columns import Column, ColumnMap, heading, propose
from henji.lib.spreadsheet import Book, Layout, Table
from henji.lib.text import NUMBER_IN_WORDS, tidy
from henji.unions.models import Union
from henji.work import jobs
from henji.work.models import Job, KnownHead

#: So many heads that were not recognised are named; and heads that say nothing, and need not be.
MOST_HEADS = 8
ORDINALS = frozenset({"序号", "编号", "行号", "no"})
#: A longer head is none that comes again.
_LONGEST_HEAD = 60


def match(job: Job, book: Book, columns: Sequence[Column]) -> Table:
    """对照: the table that the job reads; what is proposed for a new one is kept with it.

    Raises ColumnsMissing, HeadMissing, and Displaced.
    """
    if job.matched:
        return table_of(job, book, columns)
    table = book.table(columns, remembered(sender_of(job), job.kind))
    jobs.keep_matched(job, as_kept(table.layout, by_hand=False))
    return table


def table_of(job: Job, book: Book, columns: Sequence[Column]) -> Table:
    """表: the table that the job has read, found again. Raises ColumnsMissing, HeadMissing."""
    return book.settled(columns, _layout(job)) if job.matched else book.table(columns)


def table_now(job: Job, book: Book, columns: Sequence[Column]) -> Table | None:
    """表: as it was read, or as it might be where columns lack; None where nothing is like a head."""
    if job.matched:
        return table_of(job, book, columns)
    return book.sketch(columns, remembered(sender_of(job), job.kind))


def as_kept(layout: Layout, *, by_hand: bool) -> dict[str, Any]:
    """As the job keeps it, and whether a person said so."""
    return {**layout._asdict(), "places": dict(layout.places), "by_hand": by_hand}


def _layout(job: Job) -> Layout:
    top, last = job.matched["head"]
    return Layout(job.matched["sheet"], (top, last), job.matched["places"])


def unread(job: Job, table: Table) -> str:
    """What a person should know who expects all columns, and more than one sheet, to be read."""
    columns = "" if job.matched and job.matched["by_hand"] else _unread_columns(job, table)
    return columns + _unread_sheets(table)


def _unread_columns(job: Job, table: Table) -> str:
    passed_over = {head for head, column in remembered(sender_of(job), job.kind).items() if not column}
    passed_over |= ORDINALS
    heads = [
        head
        for place, head in enumerate(table.columns.heads[: table.width])
        if place not in table.columns.places.values() and heading(head) and heading(head) not in passed_over
    ]
    if not heads:
        return ""
    named = tongues.listed(identity.mask_within(tidy(head))[:20] for head in heads[:MOST_HEADS])
    more = _("等 %(n)s 列") % {"n": len(heads)} if len(heads) > MOST_HEADS else ""
    return _("没有认出这些列，不会导入：%(heads)s%(more)s。") % {"heads": named, "more": more}


def _unread_sheets(table: Table) -> str:
    if not table.unread:
        return ""
    others = _("”“").join(table.unread)
    return _("只读了工作表“%(sheet)s”。“%(others)s”也有同样的表头，请另存成单独的文件再交") % {
        "sheet": table.sheet,
        "others": others,
    }


# -- what is remembered --------------------------------------------------------------------------------


def sender_of(job: Job) -> Union:
    """来表工会: the union that the job's file comes from; the county where none below it was named."""
    return job.sender or job.county


def remembered(union: Union, kind: str) -> dict[str, str]:
    """记住的列名: what the union means by heads, as `propose` takes it; else what its county does."""
    county = _county_of(union)
    known = KnownHead.objects.filter(union__in={county, union.pk}, kind=kind)
    told = known.values_list("union", "head", "column")
    return {head: column for _whose, head, column in sorted(told, key=lambda one: one[0] != county)}


def known_heads(county: Union, kind: str) -> list[KnownHead]:
    """记住的列名: all that the county's unions ever said, the county's own first, each by head."""
    known = KnownHead.objects.filter(county=county, kind=kind).select_related("union")
    return list(known.order_by("union__path", "head"))


@transaction.atomic
def remember(union: Union, kind: str, proposal: ColumnMap, places: Mapping[str, int]) -> None:
    """记住: what a person said of the union's heads, where it is not what they mean to others.

    The others are everybody, and the union's county before them. A head that stands twice in one sheet, or
    that holds a number of a person's, is not remembered.
    """
    county = _county_of(union)
    others = dict(KnownHead.objects.filter(union=county, kind=kind).values_list("head", "column"))
    heard = {} if county == union.pk else others
    usual = {place: name for name, place in propose(proposal.heads, proposal.columns, heard).places.items()}
    said = {place: name for name, place in places.items()}
    words = [heading(head) for head in proposal.heads]
    times = Counter(words)
    for place, word in enumerate(words):
        if not word or times[word] > 1 or len(word) > _LONGEST_HEAD or NUMBER_IN_WORDS.search(word):
            continue
        one = KnownHead.objects.filter(union=union, kind=kind, head=word)
        if said.get(place, "") == usual.get(place, ""):
            one.delete()
        else:
            column = {"column": said.get(place, "")}
            whose = {"county_id": county, "union": union, "kind": kind, "head": word}
            one.update_or_create(defaults=column, create_defaults=whose | column)


def forget(county: Union, kind: str, union: int | None = None) -> None:
    """忘掉: from now on heads mean what they mean to others, to one of the county's unions or to all."""
    known = KnownHead.objects.filter(county=county, kind=kind)
    (known if union is None else known.filter(union=union)).delete()


def _county_of(union: Union) -> int:
    return union.county_id or union.pk

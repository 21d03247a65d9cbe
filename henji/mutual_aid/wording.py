"""用语: how gifts, payments and drives are told in one line, on timelines and beside forms."""

from datetime import date
from functools import singledispatch

from django.utils.translation import gettext as _

from henji.evidence.versions import Version
from henji.lib import tags
from henji.mutual_aid.models import AidPayment, Donation, DriveVersion, Subsidy


@singledispatch
def in_words(row: Version) -> str:
    """一句话: what the version says, without the name of any person."""
    raise TypeError(type(row))


@in_words.register
def _gift(row: Donation) -> str:
    place = _("，名册第 %(row)s 行") % {"row": row.source_row} if row.source_row else ""
    return _dated(tags.yuan(row.amount_yuan), row.given_on) + place


@in_words.register
def _payment(row: AidPayment) -> str:
    return _dated(f"{row.voucher} {tags.yuan(row.paid_yuan)}", row.paid_on)


@in_words.register
def _subsidy(row: Subsidy) -> str:
    return _dated(f"{row.voucher} {tags.yuan(row.granted_yuan)}", row.granted_on)


@in_words.register
def _drive(row: DriveVersion) -> str:
    return _("%(name)s，募集 %(a)s 至 %(b)s，救助 %(c)s 至 %(d)s，统计日 %(e)s") % {
        "name": row.name,
        "a": tags.day(row.collects_from),
        "b": tags.day(row.collects_to),
        "c": tags.day(row.aid_from),
        "d": tags.day(row.aid_to),
        "e": tags.day(row.counted_on),
    }


def _dated(words: str, day: date) -> str:
    return _("%(what)s，%(day)s") % {"what": words, "day": tags.day(day)}

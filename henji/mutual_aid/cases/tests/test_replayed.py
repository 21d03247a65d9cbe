"""A scheme in the making is tried on the applications that were paid."""

from decimal import Decimal

from henji.mutual_aid.schemes import reading
from henji.mutual_aid.schemes.recording import paid_under
from henji.mutual_aid.schemes.replaying import replay

TEXT = reading.reference()
OLD = reading.read(TEXT)


def mended(old, new):
    return reading.read(TEXT.replace("2016.1", "2016.2").replace(old, new))


def test_an_application_that_was_paid_is_judged_under_the_new_scheme(office, county):
    office.paid()
    recorded = paid_under(county, OLD)
    effect = replay(OLD, mended("[10000, 3000]", "[10000, 3500]"), recorded)

    assert [one.claim.disease for one in recorded] == ["恶性肿瘤"]
    assert [(one.before_yuan, one.after_yuan) for one in effect.moved] == [(Decimal(3000), Decimal(3500))]


def test_its_own_payment_tells_what_its_amount_alone_could_not(office, county):
    office.paid()
    split = mended("[10000, 3000]", "[10000, 3000], [14000, 3200]")
    effect = replay(OLD, split, paid_under(county, OLD))

    assert (len(effect.moved), effect.unknown) == (1, 0)

"""Two people at two desks at the same instant, each with a connection of their own."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connections

from henji.lib.refusals import Refusal
from henji.mutual_aid.cases import commands
from henji.mutual_aid.cases.models import AidCaseVersion, PaymentOrder, State
from henji.mutual_aid.cases.tests.conftest import CASHIER, CHAIR, CLERK
from henji.mutual_aid.models import AidPayment
from henji.work import jobs

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """Do the deeds at the same instant; what each came to: "done", or the name of the refusal."""
    together = Barrier(len(deeds))

    def do(deed):
        try:
            together.wait(timeout=20)
            deed()
        except Refusal as refusal:
            return type(refusal).__name__
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(do, deeds))


@pytest.fixture
def on_notice(office):
    """An application whose notice is over, with nothing left to answer."""
    case = office.visit(office.answer_all(office.apply(1)))
    office.post(office.answer_all(case))
    return office.now(case)


def _deciding(office, case):
    decisions = [commands.Decision(case, commands.Choice.GRANT, Decimal(3000))]
    told = {"county": office.county, "name": "会议", "held_on": case.notice.ends_on + timedelta(days=1)}
    return lambda: commands.decide(decisions=decisions, minutes=None, **told, **office.by(CHAIR))


def test_of_two_approvals_one_stands(office, on_notice):
    outcomes = at_once(_deciding(office, on_notice), _deciding(office, on_notice))
    assert Counter(outcomes) == {"done": 1, "Outdated": 1}
    assert office.now(on_notice).state == State.APPROVED


def test_an_approval_and_an_objection_do_not_both_stand(office, on_notice):
    told = {"words": "有商铺", "who": "", "on": on_notice.notice.ends_on}
    outcomes = at_once(
        _deciding(office, on_notice),
        lambda: commands.hear_objection(case=on_notice, **told, **office.by(CLERK)),
    )
    assert Counter(outcomes) == {"done": 1, "Outdated": 1}
    now = office.now(on_notice)
    assert (now.state == State.APPROVED) == (now.open_objections == 0)


def test_of_two_batches_formed_at_once_one_pays(office):
    case = office.approved(1)
    forming = [lambda: office.batch(case)] * 2
    outcomes = at_once(*forming)
    assert outcomes.count("done") == 1
    assert set(outcomes) <= {"done", "Outdated", "NotNow"}
    assert PaymentOrder.objects.count() == 1


def test_a_payment_file_sent_twice_at_once_is_sent_once(office):
    batch = office.batch(office.approved(1))
    assert Counter(at_once(*[lambda: office.send(batch)] * 2)) == {"done": 1, "SentAlready": 1}


def test_a_file_sent_and_its_batch_cancelled_at_once_is_one_or_both_in_turn(office):
    case = office.approved(1)
    batch = office.batch(case)
    outcomes = at_once(
        lambda: office.send(batch),
        lambda: commands.cancel_batch(batch=batch, words="停机", **office.by(CASHIER)),
    )
    assert outcomes in (["done", "done"], ["BatchCancelled", "done"])
    assert office.now(case).state == State.APPROVED


def test_two_answers_of_the_bank_confirmed_at_once_pay_once(office, officer):
    batch = office.batch(office.approved(1))
    office.send(batch)
    held = [_checked(office, officer, batch) for _desk in range(2)]
    at_once(*[lambda job=job: _confirm(office, officer, job) for job in held])
    assert sorted(job.state for job in held) == ["done", "failed"]
    assert AidPayment.objects.known().count() == 1
    assert AidCaseVersion.objects.known().get().state == State.PAID


def _checked(office, officer, batch):
    job = jobs.hand_in(
        "mutual_aid.payment_returns",
        county=office.county,
        asker=officer,
        post="出纳",
        at=office.at,
        source=office.answers(batch),
        file_name="回盘.xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        params={"batch": batch.pk, "on": office.at.date().isoformat()},
    )
    jobs.run_here(job, at=office.at)
    return job


def _confirm(office, officer, job):
    jobs.say_yes(job, asker=officer, post="出纳")
    jobs.run_here(job, at=office.at)

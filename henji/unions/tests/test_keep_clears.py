"""The four clears of an employer: told version by version, and only what its state asks for."""

from datetime import date, timedelta

import pytest

from henji.evidence.models import Trace
from henji.evidence.versions import Outdated
from henji.unions import commands, queries
from henji.unions.deeds import Deed
from henji.unions.forms import ClearsForm
from henji.unions.models import FourClears, Level
from henji.unions.rules import NothingChanged
from henji.unions.rules import told as telling


@pytest.fixture
def employer(county, township, actor, officer, at):
    return commands.register_employer(
        county=county, name="恒山机械", township=township, by=actor(officer), at=at
    )


@pytest.fixture
def keep(employer, actor, officer, at):
    """王干事 keeps the four clears, as they were seen when nothing else is said."""

    def keep(**told):
        held = queries.clears_of(employer)
        seen = told.pop("seen", held and held.pk)
        later = at + timedelta(hours=1 + FourClears.objects.count())
        return commands.keep_clears(employer=employer, seen=seen, told=told, by=actor(officer), at=later)

    return keep


def test_what_is_told_is_kept_and_what_was_told_before_too(keep, employer):
    keep(reason="老板不同意", plan="八月上门", plan_on=date(2016, 8, 1))
    keep(reason="正在筹建", plan="八月上门", plan_on=date(2016, 8, 1))
    first, second = FourClears.objects.order_by("pk")
    assert (first.reason, second.reason, second.line) == ("3", "7", first.line)
    assert Trace.objects.of(employer).filter(deed=Deed.CLEARS_KEPT).newest_first().first().facts == {
        "clears": ["reason"]
    }


def test_words_that_are_no_reason_in_the_list_stay_as_they_are(keep, employer):
    keep(reason="厂长出国")
    assert queries.clears_of(employer).reason == "厂长出国"


def test_nothing_new_is_refused(keep):
    with pytest.raises(NothingChanged):
        keep()
    keep(reason="1")
    with pytest.raises(NothingChanged):
        keep(reason="新办")


def test_nothing_is_overwritten_in_silence(keep):
    keep(reason="1")
    with pytest.raises(Outdated):
        keep(reason="2", seen=None)


def test_a_plan_lies_ahead_but_an_old_one_may_stay(keep, employer, actor, officer, at):
    with pytest.raises(telling.PlanBehind):
        keep(reason="1", plan_on=date(2016, 5, 1))
    keep(reason="1", plan_on=date(2016, 6, 30))
    held = queries.clears_of(employer)
    told = {"reason": "2", "plan_on": date(2016, 6, 30)}
    later = at + timedelta(days=60)
    commands.keep_clears(employer=employer, seen=held.pk, told=told, by=actor(officer), at=later)
    assert queries.clears_of(employer).plan_on == date(2016, 6, 30)


def test_only_what_its_state_asks_for_is_asked_and_the_rest_stays(
    keep, employer, township, actor, officer, at
):
    keep(reason="1", plan="八月上门")
    assert {"reason", "plan", "plan_on"} <= set(ClearsForm(None, employer=employer).fields)
    signed = {"by": actor(officer), "at": at + timedelta(hours=3)}
    union = commands.found_union(parent=township, level=Level.PRIMARY, name="恒山机械工会", **signed)
    commands.organise(employer=employer, organised_on=at.date(), union=union, **signed)
    seen = queries.clears_of(employer).pk
    form = ClearsForm({"role": "1", "gap_reason": "试用期", "seen": seen}, employer=employer)
    assert form.is_valid(), form.errors
    assert set(form.fields) == {"role", "gap_reason", "seen"}
    commands.keep_clears(employer=employer, **form.told(), **signed)
    held = queries.clears_of(employer)
    assert (held.reason, held.role, held.gap_reason) == ("1", "1", "试用期")

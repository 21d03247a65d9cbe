"""What is said of an employer can be said otherwise; what was said before is kept."""

from datetime import date, timedelta

import pytest

from henji.evidence.models import Trace
from henji.evidence.versions import Outdated
from henji.unions import commands, history, planting, rules
from henji.unions.deeds import Deed
from henji.unions.models import Employer, Level, PastEmployer, Union
from henji.unions.planting import EmployerLine


@pytest.fixture
def employer(county, township, actor, officer, at):
    return commands.register_employer(
        county=county, name="常山纺织", township=township, industry="纺织", by=actor(officer), at=at
    )


@pytest.fixture
def correct(actor, officer, at):
    """王干事 corrects an employer, an hour later; what is not given stays."""

    def correct(employer, **told):
        as_it_is = {
            "seen": employer.made_by_id,
            "name": employer.name,
            "credit_code": employer.credit_code,
            "township": employer.township,
            "union": employer.union,
            "industry": employer.industry,
            "workers": employer.workers,
            "closed_on": employer.closed_on,
        }
        later = at + timedelta(hours=1)
        return commands.correct_employer(employer=employer, by=actor(officer), at=later, **as_it_is | told)

    return correct


@pytest.fixture
def organise(actor, officer, at):
    def organise(employer, **told):
        given = {"organised_on": date(2016, 5, 4), "by": actor(officer), "at": at + timedelta(hours=1)}
        return commands.organise(employer=employer, **given | told)

    return organise


def test_the_new_words_hold_and_the_old_ones_are_kept(employer, correct, township):
    registered = employer.made_by_id
    correct(employer, name="常山纺织有限公司", workers=320)
    held, past = Employer.objects.get(), PastEmployer.objects.get()
    assert (held.name, held.workers, held.township) == ("常山纺织有限公司", 320, township)
    assert (past.name, past.workers, past.made_by_id, past.unmade_by_id) == (
        "常山纺织",
        None,
        registered,
        held.made_by_id,
    )


def test_the_trace_says_which_fields_and_never_the_words(employer, correct):
    correct(employer, name="常山纺织有限公司", township=None, closed_on=date(2016, 5, 1))
    trace = Trace.objects.of(employer).get(deed=Deed.EMPLOYER_CORRECTED)
    assert trace.facts == {"fields": ["name", "township", "closed_on"]}


def test_the_history_tells_before_and_after(employer, correct):
    correct(employer, workers=320)
    correct(employer, name="常山纺织有限公司", township=None)
    latest, first = history.steps_of(employer)
    told = [(change.before, change.after) for change in latest.changes]
    assert told == [("常山纺织", "常山纺织有限公司"), ("新安镇总工会", "—")]
    assert [(str(change.label), change.before, change.after) for change in first.changes] == [
        ("职工数", "—", "320")
    ]


def test_who_saw_older_words_is_told_so(employer, correct):
    seen = employer.made_by_id
    correct(employer, workers=320)
    with pytest.raises(Outdated):
        correct(employer, seen=seen, workers=100)


def test_a_name_or_code_of_another_employer_and_no_change_are_refused(
    employer, correct, county, actor, officer, at
):
    commands.register_employer(county=county, name="滹沱食品", by=actor(officer), at=at)
    with pytest.raises(rules.NameTaken):
        correct(employer, name="滹沱食品")
    with pytest.raises(rules.NothingChanged):
        correct(employer)
    assert not PastEmployer.objects.exists()


def test_another_countys_township_is_refused(employer, correct, neighbour):
    with pytest.raises(rules.OfAnotherCounty):
        correct(employer, township=neighbour)


def test_what_was_imported_can_still_be_proved_after_a_correction(county, correct, actor, officer, at):
    lines = [EmployerLine(name="甲厂"), EmployerLine(name="乙厂")]
    trace = commands.import_employers(county=county, lines=lines, source="", by=actor(officer), at=at)
    correct(Employer.objects.get(name="甲厂"), name="甲纺织厂")
    assert planting.rows_root(trace.pk).root == trace.rows_root


def test_an_employer_founds_its_own_union_below_its_township(employer, organise, township):
    organise(employer)
    union = Union.objects.get(name="常山纺织工会")
    assert (union.parent, union.level, union.founded_on) == (township, Level.PRIMARY, date(2016, 5, 4))
    assert Employer.objects.organised().get() == employer
    trace = Trace.objects.of(employer).get(deed=Deed.EMPLOYER_ORGANISED)
    assert (trace.on, trace.facts) == (date(2016, 5, 4), {"union": union.pk})


def test_an_employer_joins_a_union_that_stands(employer, organise, township, actor, officer, at):
    joint = commands.found_union(
        parent=township, level=Level.PRIMARY, name="新安镇联合工会", by=actor(officer), at=at
    )
    assert organise(employer, union=joint).union == joint
    assert PastEmployer.objects.get().union is None
    with pytest.raises(rules.HasAUnion, match="新安镇联合工会"):
        organise(employer)


def test_whose_union_was_closed_has_a_new_one(employer, organise, actor, officer, at):
    organise(employer)
    commands.close_union(union=employer.union, closed_on=date(2016, 5, 30), by=actor(officer), at=at)
    employer.refresh_from_db()
    with pytest.raises(rules.NameTaken):
        organise(employer)
    assert organise(employer, name="常山纺织新工会").union.name == "常山纺织新工会"


def test_the_form_shows_what_is_held_and_refuses_in_words(client_of, officer, employer, county):
    browser = client_of(officer)
    url = f"/unions/employers/{employer.pk}/correct/"
    form = browser.get(url).context["form"]
    assert (form.initial["name"], form.initial["township"]) == ("常山纺织", employer.township_id)
    sent = {"name": "常山纺织", "seen": employer.made_by_id, "credit_code": "123"}
    assert "credit_code" in browser.post(url, sent).context["form"].errors
    late = browser.post(url, {**sent, "credit_code": "", "closed_on": "2030-01-01"})
    assert "closed_on" in late.context["form"].errors
    browser.post(url, {**sent, "credit_code": "", "closed_on": "2016-05-01"})
    assert (
        "注销日期由“—”改为“2016-05-01”" in browser.get(f"/unions/employers/{employer.pk}/").content.decode()
    )


def test_somebody_quicker_is_told_of_and_the_form_shows_the_new_words(client_of, officer, employer, correct):
    seen = employer.made_by_id
    correct(employer, workers=320)
    page = client_of(officer).post(
        f"/unions/employers/{employer.pk}/correct/", {"name": "常山纺织厂", "seen": seen}
    )
    assert "刚被别人改过" in page.content.decode()
    assert page.context["form"].initial["workers"] == 320


def test_one_who_was_struck_off_is_found_by_that(client_of, officer, employer, correct):
    correct(employer, closed_on=date(2016, 5, 1))
    browser = client_of(officer)
    assert browser.get("/unions/employers/", {"at_work": "no"}).context["listing"].total == 1
    assert browser.get("/unions/employers/", {"at_work": "yes"}).context["listing"].total == 0
    assert browser.get("/unions/employers/", {"organised": "no"}).context["listing"].total == 1

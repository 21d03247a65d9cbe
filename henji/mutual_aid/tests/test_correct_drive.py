"""一日捐活动更正: the rates follow what its days really are; what was believed before can be asked for."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from henji.evidence.figures import Missing, Scope
from henji.evidence.models import Trace
from henji.evidence.versions import Outdated
from henji.lib.periods import Period
from henji.mutual_aid import commands, offers, queries, rules
from henji.mutual_aid.models import DriveVersion

TERMS = ("name", "collects_from", "collects_to", "aid_from", "aid_to", "counted_on")


@pytest.fixture
def correct(signed):
    def correct(drive, *, version=None, reason="通知上是这样", hours=1, **changes):
        seen = version or queries.version_of(drive)
        told = {name: getattr(seen, name) for name in TERMS} | changes
        later = {**signed, "at": signed["at"] + timedelta(hours=hours)}
        return commands.correct_drive(version=seen, **told, reason=reason, **later)

    return correct


def test_what_was_believed_before_stays(correct, drive):
    corrected = correct(drive, name="第八次一日捐", collects_to=date(2017, 1, 31))
    assert (corrected.name, corrected.collects_to) == ("第八次一日捐", date(2017, 1, 31))
    before, now = DriveVersion.objects.filter(drive=drive).order_by("id")
    assert (before.name, before.collects_to) == ("2016 年一日捐", date(2016, 12, 31))
    assert (before.line, before.known_to, before.unmade_by) == (now.line, now.known_from, now.made_by)
    assert all(getattr(corrected, name) == getattr(now, name) for name in TERMS)


def test_the_deed_is_traced(correct, drive):
    corrected = correct(drive, counted_on=date(2016, 11, 30))
    trace = Trace.objects.get(pk=corrected.made_by_id)
    assert (trace.deed, trace.supersedes_id) == ("mutual_aid.drive_corrected", drive.made_by_id)
    assert trace.facts["counted_on"] == "2016-11-30"
    assert trace.words.text == "通知上是这样"


def test_members_count_on_the_last_day_where_none_is_named_any_more(correct, drive):
    assert correct(drive, counted_on=None, collects_to=date(2017, 1, 5)).counted_on == date(2017, 1, 5)


def test_a_name_left_empty_is_the_code(correct, drive):
    assert correct(drive, name=" ").name == "2016"


def test_a_correction_needs_a_reason_a_change_and_days_that_run_forwards(correct, drive):
    with pytest.raises(rules.NothingChanged):
        correct(drive)
    with pytest.raises(rules.NoReason):
        correct(drive, name="别的", reason=" ")
    with pytest.raises(rules.BadDays, match="募集期的截止日期早于开始日期"):
        correct(drive, collects_to=date(2016, 1, 1))
    assert DriveVersion.objects.count() == 1


def test_whoever_saw_an_older_version_is_told_so(correct, drive):
    seen = queries.version_of(drive)
    correct(drive, name="别的")
    with pytest.raises(Outdated):
        correct(drive, version=seen, name="又是别的")


def test_the_rates_follow_and_can_be_asked_for_as_known_before(correct, drive, give, enrol, county, at):
    give(enrol("李会员", 1))
    enrol("王会员", 2, start_on=date(2016, 12, 20))
    correct(drive, counted_on=date(2016, 12, 1), aid_from=date(2016, 1, 1))

    def rates(known_at=None):
        scope = Scope((county.pk,), Period.year(2016), date(2016, 12, 31), known_at)
        return offers.participation_rate(scope)[county.pk], offers.payout_rate(scope)[county.pk]

    participation, payout = rates()
    assert (participation.part, participation.whole) == (1, 1)
    assert payout.whole == 50
    participation, payout = rates(known_at=at)
    assert (participation.part, participation.whole) == (1, 2)
    assert payout == Missing("没有为 2016 年救助募集的一日捐活动")


# -- pages --------------------------------------------------------------------------------------------


@pytest.fixture
def form_url(drive):
    return reverse("mutual_aid:correct_drive", args=[drive.pk])


def test_a_drive_is_corrected_on_screen_and_shows_both_versions(client_of, officer, drive, form_url):
    officers = client_of(officer)
    form = officers.get(form_url).context["form"]
    sent = {name: form[name].value() for name in form.fields} | {"reason": "延长"}
    assert officers.post(form_url, sent).context["form"].errors == {
        "__all__": ["内容和原来一样，没有要更正的"]
    }
    assert "reason" in officers.post(form_url, sent | {"reason": ""}).context["form"].errors
    sent |= {"collects_to": "2017-01-05"}
    assert officers.post(form_url, sent)["Location"] == reverse("mutual_aid:drive", args=[drive.pk])
    shown = officers.get(reverse("mutual_aid:drive", args=[drive.pk])).content.decode()
    assert "延长；2016 年一日捐，募集 2016-11-15 至 2017-01-05" in shown
    assert "2016 年一日捐，募集 2016-11-15 至 2016-12-31" in shown
    assert "（已更正）" in shown


def test_whoever_comes_second_is_told_and_overwrites_nothing(client_of, officer, drive, form_url, correct):
    officers = client_of(officer)
    form = officers.get(form_url).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    sent = {**shown, "initial-name": shown["name"], "name": "我的名称", "reason": "抄错"}
    correct(drive, name="别人的名称")
    answer = officers.post(form_url, sent)
    assert answer.context["form"].errors == {"__all__": ["这条记录刚被别人更正过，请看过新的内容再改"]}
    assert f"别人刚由“{shown['name']}”改为“别人的名称”，上面是您填的" in answer.content.decode()
    assert queries.version_of(drive).name == "别人的名称"

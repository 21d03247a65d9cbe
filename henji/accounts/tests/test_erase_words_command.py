"""Erasing words from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from henji.evidence import traces
from henji.evidence.models import Trace, Words


@pytest.fixture
def said(county, officer, actor, at):
    """A trace about which 王干事 said something."""
    signed = {"county": county, "by": actor(officer), "at": at, "on": at.date()}
    with transaction.atomic():
        return traces.leave(
            "evidence.tried", id=traces.new_id(at), subject=county, words="李会员家中有人生病", **signed
        )


def erase(trace, by, reason="本人要求"):
    out = StringIO()
    call_command("erase_words", str(trace.pk), by=by, reason=reason, stdout=out)
    return out.getvalue()


def test_an_administrator_erases_words(said, administrator):
    assert "文字已删除" in erase(said, "赵管理员")
    assert not Words.objects.filter(trace=said).exists()
    left = Trace.objects.of(said).get()
    assert (left.by_name, left.words.text) == ("赵管理员", "本人要求")


@pytest.mark.parametrize(
    ("by", "reason", "words"),
    [
        ("没有这人", "x", "没有在用的账号"),
        ("王干事", "x", "无权"),
        ("赵管理员", " ", "请写明原因"),
    ],
)
def test_who_may_not_erases_nothing(said, administrator, by, reason, words):
    with pytest.raises(CommandError, match=words):
        erase(said, by, reason)
    assert Words.objects.filter(trace=said).exists()


def test_another_countys_words_are_not_there(said, neighbour, appoint):
    appoint("邻县管理员", "administrator", neighbour)
    with pytest.raises(CommandError, match="没有这条痕迹"):
        erase(said, "邻县管理员")


def test_what_was_erased_is_told(said, administrator):
    erase(said, "赵管理员")
    with pytest.raises(CommandError, match="没有文字"):
        erase(said, "赵管理员")

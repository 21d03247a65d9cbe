"""同时: what one person takes away while another one files the same."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from henji.evidence import blobs
from henji.evidence.commands import correct_paper, keep_paper
from henji.evidence.tests.papers import pdf
from henji.lib.actors import INSTALLER

pytestmark = pytest.mark.django_db(transaction=True)

MAY = date(2016, 5, 31)
#: Seconds that the one who files goes on writing after the other one should have begun to wait.
MEANWHILE = 0.7


@pytest.fixture
def keep(at):
    """Keep a document that lies open."""

    def keep(county):
        told = {"kind": "official_document", "on": MAY, "title": "通知", "files": [pdf("通知")]}
        return keep_paper(county=county, **told, by=INSTALLER, at=at)

    return keep


def in_a_thread(deed):
    def do():
        try:
            deed()
        finally:
            connection.close()

    thread = threading.Thread(target=do)
    thread.start()
    return thread


@pytest.fixture(params=["its own county", "another one"])
def elsewhere(request, county, neighbour):
    return county if request.param == "its own county" else neighbour


@pytest.fixture
def race(keep, county, elsewhere, at):
    """Somebody files a paper while its like is closed, and may think better of it: both papers."""

    def race(*, thinks_better_of_it):
        first = keep(county)
        filed, closed, kept = threading.Event(), threading.Event(), []

        def file_it_again():
            with transaction.atomic():
                kept.append(keep(elsewhere))
                filed.set()
                closed.wait(MEANWHILE)
                transaction.set_rollback(thinks_better_of_it)

        def close_the_first():
            told = {"kind": "roll", "on": MAY, "title": "名单", "number": "", "about": [], "reason": "看错了"}
            correct_paper(paper=first, county=county, **told, by=INSTALLER, at=at)
            closed.set()

        filing = in_a_thread(file_it_again)
        assert filed.wait(10)
        closing = in_a_thread(close_the_first)
        filing.join()
        closing.join()
        assert closed.is_set()
        return first, kept[0]

    return race


def test_bytes_that_are_being_filed_are_not_taken_away_in_the_same_instant(race):
    _first, filed = race(thinks_better_of_it=False)
    assert blobs.verify(filed.files.get().blob)


def test_what_nobody_files_in_the_end_is_taken_away(race):
    first, _dropped = race(thinks_better_of_it=True)
    assert not blobs.path_of(first.files.get().blob).exists()

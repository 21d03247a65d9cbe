"""同时保存: of two who save a draft at the same instant one is told, and no text is lost."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from henji.assessment import commands
from henji.assessment.models import DraftText, StandardDraft
from henji.assessment.rules import DraftMoved
from henji.assessment.tests.conftest import SMALL
from henji.lib.actors import INSTALLER


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite takes one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(county, at):
    draft = commands.begin_draft(publisher=county, text=SMALL, by=INSTALLER, at=at)
    start, told = Barrier(2), []

    def save(name):
        start.wait()
        try:
            text = SMALL.replace("小标准", name)
            commands.save_draft(draft=draft, text=text, seen=draft.digest, by=INSTALLER, at=at)
        except DraftMoved:
            told.append(name)
        finally:
            connection.close()

    threads = [Thread(target=save, args=(name,)) for name in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1
    (winner,) = {"甲", "乙"} - set(told)
    assert StandardDraft.objects.get().name == f"{winner} 1"
    assert sorted(DraftText.objects.values_list("number", flat=True)) == [1, 2]

"""Deeds done at the same moment, each over a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection

from henji.lib.refusals import Refusal


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all of them in threads started together; give what each returned or refused."""
    together = threading.Barrier(len(deeds))
    outcomes: list[object] = [None] * len(deeds)

    def do(place: int, deed: Callable[[], object]) -> None:
        try:
            together.wait()
            outcomes[place] = deed()
        except Refusal as refusal:
            outcomes[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def refusals(outcomes: list[object]) -> list[Refusal]:
    """Those of the outcomes that are refusals."""
    return [outcome for outcome in outcomes if isinstance(outcome, Refusal)]

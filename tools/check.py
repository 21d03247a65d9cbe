"""检查: style, types, floors, and what Django itself can tell. Runs all, then says which failed."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
CHECKS: dict[str, tuple[str | Path, ...]] = {
    "ruff check": (PYTHON, "-m", "ruff", "check", "--quiet", "."),
    "ruff format": (PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."),
    "mypy": (PYTHON, "-m", "mypy", "--no-error-summary"),
    # Its cache goes by the time of a file, and two edits within one tick look the same.
    "import-linter": (Path(PYTHON).with_name("lint-imports"), "--no-cache"),
    "manage.py check": (PYTHON, "manage.py", "check", "--fail-level", "WARNING"),
    "makemigrations --check": (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"),
}


def failed_checks(environment: Mapping[str, str] | None = None) -> list[str]:
    """Run every check; return the names of those that failed, and show what only they said."""
    failed = []
    for name, command in CHECKS.items():
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        print(f"{'✗' if done.returncode else '✓'} {name}", flush=True)
        if done.returncode:
            print(done.stdout, done.stderr, sep="", flush=True)
            failed.append(name)
    return failed


def main() -> None:
    failed = failed_checks()
    sys.exit(f"未通过 / failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()

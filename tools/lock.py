"""锁定: pin every package with its hashes under requirements/, naming no address of any index."""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = (
    *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-header", "--no-emit-index-url", "--no-emit-find-links"),
)
#: Each lock and what it is made from. The later ones keep to the versions of the earlier.
LOCKS = {
    "run": ("pyproject.toml",),
    "dev": ("pyproject.toml", "--group", "dev", "--constraint", "requirements/run.txt"),
    "bench": ("pyproject.toml", "--group", "bench", "--constraint", "requirements/dev.txt"),
    "node": ("--group", "node"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take newer versions where there are any")
    upgrade = ["--upgrade"] if parser.parse_args().upgrade else []
    for name, sources in LOCKS.items():
        out = f"requirements/{name}.txt"
        command = [sys.executable, "-m", *COMPILE, *upgrade, *sources, "--output-file", out]
        subprocess.run(command, cwd=ROOT, check=True)
        print(f"✓ {out}")


if __name__ == "__main__":
    main()

"""测速: `make bench`. Prints medians and ratios, and writes build/bench.json.

The machine is shared and noisy: runs of ours and of the peer take turns, and ratios are of the same run.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import roster
from tools import postgres

ROOT = Path(__file__).resolve().parents[1]
ROWS, MEMBERS, GIFTS = 20_000, 100_000, 30_000
TURNS = 3
#: What the issue of the first release asks for.
TARGETS = {
    "import_ratio": (">=", 10),
    "participation_ms": ("<=", 300),
    "payout_ms": ("<=", 300),
    "scorecard_page_ms": ("<=", 150),
}


def run(module: str, *arguments: object, database: str = "") -> dict:
    """Run one measurement in a process and a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="henji-bench-") as folder:
        environment = {**os.environ, "HENJI_DATA": folder}
        if database:
            environment["DATABASE_URL"] = database
        words = [str(word).replace("FOLDER", folder) for word in arguments]
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return json.loads(done.stdout.strip().splitlines()[-1])


def imports(folder: Path) -> dict:
    """The same roster by us and by the peer, in turns."""
    book = folder / "roster.xlsx"
    roster.write_roster(book, ROWS)
    turns = [(run("bench.ours", "import", book), run("bench.peer", book, "FOLDER")) for _ in range(TURNS)]
    middle = {
        name: statistics.median(turn[place][kind] for turn in turns)
        for place, who in enumerate(("ours", "peer"))
        for kind, name in (("wall", f"{who}_wall_s"), ("cpu", f"{who}_cpu_s"))
    }
    return {
        "rows": ROWS,
        **middle,
        "ours_rows_per_cpu_s": ROWS / middle["ours_cpu_s"],
        "peer_rows_per_cpu_s": ROWS / middle["peer_cpu_s"],
        "import_ratio": statistics.median(theirs["cpu"] / ours["cpu"] for ours, theirs in turns),
        "import_ratio_wall": statistics.median(theirs["wall"] / ours["wall"] for ours, theirs in turns),
    }


def figures(folder: Path) -> dict:
    """The figures of a county of 100,000 members on each database that is here."""
    members, gifts = folder / "members.xlsx", folder / "gifts.xlsx"
    roster.write_roster(members, MEMBERS)
    roster.write_book(gifts, GIFTS)
    found = {"SQLite": run("bench.ours", "figures", members, gifts)}
    try:
        with postgres.server() as address:
            found["PostgreSQL"] = run("bench.ours", "figures", members, gifts, database=address)
    except postgres.Unavailable as reason:
        print(f"PostgreSQL: {reason}")
    return found


def tell(name: str, value: object) -> None:
    """One line, with the target beside it where there is one."""
    if isinstance(value, dict):
        for inner, deeper in value.items():
            tell(f"{name}.{inner}", deeper)
        return
    sign, target = TARGETS.get(name.rsplit(".", 1)[-1], ("", ""))
    shown = f"{value:,.2f}" if isinstance(value, float) else str(value)
    print(f"{name:<48}{shown:>16}  {sign} {target}".rstrip())


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="henji-bench-") as folder:
        measured = {"import": imports(Path(folder)), "figures": figures(Path(folder))}
    written = ROOT / "build" / "bench.json"
    written.parent.mkdir(exist_ok=True)
    written.write_text(json.dumps(measured, ensure_ascii=False, indent=2))
    for name, value in measured.items():
        tell(name, value)


if __name__ == "__main__":
    main()

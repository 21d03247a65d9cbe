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
#: As many rows as a sheet can have, nearly.
MANY_ROWS = 1_000_000
TURNS = 3
#: What the issue of the first release asks for.
TARGETS = {
    "import_ratio_without_its_preview": (">=", 10),
    # The fourth issue asks for twenty, and for half the speed of the least that the same can cost.
    "import_ratio": (">=", 20),
    "speed_of_floor": (">=", 0.5),
    "others_wait_s": ("<=", 30),
    "participation_ms": ("<=", 300),
    "payout_ms": ("<=", 300),
    "scorecard_page_ms": ("<=", 150),
    "workbench_ms": ("<=", 100),
    "sheet_pdf_ms": ("<=", 1000),
    # And the third: a province side by side, and the day cache.
    "league_uncached_s": ("<=", 8),
    "league_page_cached_ms": ("<=", 200),
    "score_uncached_ms": ("<=", 1000),
    "score_cached_ms": ("<=", 50),
    "value_saved_and_seen_ms": ("<=", 50),
    "demo_s": ("<=", 90),
    # And the fourth: one person among a million, on SQLite.
    "find_ms": ("<=", 50),
    "chart_ages_ms": ("<=", 300),
    "chart_townships_ms": ("<=", 300),
    "chart_units_ms": ("<=", 300),
    "chart_joining_ms": ("<=", 300),
    # And the fifth: the fund's books.
    "bank_balance_ms": ("<=", 20),
    "bank_balance_then_ms": ("<=", 20),
    "unit_balance_ms": ("<=", 20),
    "gifts_posted_s": ("<=", 20),
}
#: Ten million take half an hour to be written: `python -m bench province` by itself.
LEAGUE_MEMBERS, PROVINCE_MEMBERS, COUNTIES, SCORECARDS = 1_000_000, 10_000_000, 170, 1000
DEMO_MEMBERS = 50_000
FOUND_AMONG = 1_000_000
POSTINGS, GIFTS_POSTED = 1_000_000, 100_000


def run(module: str, *arguments: object, database: str = "") -> dict:
    """Run one measurement in a process and a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="henji-bench-") as folder:
        environment = {**os.environ, "HENJI_DATA": folder, "HENJI_IMPORT_ROWS": str(MANY_ROWS + 1)}
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
        "import_ratio_without_its_preview": statistics.median(
            theirs["confirm_cpu"] / ours["cpu"] for ours, theirs in turns
        ),
    }


def scale(folder: Path) -> dict:
    """A roster of a million rows, and the floor under it, on each database that is here."""
    path = folder / "many.xlsx"
    roster.write_roster(path, MANY_ROWS)
    # SQLite works within our process, so there CPU time tells; PostgreSQL does not.
    found = {"SQLite": _beside_floor("cpu", *(run("bench.scale", what, path) for what in ("ours", "floor")))}
    try:
        took = []
        for what in ("ours", "floor"):
            with postgres.server() as address:
                took.append(run("bench.scale", what, path, database=address))
        found["PostgreSQL"] = _beside_floor("wall", *took)
    except postgres.Unavailable as reason:
        print(f"PostgreSQL: {reason}")
    return found


def _beside_floor(kind: str, ours: dict, floor: dict) -> dict:
    return {
        "rows_per_s": ours["rows"] / ours[kind],
        "floor_rows_per_s": floor["rows"] / floor[kind],
        "speed_of_floor": (floor[kind] / floor["rows"]) / (ours[kind] / ours["rows"]),
        "others_wait_s": ours["blocked"],
        "ours": ours,
        "floor": floor,
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


def league(_folder: Path) -> dict:
    """A province side by side on PostgreSQL; and a value saved beside a thousand scorecards on each."""
    found = {"value on SQLite": run("bench.league", "value", SCORECARDS)}
    try:
        with postgres.server() as address:
            found["value on PostgreSQL"] = run("bench.league", "value", SCORECARDS, database=address)
        with postgres.server() as address:
            part = run("bench.league", "league", LEAGUE_MEMBERS, COUNTIES, database=address)
            # The target is for ten times as many.
            found["a tenth of a province"] = {_not_a_target(name): value for name, value in part.items()}
    except postgres.Unavailable as reason:
        print(f"PostgreSQL: {reason}")
    return found


def province(_folder: Path) -> dict:
    """The league at its full size."""
    with postgres.server() as address:
        return run("bench.league", "league", PROVINCE_MEMBERS, COUNTIES, database=address)


def _not_a_target(name: str) -> str:
    return f"{name}_at_a_tenth" if name == "league_uncached_s" else name


def demo(_folder: Path) -> dict:
    """The demonstration county at its full size."""
    return run("bench.demo", DEMO_MEMBERS)


def finding(_folder: Path) -> dict:
    """One person among a million of one county, by all that officers type."""
    return run("bench.finding", FOUND_AMONG)


def ledger(folder: Path) -> dict:
    """The fund's books at a million postings, and a large donation book posted, on each database here."""
    members, gifts = folder / "members.xlsx", folder / "gifts.xlsx"
    roster.write_roster(members, GIFTS_POSTED)
    roster.write_book(gifts, GIFTS_POSTED)
    parts = {"balances": (POSTINGS,), "gifts": (members, gifts)}
    found = {f"{what} on SQLite": run("bench.ledger", what, *given) for what, given in parts.items()}
    try:
        for what, given in parts.items():
            with postgres.server() as address:
                found[f"{what} on PostgreSQL"] = run("bench.ledger", what, *given, database=address)
    except postgres.Unavailable as reason:
        print(f"PostgreSQL: {reason}")
    return found


def tell(name: str, value: object) -> None:
    """One line, with the target beside it where there is one, and a word where it is missed."""
    if isinstance(value, dict):
        for inner, deeper in value.items():
            tell(f"{name}.{inner}", deeper)
        return
    shown = f"{value:,.2f}" if isinstance(value, float) else str(value)
    target = TARGETS.get(name.rsplit(".", 1)[-1])
    if target is None or not isinstance(value, int | float):
        print(f"{name:<48}{shown:>16}")
        return
    sign, aim = target
    met = value >= aim if sign == ">=" else value <= aim
    print(f"{name:<48}{shown:>16}  {sign} {aim}{'' if met else '  MISSED'}")


#: What is measured, in this order; some of it alone by `python -m bench figures`.
PARTS = {
    "import": imports,
    "scale": scale,
    "figures": figures,
    "league": league,
    "demo": demo,
    "finding": finding,
    "ledger": ledger,
}
#: What takes too long to be measured unless it is asked for.
ON_DEMAND = {"province": province}


def main() -> None:
    written = ROOT / "build" / "bench.json"
    written.parent.mkdir(exist_ok=True)
    for name in sys.argv[1:] or PARTS:
        with tempfile.TemporaryDirectory(prefix="henji-bench-") as folder:
            measured = (PARTS | ON_DEMAND)[name](Path(folder))
        tell(name, measured)
        # Parts that were measured before stay beside it.
        held = json.loads(written.read_text()) if written.exists() else {}
        written.write_text(json.dumps(held | {name: measured}, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()

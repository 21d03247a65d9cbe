"""Henji 痕迹: the working system of a county federation of trade unions (县总工会)."""

import sys

import pysqlite3

# The SQLite inside many a Python has a rare bug that can lose commits in WAL mode (3.7.0 to 3.51.2);
# the packaged one is newer. Django must find it before it opens a database.
sys.modules["sqlite3"] = pysqlite3

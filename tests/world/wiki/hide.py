"""Hide one summary and one author in the wiki's database, as its "revision deletion" does. usage: hide.py DATABASE"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing

COMMENT, USER = 2, 4
"""MediaWiki's bits in rev_deleted."""

HIDDEN = {"Hidden_summary": COMMENT, "Hidden_author": USER}

if __name__ == "__main__":
    with closing(sqlite3.connect(sys.argv[1])) as database, database:
        for title, bits in HIDDEN.items():
            database.execute(
                "UPDATE revision SET rev_deleted = ? WHERE rev_page = (SELECT page_id FROM page WHERE page_title = ?)",
                (bits, title),
            )

"""Write a ZipNum index, the form that Common Crawl keeps: blocks of sorted lines, gzipped one by one, and where each lies.

usage: zipnum.py INDEX.cdxj FOLDER
"""

import gzip
import sys
from pathlib import Path

BLOCK = 20
"""Lines; Common Crawl takes 3,000."""


def main(index: Path, folder: Path) -> None:
    """Write `cdx-00000.gz`, its summary `index.idx` and `index.loc`."""
    lines = [line for line in index.read_bytes().splitlines(keepends=True) if not line.startswith(b" CDX")]
    summary, content = [], b""
    for number, start in enumerate(range(0, len(lines), BLOCK), start=1):
        block = gzip.compress(b"".join(lines[start : start + BLOCK]), mtime=0)
        key = b" ".join(lines[start].split(b" ")[:2]).decode()
        summary.append(f"{key}\tcdx-00000.gz\t{len(content)}\t{len(block)}\t{number}\n")
        content += block
    (folder / "cdx-00000.gz").write_bytes(content)
    (folder / "index.idx").write_text("".join(summary))
    (folder / "index.loc").write_text("cdx-00000.gz\tcdx-00000.gz\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Write a WARC of an invented past, with warcio: two captures of one page, one of them a repetition, and one that was gone.

usage: past.py OUT.warc.gz
"""

import io
import sys
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = b"<!doctype html><title>Alma Ferrow</title><p>The ferry as it was.</p>"
HEADERS = [("Content-Type", "text/html")]
HOME = "https://alma.test/"


def main(out: str) -> None:
    """Write the captures: 2020 and 2022 the same page, 2024 a page that was no longer there; many of another page."""
    with Path(out).open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        first = response(writer, HOME, "2020-03-04T05:06:07Z")
        writer.write_record(first)
        digest = first.rec_headers.get_header("WARC-Payload-Digest")
        writer.write_record(
            writer.create_revisit_record(
                HOME, digest, HOME, "2020-03-04T05:06:07Z",
                http_headers=StatusAndHeaders("200 OK", HEADERS, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": "2022-03-04T05:06:07Z"},
            )
        )  # fmt: skip
        writer.write_record(response(writer, f"{HOME}gone.html", "2024-03-04T05:06:07Z", status="404 Not Found"))
        for day in range(1, 29):
            writer.write_record(response(writer, f"{HOME}tides.html", f"2023-02-{day:02d}T05:06:07Z"))


def response(writer: WARCWriter, url: str, date: str, status: str = "200 OK"):
    """Return one captured answer."""
    return writer.create_warc_record(
        url, "response", payload=io.BytesIO(PAGE),
        http_headers=StatusAndHeaders(status, HEADERS, protocol="HTTP/1.1"), warc_headers_dict={"WARC-Date": date},
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1])

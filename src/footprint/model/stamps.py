"""The time-stamp authorities that a workspace names; none is asked unless it is named."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from footprint.model.record import Line, Record

_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(pem|crt)")


def _plain_url(url: str) -> str:
    if not _URL.fullmatch(url):
        msg = "url must be an http or https address without a user name, a query or a fragment: nothing but the digest is sent"
        raise ValueError(msg)
    return url


def _file_name(name: str) -> str:
    if not _FILE.fullmatch(name):
        msg = "ca must be the name of a .pem or .crt file in the workspace, without a folder"
        raise ValueError(msg)
    return name


class StampAuthority(Record):
    """One authority (RFC 3161)."""

    url: Annotated[Line, AfterValidator(_plain_url)]
    """Where it takes queries."""
    ca: Annotated[Line, AfterValidator(_file_name)]
    """File name, in the workspace, of the certificates that its stamps are checked by, in PEM."""

    @property
    def host(self) -> str:
        """The host of its address."""
        return self.url.partition("://")[2].partition("/")[0]


class StampSettings(Record):
    """`[stamps]` of `footprint.toml`."""

    authorities: tuple[StampAuthority, ...] = ()
    """Each is asked for a stamp over the signed head at the end of every case; off by default."""

"""Give the operator's keys to the client: each to its own source, and to the hosts that it is declared for."""

from __future__ import annotations

from collections.abc import Iterable

from footprint.collectors.catalog import manifest
from footprint.sources.standing import Standing
from footprint.web.client import Client
from footprint.web.credential import Credential


def keyed_clients(client: Client, standing: Standing, sources: Iterable[str]) -> dict[str, Client]:
    """Return a client for every source that there is a key to; the others have none and are asked without."""
    keyed = {}
    for source in sources:
        found = manifest(source)
        secret = standing.keyring.get(source) if found.key is not None else None
        if found.key is not None and secret is not None:
            key = found.key
            hosts = frozenset(host.lower() for host in standing.key_hosts(found))
            credential = Credential(secret, hosts, key.sent, key.name, key.scheme)
            keyed[source] = client.with_key(credential)
    return keyed

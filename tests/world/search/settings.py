"""Print searx's settings: the package's own, which it ships as an example, with engines that ask loopback servers only."""

import os
import secrets
import sys
from pathlib import Path

import yaml  # of the system's Python, as searx itself uses it

EXAMPLE = "/usr/share/doc/searx/examples/settings.yml"
WIKI, BLOG = (f"http://127.0.0.1:{os.environ[name]}" for name in ("WIKI", "BLOG"))
BY_JSON = {"engine": "json_engine", "categories": "general", "paging": False, "disabled": False, "enable_http": True}
FIELDS = {"url_query": "link", "title_query": "title/rendered", "content_query": "excerpt/rendered"}
OURS = {
    "server": {
        "bind_address": "127.0.0.1",
        "port": int(os.environ["PORT"]),
        "secret_key": secrets.token_hex(16),
        "limiter": False,
    },
    # An engine that failed is asked no more for a while, and is then not named as silent either: here each search stands alone.
    "search": {"formats": ["html", "json"], "safe_search": 0, "ban_time_on_fail": 0, "max_ban_time_on_fail": 0},
    "outgoing": {"request_timeout": 5.0},
}
ENGINES = [
    {"name": "wiki", "engine": "mediawiki", "shortcut": "wk", "base_url": f"{WIKI}/", "categories": "general",
     "search_type": "text", "number_of_results": 20, "disabled": False, "enable_http": True},
    {"name": "blog", "shortcut": "bl", "search_url": f"{BLOG}/wp-json/wp/v2/posts?search={{query}}", **BY_JSON, **FIELDS},
    {"name": "dead", "shortcut": "de", "search_url": "http://127.0.0.1:9/?q={query}", **BY_JSON, **FIELDS},
]  # fmt: skip

settings = yaml.safe_load(Path(EXAMPLE).read_text(encoding="utf-8"))
for section, values in OURS.items():
    settings[section] = {**settings[section], **values}
settings["engines"] = ENGINES
yaml.safe_dump(settings, sys.stdout)

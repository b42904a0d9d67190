"""Models that may propose, never find: the table that ships, and a model of the user's own. Off unless footprint.toml names one."""

"""Which sources a workspace reads: switches, operator keys, canaries, trials of a collector."""

"""Frozen records: what travels along the line. No input or output, no clock."""

"""footprint: lawful, consent-based screening of a candidate's public web footprint."""

__version__ = "0.1.0"

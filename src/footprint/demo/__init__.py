"""A web of invented people on loopback, and the candidate, consent and policy to screen them with."""

"""What every collector is held to: eleven answers that a source can give, and what must come of each."""

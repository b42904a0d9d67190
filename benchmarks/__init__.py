"""Measurements, side by side with a floor in the same run: ratios and medians. Nothing here is asserted."""

"""A collector for footprint: Paperboat, an invented log of model boats."""

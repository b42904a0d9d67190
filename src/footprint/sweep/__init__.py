"""Ask many sites one small question each: is this name an account there? The gate's second door, and its books."""

"""A year of invented cases: drawn from a seed, in the proportions of the practice."""

"""The benchmark: `python -m tests.benchmarks`. Ratios within one run, never absolute times."""

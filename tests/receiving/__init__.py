"""A receiver as a process of its own, what Okta would send it, and load: for tests and benchmarks."""

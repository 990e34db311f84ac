"""A dispatcher as a process of its own, for tests that kill it or speak with it."""

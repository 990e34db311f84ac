"""Kubernetes as the operator uses it: a small client, the objects it makes for a hook, and what they say."""

"""Kubernetes as the operator uses it: a small client, the objects it makes for a hook, and what they say.

| module | what it is for |
|---|---|
| `children` | what the operator makes for a hook; pure |
| `upkeep`, `difference` | keeping that as it should be, with as few calls as it takes |
| `workload`, `rollout` | what a Deployment and its pods say about a receiver |
| `api`, `api_server` | what is asked of the Kubernetes API, and asking it |
| `answers`, `errors` | what its answers mean |
| `resources`, `objects`, `quantity` | kinds, objects and amounts |
| `permissions` | what the operator's role must allow |
| `leadership` | one operator at a time |
| `events` | what `kubectl describe` tells |
"""

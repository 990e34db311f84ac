"""Reconciling an OktaOrg or ClusterOktaOrg: whether its credential works, what it may do, and how much is used.

| module | what it is for |
|---|---|
| `reconciler` | one look at an organisation |
| `status` | what it says of itself |
| `resolving` | which organisation object a hook belongs to |
| `orphans` | hooks that had to be left behind in Okta, written down |
"""

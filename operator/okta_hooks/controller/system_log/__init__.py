"""The polls of System Logs: one for all who sign in to an organisation alike, and its hooks read along.

| module | what it is for |
|---|---|
| `polls` | who is polled, for whom, and what the log says of a hook |
| `supplies` | events of types that no hook can deliver |
| `membership` | which organisation objects share a poll; pure |
| `pauses` | when to poll again; pure |
| `keeping` | where a poll has come to, in a ConfigMap of the operator's own |
"""

"""Events that Okta should have delivered and did not: found, counted and brought, beside the looks at hooks.

| module | what it is for |
|---|---|
| `attending` | from a look at a hook to its search, and from what was found to what the hook says |
| `searching` | the searches of all hooks, a turn at a time |
| `telling` | how far a search has got, in the status and out of it; pure |
"""

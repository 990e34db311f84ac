"""Events that Okta should have delivered and did not: found, counted and brought, beside the looks at hooks.

| module | what it is for |
|---|---|
| `telling` | how far a search has got, in the status and out of it; pure |
"""

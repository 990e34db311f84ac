"""The System Log as evidence: what Okta wrote down, read once for all hooks of an organisation.

| module | what it is for |
|---|---|
| `entry` | one entry, and the entries of an answer; pure |
| `port` | who reads along, and what can be asked for besides |
"""

"""The System Log as evidence: what Okta wrote down, read once for all hooks of an organisation.

| module | what it is for |
|---|---|
| `entry` | one entry, and the entries of an answer; pure |
| `port` | who reads along, and what can be asked for besides |
| `subscription`, `due` | what Okta had to deliver to a hook; pure |
| `waiting` | events that may still come |
| `windows` | times that are to be searched; pure |
| `backfill` | searching a time for events that never came, and bringing them |
| `gaps` | all of this for one hook |
| `standing` | how far that has got; pure |
"""

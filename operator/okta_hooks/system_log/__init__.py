"""The System Log as evidence: what Okta wrote down, read once for all hooks of an organisation.

| module | what it is for |
|---|---|
| `entry` | one entry, and the entries of an answer; pure |
| `expression` | what a query asks for; pure |
| `poll` | reading all that is new, for all who read along |
| `position`, `repeats` | how far it has read, and what it has read before; pure |
| `chronicle` | what Okta wrote down about hooks: deliveries that it gave up, who did what; pure |
| `supply` | giving a hook events of types that no hook can deliver |
| `seen` | what the log says of one hook; pure |
| `kept` | what of a poll outlives the process |
| `search` | reading a time of the log |
| `port` | who reads along, and what can be asked for besides |
| `subscription`, `due` | what Okta had to deliver to a hook; pure |
| `hook_filters` | which events a hook's filter leaves out; pure |
| `waiting` | events that may still come |
| `windows` | times that are to be searched; pure |
| `backfill` | searching a time for events that never came, and bringing them |
| `gaps` | all of this for one hook |
| `standing` | how far that has got; pure |
"""

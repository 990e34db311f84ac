"""The process that Okta calls: it answers challenges, checks the secret, keeps events, and only then says 200.

| module | what it is for |
|---|---|
| `process` | from options to a process that listens, and its end |
| `options` | what can be chosen |
| `endpoint` | the port for Okta: challenge and delivery |
| `outcome` | what can become of a request, and which status each gets |
| `accepted` | which secrets are accepted, and whether a rotation is pending |
| `secret_files` | reading them from a mounted folder |
| `bodies` | reading bodies within bounds |
| `deadlines` | giving each delivery its time |
| `delivery` | what a body means; pure |
| `journal` | which journal they go to |
| `intake` | from bodies to kept records |
| `backfill` | the path on which the operator brings events |
| `tally`, `metrics`, `evidence` | what was seen: counted, for Prometheus, for the operator |
| `decisions` | a log line for each decision that matters |
| `clock` | whether the machine's clock is put |
| `health` | whether probes should be content |
| `listening` | sockets, limits of connections, and ending without cutting anybody off |
| `upkeep` | what has to be done again and again |
| `timed_disk` | how long the journal's syncs take |

## Why the answers are as they are
Okta waits 3 s, asks once more after a timeout or a 5xx, and never again after a 4xx. So whatever might be right a
moment later is a 503, everything is answered within 2.5 s, and a 4xx is for those who are not Okta. A body that carries
the right secret is never refused for what it says: if it can't be read, it is kept as it is, under no uuid.

## The secrets' folder
`current` holds the secret that Okta is to send; `previous`, if it is there, the one before. Both are accepted. A
rotation is pending while `previous` is there, or since `current` changed, until a request carries `current`: in this
time a wrong secret may be our mistake, and is answered with 503.

## How the process ends
0: it was asked to (SIGTERM, SIGINT). 2: an option can't be used. 3: the journal can't be opened or has failed, and
only a new start, which recovers, can help.
"""

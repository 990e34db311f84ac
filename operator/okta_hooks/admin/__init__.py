"""The port of a pod that only the cluster sees: probes, metrics, and statistics for the operator.

| module | what it is for |
|---|---|
| `token` | who may ask, and fingerprints of secrets that both sides can compare |
| `application` | the paths that every process of a pod has |
| `listening` | sockets, limits of connections, and an end that cuts nobody off |
| `dispatcher_requests` | what a dispatcher can be asked for besides, and answers, for both sides |
| `dispatcher_statistics` | what a dispatcher answers to `/stats`, for both sides |
| `statistics` | what a receiver answers to `/stats`, for both sides |
"""

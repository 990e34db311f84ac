"""What a hook's receiver and dispatcher say of themselves, and what Kubernetes says of their pod.

| module | what it is for |
|---|---|
| `asking` | statistics, over the admin ports of a pod |
| `backfilling` | which events never came, and giving those to a pod, over the same ports |
| `observing` | everything that is there of a receiver |
| `trouble` | what is wrong though events are received; pure |
| `evidence` | what that means for conditions and counters; pure |
"""

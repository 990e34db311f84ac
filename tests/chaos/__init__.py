"""A run in which everything goes wrong that can, one after another, while events flow; in the end all is well.

    python -m chaos --seed 7 --minutes 10

| module | what it is for |
|---|---|
| `schedule` | from a seed to what goes wrong when; pure |
| `incidents` | what goes wrong: how it begins, how it ends, what the status has to say |
| `stage` | what all of it happens to |
| `pod` | receiver and dispatcher as processes that are started again, as a kubelet does |
| `kubelet` | probes them, and tells Kubernetes |
| `operators` | the operator as a process that is started again |
| `sink` | counts what arrives, and compares repeats |
| `witness` | reads the status all the time, and remembers what it said |
| `run` | all of it, one after another |
| `verdict` | what has to be true in the end; pure |
"""

"""The process that reads the journal and feeds the sinks.

| module | what it is for |
|---|---|
| `configuration` | what it is told, and reading that again when it changes |
| `options` | what it is told on its command line |
| `process` | putting it all together, from start to end |
| `files` | the folder that it alone writes |
| `database` | a SQLite file with one thread, synced transactions, and what happens when it is damaged |
| `ledger` | what must not be lost: cursors and dead letters |
| `index` | what is derived from the journal: which uuids came, and which records must not go out |
| `fingerprint` | when two events are the same |
| `patience` | reading a journal that can't be read for a while |
| `indexing` | the task that takes records into the index |
| `source` | what a sink reads: batches of what is to go out |
| `worker` | the task that feeds one sink |
| `event_head` | the two fields of an event that are read on its way |
| `judging` | what a sink's answer means for each event of a batch; pure |
| `backoff` | how long to wait; pure |
| `interruption` | letting a step end when its task is cancelled |
| `fleet` | one worker a sink, as configured |
| `steering` | the task that follows the configuration |
| `passing` | the task that tells the receiver what every cursor has passed |
| `pruning` | the task that lets the index forget |
| `observer` | the task that gathers statistics |
| `ending` | tasks that end together |
| `metrics`, `health`, `unknown` | what the admin port answers besides |

Tasks share nothing but the two files and the log: the index goes ahead, each sink follows at its own pace behind it,
and holds one batch in memory at most.
"""

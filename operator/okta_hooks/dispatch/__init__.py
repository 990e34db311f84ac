"""The process that reads the journal and feeds the sinks.

| module | what it is for |
|---|---|
| `configuration` | what it is told, and reading that again when it changes |
| `batching` | when a batch is complete, as configured or as suits the sink |
| `options` | what it is told on its command line |
| `process` | putting it all together, from start to end |
| `journal`, `stream_journal`, `sharing`, `standing_by` | the log, or a stream that one at a time is in charge of |
| `files` | the folder that it alone writes |
| `database` | a SQLite file with one thread, synced transactions, and what happens when it is damaged |
| `ledger` | what must not be lost: how far each sink is, and what was counted on the way |
| `dead_letters`, `replays` | in the same file: what sinks refused for good, and what they are to be given again |
| `index` | what is derived from the journal: which uuids came, and which records must not go out |
| `losses` | in the same file: what of the journal was lost, and what of that has not come again |
| `fingerprint` | when two events are the same |
| `patience` | reading a journal that can't be read for a while |
| `indexing` | the task that takes records into the index |
| `source` | what a sink reads: batches of what is to go out |
| `batch`, `tallies` | events on their way, what became of them, and what else is counted |
| `event_head` | the two fields of an event that are read on its way |
| `preparation` | from records to events that are ready to go out: routes, `startAt`, format |
| `writing` | the same, once the format has all that it needs |
| `courier` | handing events over until each is settled |
| `judging` | what a sink's answer means for each event of a batch; pure |
| `bisecting` | which event is at fault when a sink refuses a batch; pure |
| `circuit`, `backoff`, `rate` | when a sink may be tried, how long to wait, and how much it may be given |
| `window` | the cursor moves only over what is settled without a gap |
| `live`, `replaying` | the two lanes to a sink: new events in their order, and what it is to be given again |
| `worker` | the task that feeds one sink |
| `latency` | how long events take |
| `interruption` | letting a step end when its task is cancelled |
| `fleet` | one worker a sink, as configured |
| `steering` | the task that follows the configuration |
| `passing`, `fullness` | the task that tells the journal what every cursor has passed, and who holds nothing back |
| `pruning` | the task that lets the index forget |
| `observer` | the task that gathers statistics |
| `ending` | tasks that end together, and by a signal |
| `metrics`, `health`, `admin_routes` | what the admin port answers besides |

Tasks share nothing but the two files and the log: the index goes ahead, each sink follows at its own pace behind it,
and holds in memory what is on its way, and one batch more.
"""

"""What the dispatcher's admin port answers besides statistics; docs/dispatcher.md says what may be asked.

| module | what it is for |
|---|---|
| `reading` | parameters and bodies, and saying what is wrong with them |
| `events` | what is in the journal |
| `dead_letters` | what sinks refused for good |
| `replays` | giving sinks again what they had |
| `unknown` | which events never came |
"""

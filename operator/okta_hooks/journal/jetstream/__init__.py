"""The distributed journal: a stream of NATS JetStream, for any number of receivers.

| module | what it is for |
|---|---|
| `settings` | which servers, which stream, how much it keeps |
| `credentials` | what is presented to a server, read again for each connection |
| `connection` | a connection that is made anew when it is lost, and questions over it |
| `wire` | what servers answer, typed |
| `subjects` | under which subject a record is kept; pure |
| `stream` | the stream: making it, looking at it, and whether it is fit; positions in it |
| `publishing` | having messages kept, each once |
| `appender` | the receiver's side |
| `fetching` | asking a stream for its messages |
| `reader` | the dispatcher's side |
| `bucket` | a few shared values with compare-and-swap |
| `retention` | what every cursor has passed, and dropping it |
| `timeline` | when the stream let go of what; pure |
| `lease` | one active dispatcher at a time |
| `durability` | what the servers' settings do not survive |

## One message a subject
Every event has a subject of its own, made from its uuid, and the stream keeps one message a subject and refuses more
(`max_msgs_per_subject` 1, `discard` new, `discard_new_per_subject`). So a repeat is found as long as its first copy is
kept, also after servers started again, and publishing again is harmless: whoever got no answer just tries once more.
A full stream refuses with the same code as a repeat (503, 10077), hence a refusal counts as a repeat only when it says
"maximum messages per subject exceeded" and the subject is then found to hold the same event. Other content under the
same uuid goes under a subject of its own, so that the dispatcher can set it aside.

## Who may do what
A receiver publishes, reads back a subject that it published to, and looks at the stream; its credential needs no more
(docs/journal.md). The dispatcher makes the stream, reads it, and drops what every cursor has passed. The stream itself
has no limit of age: it would drop what a sink has not had.

Nothing is imported here: who names `settings` need not load a client of NATS.
"""

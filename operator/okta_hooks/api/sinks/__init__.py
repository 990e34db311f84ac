"""Sinks as people write them: in a hook's `spec.sinks`, and as OktaEventSink and ClusterOktaEventSink of their own.

| module | what it is for |
|---|---|
| `destination` | which types of sink there are; a sink is of exactly one |
| `stdout`, `http`, `splunk_hec`, `elasticsearch`, `kafka`, `syslog`, `object_storage` | one type each |
| `endpoint` | what all types that are called over HTTP have in common |
| `tls` | certificates of those that are not |
| `options` | how events are written for a sink, and how they are handed over |
| `hook_sink` | an entry of a hook's `spec.sinks` |
| `okta_event_sink` | a sink that hooks share |
| `credentials` | which Secrets a sink names |

What each setting does is the dispatcher's business: `okta_hooks.sinks` has a class of the same name for each type.
"""

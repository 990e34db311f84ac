"""The operator: kopf watches, a queue of its own says what is looked at next, and each look is by level.

From an event to Okta and back:

1. `watching` lets kopf list and watch; `noticing` and `attention` decide which events mean something, and put a key
   (`work_key`) into the `work_queue`. So do a child's change, an organisation's or a sink's (`bindings`), and
   `secret_watch`.
2. While this operator leads (`gate`), the reconciler of `hooks`, `orgs` or `sinks` looks at the whole object: it
   observes, asks `okta_hooks.reconcile` for one step, carries it out and observes again.
3. `status_writer` writes what is new into the status; `transitions` are told as Events, and `metrics` show them.

| module | what it is for |
|---|---|
| `operating`, `assembly`, `settings` | start, end, and how the parts are put together |
| `watching`, `noticing`, `attention`, `wishes`, `bindings`, `children_seen` | what calls for a look |
| `work_queue`, `work_key`, `intervals` | which object is looked at when |
| `hooks` | reconciling OktaEventHooks |
| `orgs` | reconciling OktaOrgs and ClusterOktaOrgs |
| `sinks` | what hooks' sinks are and how they do; reconciling OktaEventSinks and ClusterOktaEventSinks |
| `connections` | to Okta, and the lists and budgets that are shared |
| `gaps` | searching for events that never came |
| `system_log` | the polls of System Logs, and who reads along |
| `receivers` | what pods say of themselves |
| `secrets`, `secret_watch`, `installation` | Secrets, and the key by which changes of them are noticed |
| `status_writer`, `transitions`, `metrics`, `probes`, `heartbeat` | what the operator says |
| `blocked`, `gate` | why something does not go on |
| `selecting` | which namespaces an object of the cluster serves |
| `clock` | the time |
"""

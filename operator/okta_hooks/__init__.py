"""The Kubernetes operator for Okta event hooks, its receiver and its dispatcher.

| package | what it is for |
|---|---|
| `api` | the custom resources |
| `cli` | the command `okta-hooks` |
| `controller` | the operator's process: watching, and one look at an object at a time |
| `reconcile` | deciding what to do; pure |
| `okta` | Okta's management API |
| `system_log` | what Okta wrote down, as evidence of what should have come |
| `kube` | the Kubernetes API, and what the operator makes there for a hook |
| `reachability` | whether a hook's public address answers |
| `receiver` | the process that Okta calls |
| `journal` | the durable store between the receiver and the dispatcher |
| `dispatch` | the process that feeds the sinks |
| `routing` | which events a sink gets; pure |
| `formats` | how an event is written for a sink |
| `sinks` | where events go |
| `admin` | the port of a pod that only the cluster sees |
| `telemetry` | what processes tell about themselves |
| `bad_input`, `event_loop` | the error for what people got wrong; the event loop of processes that listen |
| `surrogates` | what most readers of JSON refuse, mended |
"""

__version__ = "0.1.0"

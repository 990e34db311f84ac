"""What the sinks over HTTP share: one POST with its credential, and what may come of it.

| module | what it is for |
|---|---|
| `endpoint` | the settings that all of them have: address, time-out, authorities, credential |
| `urls` | addresses that a sink may be given |
| `client` | posts with a credential, compressed where wanted |
| `wire` | one exchange: TLS, proxies, time-out, an answer of bounded size |
| `failures` | sentences about exchanges that brought no answer |
| `reply` | what was answered |
| `verdicts` | what an HTTP status says of events |
| `credentials` | bearer, basic, API key and Splunk's token, from mounted files |
| `oauth` | OAuth 2.0 client credentials |
"""

from okta_hooks.sinks.transport.client import Client
from okta_hooks.sinks.transport.endpoint import Compression, Endpoint, opened
from okta_hooks.sinks.transport.reply import Reply

__all__ = ["Client", "Compression", "Endpoint", "Reply", "opened"]

"""Okta: the port through which the operator speaks to an organisation, and its adapter on the `okta` SDK.

| module | what it is for |
|---|---|
| `port`, `errors` | what callers know: event hooks, the System Log, and what can go wrong |
| `organization` | connecting: `async with connect(Connection(url, credential)) as okta` |
| `event_hooks`, `system_log` | the adapters |
| `attempts` | what they share: bounded time, bounded attempts, the organisation's pace |
| `sdk` | the SDK as far as it is used; imported late |
| `operations` | what is asked of Okta, by name, scope, time and rate limit |
| `answers`, `hook_json`, `links` | from an answer to a hook, an error or the next page; pure |
| `credentials`, `service_app`, `signing` | API tokens; OAuth with a private key, and DPoP |
| `rate_limit`, `pacing` | how fast: the pure core and its edge |
| `gate` | who may still send: whoever leads |
| `wire` | one request over the organisation's own session |
"""

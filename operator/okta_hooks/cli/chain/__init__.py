"""`okta-hooks status`: the way of an event from Okta to the sinks, as the status of a hook tells it.

| module | what it is for |
|---|---|
| `hook` | the hook, as kubectl shows it |
| `links` | each link of the chain, and whether it holds; pure |
| `page` | the page for people |
"""

"""`okta-hooks doctor`: what is wrong with a hook, as far as that can be told without a cluster.

| module | what it is for |
|---|---|
| `finding` | what a check says |
| `rules` | the rules in CEL of the CRDs, by which an API server would refuse the object |
| `spec` | what the spec asks for that will not do what somebody means |
| `examination` | all of them, one after the other |
| `address` | the public address: whether Okta could call it, and how it answers |
| `report` | what is printed |
"""

"""Reconciling an OktaEventHook: observe, plan, carry out one step, observe again; then say in the status what was seen.

| module | what it is for |
|---|---|
| `hook_object` | the object as it was read |
| `memory` | what is remembered between reconciles, and may be lost |
| `reconciler` | the order of things |
| `surroundings` | what it needs of the rest of the operator |
| `hook_secret` | the secret that Okta is to send, and changing it |
| `kept_secrets` | the Secrets that receivers and dispatchers are given |
| `receiving` | what runs for it in the cluster |
| `probing` | our own challenge to its address |
| `synchronizing` | bringing the hook in Okta into line, a step at a time |
| `acting` | carrying out a step in Okta |
| `deleting` | what happens before the object may go |
| `reporting` | putting together what was found |
| `status` | what the object is to say, and writing it only when it is new |
"""

"""Reconciling an OktaEventHook: observe, plan, carry out one step, observe again; then say in the status what was seen.

| module | what it is for |
|---|---|
| `hook_object` | the object as it was read |
| `memory` | what is remembered between reconciles, and may be lost |
| `binding` | which organisation a hook belongs to |
| `reconciler` | the order of things |
| `acting` | carrying out a step in Okta |
| `deleting` | what happens before the object may go |
| `status` | what the object is to say, and writing it only when it is new |
"""

"""Deciding what to do: what is desired and what was observed in, the next step and the conditions out. Pure, no I/O.

How the controller goes about one object, one reconcile at a time for each:

1. `desired.desired(spec, owner)` fills in the defaults.
2. `secret_change.decide` says what the operator's own Secret is to hold, and which value (`for_okta`) whatever is
   written to Okta has to carry. Its `Show` is carried out before anything else; its `Await` names when to look again.
3. `observed.Observed` is put together: the organisation's list of hooks (one list serves all its hooks; after a write
   of one's own it is corrected with the hook as `get` shows it), the status, our own last challenge, and what is kept
   in memory for each object:
   - `decided_to_create_at`: set to now when the step is `ListAgain` and none is set; forgotten after every `Create`;
   - `echo`: after a `Replace` or `Create`, what was given and what `get` then shows;
   - `rejection`: what was given when Okta refused, with `refusals.explain(error, ...)`; forgotten after a success;
   - `denial`: the same where the credential might not write at all;
   - `verifications`: failures in a row, reset by a success and by a change of the address;
   - `settled`: the hook when a round ended in line; forgotten by whatever is written to Okta;
   - `repairs`, `refusals`: counted after each repair, and with each answer of the receivers.
4. `plan.plan(wanted, seen)` gives one step. It is carried out, and everything is looked at again, until the step is
   `Nothing` or `Wait`. An error of Okta's ends the round: `refusals.explain` says what it means and when to go on.
   After every error the list is asked for again before the next round.
5. Around a write of another secret than `applied_secret`, the status forgets it first (`secret: null`) and learns it
   after the success (see `secret_change`).
6. `outcome.synchronization(...)` goes into the `evidence`; `conditions.conditions(evidence, ...)` and
   `status.worth_writing(...)` say what the status is to be.

An object that is being deleted goes by `deletion.plan_deletion` instead, or, where Okta can't be asked, by
`deletion.plan_deletion_without_okta`; both end in `Release`.

| module | what it is for |
|---|---|
| `ownership` | the mark on our hooks, and whose a hook is |
| `desired`, `observed`, `evidence` | what goes in |
| `finding`, `comparison` | which hook is ours, and in what it differs |
| `plan`, `verification`, `deletion`, `steps` | what to do next |
| `disturbance`, `repairs` | what somebody else did to the hook, putting it back, and when to stop that |
| `secret_change` | changing the secret without losing an event |
| `allowances`, `routes` | what of a hook's spec can't be done as it is, whatever Okta says |
| `refusals`, `event_types`, `problem` | what Okta's errors mean, and what to tell people |
| `outcome`, `verdicts`, `verdict`, `conditions`, `status`, `timestamps` | what the status says |
"""

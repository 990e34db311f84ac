"""The connections to Okta that hooks share: one budget and one list of hooks for each organisation.

| module | what it is for |
|---|---|
| `hook_list` | the hooks of an organisation, listed once for all who ask, and kept up with our own writes |
| `guard` | what every call passes: not without the lease, counted |
| `guarded` | calls that keep the list up to date, and those that read the System Log |
| `pool` | which connection an OktaOrg or ClusterOktaOrg has; it outlives its object, for hooks that are being deleted |
| `budgets` | how much of Okta's rate limits each object uses, and all of one organisation together |
| `credentials` | what an organisation's spec and Secrets say of how to sign in |
| `access` | from an organisation object to a connection, and what may be in the way |
"""

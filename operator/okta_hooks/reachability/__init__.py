"""Whether a hook's public address answers: the operator calls it as Okta does, and tells apart what can go wrong.

`challenge.Challenger` asks, `outcome` holds what came of it. Our way to the address need not be Okta's: a cluster may
not reach its own public name, and a name may mean something else inside.
"""

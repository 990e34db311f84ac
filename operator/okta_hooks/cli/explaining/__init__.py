"""What a hook would do with an event, told from files alone.

| module | what it is for |
|---|---|
| `hook_file` | the hook and its sinks, as YAML |
| `event_file` | events, as JSON |
| `explanation` | what becomes of an event, and why |
| `report` | telling it |
"""

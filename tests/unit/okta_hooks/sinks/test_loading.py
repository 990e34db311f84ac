"""A dispatcher pays for the libraries of those sinks alone that it has."""

from __future__ import annotations

import subprocess
import sys

LIBRARIES = ("confluent_kafka", "obstore")


def test_no_library_of_one_sink_is_loaded_with_the_dispatcher() -> None:
    program = f"import sys, okta_hooks.dispatch.process; print([name for name in {LIBRARIES} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"

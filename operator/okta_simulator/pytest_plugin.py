"""Fixtures for tests that need an Okta organisation; pytest finds them as soon as the package is installed.

Nothing is imported here that pytest has not loaded itself: tests that use no organisation don't wait for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from okta_simulator.options import Options
    from okta_simulator.testing import RunningOrganization


@pytest.fixture
def okta_organization_options() -> Options:
    """What is chosen of the organisation: define a fixture of this name to choose something else."""
    from okta_simulator.options import Options  # noqa: PLC0415 -- see above

    return Options()


@pytest.fixture
def okta_organization(okta_organization_options: Options) -> Iterator[RunningOrganization]:
    """A fresh organisation with `.url`, `.api_token`, `.control` and `.organization`, served on a free port."""
    from okta_simulator.testing import running_organization  # noqa: PLC0415 -- see above

    with running_organization(okta_organization_options) as running:
        yield running

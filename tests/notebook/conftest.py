"""What the tests in notebooks share."""

import pytest


@pytest.fixture
def trait_error() -> type[Exception]:
    from traitlets import TraitError  # noqa: PLC0415 - only these tests need it

    return TraitError

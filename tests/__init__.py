"""Tests. Helpers that assert say what they compared, as tests do."""

import sys

if "pytest" in sys.modules:  # benches and the servers of tests do without
    import pytest

    pytest.register_assert_rewrite("tests.room", "tests.people", "tests.hubs", "tests.engines.window", "tests.clocks")

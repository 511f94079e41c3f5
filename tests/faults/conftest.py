"""Fixtures of the fault tests."""
import os
import subprocess

import pytest

import rig


@pytest.fixture
def hold(tmp_path):
    """Holds conferences (see rig.Conference); ends all that belongs to them."""
    held = []

    def build(**how):
        held.append(rig.Conference(tmp_path, **how))
        return held[-1]

    yield build
    for conference in held:
        conference.end()


@pytest.fixture
def need_nonces():
    if not os.path.exists(rig.NONCES):
        pytest.skip("not built with the shim")


@pytest.fixture
def net():
    """Network namespaces with cables that can be cut; skips where they are not allowed."""
    made = []

    def build():
        try:
            made.append(rig.Net())
            made[-1].cut()
            made[-1].mend()
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("may not make network namespaces")
        return made[-1]

    yield build
    for one in made:
        one.end()

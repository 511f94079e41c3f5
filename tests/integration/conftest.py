"""Fixtures; tests may be coroutines."""
import asyncio
import inspect
import subprocess

import pytest

import house

HUNG_SECONDS = 120  # a slow machine may need most of it for a crowd to come


def pytest_pyfunc_call(pyfuncitem):
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames  # what the test asks for, not what its fixtures do
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    asyncio.run(asyncio.wait_for(pyfuncitem.obj(**arguments), HUNG_SECONDS))
    return True


@pytest.fixture
def make(tmp_path):
    """Makes coordinators (not started); ends those that were."""
    made = []

    def build(**how):
        made.append(house.Coordinator(tmp_path / f"coordinator{len(made)}", **how))
        return made[-1]

    yield build
    for coordinator in made:
        if coordinator.process and coordinator.process.poll() is None:
            coordinator.kill()


@pytest.fixture
def coordinator(make):
    """A running one, plan A at speed 60. Its log must be without errors at the end."""
    started = make().start()
    yield started
    assert started.process.poll() is None or started.process.returncode in (0, -9)
    assert "<3>" not in started.log.read_text()


@pytest.fixture
def relay(coordinator, tmp_path, request):
    """A relay; indirectly parametrised with the address it is to tell."""
    told = getattr(request, "param", None)
    with (tmp_path / "relay.log").open("w") as log:
        process = subprocess.Popen(
            [house.BIN / "diemcau-relay", "--join", coordinator.folder / "join/relay.json",
             "--listen", "127.0.0.1:0", *(["--advertise", told] if told else [])],
            stdout=log, stderr=log)
    yield process
    process.terminate()
    process.wait(timeout=10)

"""A rehearsal of real and simulated sites together: a whole meeting, of which nothing reaches the record."""
import hashlib
import json

import house
import papers
from conference import Conference
from site_program import Endpoint, shows

REAL = ("hoi-truong", "sa-dec")


def bytes_of(folder):
    """Digest of each file of what is held."""
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def held(coordinator):
    return coordinator.command("meeting", "list", coordinator.folder).stdout


async def test_real_and_simulated_sites_rehearse_and_the_record_hears_nothing(make, tmp_path):
    coordinator = make(plan="d", options=()).start()
    centre = papers.Bearer(coordinator, session=coordinator.session)
    assert centre.bring(papers.pdf(5_000), name="chương trình.pdf", handout="chuong-trinh", title="Chương trình")[0] == 200
    assert coordinator.stop() == 0
    before, listed = bytes_of(coordinator.folder / "meetings"), held(coordinator)

    coordinator.options = ["--rehearsal", "--speed", "1000"]
    coordinator.start()
    conference = Conference(coordinator, tmp_path)
    main = next(site["site"] for site in coordinator.get("/api/v1/meeting")["sites"] if site["kind"] == "main")
    other = next(turn["site"] for turn in coordinator.get("/api/v1/meeting")["turns"] if turn["site"] != main)
    conference.begin("--except", f"{main},{other}")
    real = [Endpoint(coordinator, tmp_path, site=site) for site in (main, other)]
    try:
        async with real[1].page() as page:
            assert (await shows(page, connected=True, media=True))["rehearsal"] is True
        autopilot = conference.engage()
        result = json.loads(autopilot.communicate()[0])
        assert (result["closed"], result["refusals"]) == (True, []), result
        minutes = coordinator.get("/api/v1/minutes")
        assert minutes["rehearsal"] and other in {speech["site"] for speech in minutes["speeches"] if speech["state"] == "done"}
        assert "DIỄN TẬP" in coordinator.http("/api/v1/minutes?format=html", session=coordinator.session)[2].decode().upper()
    finally:
        for endpoint in real:
            endpoint.stop()
        conference.end()
    assert coordinator.stop() == 0
    assert bytes_of(coordinator.folder / "meetings") == before
    assert held(coordinator) == listed and not (coordinator.folder / "rehearsal").exists()

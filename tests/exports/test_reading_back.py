"""Other tools read what is exported: the CloudEvents SDK, a process-mining library, `csv`."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
import r4pm
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from r4pm import bindings

from exports.course import Kind
from tests.exports.histories import FEW, histories, told, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exports.course import Course, Happening


@pytest.fixture(scope="module")
def known() -> list[Course]:
    """Return what is told of every case, staff too."""
    return [told(entries, staff=True) for entries in histories().values()]


def happenings(known: list[Course]) -> Iterator[tuple[Course, Happening]]:
    return ((course, one) for course in known for one in course.happenings)


def test_the_sdk_reads_each_line_as_a_valid_cloudevent_and_says_what_is_told(
    tmp_path: Path, known: list[Course]
) -> None:
    lines = written("cloudevents", tmp_path, staff=True).read_bytes().splitlines()
    read = [JSONFormat().read(CloudEvent, line) for line in lines]
    for event, (course, one) in zip(read, happenings(known), strict=True):
        assert event.get_specversion() == "1.0"
        assert (event.get_id(), event.get_subject()) == (one.id, course.id)
        assert event.get_source() == "/restorative-justice/log-of-a-test"
        assert event.get_type() == f"restorative-justice.case.{one.activity}"
        assert event.get_time() == one.at
        assert int(event.get_extension("sequence")) == one.place
        data = event.get_data()
        assert isinstance(data, dict)
        assert data["facts"].keys() == one.facts.keys()
        assert [tuple(each.values()) for each in data["about"]] == [*map(tuple, one.links)]


def test_a_batch_holds_the_same_events_and_the_sdk_writes_them_back_as_they_are(
    tmp_path: Path,
) -> None:
    lines = written("cloudevents", tmp_path, *FEW).read_bytes().splitlines()
    batch = json.loads(written("cloudevents-batch", tmp_path, *FEW).read_bytes())
    assert batch == [json.loads(line) for line in lines]
    form = JSONFormat()
    for line in lines[::50]:
        again = json.loads(form.write(form.read(CloudEvent, line)))
        assert {**again, "time": None, "recordedtime": None} == {
            **json.loads(line),
            "time": None,
            "recordedtime": None,
        }


def test_within_a_case_the_order_of_recording_is_the_order_of_the_sequence_as_text(
    tmp_path: Path,
) -> None:
    lines = written("cloudevents", tmp_path, *FEW).read_bytes().splitlines()
    events = [json.loads(line) for line in lines]
    assert all(re.fullmatch(r"[0-9]{9}", event["sequence"]) for event in events)
    assert all(re.fullmatch(r"[a-z0-9]{1,20}", name) for event in events for name in event)


@pytest.fixture(scope="module", params=["ocel-json", "ocel-xml"])
def ocel(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, Any]]:
    """Return a log as the library linked it, and as the library wrote it out again."""
    folder = tmp_path_factory.mktemp(request.param)
    item = r4pm.import_item("OCEL", str(written(request.param, folder, staff=True)))
    r4pm.export_item(item, str(folder / "again.json"))
    again = json.loads((folder / "again.json").read_text())
    return bindings.slim_link_ocel(ocel=item), again


def test_every_event_and_thing_is_read_and_linked_as_it_is_told(
    ocel: tuple[str, dict[str, Any]], known: list[Course]
) -> None:
    linked, again = ocel
    events = {one["id"]: one for one in again["events"]}
    assert bindings.num_events(ocel=linked) == len(events) == sum(1 for _ in happenings(known))
    for _, one in happenings(known):
        read = events[one.id]
        assert (read["type"], moment(read["time"])) == (one.activity, one.at)
        links = [(each["objectId"], each["qualifier"]) for each in read["relationships"]]
        assert links == [(link.id, link.how) for link in one.links]
        facts = {"recorded_at": one.recorded_at, "place": one.place, **one.facts}
        assert {a["name"]: typed(a["value"], facts) for a in read["attributes"]} == facts
    things = {thing.id: thing for course in known for thing in course.things}
    assert bindings.num_objects(ocel=linked) == len(things)
    for read in again["objects"]:
        thing = things[read["id"]]
        assert read["type"] == thing.kind
        links = [(each["objectId"], each["qualifier"]) for each in read["relationships"]]
        assert links == [(link.id, link.how) for link in thing.links]
        changes = [(a["name"], moment(a["time"]), a["value"]) for a in read["attributes"]]
        assert changes == [*map(tuple, thing.facts)]


def test_facts_keep_their_types(ocel: tuple[str, dict[str, Any]]) -> None:
    declared = {
        (one["name"], attribute["name"]): attribute["type"]
        for one in ocel[1]["eventTypes"]
        for attribute in one["attributes"]
    }
    assert declared["party_added", "identified"] == "boolean"
    assert declared["party_added", "role"] == "string"
    assert declared["checklist_item_checked", "item"] == "integer"
    assert declared["wait_missed", "due"] == "time"
    python = {"boolean": bool, "string": str, "integer": int, "time": str}
    for event in ocel[1]["events"]:
        for attribute in event["attributes"]:
            type_ = declared[event["type"], attribute["name"]]
            assert type(attribute["value"]) is python[type_], (event["type"], attribute)


def test_a_pair_is_the_library_s_own_case_notion_if_one_wishes(
    ocel: tuple[str, dict[str, Any]],
) -> None:
    stats = bindings.ocel_type_stats(ocel[0])
    assert {*stats["object_type_counts"]} == {*Kind}
    graph = bindings.discover_dfg_from_ocel(ocel[0])
    assert "consent_recorded" in json.dumps(graph)


@pytest.mark.parametrize("form", ["ocel-json", "ocel-xml", "xes"])
def test_the_library_has_nothing_to_complain_of(
    form: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    kind = "EventLog" if form == "xes" else "OCEL"
    item = r4pm.import_item(kind, str(written(form, tmp_path, *FEW, staff=True)))
    if kind == "OCEL":
        bindings.slim_link_ocel(ocel=item)
    assert "warning" not in "".join(capfd.readouterr())


def test_the_library_reads_a_trace_for_each_case_its_events_in_their_order(
    tmp_path: Path, known: list[Course]
) -> None:
    item = r4pm.import_item("EventLog", str(written("xes", tmp_path, staff=True)))
    projection = bindings.log_to_activity_projection(item)
    assert bindings.get_num_cases(projection) == len(known)
    r4pm.export_item(item, str(tmp_path / "again.xes"))
    space = "{http://www.xes-standard.org/}"
    traces = ET.parse(tmp_path / "again.xes").getroot().findall(f"{space}trace")  # noqa: S314 - our own
    for trace, course in zip(traces, known, strict=True):
        events = [{a.get("key"): a for a in e} for e in trace.findall(f"{space}event")]
        names = [event["concept:name"].get("value") for event in events]
        assert names == [one.activity for one in course.happenings]
        for event, one in zip(events, course.happenings, strict=True):
            assert moment(event["time:timestamp"].get("value")) == one.at
            for name, value in one.facts.items():
                tag = event[name].tag.removeprefix(space)
                assert tag == {bool: "boolean", int: "int", str: "string"}.get(type(value), "date")


def test_xes_is_laid_out_as_its_schema_has_it(tmp_path: Path) -> None:
    log = ET.parse(written("xes", tmp_path, *FEW, staff=True)).getroot()  # noqa: S314 - our own
    assert (log.tag, float(log.get("xes.version", ""))) == ("log", 1849.2016)
    order = [*dict.fromkeys(child.tag for child in log)]
    assert order == ["extension", "global", "classifier", "string", "trace"]
    declared = {e.get("prefix") for e in log.findall("extension")}
    for parent in (*log.findall("trace"), *log.findall("trace/event")):
        keys = [child.get("key") or "" for child in parent if child.tag != "event"]
        assert len(keys) == len({*keys})
        assert {key.partition(":")[0] for key in keys if ":" in key} <= declared
        assert all(re.fullmatch(r"[a-z_:]+", key) for key in keys)
        assert {child.tag for child in parent} <= {
            *("string", "date", "int", "float", "boolean", "event")
        }


def test_ocel_xml_is_laid_out_as_its_schema_has_it_and_every_reference_is_there(
    tmp_path: Path,
) -> None:
    log = ET.parse(written("ocel-xml", tmp_path, *FEW, staff=True)).getroot()  # noqa: S314 - our own
    assert [child.tag for child in log] == ["object-types", "event-types", "objects", "events"]
    for kind in ("object", "event"):
        types = Counter(t.get("name") for t in log.findall(f"{kind}-types/{kind}-type"))
        assert {*types.values()} == {1}
        ids = Counter(one.get("id") for one in log.findall(f"{kind}s/{kind}"))
        assert {*ids.values()} == {1}
        assert {one.get("type") for one in log.findall(f"{kind}s/{kind}")} == {*types}
        for one in log.findall(f"{kind}s/{kind}"):
            assert [child.tag for child in one] == ["attributes", "objects"]
    there = {one.get("id") for one in log.findall("objects/object")}
    assert {r.get("object-id") for r in log.iter("relationship")} == there


def test_a_spreadsheet_reads_a_line_for_each_event(tmp_path: Path, known: list[Course]) -> None:
    with written("csv", tmp_path, staff=True).open(newline="", encoding="utf-8") as file:
        lines = [*csv.DictReader(file)]
    for line, (course, one) in zip(lines, happenings(known), strict=True):
        assert (line["case"], line["event"], line["activity"]) == (course.id, one.id, one.activity)
        assert moment(line["time"]) == one.at
        assert line["threads"].split() == one.ids(Kind.THREAD)
        assert line["parties"].split() == one.ids(Kind.PARTY)
        assert [f.partition("=")[0] for f in line["facts"].split("; ")] == [*one.facts]
        # A cell that begins like this is a formula to a spreadsheet.
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line.values())


def moment(text: str | None) -> datetime:
    assert text
    return datetime.fromisoformat(text).astimezone(UTC)


def typed(value: Any, facts: dict[str, Any]) -> Any:
    """Return a moment for what was one: JSON has none."""
    moments = [one for one in facts.values() if isinstance(one, datetime)]
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
        return next(one for one in moments if one == moment(value))
    return value

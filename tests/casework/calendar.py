#!/usr/bin/python3
"""Opens cases with the program, writes their due days as an iCalendar and reads it with a parser of others (python3-icalendar).

  calendar.py PROGRAM
"""
import datetime
import os
import pathlib
import subprocess
import sys
import tempfile

import icalendar


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    environment = {**os.environ, "CANDOUR_TODAY": "2026-03-04", "LANG": "C.UTF-8"}
    environment.pop("CANDOUR_DATABASE", None)
    with tempfile.TemporaryDirectory() as folder:
        def candour(*words):
            return subprocess.run([program, *words], cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout

        subject = "Zähler; Straße, \\ " + "ünïcode " * 8
        letter = pathlib.Path(folder) / "letter.eml"
        letter.write_text(f"From: A Tester <a@letters.example>\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n1. How many?\n", encoding="utf-8")
        for received in ("2026-03-02", "2026-02-02", "2026-03-03"):
            candour("case", "new", "letter.eml", "--as", "R. Ashdown", "--received", received)
        candour("case", "note", "FOI-2026-0003", "clarification-asked", "--why", "x", "--as", "R. Ashdown")
        candour("case", "list", "--ical", "due.ics")
        raw = (pathlib.Path(folder) / "due.ics").read_bytes()

    assert raw.endswith(b"\r\n") and b"\n" not in raw.replace(b"\r\n", b""), "lines end with CR LF"
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75, line
        line.decode("utf-8")
    calendar = icalendar.Calendar.from_ical(raw)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    events = list(calendar.walk("VEVENT"))
    assert len(events) == 2, "a case whose clock stands still has no due day"
    assert len({event["UID"] for event in events}) == 2
    due = sorted(event.decoded("DTSTART") for event in events)
    assert due == [datetime.date(2026, 3, 2), datetime.date(2026, 3, 31)], due
    for event in events:
        assert subject.strip() in str(event["SUMMARY"]), event["SUMMARY"]
        alarms = sorted(alarm.decoded("TRIGGER") for alarm in event.walk("VALARM"))
        assert alarms == [datetime.timedelta(days=-14), datetime.timedelta(days=-2)], alarms
        assert isinstance(event.decoded("DTSTAMP"), datetime.datetime)
    assert b"Tester" not in raw and b"letters.example" not in raw
    print(f"calendar: {len(events)} events read back")
    return 0


if __name__ == "__main__":
    sys.exit(main())

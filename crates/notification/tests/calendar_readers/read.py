"""Reads calendars with the public library for Python (PyPI: icalendar).

Takes one on each line, as a JSON string; says of each what a calendar shows that has fetched it: one JSON list with uid, sequence, start, end
and summary for each event that is not cancelled. Days as days, times in UTC.
"""

import datetime
import json
import sys

from icalendar import Calendar


def told(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


for line in sys.stdin:
    calendar = Calendar.from_ical(json.loads(line))
    assert not calendar.errors and not any(event.errors for event in calendar.walk())
    shown = [
        [str(event["UID"]), int(event["SEQUENCE"]), told(event.start), told(event.end), str(event["SUMMARY"])]
        for event in calendar.events
        if event.get("STATUS") != "CANCELLED"
    ]
    print(json.dumps(sorted(shown), ensure_ascii=False), flush=True)

// Reads calendars with the public library for JavaScript (npm: ical.js), by the zones that they describe themselves.
// Takes one on each line, as a JSON string; says of each what a calendar shows that has fetched it: one JSON list with uid, sequence, start,
// end and summary for each event that is not cancelled. Days as days, times in UTC.
const { readFileSync } = require("node:fs");
const imported = require("ical.js");
const ICAL = imported.default ?? imported;

const told = (time) => (time.isDate ? time.toString() : time.convertToZone(ICAL.Timezone.utcTimezone).toString());

for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const calendar = new ICAL.Component(ICAL.parse(JSON.parse(line)));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const shown = calendar
    .getAllSubcomponents("vevent")
    .filter((event) => event.getFirstPropertyValue("status") !== "CANCELLED")
    .map((component) => new ICAL.Event(component))
    .map((event) => [event.uid, event.sequence, told(event.startDate), told(event.endDate), event.summary]);
  shown.sort((one, other) => (one[0] < other[0] ? -1 : 1));
  console.log(JSON.stringify(shown));
}

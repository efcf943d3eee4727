// Reads {name: ics} and says per file what ical.js, the parser of Thunderbird, makes of it.
import { text } from "node:stream/consumers";
import ICAL from "ical.js";

const read = (ics) => {
  const file = new ICAL.Component(ICAL.parse(ics));
  const zones = file.getAllSubcomponents("vtimezone").map((zone) => new ICAL.Timezone(zone));
  for (const zone of zones) ICAL.TimezoneService.register(zone);
  const events = file.getAllSubcomponents("vevent").map((each) => {
    const event = new ICAL.Event(each);
    return {
      uid: event.uid,
      sequence: event.sequence,
      status: each.getFirstPropertyValue("status"),
      summary: event.summary,
      place: event.location,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
    };
  });
  return { method: file.getFirstPropertyValue("method"), zones: zones.map((zone) => zone.tzid), events };
};

const files = JSON.parse(await text(process.stdin));
console.log(JSON.stringify(Object.fromEntries(Object.entries(files).map(([name, ics]) => [name, read(ics)]))));

//! Texts: dates, calendars, names of places.

use chrono::NaiveDate;
use sister_cities_domain::import_run::ImportContent;
use sister_cities_domain::value::{DateOrder, PartialDate, TextForm as _};
use sister_cities_gazetteer::{Gazetteer, Hint, Query, fold};
use sister_cities_notification::calendar::{ReadSettings, read_calendar};
use sister_cities_notification::received::read_mail;

/// Lines that are dates, as the wire writes them and as offices do.
pub(super) fn take_date(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let today: NaiveDate = "2008-06-04".parse().expect("a day");
    let mut earlier: Option<PartialDate> = None;
    for date in text.lines().filter_map(|line| PartialDate::parse(line).ok()) {
        assert_eq!(PartialDate::parse(&date.render()), Ok(date), "a date is read as it is written");
        assert!(date.earliest() <= date.middle() && date.middle() <= date.latest(), "{date:?}");
        assert!(!date.in_words().is_empty(), "{date:?}");
        assert_eq!(date.may_be(today), date.earliest() <= today && today <= date.latest(), "{date:?}");
        if let Some(other) = earlier.replace(date) {
            let seen_from_there = match other.compare(&date) {
                DateOrder::Before => DateOrder::After,
                DateOrder::After => DateOrder::Before,
                same @ (DateOrder::Same | DateOrder::Overlapping) => same,
            };
            assert_eq!(date.compare(&other), seen_from_there, "{date:?}, {other:?}");
        }
    }
    // A column of an office's list. Lines without quotes, so that each is one cell.
    let cells = text.replace(['"', ',', '\r'], " ");
    let mut list = "City,Country,Since\n".to_owned();
    for cell in cells.lines() {
        list.extend(["Gdańsk,Poland,", cell, "\n"]);
    }
    super::files::import(ImportContent::Partnerships, list.as_bytes(), "list.csv");
}

/// A calendar of another program, as a file and as the part of a mail.
pub(super) fn take_calendar(bytes: &[u8]) {
    let settings = ReadSettings::new(chrono_tz::America::Chicago);
    match read_calendar(bytes, &settings) {
        Ok(read) => assert!(read.events.len() <= settings.limits.entries, "no more than may be"),
        Err(refused) => assert!(!refused.to_string().is_empty(), "a refusal says why"),
    }
    let _ = read_mail(bytes);
}

/// A name, its country and its division, a line each.
pub(super) fn take_place_name(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines();
    let (name, country, admin1) = (lines.next().unwrap_or_default(), lines.next(), lines.next());
    let gazetteer = Gazetteer::embedded();
    let query = Query { name, country, hint: admin1.map(|_| Hint { admin1, ..Hint::default() }) };
    let resolution = gazetteer.resolve(&query);
    assert_eq!(resolution, gazetteer.resolve(&query), "the same question has one answer");
    let _ = gazetteer.country(country.unwrap_or(name));
    let folded = fold(name);
    assert_eq!(fold(&folded), folded, "what is folded stays as it is");
}

//! Dates as offices write them, each with what it means.

use proptest::prelude::*;

use super::*;

fn shown(text: &str) -> String {
    match read(text, None) {
        Reading::Blank => "blank".to_owned(),
        Reading::Date { date, exactness: Exactness::Exact } => date.to_string(),
        Reading::Date { date, exactness: Exactness::Approximate } => format!("about {date}"),
        Reading::Span { from, to } => format!("{from} to {to}"),
        Reading::Doubtful(proposals) => {
            format!("one of {}", proposals.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        }
        Reading::Unreadable => "unreadable".to_owned(),
    }
}

#[test]
fn dates_are_read_in_the_ways_offices_write_them() {
    for (written, meant) in [
        ("1973", "1973"),
        ("(1973)", "1973"),
        ("est. 1968", "1968"),
        ("since 1968[3]", "1968"),
        ("ca. 1968", "about 1968"),
        ("1968?", "about 1968"),
        ("10 Oct 1957", "1957-10-10"),
        ("Oct. 1989", "1989-10"),
        ("October 10, 1957", "1957-10-10"),
        ("10th of October 1957", "1957-10-10"),
        ("10. Oktober 1957", "1957-10-10"),
        ("1er août 1991", "1991-08-01"),
        ("10 de octubre de 1957", "1957-10-10"),
        ("aprile 1973", "1973-04"),
        ("1991-08", "1991-08"),
        ("1991-08-20", "1991-08-20"),
        ("1991-08-20 14:30:00", "1991-08-20"),
        ("19/04/1966", "1966-04-19"),
        ("04/19/1966", "1966-04-19"),
        ("19.4.1966", "1966-04-19"),
        ("03.04.2005", "2005-04-03"),
        ("05/05/2005", "2005-05-05"),
        ("08/1991", "1991-08"),
        ("03/04/2005", "one of 2005-04-03, 2005-03-04"),
        ("1998/1999", "one of 1998, 1999"),
        ("1973, again 1991", "one of 1973, 1991"),
        ("early 1990", "one of 1990"),
        ("2002–2004", "2002 to 2004"),
        ("1991-95", "1991 to 1995"),
        ("2-6 September 2009", "2009-09-02 to 2009-09-06"),
        ("2008-06-02 to 2008-06-06", "2008-06-02 to 2008-06-06"),
        ("n/a", "blank"),
        ("–", "blank"),
        ("k.A.", "blank"),
        ("unknown", "blank"),
        ("", "blank"),
        ("  ", "blank"),
        ("03/04/05", "unreadable"),
        ("31.02.1999", "unreadable"),
        ("1990s", "unreadable"),
        ("soon", "unreadable"),
        ("0000", "unreadable"),
        ("1991-13-01", "unreadable"),
        ("²⁰⁰⁵", "unreadable"),
    ] {
        assert_eq!(shown(written), meant, "{written:?}");
    }
}

#[test]
fn a_column_shows_its_order_only_if_it_does_not_contradict_itself() {
    assert_eq!(order_shown(["03/04/2005", "25/12/2006"].into_iter()), Some(DayOrder::DayFirst));
    assert_eq!(order_shown(["03/04/2005", "12/25/2006"].into_iter()), Some(DayOrder::MonthFirst));
    assert_eq!(order_shown(["12/25/2006", "25/12/2006"].into_iter()), None);
    assert_eq!(order_shown(["2006", "x", ""].into_iter()), None);
    let read = read("03/04/2005", Some(DayOrder::MonthFirst));
    assert_eq!(read, Reading::Date { date: "2005-03-04".parse().unwrap(), exactness: Exactness::Exact });
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,24}") {
        let _ = read(&text, None);
    }

    #[test]
    fn what_we_write_we_read(year in 1000_i32..2999, month in 1_u32..=12, day in 1_u32..=28) {
        let date = PartialDate::from_day(NaiveDate::from_ymd_opt(year, month, day).unwrap()).unwrap();
        let exactly = Reading::Date { date, exactness: Exactness::Exact };
        prop_assert_eq!(read(&date.to_string(), None), exactly.clone());
        prop_assert_eq!(read(&date.in_words(), None), exactly);
    }
}

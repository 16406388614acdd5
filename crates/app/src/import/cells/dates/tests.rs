//! Dates as offices write them, each with what it means.

use proptest::prelude::*;

use super::*;

fn shown(text: &str) -> String {
    match read(text, None) {
        Reading::Blank => "blank".to_owned(),
        Reading::Date { date, exactness: Exactness::Exact } => date.to_string(),
        Reading::Date { date, exactness: Exactness::Approximate } => format!("about {date}"),
        Reading::Date { date, exactness: Exactness::WithMore } => format!("{date} with more"),
        Reading::Vague => "vague".to_owned(),
        Reading::Span { from, to } => format!("{from} to {to}"),
        Reading::Doubtful(proposals) => {
            format!("one of {}", proposals.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        }
        Reading::Unreadable => "unreadable".to_owned(),
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table of wordings")]
fn dates_are_read_in_the_ways_offices_write_them() {
    for (written, meant) in [
        ("1973", "1973"),
        ("(1973)", "1973"),
        ("est. 1968", "1968"),
        ("since 1968[3]", "1968"),
        ("ca. 1968", "about 1968"),
        ("1968?", "one of 1968"),
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
        ("early 1990", "1990 with more"),
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
        ("03/04/05", "one of 2005-04-03, 1905-04-03, 2005-03-04, 1905-03-04"),
        ("4/15/91", "one of 1991-04-15"),
        ("15.04.91", "one of 1991-04-15"),
        ("91", "one of 1991"),
        ("'73", "one of 1973"),
        ("73/74", "one of 1973, 1974"),
        ("5-Jun-85", "one of 1985-06-05"),
        ("Jun-73", "one of 1973-06"),
        ("24.06.26", "one of 2026-06-24, 1926-06-24"),
        ("1973-74", "1973 to 1974"),
        ("1998.0", "1998"),
        ("'1991", "1991"),
        ("1976 ??", "one of 1976"),
        ("1985 (?)", "one of 1985"),
        ("prob. 1962", "one of 1962"),
        ("c1985", "about 1985"),
        ("~1985", "about 1985"),
        ("um 1985", "about 1985"),
        ("1985/86", "one of 1985, 1986"),
        ("1973 ou 1974", "one of 1973, 1974"),
        ("between 1973 and 1975", "one of 1973, 1974, 1975"),
        ("Frühjahr 1991", "1991 with more"),
        ("Q2 1998", "1998 with more"),
        ("1998/1", "1998-01"),
        ("the 1990s", "vague"),
        ("Anfang der 1990er Jahre", "vague"),
        ("mid-1960s", "vague"),
        ("198?", "vague"),
        ("198x", "vague"),
        ("before 1970", "vague"),
        ("vor 1970", "vague"),
        ("XXth century", "vague"),
        ("15 września 1990 r.", "1990-09-15"),
        ("12 de outubro de 1992", "1992-10-12"),
        ("3 Şubat 1999", "1999-02-03"),
        ("23 října 1995", "1995-10-23"),
        ("25 июня 1985 г.", "1985-06-25"),
        ("6 травня 1991", "1991-05-06"),
        ("14 Μαΐου 1988", "1988-05-14"),
        ("8. toukokuuta 1953", "1953-05-08"),
        ("8 maj 1953", "1953-05-08"),
        ("1973 május 6.", "1973-05-06"),
        ("6 mai 1973 (lundi)", "1973-05-06"),
        ("10.IX.1985", "1985-09-10"),
        ("September 10th, 1985", "1985-09-10"),
        ("25.06.1985 r.", "1985-06-25"),
        ("昭和48年4月1日", "1973-04-01"),
        ("1973年5月6日", "1973-05-06"),
        ("signed 1973, renewed 1998", "1973 with more"),
        ("1973 (re-signed 9 Nov 2013)", "1973 with more"),
        ("1982, réaffirmé en 2012", "1982 with more"),
        ("1973; 1998", "one of 1973, 1998"),
        ("27.10.1994, 31.07.1997", "one of 1994-10-27, 1997-07-31"),
        ("1973, 1998, 2013", "one of 1973, 1998, 2013"),
        ("1973–present", "1973"),
        ("1973 -", "1973"),
        ("1973 to date", "1973"),
        ("1973→1985", "1973 to 1985"),
        ("1973 - 1985; 2001 -", "one of 1973, 1985, 2001"),
        ("1899-12-30", "unreadable"),
        ("12:30:00", "unreadable"),
        ("1973 or 1905-05-26", "one of 1973, 1905-05-26"),
        ("1900-01-01", "one of 1900-01-01"),
        ("1904-01-01 00:00:00", "one of 1904-01-01"),
        ("1900", "1900"),
        ("26789", "one of 1973-05-05"),
        ("26789.0", "one of 1973-05-05"),
        ("99999", "unreadable"),
        ("19730506", "1973-05-06"),
        ("06051973", "one of 1973-05-06"),
        ("197305", "one of 1973-05"),
        ("197313", "unreadable"),
        ("-1", "unreadable"),
        ("1968 [renewed 1998]", "1968 with more"),
        ("1968 [perhaps]", "one of 1968"),
        ("day -1 of a spreadsheet", "unreadable"),
        ("31.02.1999", "unreadable"),
        ("1990s", "vague"),
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

//! How partnerships, kinds, dates and scores are put into words: the same everywhere.

use sister_cities_client::api::Word;
use sister_cities_client::api::domain::partnership::StatusKind;
use sister_cities_client::api::domain::vitality::Rung;
use sister_cities_client::api::domain::vitality::StandingKind;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use sister_cities_client::api::domain::id::{PartnershipId, PlaceId};
use sister_cities_client::api::domain::value::{KindKey, PartialDate};
use sister_cities_client::api::partnership::{CoverageBody, MemberView, PartnershipView, StatusWord};
use sister_cities_client::api::programme::ProgrammeView;
use sister_cities_client::api::vitality::{DayRangeView, RungWord, ScoreView, StandingView};

use super::text::Style;
use super::timeline::Standing;

/// A programme as seen when its partnerships are shown: its host is left out of their names.
#[derive(Clone, Debug)]
pub(crate) struct Perspective {
    pub(crate) programme: ProgrammeView,
}

impl Perspective {
    /// The names of the other sides: "Casablanca", or "Lyon and Milan" where there are more.
    pub(crate) fn partners(&self, members: &[MemberView]) -> String {
        self.others(members, |m| m.name.clone())
    }

    /// The same with countries: "Casablanca, Morocco".
    pub(crate) fn partners_in_full(&self, members: &[MemberView]) -> String {
        self.others(members, in_full)
    }

    fn others(&self, members: &[MemberView], name: impl Fn(&MemberView) -> String) -> String {
        let names: Vec<String> = members.iter().filter(|m| m.place != self.host()).map(name).collect();
        names.join(" and ")
    }

    fn host(&self) -> PlaceId {
        self.programme.host
    }

    /// What the programme calls a kind, such as "sister city"; its key where the catalogue does not know it.
    pub(crate) fn kind<'a>(&'a self, key: &'a KindKey) -> &'a str {
        let known = self.programme.kinds.iter().find(|kind| kind.key == *key);
        let english = known.and_then(|kind| {
            let english = kind.names.iter().find(|name| name.language.to_string() == "en");
            english.or(kind.names.first())
        });
        english.map_or(key.as_str(), |name| name.name.as_str())
    }

    /// Where a kind stands in the programme's catalogue, to order by.
    pub(crate) fn rank(&self, key: &KindKey) -> usize {
        self.programme.kinds.iter().position(|kind| kind.key == *key).unwrap_or(usize::MAX)
    }
}

/// A place with its country: "Casablanca, Morocco".
pub(crate) fn in_full(member: &MemberView) -> String {
    match member.country {
        Some(country) => format!("{}, {}", member.name, country.english_name()),
        None => member.name.clone(),
    }
}

/// The kind a partnership is of now: that of its last episode.
pub(crate) fn present_kind(partnership: &PartnershipView) -> Option<&KindKey> {
    partnership.episodes.last().map(|episode| &episode.kind)
}

/// Partnerships by their id.
pub(crate) fn by_id(partnerships: Vec<PartnershipView>) -> BTreeMap<PartnershipId, PartnershipView> {
    partnerships.into_iter().map(|partnership| (partnership.id, partnership)).collect()
}

/// A status in words: "under review".
pub(crate) fn status(status: &StatusWord) -> String {
    words(status.as_str())
}

/// A word of the wire as people write it: underscores and hyphens are blanks.
pub(crate) fn words(word: &str) -> String {
    word.replace(['_', '-'], " ")
}

/// A number at the beginning of a text with its whole part in groups of three, for people to read: `25,000,000.00 USD`. It is not read
/// back so: which of `1.000` and `1,000` is a thousand depends on the reader.
pub(crate) fn grouped(text: &str) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let (whole, after) = rest.split_at(end);
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(after);
    out
}

/// A date, or a dash.
pub(crate) fn date(date: Option<&PartialDate>) -> String {
    date.map_or_else(|| "–".to_owned(), ToString::to_string)
}

/// How a standing is drawn and named.
pub(crate) fn standing(standing: &StandingView) -> Standing {
    match &standing.standing {
        Word::Known(StandingKind::Rated) => standing.rung.as_ref().map_or(Standing::NotKnown, rung),
        Word::Known(StandingKind::Suspended) => Standing::Suspended,
        Word::Known(StandingKind::NotInForce) => Standing::NotInForce,
        // A word of a newer server says nothing this version can rely on.
        Word::Known(StandingKind::NotKnown | _) | Word::Unrecognised(_) => Standing::NotKnown,
    }
}

fn rung(rung: &RungWord) -> Standing {
    match rung {
        Word::Known(Rung::Active) => Standing::Active,
        Word::Known(Rung::Cooling) => Standing::Cooling,
        Word::Known(Rung::Dormant) => Standing::Dormant,
        Word::Known(_) | Word::Unrecognised(_) => Standing::NotKnown,
    }
}

/// A score as a whole number, or as a range where dates are uncertain: "55–68".
pub(crate) fn score(score: &ScoreView) -> String {
    let (low, high) = (format!("{:.0}", score.low), format!("{:.0}", score.high));
    if low == high { low } else { format!("{low}–{high}") }
}

/// A forecast day: exact, or about which month where dates are uncertain.
pub(crate) fn forecast_day(day: &DayRangeView) -> String {
    if day.earliest == day.latest { day.likely.to_string() } else { format!("~{}", month(day.likely)) }
}

/// The same in a sentence.
pub(crate) fn forecast_in_full(day: &DayRangeView) -> String {
    if day.earliest == day.latest {
        format!("on {}", day.likely)
    } else {
        format!("about {}, between {} and {}", day.likely, day.earliest, day.latest)
    }
}

fn month(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// Periods in which a record is complete: "1985 to 2009, 2015 on".
pub(crate) fn coverage(periods: &[CoverageBody]) -> String {
    let spans: Vec<String> = periods
        .iter()
        .map(|period| match (&period.from, &period.to) {
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (Some(from), None) => format!("{from} on"),
            (None, Some(to)) => format!("up to {to}"),
            (None, None) => "throughout".to_owned(),
        })
        .collect();
    spans.join(", ")
}

/// The style of a status.
pub(crate) fn status_style(status: &StatusWord) -> Style {
    match status {
        Word::Known(StatusKind::Suspended) => Style::Note,
        Word::Known(StatusKind::UnderReview | StatusKind::Reawakening) => Style::Watch,
        Word::Known(StatusKind::Declined | StatusKind::Concluded | StatusKind::Historical) => Style::Faint,
        Word::Known(
            StatusKind::Agreed | StatusKind::Enquiry | StatusKind::Assessing | StatusKind::Exploring | _,
        )
        | Word::Unrecognised(_) => Style::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped() {
        let numbers = ["0", "12", "999", "1000", "2746388"].map(grouped);
        assert_eq!(numbers, ["0", "12", "999", "1,000", "2,746,388"]);
        let amounts = ["25000000.00 USD", "-5000 JPY", "12 jobs", "1234.5", "jobs"].map(grouped);
        assert_eq!(amounts, ["25,000,000.00 USD", "-5,000 JPY", "12 jobs", "1,234.5", "jobs"]);
    }
}

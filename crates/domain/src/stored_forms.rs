//! The forms in which records, events and values are stored, as JSON: what a crate that stores or sends them holds itself against in its
//! tests. A form that was released is never edited.

macro_rules! golden {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)+) => {
        $(
            $(#[$doc])*
            pub const $name: &str = include_str!(concat!("../tests/golden/", $file, ".v1.json"));
        )+

        #[cfg(test)]
        const FILES: &[&str] = &[$(concat!($file, ".v1.json")),+];
    };
}

golden! {
    /// `action_plan.v1.json`.
    ACTION_PLAN = "action_plan";
    /// `action_point.v1.json`.
    ACTION_POINT = "action_point";
    /// `adoption.v1.json`.
    ADOPTION = "adoption";
    /// `adoption_of_shared.v1.json`.
    ADOPTION_OF_SHARED = "adoption_of_shared";
    /// `calendar_feed.v1.json`.
    CALENDAR_FEED = "calendar_feed";
    /// `committee.v1.json`.
    COMMITTEE = "committee";
    /// `committee_values.v1.json`.
    COMMITTEE_VALUES = "committee_values";
    /// `due_response.v1.json`.
    DUE_RESPONSE = "due_response";
    /// `engagement.v1.json`.
    ENGAGEMENT = "engagement";
    /// `event_bodies.v1.json`.
    EVENT_BODIES = "event_bodies";
    /// `events.v1.json`.
    EVENTS = "events";
    /// `indicator.v1.json`.
    INDICATOR = "indicator";
    /// `organisation.v1.json`.
    ORGANISATION = "organisation";
    /// `outcome.v1.json`.
    OUTCOME = "outcome";
    /// `person.v1.json`.
    PERSON = "person";
    /// `place.v1.json`.
    PLACE = "place";
    /// `practice.v1.json`.
    PRACTICE = "practice";
    /// `programme.v1.json`.
    PROGRAMME = "programme";
    /// `role.v1.json`.
    ROLE = "role";
    /// `sharing.v1.json`.
    SHARING = "sharing";
    /// `sharing_of_practices.v1.json`.
    SHARING_OF_PRACTICES = "sharing_of_practices";
    /// `subscription.v1.json`.
    SUBSCRIPTION = "subscription";
    /// `token.v1.json`.
    TOKEN = "token";
    /// `valuation_rate.v1.json`.
    VALUATION_RATE = "valuation_rate";
    /// `values.v1.json`.
    VALUES = "values";
    /// `webhook_endpoint.v1.json`.
    WEBHOOK_ENDPOINT = "webhook_endpoint";
}

#[cfg(test)]
mod tests {
    use super::FILES;

    #[test]
    fn every_stored_form_is_named() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
        let files = std::fs::read_dir(folder).expect("the stored forms");
        let files = files.map(|file| file.expect("a file").file_name().into_string().expect("a name"));
        let mut files: Vec<String> = files.collect();
        files.sort();
        assert_eq!(files, FILES);
    }
}

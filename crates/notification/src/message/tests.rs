//! What is told, and the links that lead to it.

use std::collections::BTreeSet;

use sister_cities_domain::due::DueKind;
use sister_cities_domain::event::EventBody;

use super::change::key_of;
use super::*;

#[test]
fn every_rule_that_makes_something_due_has_its_own_words() {
    let kinds: BTreeSet<String> =
        DueKind::ALL.iter().map(|kind| format!("due-{}", kind.as_str().replace('_', "-"))).collect();
    let told: BTreeSet<String> = DueFacts::DECLARED.iter().map(|declared| declared.key.to_owned()).collect();
    assert_eq!(kinds, told);
}

#[test]
fn every_change_that_is_told_is_an_event_of_the_journal() {
    let events: BTreeSet<String> =
        EventBody::NAMES.iter().flat_map(|names| names.iter()).map(|name| key_of(name)).collect();
    for declared in ChangeFacts::DECLARED {
        assert!(events.contains(declared.key), "{} follows from no event", declared.key);
    }
    assert!(ChangeFacts::is_told("agreement.signed"));
    assert!(!ChangeFacts::is_told("token.issued"));
}

#[test]
fn a_reminder_says_which_rule_it_follows_from() {
    let city = || Name::new("Birmingham").expect("a name");
    assert_eq!(DueFacts::PartnershipFading { partner: city() }.kind(), DueKind::PartnershipFading);
    assert_eq!(DueFacts::NoChair { committee: city() }.kind(), DueKind::NoChair);
}

/// P32: nothing but the configured address and a plain path becomes a link.
#[test]
fn a_link_leads_nowhere_but_to_the_product() {
    let address: ProductAddress = "https://twinning.example.org/base/".parse().expect("an address");
    let path: ProductPath = "/partnerships/prt_01h455vb4pex5vsknk084sn02q?from=mail".parse().expect("a path");
    let link = address.link(&path);
    assert_eq!(
        link.as_str(),
        "https://twinning.example.org/base/partnerships/prt_01h455vb4pex5vsknk084sn02q?from=mail"
    );
    for bad in
        ["", "partnerships", "//evil.example", "/a/../b", "/a b", "/a\r\nBcc: x", "/<script>", "/ü", "/a\"b"]
    {
        let refused = bad.parse::<ProductPath>().expect_err(bad);
        assert!(refused.to_string().contains("expected"), "{refused}");
    }
    for bad in [
        "ftp://example.org",
        "https://",
        "https:///path",
        "https://user@example.org",
        "https://example.org?x=1",
        "https://example.org#x",
        "https://exa mple.org",
        "javascript:alert(1)",
        "https://example.org/a\r\nb",
    ] {
        let refused = bad.parse::<ProductAddress>().expect_err(bad);
        assert!(refused.to_string().contains("expected"), "{refused}");
    }
    assert!("http://localhost:8080".parse::<ProductAddress>().is_ok(), "as on a laptop");
    assert!("https://[::1]:8443".parse::<ProductAddress>().is_ok());
}

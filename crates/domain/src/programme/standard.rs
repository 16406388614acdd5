//! The standard catalogue of kinds, with its sources.

use super::kind::{Headline, KindDefinition, OpenEnd, Requirement};
use crate::value::{KindKey, LanguageTag, Name, Source};

/// The keys of the standard kinds.
pub mod keys {
    /// A sister city: formal, unlimited in time and matter.
    pub const SISTER_CITY: &str = "sister-city";
    /// A partner city: as good as a sister where one side keeps the word "sister" or "twin" for another.
    pub const PARTNER_CITY: &str = "partner-city";
    /// A friendship city: agreed, limited in time or to named projects; often a stepping stone.
    pub const FRIENDSHIP_CITY: &str = "friendship-city";
    /// A treaty of friendship.
    pub const TREATY_OF_FRIENDSHIP: &str = "treaty-of-friendship";
    /// A cooperation agreement.
    pub const COOPERATION_AGREEMENT: &str = "cooperation-agreement";
    /// A partnership for a project, of fixed term.
    pub const PROJECT: &str = "project";
    /// A contact without form.
    pub const CONTACT: &str = "contact";
    /// A link of the past that is kept and honoured.
    pub const HISTORICAL: &str = "historical";
}

const RGRE: &str = "RGRE, database of municipal partnerships: partnership, friendship, contact, project";
const SCI: &str = "Sister Cities International, Partnership Agreement Toolkit, 2021";
const PARIS: &str = "Paris keeps an exclusive twinning with Rome and signs other pacts: taurillon.org";
const BIRMINGHAM: &str = "Birmingham City Council, list of partner cities: distinctlybirmingham.com";
const CHICAGO: &str = "City of Chicago, press release, 26 April 2010";
const TORONTO: &str = "City of Toronto, International Alliance Program";

pub(super) fn kinds() -> Vec<KindDefinition> {
    use Headline::{Counted, NotCounted};
    use OpenEnd::{Allowed, NotAllowed};
    use Requirement::{NotRequired, Required};
    vec![
        kind(
            keys::SISTER_CITY,
            &[
                ("en", "sister city"),
                ("de", "Partnerstadt"),
                ("fr", "ville jumelée"),
                ("pl", "miasto siostrzane"),
            ],
            &[
                "sister",
                "sister cities",
                "sister-city agreement",
                "sister city partnership",
                "twin",
                "twin city",
                "twin town",
                "twinned",
                "twinned city",
                "twinning",
                "town twinning",
                "jumelage",
                "Städtepartnerschaft",
                "miasto bliźniacze",
                "ciudad hermana",
                "gemellaggio",
            ],
            (Required, None, Allowed, Counted),
            SCI,
        ),
        kind(
            keys::PARTNER_CITY,
            &[
                ("en", "partner city"),
                ("de", "Partnerschaft"),
                ("fr", "ville partenaire"),
                ("pl", "miasto partnerskie"),
            ],
            &["partner", "partner cities", "partnership", "partnership city", "city partnership"],
            (Required, None, Allowed, Counted),
            PARIS,
        ),
        kind(
            keys::FRIENDSHIP_CITY,
            &[("en", "friendship city"), ("de", "Städtefreundschaft"), ("fr", "ville amie")],
            &["friendship", "friendship cities", "friendship city agreement", "friendly city", "friend city"],
            (Required, None, Allowed, NotCounted),
            RGRE,
        ),
        kind(
            keys::TREATY_OF_FRIENDSHIP,
            &[("en", "treaty of friendship"), ("de", "Freundschaftsvertrag"), ("fr", "traité d'amitié")],
            &["friendship treaty", "friendship agreement"],
            (Required, None, Allowed, NotCounted),
            BIRMINGHAM,
        ),
        kind(
            keys::COOPERATION_AGREEMENT,
            &[
                ("en", "cooperation agreement"),
                ("de", "Kooperationsvereinbarung"),
                ("fr", "accord de coopération"),
            ],
            &["co-operation agreement", "cooperation", "co-operation", "memorandum of understanding", "MoU"],
            (Required, None, Allowed, NotCounted),
            CHICAGO,
        ),
        kind(
            keys::PROJECT,
            &[("en", "project partnership"), ("de", "Projektpartnerschaft"), ("fr", "partenariat de projet")],
            &["project agreement", "project city"],
            (Required, Some(36), NotAllowed, NotCounted),
            TORONTO,
        ),
        kind(
            keys::CONTACT,
            &[("en", "contact"), ("de", "Kontakt"), ("fr", "contact")],
            &["informal", "informal contact", "informal link"],
            (NotRequired, None, Allowed, NotCounted),
            RGRE,
        ),
        kind(
            keys::HISTORICAL,
            &[("en", "historical link"), ("de", "historische Verbindung"), ("fr", "lien historique")],
            &["historic", "former", "historical sister city", "former sister city"],
            (NotRequired, None, Allowed, NotCounted),
            TORONTO,
        ),
    ]
}

fn kind(
    key: &'static str,
    names: &[(&str, &str)],
    wordings: &[&str],
    (needs_signed_agreement, max_term_months, open_ended, in_headline): (
        Requirement,
        Option<u32>,
        OpenEnd,
        Headline,
    ),
    source: &str,
) -> KindDefinition {
    // The tests check that every name, tag and source of this file is valid, so that nothing is left out here.
    let translations = names
        .iter()
        .filter_map(|(language, name)| Some((language.parse::<LanguageTag>().ok()?, Name::new(name).ok()?)));
    KindDefinition {
        key: KindKey::listed(key),
        names: translations.collect(),
        wordings: wordings.iter().map(|&wording| wording.to_owned()).collect(),
        needs_signed_agreement,
        max_term_months,
        open_ended,
        in_headline,
        vitality: None,
        source: Source::new(source).ok(),
    }
}

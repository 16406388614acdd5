//! The agreement that a kind of bond demands, as far as a list knows it: when it was signed. Its text is not at hand.

use sister_cities_domain::agreement::{Agreement, AgreementHead, Signature, Terms, VersionText};
use sister_cities_domain::id::{AgreementId, PartnershipId, PlaceId};
use sister_cities_domain::partnership::Members;
use sister_cities_domain::programme::Requirement;
use sister_cities_domain::value::{InvalidValue, Title};

use super::facts::Facts;
use crate::import::cells::fold::fold;
use crate::import::draft::Draft;
use crate::import::report::Addition;

/// Enters the agreement that the kind demands, if the line knows when it was signed. Its text is not at hand.
pub(crate) fn agreement(
    line: u32,
    draft: &mut Draft<'_>,
    partnership: PartnershipId,
    place: PlaceId,
    facts: &Facts,
    adds: &mut Vec<Addition>,
) {
    let Some(signed) = facts.signed else { return };
    let kind = draft.programme.kinds.get(&facts.kind);
    let demanded = kind.is_some_and(|kind| kind.needs_signed_agreement == Requirement::Required);
    if !demanded || draft.has_agreement(partnership) {
        return;
    }
    let name = kind.map_or("", |kind| kind.name(&draft.programme.language));
    let (Ok(title), Ok(parties)) = (agreement_title(name), Members::new([draft.host(), place])) else {
        return;
    };
    let head = AgreementHead {
        id: AgreementId::next(draft.ids),
        programme: draft.programme.id,
        partnership,
        parent: None,
        title,
        parties: parties.clone(),
    };
    let signatures =
        parties.iter().map(|by| Signature::of(by).on(signed).according_to(facts.source.clone())).collect();
    if let Ok((agreement, event)) =
        Agreement::recorded(head, VersionText::NotAtHand, Terms::default(), signatures)
    {
        adds.push(Addition {
            field: "agreement".to_owned(),
            text: format!("signed {}; the signed text is not at hand", signed.in_words()),
        });
        draft.add_agreement(agreement, event, line);
    }
}

/// `Sister city agreement`, `Treaty of friendship`.
fn agreement_title(kind: &str) -> Result<Title, InvalidValue> {
    let mut letters = kind.chars();
    let first: String = letters.next().map(char::to_uppercase).into_iter().flatten().collect();
    let says_it = ["agreement", "treaty", "accord", "vertrag", "vereinbarung"]
        .iter()
        .any(|word| fold(kind).contains(word));
    Title::new(&format!("{first}{}{}", letters.as_str(), if says_it { "" } else { " agreement" }))
}

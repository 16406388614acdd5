//! Agreements: lists, and one in full with its versions.

use sister_cities_client::api::agreement::{AgreementView, TermWord, TermsBody, VersionView};
use sister_cities_client::api::domain::id::PlaceId;
use sister_cities_client::api::partnership::PartnershipView;

use super::details::line;
use super::table::{Column, Table};
use super::text::{Renderer, Style, safe};
use super::wording::{date, in_full, words};

/// Agreements with the names of the partners.
pub(crate) fn list(all: &[(AgreementView, String)], renderer: Renderer, out: &mut String) {
    if all.is_empty() {
        renderer.paragraph(out, 0, Style::Faint, "None.");
        return;
    }
    let mut table = Table::new([
        Column::fixed("Id"),
        Column::words("City", 8),
        Column::fixed("Signed"),
        Column::words("State", 6),
        Column::words("Title", 10),
    ]);
    for (it, partner) in all {
        table.row([
            it.id.to_string().into(),
            partner.into(),
            date(it.signed_on.as_ref()).into(),
            it.versions.last().map(states).unwrap_or_default().into(),
            it.title.as_str().into(),
        ]);
    }
    table.render(renderer, out);
}

/// An agreement with its versions, approvals and signatures.
pub(crate) fn show(partnership: &PartnershipView, it: &AgreementView, renderer: Renderer, out: &mut String) {
    let side = |place: PlaceId| {
        let member = partnership.members.iter().find(|member| member.place == place);
        member.map_or_else(|| place.to_string(), in_full)
    };
    renderer.heading(out, &safe(it.title.as_str()));
    line(renderer, out, "id", &it.id.to_string());
    let parties: Vec<String> = it.parties.iter().map(|place| side(*place)).collect();
    line(renderer, out, "parties", &parties.join("; "));
    line(renderer, out, "signed", &date(it.signed_on.as_ref()));
    line(renderer, out, "in force", &date(it.in_force_from.as_ref()));
    line(renderer, out, "terms", &terms(&it.terms));
    if let Some(notice) = &it.notice {
        line(renderer, out, "notice", &format!("given {} by {}", notice.on, notice.authority));
    }
    if let Some(end) = &it.effective_end {
        let day = if end.earliest == end.latest {
            end.earliest.to_string()
        } else {
            format!("{} to {}", end.earliest, end.latest)
        };
        line(renderer, out, "ends", &format!("{day}, {}", words(end.because.as_str())));
    }
    for missing in &it.missing {
        line(renderer, out, "missing", missing);
    }
    for version in &it.versions {
        out.push('\n');
        self::version(version, &side, renderer, out);
    }
}

fn version(version: &VersionView, side: &dyn Fn(PlaceId) -> String, renderer: Renderer, out: &mut String) {
    let base = version.of.map_or_else(String::new, |of| format!(", {} version {of}", version.base));
    renderer.heading(out, &safe(&format!("Version {}{base}: {}", version.number, states(version))));
    line(renderer, out, "terms", &terms(&version.terms));
    match &version.text_sha256 {
        Some(hash) => line(renderer, out, "sha-256", hash),
        None => line(renderer, out, "text", "not at hand"),
    }
    for approval in &version.approvals {
        let facts = [
            approval.body.as_ref().map(ToString::to_string),
            approval.reference.as_ref().map(ToString::to_string),
            approval.authority.as_ref().map(ToString::to_string),
            approval.reason.as_ref().map(ToString::to_string),
            approval.on.as_ref().map(ToString::to_string),
        ];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        let text = format!("{}: {} {}", side(approval.by), words(approval.basis.as_str()), facts.join(", "));
        line(renderer, out, "approved", &text);
    }
    for signature in &version.signatures {
        let facts = [
            signature.person.as_ref().map(ToString::to_string),
            signature.office.as_ref().map(ToString::to_string),
            signature.on.as_ref().map(ToString::to_string),
            signature.at.as_ref().map(|at| format!("at {at}")),
            signature.source.as_ref().map(|source| format!("[{source}]")),
        ];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        line(renderer, out, "signed", &format!("{}: {}", side(signature.by), facts.join(", ")));
    }
}

fn states(version: &VersionView) -> String {
    let states: Vec<String> = version.states.iter().map(|state| words(state.as_str())).collect();
    states.join(" or ")
}

fn terms(terms: &TermsBody) -> String {
    let term = match &terms.term {
        Some(TermWord::Fixed) => Some(format!("until {}", date(terms.ends_on.as_ref()))),
        Some(other) => Some(words(other.as_str())),
        None => None,
    };
    let facts = [
        term,
        terms.notice_months.map(|months| format!("notice {months} months")),
        terms.in_force_from.as_ref().map(|day| format!("in force from {day}")),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    if facts.is_empty() { "not stated".to_owned() } else { facts.join(", ") }
}

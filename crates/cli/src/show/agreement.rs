//! Agreements: lists, and one in full with its versions.

use sister_cities_client::api::agreement::{AgreementView, TermWord, TermsBody, VersionView};
use sister_cities_client::api::domain::id::PlaceId;
use sister_cities_client::api::partnership::PartnershipView;

use super::bond::{date, in_full, words};
use super::details::line;
use super::table::{Column, Table};
use super::text::{Canvas, Ink, safe};

/// Agreements with the names of the partners.
pub(crate) fn list(all: &[(AgreementView, String)], canvas: Canvas, out: &mut String) {
    if all.is_empty() {
        canvas.paragraph(out, 0, Ink::Faint, "None.");
        return;
    }
    let mut table = Table::new([
        Column::firm("Id"),
        Column::words("City", 8),
        Column::firm("Signed"),
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
    table.render(canvas, out);
}

/// An agreement with its versions, approvals and signatures.
pub(crate) fn show(bond: &PartnershipView, it: &AgreementView, canvas: Canvas, out: &mut String) {
    let side = |place: PlaceId| {
        let member = bond.members.iter().find(|member| member.place == place);
        member.map_or_else(|| place.to_string(), in_full)
    };
    canvas.heading(out, &safe(it.title.as_str()));
    line(canvas, out, "id", &it.id.to_string());
    let parties: Vec<String> = it.parties.iter().map(|place| side(*place)).collect();
    line(canvas, out, "parties", &parties.join("; "));
    line(canvas, out, "signed", &date(it.signed_on.as_ref()));
    line(canvas, out, "in force", &date(it.in_force_from.as_ref()));
    line(canvas, out, "terms", &terms(&it.terms));
    if let Some(notice) = &it.notice {
        line(canvas, out, "notice", &format!("given {} by {}", notice.on, notice.authority));
    }
    if let Some(end) = &it.effective_end {
        let day = if end.earliest == end.latest {
            end.earliest.to_string()
        } else {
            format!("{} to {}", end.earliest, end.latest)
        };
        line(canvas, out, "ends", &format!("{day}, {}", words(end.because.as_str())));
    }
    for missing in &it.missing {
        line(canvas, out, "missing", missing);
    }
    for version in &it.versions {
        out.push('\n');
        self::version(version, &side, canvas, out);
    }
}

fn version(version: &VersionView, side: &dyn Fn(PlaceId) -> String, canvas: Canvas, out: &mut String) {
    let base = version.of.map_or_else(String::new, |of| format!(", {} version {of}", version.base));
    canvas.heading(out, &safe(&format!("Version {}{base}: {}", version.number, states(version))));
    line(canvas, out, "terms", &terms(&version.terms));
    match &version.text_sha256 {
        Some(hash) => line(canvas, out, "sha-256", hash),
        None => line(canvas, out, "text", "not at hand"),
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
        line(canvas, out, "approved", &text);
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
        line(canvas, out, "signed", &format!("{}: {}", side(signature.by), facts.join(", ")));
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

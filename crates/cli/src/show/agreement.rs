//! Agreements: lists, and one in full with its versions.

use sister_cities_client::api::Word;
use sister_cities_client::api::agreement::{
    AgreementView, ApprovalFacts, EndView, SignatureFacts, TermsBody, VersionView,
};
use sister_cities_client::api::domain::agreement::TermKind;
use sister_cities_client::api::domain::id::PlaceId;
use sister_cities_client::api::partnership::PartnershipView;

use super::responsible::Names;
use super::table::{Column, Table};
use super::text::Renderer;
use super::wording::{date, in_full, words};

/// Agreements with the names of the partners.
pub(crate) fn list(all: &[(AgreementView, String)], out: &mut Renderer) {
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
    table.render_or("None.", out);
}

/// An agreement with its versions, approvals and signatures.
pub(crate) fn show(partnership: &PartnershipView, names: &Names, it: &AgreementView, out: &mut Renderer) {
    let side = |place: PlaceId| {
        let member = partnership.members.iter().find(|member| member.place == place);
        member.map_or_else(|| place.to_string(), in_full)
    };
    // Each field is named, here and below: one that is added must be shown, or be left out on purpose.
    let AgreementView {
        id,
        revision: _,
        partnership: _,
        parent: _,
        title,
        parties,
        versions,
        in_force_from,
        signed_on,
        display_year: _,
        as_of: _,
        terms,
        notice,
        effective_end,
        missing,
    } = it;
    out.heading(title.as_str());
    out.fact("id", &id.to_string());
    let parties: Vec<String> = parties.iter().map(|place| side(*place)).collect();
    out.fact("parties", &parties.join("; "));
    out.fact("signed", &date(signed_on.as_ref()));
    out.fact("in force", &date(in_force_from.as_ref()));
    out.fact("terms", &self::terms(terms));
    if let Some(notice) = notice {
        out.fact("notice", &format!("given {} by {}", notice.on, notice.authority));
    }
    if let Some(EndView { earliest, latest, because }) = effective_end {
        let day = if earliest == latest { earliest.to_string() } else { format!("{earliest} to {latest}") };
        out.fact("ends", &format!("{day}, {}", words(because.as_str())));
    }
    for missing in missing {
        out.fact("missing", missing);
    }
    for version in versions {
        out.end_line();
        self::version(version, names, &side, out);
    }
}

fn version(view: &VersionView, names: &Names, side: &dyn Fn(PlaceId) -> String, out: &mut Renderer) {
    let VersionView { number, base, of, text_sha256, terms, states: _, approvals, signatures } = view;
    let base = of.map_or_else(String::new, |of| format!(", {base} version {of}"));
    out.heading(&format!("Version {number}{base}: {}", states(view)));
    out.fact("terms", &self::terms(terms));
    match text_sha256 {
        Some(hash) => out.fact("sha-256", hash),
        None => out.fact("text", "not at hand"),
    }
    for ApprovalFacts { by, basis, body, reference, reason, authority, on, source: _ } in approvals {
        let facts = [
            text(body.as_ref()),
            text(reference.as_ref()),
            text(authority.as_ref()),
            text(reason.as_ref()),
            text(on.as_ref()),
        ];
        let said = format!("{}: {} {}", side(*by), words(basis.as_str()), joined(facts));
        out.fact("approved", &said);
    }
    for SignatureFacts { by, person, signatory, office, rank: _, on, at, source } in signatures {
        let person = names.linked(person.as_ref(), *signatory);
        let at = at.as_ref().map(|at| format!("at {at}"));
        let source = source.as_ref().map(|source| format!("[{source}]"));
        let facts = [person, text(office.as_ref()), text(on.as_ref()), at, source];
        out.fact("signed", &format!("{}: {}", side(*by), joined(facts)));
    }
}

fn text<T: ToString>(fact: Option<&T>) -> Option<String> {
    fact.map(ToString::to_string)
}

fn joined<const N: usize>(facts: [Option<String>; N]) -> String {
    facts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn states(version: &VersionView) -> String {
    let states: Vec<String> = version.states.iter().map(|state| words(state.as_str())).collect();
    states.join(" or ")
}

fn terms(terms: &TermsBody) -> String {
    let TermsBody { term, ends_on, notice_months, in_force_from } = terms;
    let term = match term {
        Some(Word::Known(TermKind::Fixed)) => Some(format!("until {}", date(ends_on.as_ref()))),
        Some(other) => Some(words(other.as_str())),
        None => None,
    };
    let facts = joined([
        term,
        notice_months.map(|months| format!("notice {months} months")),
        in_force_from.as_ref().map(|day| format!("in force from {day}")),
    ]);
    if facts.is_empty() { "not stated".to_owned() } else { facts }
}

//! What stands in the document of a handover, section by section: said once, for the terminal and for the page.

use std::collections::BTreeMap;

use sister_cities_client::api::domain::engagement::{Direction, Side};
use sister_cities_client::api::domain::role::RoleFunction;
use sister_cities_client::api::domain::value::{Name, PartialDate};
use sister_cities_client::api::due::NextTouchView;
use sister_cities_client::api::engagement::EngagementView;
use sister_cities_client::api::handover::{ContactView, HandoverView, ReasonView};
use sister_cities_client::api::person::PersonView;
use sister_cities_client::api::promise::ActionPointView;
use sister_cities_client::api::role::RoleView;
use sister_cities_client::api::{ResponsibleBody, TextForm as _, Word};

use crate::show::text::{Renderer, Style};
use crate::show::wording::{Perspective, status, words};

/// A document: a title, facts below it, and sections.
pub(super) struct Document {
    pub(super) title: String,
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) sections: Vec<Section>,
}

/// A section: what it is about and its entries, or what is said where there is none.
pub(super) struct Section {
    pub(super) heading: &'static str,
    pub(super) none: &'static str,
    pub(super) entries: Vec<Entry>,
    /// How many more entries there are than stand here.
    pub(super) more: u64,
}

/// An entry: a short head such as a date, a line, and what else there is to say about it.
#[derive(Default)]
pub(super) struct Entry {
    pub(super) head: String,
    pub(super) line: String,
    pub(super) details: Vec<String>,
    /// Whether somebody must act.
    pub(super) urgent: bool,
}

/// The heads of entries are as wide in the terminal as a date and a blank.
const HEAD: usize = 12;

impl Document {
    /// The document of a handover, as the programme puts things.
    pub(super) fn of(perspective: &Perspective, handover: &HandoverView) -> Self {
        // Each field is named: one that is added must stand in the document, or be left out on purpose.
        let HandoverView {
            as_of,
            partnership,
            role,
            promises,
            contacts,
            engagements,
            reasons,
            next_touch,
            unsaid,
            more,
            names,
        } = handover;
        let names = Names(names.iter().map(|it| (it.id.as_str(), it.name.as_str())).collect());
        let partner = partnership.as_ref().map(|it| perspective.partners_in_full(&it.members));
        let role_called = role.as_ref().map(|role| names.role(role));
        let title = role_called.clone().or_else(|| partner.clone()).unwrap_or_default();
        let mut facts = vec![("Programme", perspective.programme.name.to_string())];
        if role_called.is_some() {
            facts.extend(partner.map(|partner| ("Partner city", partner)));
        }
        if let Some(role) = role {
            facts.push(("Held", held(role)));
        }
        if let Some(partnership) = partnership {
            let since = partnership
                .since
                .map_or_else(String::new, |since| format!(", partners since {}", since.in_words()));
            facts.push(("Stands", format!("{}{since}", status(&partnership.status.status))));
        }
        facts.push(("As of", as_of.format("%-d %B %Y").to_string()));
        let more = |of: &str| more.iter().find(|more| more.of == of).map_or(0, |more| more.number);
        let section =
            |heading, none, of: &str, entries: Vec<Entry>| Section { heading, none, entries, more: more(of) };
        let next = next_touch.iter().map(|touch| names.touch(touch, *as_of)).collect();
        let promises = promises.iter().map(|point| names.promise(point, *as_of)).collect();
        let contacts = contacts.iter().map(|contact| names.contact(contact)).collect();
        let unsaid =
            unsaid.iter().map(|it| Entry { line: it.sentence.clone(), ..Entry::default() }).collect();
        let sections = vec![
            section("What comes next", "Nothing: this ends here.", "", next),
            section("Promised and open", "Nothing.", "promises", promises),
            section("Whom to write to", "Nobody is on record.", "contacts", contacts),
            section(
                "The last twelve months",
                "Nothing is logged.",
                "engagements",
                engagements.iter().map(engagement).collect(),
            ),
            section(
                "Why this city",
                "Nothing is on file.",
                "reasons",
                reasons.iter().map(|it| reason(perspective, it)).collect(),
            ),
            section("What the file does not say", "Nothing is missing that we look for.", "unsaid", unsaid),
        ];
        Self { title, facts, sections }
    }

    /// Appends it as text.
    pub(super) fn render(&self, out: &mut Renderer) {
        out.heading(&format!("Handover: {}", self.title));
        for (name, value) in &self.facts {
            out.hanging((Style::Faint, &format!("  {name:<HEAD$}")), Style::Plain, value);
        }
        for Section { heading, none, entries, more } in &self.sections {
            out.end_line();
            out.heading(heading);
            if entries.is_empty() {
                out.paragraph(2, Style::Faint, none);
            }
            for Entry { head, line, details, urgent } in entries {
                let style = if *urgent { Style::Bad } else { Style::Plain };
                let (indent, head) = match head.as_str() {
                    "" => (2, "- ".to_owned()),
                    head => (HEAD, format!("{head:<HEAD$}")),
                };
                out.hanging((Style::Faint, &format!("  {head}")), style, line);
                for detail in details {
                    let head = " ".repeat(indent + 2);
                    out.hanging((Style::Plain, &head), Style::Faint, detail);
                }
            }
            if *more > 0 {
                out.paragraph(2, Style::Faint, &format!("and {more} more"));
            }
        }
    }
}

/// What is called how, by id.
struct Names<'a>(BTreeMap<&'a str, &'a str>);

impl Names<'_> {
    fn of(&self, id: &impl ToString) -> String {
        let id = id.to_string();
        self.0.get(id.as_str()).map_or(id, |name| (*name).to_owned())
    }

    /// A role: what it is called, or its function and where it is held.
    fn role(&self, role: &RoleView) -> String {
        let function = words(role.function.as_str());
        let what = role.office.as_ref().map_or(function, ToString::to_string);
        let committee = role.committee.map(|id| self.of(&id));
        let place = committee.or_else(|| role.organisation.map(|id| self.of(&id)));
        place.or_else(|| role.place.map(|id| self.of(&id))).map_or(what.clone(), |place| {
            if what.contains(&place) { what } else { format!("{what}, {place}") }
        })
    }

    /// Who is to do something.
    fn who(&self, who: &ResponsibleBody) -> String {
        let person = who.person.map(|id| self.of(&id));
        let office = who.office.as_ref().map(ToString::to_string);
        let committee = who.committee.map(|id| self.of(&id));
        let organisation = who.organisation.map(|id| self.of(&id));
        let known: Vec<String> = [person, office, committee, organisation].into_iter().flatten().collect();
        known.join(", ")
    }

    fn touch(&self, touch: &NextTouchView, today: chrono::NaiveDate) -> Entry {
        let what = match (&touch.engagement, &touch.kind) {
            (Some(engagement), _) => format!("planned: {}", self.of(engagement)),
            (None, Some(kind)) => words(kind.as_str()),
            (None, None) => "to be in touch, as nothing is planned".to_owned(),
        };
        let owner =
            touch.owner.as_ref().map_or_else(|| "nobody is named".to_owned(), |owner| self.who(owner));
        Entry {
            head: touch.on.to_string(),
            line: what,
            details: vec![format!("by: {owner}")],
            urgent: touch.on < today,
        }
    }

    fn promise(&self, point: &ActionPointView, today: chrono::NaiveDate) -> Entry {
        let late = point.due.is_some_and(|due| due.latest() < today);
        let state = words(point.state.as_str());
        let late_words = if late { ", late" } else { "" };
        let owner = |side: &str, owner: Option<&ResponsibleBody>| {
            owner.map(|owner| format!("{side}: {}", self.who(owner)))
        };
        let ours = owner("ours", point.host.as_ref().map(|it| &it.responsible));
        let theirs = owner("theirs", point.counterpart.as_ref().map(|it| &it.responsible));
        Entry {
            head: point.due.map_or_else(|| "no date".to_owned(), |due| due.to_string()),
            line: format!("{} ({state}{late_words})", point.title),
            details: [ours, theirs].into_iter().flatten().collect(),
            urgent: late,
        }
    }

    fn contact(&self, contact: &ContactView) -> Entry {
        let side = match &contact.side {
            Word::Known(Side::Host) => "ours",
            Word::Known(Side::Counterpart) => "theirs",
            Word::Known(Side::Both) => "both",
            Word::Known(Side::Unstated | _) | Word::Unrecognised(_) => "",
        };
        let line = self.who(&contact.who);
        let function = contact.function.as_ref().map(RoleFunction::in_words);
        let since = contact.since.map(|since| format!("since {}", since.in_words()));
        let role = match (function, since) {
            (Some(function), Some(since)) => Some(format!("{function} {since}")),
            // A role without a name of its own is called by its function.
            (Some(function), None) => Some(function).filter(|function| !line.starts_with(function.as_str())),
            (None, _) => contact.promise.map(|point| format!("owes: {}", self.of(&point))),
        };
        let reached = contact.person.iter().flat_map(reached);
        Entry {
            head: side.to_owned(),
            line,
            details: role.into_iter().chain(reached).collect(),
            urgent: false,
        }
    }
}

/// How a person is addressed and reached, as far as the caller may know.
fn reached(person: &PersonView) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(person.latin_name.as_ref().map(|name| format!("in Latin letters: {name}")));
    lines.extend(person.form_of_address.as_ref().map(|form| format!("addressed as: {form}")));
    lines.extend(person.emails.iter().map(|email| email.address.0.render()));
    lines.extend(person.phones.iter().map(|phone| phone.number.0.render()));
    lines.extend(person.posts.iter().map(|post| {
        let lines: Vec<&str> = post.lines.iter().map(Name::as_str).collect();
        lines.join(", ")
    }));
    let languages: Vec<String> = person.languages.iter().map(ToString::to_string).collect();
    if !languages.is_empty() {
        lines.push(format!("writes: {}", languages.join(", ")));
    }
    lines
}

fn held(role: &RoleView) -> String {
    let from = role
        .from
        .map_or_else(|| "nobody knows since when".to_owned(), |from| format!("since {}", from.in_words()));
    let to = role.to.map(|to| format!(", until {}", to.in_words()));
    let term = role.term_end.map(|end| format!(", term to {}", end.in_words()));
    format!("{from}{}{}", to.unwrap_or_default(), term.unwrap_or_default())
}

fn engagement(it: &EngagementView) -> Entry {
    let way = match &it.direction {
        Word::Known(Direction::Inbound) => "they came",
        Word::Known(Direction::Outbound) => "we went",
        Word::Known(Direction::Joint) => "both",
        Word::Known(Direction::Virtual) => "from home",
        Word::Known(Direction::Local) => "here alone",
        Word::Known(Direction::Unknown | _) | Word::Unrecognised(_) => "",
    };
    let foci: Vec<String> = it.foci.iter().map(|focus| words(focus.as_str())).collect();
    let about = [foci.join(", "), way.to_owned()].into_iter().filter(|part| !part.is_empty());
    let about = about.collect::<Vec<_>>().join("; ");
    let outcomes = it.outcomes.iter().map(|outcome| format!("came of it: {outcome}"));
    Entry {
        head: day(it.start.as_ref()),
        line: it.title.to_string(),
        details: std::iter::once(about).chain(outcomes).collect(),
        urgent: false,
    }
}

fn reason(perspective: &Perspective, reason: &ReasonView) -> Entry {
    let ReasonView { on, decision, agreement, text, authority, source } = reason;
    let text = text.clone();
    let line = match (decision, agreement) {
        (Some(decision), _) if decision.as_str() == "agree" => {
            let kind = text.as_deref().and_then(|key| key.parse().ok());
            let kind = kind.as_ref().map(|key| perspective.kind(key).to_owned());
            format!("agreed{}", kind.map_or_else(String::new, |kind| format!(": {kind}")))
        }
        (Some(decision), _) => {
            let said = text.map_or_else(String::new, |text| format!(": {text}"));
            format!("{}{said}", words(decision.as_str()))
        }
        (None, Some(_)) => format!("agreement: {}", text.unwrap_or_default()),
        (None, None) => text.unwrap_or_default(),
    };
    let by = authority.as_ref().map(|by| format!("by {by}"));
    let source = source.as_ref().map(|source| format!("[{source}]"));
    Entry { head: day(on.as_ref()), line, details: by.into_iter().chain(source).collect(), urgent: false }
}

fn day(date: Option<&PartialDate>) -> String {
    date.map_or_else(|| "no date".to_owned(), ToString::to_string)
}

//! What happened: events and revisions, with what they changed.

use sister_cities_client::api::Word;
use sister_cities_client::api::journal::Became;
use sister_cities_client::api::journal::{EventView, FieldChangeView, RevisionView};

use super::table::{Column, Table};
use super::text::{Renderer, Style};

/// How much of a journal to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// The events.
    Events,
    /// And what was changed, field by field.
    Fields,
}

/// A stretch of the journal.
pub(crate) fn journal(all: &[EventView], detail: Detail, out: &mut Renderer) {
    if detail == Detail::Fields {
        return all.iter().for_each(|event| in_full(event, out));
    }
    let mut table = Table::new([
        Column::number("#"),
        Column::fixed("When (UTC)"),
        Column::words("Who", 6),
        Column::words("What", 18),
        Column::words("Of which", 12),
    ]);
    for event in all {
        table.row([
            event.sequence.to_string().into(),
            event.at.format("%Y-%m-%d %H:%M").to_string().into(),
            actor(&event.actor).into(),
            event.name.as_str().into(),
            event.subject.as_str().into(),
        ]);
    }
    table.render_or("None.", out);
}

fn in_full(event: &EventView, out: &mut Renderer) {
    // Each field is named: one that is added must be shown, or be left out on purpose.
    let EventView { id: _, sequence, at, actor, name, subject_kind: _, subject, body: _, changes } = event;
    let at = at.format("%Y-%m-%d %H:%M");
    let head = format!("{sequence}  {at}  {}  {name}  {subject}", self::actor(actor));
    out.heading(&head);
    for change in changes {
        if change.record != *subject {
            out.paragraph(2, Style::Faint, &change.record);
        }
        fields(&change.fields, out);
    }
}

/// The history of one record.
pub(crate) fn history(all: &[RevisionView], out: &mut Renderer) {
    for RevisionView { revision, at, actor, became, fields } in all {
        let at = at.format("%Y-%m-%d %H:%M");
        let became = match became {
            Word::Known(Became::Created) => "entered",
            Word::Known(Became::Changed) if fields.is_empty() => "stored again as it was",
            other @ (Word::Known(Became::Changed | Became::Deleted | _) | Word::Unrecognised(_)) => {
                other.as_str()
            }
        };
        let actor = self::actor(actor);
        out.heading(&format!("revision {revision}  {at}  {actor}  {became}"));
        self::fields(fields, out);
    }
}

fn fields(fields: &[FieldChangeView], out: &mut Renderer) {
    for FieldChangeView { pointer, old, new } in fields {
        let text = match (old, new) {
            (None, Some(new)) => format!("+ {}", value(new)),
            (Some(old), None) => format!("- {}", value(old)),
            (old, new) => format!(
                "{} -> {}",
                old.as_ref().map(value).unwrap_or_default(),
                new.as_ref().map(value).unwrap_or_default()
            ),
        };
        out.hanging((Style::Faint, &format!("  {pointer}  ")), Style::Plain, &text);
    }
}

/// A value in words: texts as they are, what is withheld as that, the rest as JSON.
fn value(json: &serde_json::Value) -> String {
    match (json.as_str(), json.get("withheld").and_then(serde_json::Value::as_str)) {
        (Some(text), _) => text.to_owned(),
        (None, Some(class)) => format!("({class}, not shown)"),
        (None, None) => json.to_string(),
    }
}

/// The name of an actor: its `name`, else its kind, else the text it is.
fn actor(actor: &serde_json::Value) -> String {
    let field = |name: &str| actor.get(name).and_then(serde_json::Value::as_str);
    let object = actor.as_object().and_then(|fields| fields.iter().next());
    let nested = object.and_then(|(key, value)| {
        let name = value.get("name").and_then(serde_json::Value::as_str);
        name.or(Some(key.as_str()))
    });
    field("name").or(field("kind")).or(actor.as_str()).or(nested).unwrap_or("–").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_is_named_as_well_as_is_known() {
        for (json, name) in [
            (r#"{"kind":"token","id":"tok_1","name":"Anna"}"#, "Anna"),
            (r#"{"token":{"id":"tok_1","name":"Anna"}}"#, "Anna"),
            (r#""system""#, "system"),
            (r#"{"kind":"system"}"#, "system"),
        ] {
            assert_eq!(actor(&serde_json::from_str(json).expect("JSON")), name);
        }
    }
}

//! Indicators as the element `result` of IATI 2.03, in XML or in JSON of the same shape.
//!
//! A [result](https://iatistandard.org/en/iati-standard/203/activity-standard/iati-activities/iati-activity/result/) stands in an
//! activity, whose identifier and organisations are for whoever publishes; so what is written here are the results alone.

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use serde_json::{Value, json};
use sister_cities_client::api::domain::indicator::{IndicatorMeasure, ResultType};
use sister_cities_client::api::indicator::{IndicatorView, MeasuredBody};
use sister_cities_client::api::{TextForm as _, Word};

use super::unwritable;
use crate::failure::Failure;

/// An element: its name, its attributes, and what stands in it.
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Content,
}

enum Content {
    Elements(Vec<Element>),
    Text(String),
}

impl Element {
    fn new(name: &'static str, attributes: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self { name, attributes: attributes.into_iter().collect(), content: Content::Elements(Vec::new()) }
    }

    fn holding(self, elements: impl IntoIterator<Item = Self>) -> Self {
        Self { content: Content::Elements(elements.into_iter().collect()), ..self }
    }

    /// An element whose text stands in a `narrative`, as IATI has all its texts.
    fn narrative(name: &'static str, text: &str) -> Self {
        let narrative = Self::new("narrative", []);
        Self::new(name, []).holding([Self { content: Content::Text(text.to_owned()), ..narrative }])
    }
}

/// The results that the indicators measure, each with its indicators, in the order of the standard.
pub(super) fn results(indicators: &[IndicatorView]) -> Vec<Element> {
    let mut results: Vec<(&IndicatorView, Vec<&IndicatorView>)> = Vec::new();
    for indicator in indicators {
        let same = |other: &IndicatorView| {
            (&other.result, &other.result_type, other.partnership)
                == (&indicator.result, &indicator.result_type, indicator.partnership)
        };
        match results.iter_mut().find(|(first, _)| same(first)) {
            Some((_, all)) => all.push(indicator),
            None => results.push((indicator, vec![indicator])),
        }
    }
    let results = results.into_iter().map(|(first, all)| {
        let code = first.result_type.known().unwrap_or(ResultType::Other).iati_code();
        let title = Element::narrative("title", first.result.as_str());
        Element::new("result", [("type", code.to_owned())])
            .holding(std::iter::once(title).chain(all.into_iter().map(indicator)))
    });
    results.collect()
}

fn indicator(it: &IndicatorView) -> Element {
    let measure = it.measure.known().unwrap_or(IndicatorMeasure::Qualitative).iati_code();
    let ascending = matches!(&it.better, Word::Known(better) if better.as_str() == "higher");
    let attributes = [("measure", measure.to_owned()), ("ascending", u8::from(ascending).to_string())];
    let title = Element::narrative("title", it.title.as_str());
    let description = it.description.as_ref().map(|text| Element::narrative("description", text.as_str()));
    let baseline = it.baseline.as_ref().map(|baseline| {
        let measured = MeasuredBody { value: baseline.value, comment: baseline.comment.clone() };
        measured_as("baseline", [("year", format!("{:04}", baseline.year))], &measured)
    });
    let periods = it.periods.iter().map(|period| {
        let day = |name, day: chrono::NaiveDate| Element::new(name, [("iso-date", day.render())]);
        let target = period.target.as_ref().map(|target| measured_as("target", [], target));
        let actual = period.actual.as_ref().map(|actual| measured_as("actual", [], actual));
        let days = [day("period-start", period.start), day("period-end", period.end)];
        Element::new("period", []).holding(days.into_iter().chain(target).chain(actual))
    });
    let inner = std::iter::once(title).chain(description).chain(baseline).chain(periods);
    Element::new("indicator", attributes).holding(inner)
}

fn measured_as<const N: usize>(
    name: &'static str,
    attributes: [(&'static str, String); N],
    measured: &MeasuredBody,
) -> Element {
    let value = measured.value.map(|value| ("value", value.to_string()));
    let comment = measured.comment.as_ref().map(|comment| Element::narrative("comment", comment.as_str()));
    Element::new(name, attributes.into_iter().chain(value)).holding(comment)
}

/// The results as XML elements, one after the other.
pub(super) fn xml(results: &[Element]) -> Result<String, Failure> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    for result in results {
        write(&mut writer, result).map_err(|error| unwritable(&error))?;
    }
    let mut text = String::from_utf8(writer.into_inner()).map_err(|error| unwritable(&error))?;
    text.push('\n');
    Ok(text)
}

fn write(writer: &mut Writer<Vec<u8>>, element: &Element) -> std::io::Result<()> {
    let mut start = BytesStart::new(element.name);
    for (name, value) in &element.attributes {
        start.push_attribute((*name, value.as_str()));
    }
    match &element.content {
        Content::Elements(inner) if inner.is_empty() => return writer.write_event(Event::Empty(start)),
        Content::Elements(inner) => {
            writer.write_event(Event::Start(start))?;
            inner.iter().try_for_each(|inner| write(writer, inner))?;
        }
        Content::Text(text) => {
            writer.write_event(Event::Start(start))?;
            writer.write_event(Event::Text(BytesText::new(text)))?;
        }
    }
    writer.write_event(Event::End(BytesEnd::new(element.name)))
}

/// The same as JSON: an attribute is a field that begins with `@`, elements stand in lists by their names.
pub(super) fn json(results: &[Element]) -> Result<String, Failure> {
    let results: Vec<Value> = results.iter().map(as_json).collect();
    let mut text =
        serde_json::to_string_pretty(&json!({ "result": results })).map_err(|error| unwritable(&error))?;
    text.push('\n');
    Ok(text)
}

fn as_json(element: &Element) -> Value {
    let inner = match &element.content {
        Content::Text(text) => return Value::String(text.clone()),
        Content::Elements(inner) => inner,
    };
    let attributes = element.attributes.iter();
    let mut all: serde_json::Map<String, Value> =
        attributes.map(|(name, value)| (format!("@{name}"), Value::String(value.clone()))).collect();
    for one in inner {
        let of_name = all.entry(one.name).or_insert_with(|| json!([]));
        if let Value::Array(of_name) = of_name {
            of_name.push(as_json(one));
        }
    }
    Value::Object(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indicators() -> Vec<IndicatorView> {
        let one = |title: &str, measure: &str, more: Value| {
            let mut indicator = json!({
                "id": "ind_01h455vb4pex5vsknk084sn02q", "revision": 1, "result": "People <find> work",
                "result_type": "outcome", "title": title, "measure": measure, "better": "higher" });
            indicator
                .as_object_mut()
                .expect("an object")
                .extend(more.as_object().expect("an object").clone());
            serde_json::from_value(indicator).expect("as the wire has it")
        };
        let periods = json!([{ "start": "2009-01-01", "end": "2009-12-31", "is_reached": false,
            "target": { "value": "100", "comment": "As signed" }, "actual": { "value": "87.5" } }]);
        vec![
            one(
                "Jobs & posts",
                "unit",
                json!({ "description": "Counted by both", "periods": periods,
                "baseline": { "year": 2008, "value": "0" } }),
            ),
            one(
                "What they say",
                "qualitative",
                json!({ "better": "lower",
                "baseline": { "year": 2008, "comment": "Nobody was asked" } }),
            ),
        ]
    }

    /// R36: as the schema of IATI 2.03 orders them.
    #[test]
    fn r36_indicators_of_one_result_are_one_element_of_iati() {
        insta::assert_snapshot!(xml(&results(&indicators())).expect("XML"));
    }

    #[test]
    fn the_json_has_the_names_of_the_xml() {
        insta::assert_snapshot!(json(&results(&indicators())).expect("JSON"));
    }
}

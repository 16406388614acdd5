//! The numbers that a programme goes by, each by its name: `vitality.half_life_days`.

use serde_json::{Map, Value};
use sister_cities_client::api::programme::{ChangeProgrammeBody, ProgrammeView};

use crate::args::{NumberArg, PoliciesCommand};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::run::imports::read;
use crate::run::session::Session;
use crate::show::text::{Renderer, Style};

/// What of a programme is a policy.
const POLICIES: [&str; 4] = ["vitality", "one_per_country", "retention", "due"];

pub(super) async fn run(session: &Session, command: PoliciesCommand) -> Result<(), Failure> {
    match command {
        PoliciesCommand::Show => show(session, &session.perspective.programme),
        PoliciesCommand::Set { numbers, file } => {
            let read_file = match file {
                Some(file) => Some(read(&file).await?),
                None => None,
            };
            let from = session.programme.get().await?;
            let before = policies(&from)?;
            let mut now = before.clone();
            if let Some(bytes) = read_file {
                let whole: Map<String, Value> =
                    serde_json::from_slice(&bytes).map_err(|error| Failure::caused(Exit::Refused, &error))?;
                for (name, value) in whole {
                    now.insert(name, value);
                }
            }
            for number in &numbers {
                set(&mut now, number)?;
            }
            if let Some(unknown) = now.keys().find(|name| !POLICIES.contains(&name.as_str())) {
                return Err(Failure::new(Exit::Usage, format!("there is no policy {unknown:?}"))
                    .hint(format!("there is: {}", POLICIES.join(", "))));
            }
            // What is said again as it was would only seem to be a change.
            now.retain(|name, value| before.get(name) != Some(value));
            let change: ChangeProgrammeBody =
                serde_json::from_value(Value::Object(now)).map_err(|error| {
                    Failure::caused(Exit::Usage, &error).hint("`programmes policies show` lists the numbers")
                })?;
            show(session, &session.programme.change(&from, change).await?.value)
        }
    }
}

/// The policies of a programme as they are changed.
fn policies(programme: &ProgrammeView) -> Result<Map<String, Value>, Failure> {
    let whole = ChangeProgrammeBody {
        vitality: Some(programme.vitality.clone()),
        one_per_country: programme.one_per_country.known(),
        retention: Some(programme.retention),
        due: Some(programme.due.clone().try_into()?),
        ..Default::default()
    };
    match serde_json::to_value(whole).map_err(|error| Failure::caused(Exit::Failed, &error))? {
        Value::Object(policies) => Ok(policies),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Ok(Map::new())
        }
    }
}

fn set(policies: &mut Map<String, Value>, number: &NumberArg) -> Result<(), Failure> {
    let mut within = policies;
    let mut path = number.path.iter();
    let Some(last) = path.next_back() else { return Ok(()) };
    for name in path {
        let below = within.entry(name.as_str()).or_insert_with(|| Value::Object(Map::new()));
        within = below.as_object_mut().ok_or_else(|| {
            Failure::new(Exit::Usage, format!("{} is no number by its name", number.path.join(".")))
                .hint("`programmes policies show` lists the numbers")
        })?;
    }
    match &number.value {
        Some(value) => within.insert(last.clone(), value.clone()),
        None => within.remove(last),
    };
    Ok(())
}

fn show(session: &Session, programme: &ProgrammeView) -> Result<(), Failure> {
    let policies = policies(programme)?;
    session.output.print(&policies, |out| lines(programme, out))
}

/// One line for each number, as it is set.
pub(super) fn lines(programme: &ProgrammeView, out: &mut Renderer) {
    // A word of a newer server has no line.
    for (name, value) in policies(programme).unwrap_or_default() {
        number(&name, &value, out);
    }
}

fn number(path: &str, value: &Value, out: &mut Renderer) {
    match value {
        Value::Object(below) => {
            for (name, value) in below {
                number(&format!("{path}.{name}"), value, out);
            }
        }
        Value::String(text) => out.paragraph(0, Style::Plain, &format!("{path}={text}")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            out.paragraph(0, Style::Plain, &format!("{path}={value}"));
        }
    }
}

//! Writes the OpenAPI document of the API to `docs/api/openapi.json`; with `--check` only compares, with `--print`
//! prints it. Run by `cargo xtask codegen openapi`.
#![expect(clippy::print_stdout, reason = "a program of the maintainers that prints")]

use std::error::Error;
use std::path::Path;

use serde_json::{Map, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let text = serde_json::to_string_pretty(&sorted(sister_cities_api::openapi()))? + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api/openapi.json");
    match std::env::args().nth(1).as_deref() {
        None => {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(&path, text)?;
            println!("wrote docs/api/openapi.json");
            Ok(())
        }
        Some("--check") if std::fs::read_to_string(&path).is_ok_and(|found| found == text) => Ok(()),
        Some("--check") => {
            Err("docs/api/openapi.json is not current: run `cargo xtask codegen openapi`".into())
        }
        Some("--print") => {
            print!("{text}");
            Ok(())
        }
        Some(other) => Err(format!("{other} is neither --check nor --print").into()),
    }
}

/// Members in the order of their names, so that the file does not depend on how `serde_json` was built.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> =
                members.into_iter().map(|(name, value)| (name, sorted(value))).collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(members.into_iter().collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => other,
    }
}

//! Writes the OpenAPI document of the API to `docs/api/openapi.json`, and the schemas of what webhooks tell to `docs/api/webhooks`;
//! with `--check` only compares, with `--print` prints the document. Run by `cargo xtask codegen openapi`.
#![expect(clippy::print_stdout, reason = "a program of the maintainers that prints")]

use std::error::Error;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use sister_cities_api::webhook::webhook_schemas;

fn main() -> Result<(), Box<dyn Error>> {
    let mut files = vec![(PathBuf::from("docs/api/openapi.json"), text(sister_cities_api::openapi())?)];
    for ((class, version), schema) in webhook_schemas() {
        files.push((format!("docs/api/webhooks/{class}.v{version}.schema.json").into(), text(schema)?));
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    match std::env::args().nth(1).as_deref() {
        None => {
            for (file, text) in files {
                let path = root.join(&file);
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder)?;
                }
                std::fs::write(&path, text)?;
            }
            println!("wrote docs/api/openapi.json and docs/api/webhooks");
            Ok(())
        }
        Some("--check") => {
            let current = |(file, text): &(PathBuf, String)| {
                std::fs::read_to_string(root.join(file)).is_ok_and(|found| found == *text)
            };
            match files.iter().find(|file| !current(file)) {
                None => Ok(()),
                Some((file, _)) => {
                    Err(format!("{} is not current: run `cargo xtask codegen openapi`", file.display())
                        .into())
                }
            }
        }
        Some("--print") => {
            print!("{}", files[0].1);
            Ok(())
        }
        Some(other) => Err(format!("{other} is neither --check nor --print").into()),
    }
}

fn text(value: Value) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&sorted(value))? + "\n")
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

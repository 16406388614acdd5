//! Writes every message in every language as files that people can open: `cargo run -p sister-cities-notification --features testing
//! --example previews -- DIR`.
//!
//! For each there is an `.html` for a browser, a `.txt` for a terminal and an `.eml` for a mail program; `index.html` lists them.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use sister_cities_domain::id::DeliveryId;
use sister_cities_notification::email::{Mail, Mailbox};
use sister_cities_notification::testing::samples::{address, reader, samples};
use sister_cities_notification::words::Catalogues;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("expected the folder to write into")?);
    let catalogues = Catalogues::embedded();
    let from = Mailbox {
        address: "desk@twinning.example.org".parse()?,
        name: Some("Chicago Sister Cities".parse()?),
    };
    let at: DateTime<Utc> = "2026-11-30T08:00:00Z".parse()?;
    let delivery: DeliveryId = "dlv_01h455vb4pex5vsknk084sn02r".parse()?;
    let mut index = String::from("<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>Messages</title>\n");
    for language in catalogues.languages() {
        let of = folder.join(language.to_string());
        std::fs::create_dir_all(&of)?;
        writeln!(index, "<h2>{language}</h2>\n<ul>")?;
        for sample in samples() {
            let reader = reader(language.clone());
            let composed = catalogues.compose(&sample.letter, &reader, None, &address());
            let to = Mailbox { address: "anna@example.pl".parse()?, name: reader.name };
            let mail = Mail::new(to, composed.clone());
            let bytes = mail.to_bytes(delivery, at, &from)?;
            let name = sample.name;
            std::fs::write(of.join(format!("{name}.html")), &composed.html)?;
            std::fs::write(
                of.join(format!("{name}.txt")),
                format!("{}\n\n{}", composed.subject, composed.text),
            )?;
            std::fs::write(of.join(format!("{name}.eml")), bytes)?;
            writeln!(
                index,
                "<li><a href=\"{language}/{name}.html\">{name}</a> <a href=\"{language}/{name}.txt\">text</a> \
                 <a href=\"{language}/{name}.eml\">mail</a></li>"
            )?;
        }
        index.push_str("</ul>\n");
    }
    std::fs::write(folder.join("index.html"), index)?;
    writeln!(std::io::stdout(), "wrote {}", folder.join("index.html").display())?;
    Ok(())
}

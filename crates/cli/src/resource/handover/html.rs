//! The document as a page: one file without anything from elsewhere, black on white, that breaks well over sheets of paper. It is an
//! English text with names in their own scripts: lines run from left to right, names as they are.

use std::fmt::Write as _;

use super::document::{Document, Entry, Section};

/// Only what browsers have had for long; no fonts, pictures or scripts.
const STYLE: &str = "\
@page { size: A4; margin: 18mm 16mm 20mm }
* { box-sizing: border-box }
body { font: 10.5pt/1.45 Georgia, 'Times New Roman', 'Noto Serif', serif; color: #111; background: #fff;
  max-width: 46rem; margin: 2rem auto; padding: 0 1.25rem }
header { border-bottom: 2px solid #111; padding-bottom: .8rem; margin-bottom: 1.2rem }
header p { margin: 0; font: 600 8.5pt/1.4 system-ui, sans-serif; letter-spacing: .08em; text-transform: uppercase }
h1 { font-size: 21pt; line-height: 1.15; margin: .2rem 0 .7rem }
h2 { font: 600 11.5pt/1.3 system-ui, sans-serif; margin: 1.5rem 0 .4rem; border-bottom: 1px solid #999;
  padding-bottom: .15rem; break-after: avoid }
dl { display: grid; grid-template-columns: 8.5rem 1fr; gap: .1rem .8rem; margin: 0 }
dt { color: #444 } dd { margin: 0 }
ul { list-style: none; margin: 0; padding: 0 }
li { display: grid; grid-template-columns: 6.2rem 1fr; gap: 0 .8rem; padding: .32rem 0; break-inside: avoid }
li + li { border-top: 1px solid #ddd }
ul.plain li { display: block; padding-left: 1.1rem; text-indent: -1.1rem }
ul.plain li::before { content: '\\2610'; display: inline-block; width: 1.1rem; text-indent: 0 }
.head { color: #444; font-variant-numeric: tabular-nums }
.detail { color: #444; font-size: 9.5pt }
.urgent { font-weight: 700 } .urgent::after { content: ' \\2014  act now'; font-weight: 400 }
.none { color: #555; font-style: italic; margin: .2rem 0 }
@media print { body { margin: 0; padding: 0; max-width: none } }
@media screen and (max-width: 34rem) { li, dl { grid-template-columns: 1fr } }
";

/// The document as a page.
pub(super) fn page(document: &Document) -> String {
    let Document { title, facts, sections } = document;
    let mut out = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    let title = escaped(title);
    // Writing to a `String` does not fail, here and below.
    let _ = writeln!(out, "<title>Handover: {title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>");
    let _ = writeln!(out, "<header>\n<p>Handover</p>\n<h1>{title}</h1>\n<dl>");
    for (name, value) in facts {
        let _ = writeln!(out, "<dt>{name}</dt><dd>{}</dd>", escaped(value));
    }
    out.push_str("</dl>\n</header>\n");
    for section in sections {
        self::section(section, &mut out);
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn section(Section { heading, none, entries, more }: &Section, out: &mut String) {
    let _ = writeln!(out, "<section>\n<h2>{heading}</h2>");
    if entries.is_empty() {
        let _ = writeln!(out, "<p class=\"none\">{none}</p>");
    } else {
        let plain = entries.iter().all(|entry| entry.head.is_empty());
        out.push_str(if plain { "<ul class=\"plain\">\n" } else { "<ul>\n" });
        for entry in entries {
            self::entry(entry, plain, out);
        }
        out.push_str("</ul>\n");
    }
    if *more > 0 {
        let _ = writeln!(out, "<p class=\"none\">and {more} more</p>");
    }
    out.push_str("</section>\n");
}

fn entry(Entry { head, line, details, urgent }: &Entry, plain: bool, out: &mut String) {
    let class = if *urgent { " class=\"urgent\"" } else { "" };
    if plain {
        let _ = writeln!(out, "<li>{}</li>", escaped(line));
        return;
    }
    let _ = write!(out, "<li><span class=\"head\">{}</span><div>", escaped(head));
    let _ = write!(out, "<div{class}>{}</div>", escaped(line));
    for detail in details {
        let _ = write!(out, "<div class=\"detail\">{}</div>", escaped(detail));
    }
    out.push_str("</div></li>\n");
}

/// Text as it stands in a page: nothing in it is read as markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("<br>"),
            other => out.push(other),
        }
    }
    out
}

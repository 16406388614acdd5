//! Laying a message out: as text for a terminal, and as HTML for a mail program.

use super::direction::{Direction, END_OF_ISOLATE, ISOLATE, RIGHT_TO_LEFT_MARK};
use crate::message::ProductLink;

/// A piece of a message. What it says still holds the marks around names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Paragraph(String),
    /// What the message is about: it stands out.
    Main(String),
    Heading(String, Option<ProductLink>),
    Subheading(String),
    List(Vec<String>),
    /// A page to open.
    Button {
        label: String,
        link: ProductLink,
    },
    /// A button that does something. On pages alone: mail programs show none.
    Form(String),
    /// What stands under the message.
    Small(String),
    SmallLink {
        label: String,
        link: ProductLink,
    },
}

/// As text: paragraphs with an empty line between them, not broken into lines, for programs break them as wide as they are.
pub(super) fn text(direction: Direction, blocks: &[Block]) -> String {
    let mut lines: Vec<String> = Vec::new();
    let plain = |marked: &str| direction.plain(marked);
    let mut small = false;
    for block in blocks {
        match block {
            Block::Paragraph(said) | Block::Main(said) => lines.extend([plain(said), String::new()]),
            Block::Heading(said, link) => {
                lines.push(format!("== {} ==", plain(said)));
                lines.extend(link.iter().map(ToString::to_string));
                lines.push(String::new());
            }
            Block::Subheading(said) => lines.push(plain(said)),
            Block::List(items) => {
                lines.extend(items.iter().map(|item| format!("- {}", plain(item))));
                lines.push(String::new());
            }
            Block::Button { label, link } => {
                lines.extend([plain(label), link.to_string(), String::new()]);
            }
            Block::Form(_) => {}
            Block::Small(_) | Block::SmallLink { .. } => {
                if !small {
                    // What mail programs know to be the end of the message itself (RFC 3676).
                    lines.push("-- ".to_owned());
                    small = true;
                }
                match block {
                    Block::SmallLink { label, link } => lines.extend([plain(label), link.to_string()]),
                    Block::Small(said) => lines.push(plain(said)),
                    Block::Paragraph(_)
                    | Block::Main(_)
                    | Block::Heading(..)
                    | Block::Subheading(_)
                    | Block::List(_)
                    | Block::Button { .. }
                    | Block::Form(_) => {}
                }
            }
        }
    }
    let mut text = String::new();
    for line in lines {
        // The direction of a line is that of its first letter, which may be one of a name or an address.
        let marked = direction == Direction::RightToLeft
            && !line.is_empty()
            && line != "-- "
            && !line.starts_with("http");
        text.extend(marked.then_some(RIGHT_TO_LEFT_MARK));
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// As a page of HTML: one column, styles at the elements, no colours but that of the button, nothing from elsewhere, so that it is
/// as readable on a dark ground and in a program that shows no styles.
pub(super) fn html(language: &str, direction: Direction, title: &str, blocks: &[Block]) -> String {
    let (way, side) = match direction {
        Direction::LeftToRight => (direction.html(), "left"),
        Direction::RightToLeft => (direction.html(), "right"),
    };
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\" dir=\"{way}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n</head>\n\
         <body dir=\"{way}\" style=\"margin:0;padding:16px;font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif;\
         font-size:16px;line-height:1.5;text-align:{side}\">\n\
         <div dir=\"{way}\" style=\"max-width:36em;margin:0 auto;text-align:{side}\">\n",
        escaped(title)
    );
    for block in blocks {
        let piece = match block {
            Block::Paragraph(said) => format!("<p style=\"margin:0 0 16px\">{}</p>\n", marked(said)),
            Block::Main(said) => {
                format!("<p style=\"margin:0 0 16px;font-size:18px;font-weight:600\">{}</p>\n", marked(said))
            }
            Block::Heading(said, link) => format!(
                "<h2 style=\"margin:24px 0 8px;font-size:18px\">{}</h2>\n",
                link.as_ref().map_or_else(|| marked(said), |link| anchor(link, said, ""))
            ),
            Block::Subheading(said) => {
                format!("<h3 style=\"margin:0 0 4px;font-size:16px\">{}</h3>\n", marked(said))
            }
            Block::List(items) => {
                let mut listed = String::new();
                for item in items {
                    listed.extend(["<li style=\"margin:0 0 6px\">", &marked(item), "</li>\n"]);
                }
                format!("<ul style=\"margin:0 0 16px;padding-{side}:24px\">\n{listed}</ul>\n")
            }
            Block::Button { label, link } => format!(
                "<p style=\"margin:24px 0\">{}</p>\n",
                anchor(
                    link,
                    label,
                    " style=\"display:inline-block;padding:10px 18px;border-radius:6px;background-color:#1a5fb4;\
                     color:#ffffff;text-decoration:none;font-weight:600\""
                )
            ),
            Block::Form(label) => format!(
                "<form method=\"post\"><button style=\"padding:10px 18px;font:inherit;font-weight:600\">{}</button></form>\n",
                marked(label)
            ),
            Block::Small(said) => {
                format!("<p style=\"margin:0 0 8px;font-size:13px;opacity:0.75\">{}</p>\n", marked(said))
            }
            Block::SmallLink { label, link } => format!(
                "<p style=\"margin:0 0 8px;font-size:13px;opacity:0.75\">{}</p>\n",
                anchor(link, label, " style=\"color:inherit\"")
            ),
        };
        page.push_str(&piece);
    }
    page.push_str("</div>\n</body>\n</html>\n");
    page
}

fn anchor(link: &ProductLink, label: &str, attributes: &str) -> String {
    format!("<a href=\"{}\"{attributes}>{}</a>", escaped(link.as_str()), marked(label))
}

/// The text with `<bdi>` where the marks were.
fn marked(text: &str) -> String {
    escaped(text).replace(ISOLATE, "<bdi>").replace(END_OF_ISOLATE, "</bdi>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

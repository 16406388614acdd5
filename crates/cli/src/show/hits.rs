//! What was found by words: each hit with its name, its id and the text that holds the words.

use sister_cities_client::api::search::{HitView, PieceView};

use super::text::{Colour, Renderer, Style, clip, safe, width};

/// Appends the hits, and that there are more.
pub(crate) fn render(found: &[HitView], is_more: bool, out: &mut Renderer) {
    for hit in found {
        out.paint(Style::Strong, &clip(&safe(&hit.title), out.width));
        out.end_line();
        excerpt(&hit.excerpt, out);
        let name = format!("{} {}", hit.kind, hit.id);
        out.paragraph(INDENT, Style::Faint, &name);
    }
    match (found.is_empty(), is_more) {
        (true, _) => {
            out.paragraph(0, Style::Faint, "Nothing found. All words must occur in one record.");
        }
        (false, true) => {
            let more = "There is more: add a word, choose a --kind, or raise --limit.";
            out.paragraph(0, Style::Faint, more);
        }
        (false, false) => {}
    }
}

const INDENT: usize = 2;

/// One line; what was found is between brackets where there are no colours.
fn excerpt(pieces: &[PieceView], out: &mut Renderer) {
    if pieces.is_empty() {
        return;
    }
    out.blanks(INDENT);
    let mut room = out.width.saturating_sub(INDENT);
    for piece in pieces {
        let text = safe(&piece.text);
        let (style, text) = match (piece.is_match, out.colour) {
            (true, Colour::On) => (Style::Note, text.into_owned()),
            (true, Colour::Off) => (Style::Plain, format!("[{text}]")),
            (false, _) => (Style::Plain, text.into_owned()),
        };
        let shown = clip(&text, room);
        out.paint(style, &shown);
        if shown != text {
            break;
        }
        room = room.saturating_sub(width(&shown));
    }
    let end = out.text.trim_end().len();
    out.text.truncate(end);
    out.end_line();
}

#[cfg(test)]
mod tests {
    use sister_cities_client::api::search::HitKind;

    use super::*;

    fn piece(text: &str, is_match: bool) -> PieceView {
        PieceView { text: text.to_owned(), is_match }
    }

    fn hit(kind: HitKind, id: &str, title: &str, excerpt: Vec<PieceView>) -> HitView {
        HitView { kind: kind.into(), id: id.to_owned(), title: title.to_owned(), excerpt }
    }

    #[test]
    fn hits_fit_eighty_columns_and_show_what_was_found() {
        let found = [
            hit(
                HitKind::Place,
                "plc_01kdvt6g00cevxk7q9gfs0mhpb",
                "Osaka",
                vec![piece("大阪", true), piece("市", false)],
            ),
            hit(
                HitKind::Engagement,
                "eng_01kdvt6g00cevxk7q9gfs0mhpb",
                "Visit \u{1b}[31mof an orchestra",
                vec![
                    piece("… a concert of the ", false),
                    piece("Osaka", true),
                    piece(&" Philharmonic in the park".repeat(4), false),
                    piece(" …", false),
                ],
            ),
        ];
        let mut out = Renderer::PLAIN;
        render(&found, true, &mut out);
        insta::assert_snapshot!(out.text);
        assert!(out.text.lines().all(|line| width(line) <= 80));
        let mut none = Renderer::PLAIN;
        render(&[], false, &mut none);
        assert_eq!(none.text, "Nothing found. All words must occur in one record.\n");
    }
}

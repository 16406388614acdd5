//! What was found by words: each hit with its name, its id and the text that holds the words.

use sister_cities_client::api::search::{HitView, PieceView};

use super::text::{Colour, Renderer, Style, clip, safe, width};

/// Appends the hits, and that there are more.
pub(crate) fn render(found: &[HitView], is_more: bool, renderer: Renderer, out: &mut String) {
    for hit in found {
        renderer.paint(out, Style::Strong, &clip(&safe(&hit.title), renderer.width));
        out.push('\n');
        excerpt(&hit.excerpt, renderer, out);
        let name = format!("{} {}", hit.kind, safe(&hit.id));
        renderer.paragraph(out, INDENT, Style::Faint, &name);
    }
    match (found.is_empty(), is_more) {
        (true, _) => {
            renderer.paragraph(out, 0, Style::Faint, "Nothing found. All words must occur in one record.");
        }
        (false, true) => {
            let more = "There is more: add a word, choose a --kind, or raise --limit.";
            renderer.paragraph(out, 0, Style::Faint, more);
        }
        (false, false) => {}
    }
}

const INDENT: usize = 2;

/// One line; what was found is between brackets where there are no colours.
fn excerpt(pieces: &[PieceView], renderer: Renderer, out: &mut String) {
    if pieces.is_empty() {
        return;
    }
    out.extend(std::iter::repeat_n(' ', INDENT));
    let mut room = renderer.width.saturating_sub(INDENT);
    for piece in pieces {
        let text = safe(&piece.text);
        let (style, text) = match (piece.is_match, renderer.colour) {
            (true, Colour::On) => (Style::Note, text.into_owned()),
            (true, Colour::Off) => (Style::Plain, format!("[{text}]")),
            (false, _) => (Style::Plain, text.into_owned()),
        };
        let shown = clip(&text, room);
        renderer.paint(out, style, &shown);
        if shown != text {
            break;
        }
        room = room.saturating_sub(width(&shown));
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out.push('\n');
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
        let mut out = String::new();
        render(&found, true, Renderer::PLAIN, &mut out);
        insta::assert_snapshot!(out);
        assert!(out.lines().all(|line| width(line) <= 80));
        let mut none = String::new();
        render(&[], false, Renderer::PLAIN, &mut none);
        assert_eq!(none, "Nothing found. All words must occur in one record.\n");
    }
}

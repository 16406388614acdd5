//! The page behind the link by which a reader refuses messages: the one page that whoever has no token sees.

use sister_cities_domain::value::{LanguageTag, Name};

use super::catalogue::{Catalogues, marked};
use super::layout::{self, Block};
use super::phrase::Phrase;
use super::say::Speaker;

/// What the page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a link is to be followed, was followed or leads nowhere")]
pub enum RefusalPage<'a> {
    /// A button, as the link alone must change nothing: programs follow links to look what is behind them.
    Ask {
        /// Who sent the message.
        programme: &'a Name,
    },
    /// That it is done.
    Done {
        /// Who sent the message.
        programme: &'a Name,
    },
    /// That no more digests come.
    DigestsDone {
        /// Who sent the message.
        programme: &'a Name,
    },
    /// That the link is none of ours, or holds no longer.
    Unknown,
}

impl Catalogues {
    /// The page as HTML, in the first of these languages that there is.
    #[must_use]
    pub fn refusal_page(&self, languages: &[LanguageTag], page: RefusalPage<'_>) -> String {
        let catalogue = self.catalogue_for(languages, None);
        let speaker = Speaker::new(self, catalogue, chrono_tz::Tz::UTC);
        let (title, blocks) = match page {
            RefusalPage::Ask { programme } => {
                let ask = Block::Form(speaker.phrase(&Phrase::LinkUnsubscribe {}));
                (programme.as_str().to_owned(), vec![Block::Main(marked(programme.as_str())), ask])
            }
            RefusalPage::Done { programme } => {
                let done = Block::Paragraph(speaker.phrase(&Phrase::RefusalDone {}));
                (programme.as_str().to_owned(), vec![Block::Main(marked(programme.as_str())), done])
            }
            RefusalPage::DigestsDone { programme } => {
                let done = Block::Paragraph(speaker.phrase(&Phrase::RefusalDigests {}));
                (programme.as_str().to_owned(), vec![Block::Main(marked(programme.as_str())), done])
            }
            RefusalPage::Unknown => {
                let unknown = speaker.phrase(&Phrase::RefusalUnknown {});
                (unknown.clone(), vec![Block::Paragraph(unknown)])
            }
        };
        layout::html(&catalogue.language.to_string(), catalogue.direction, &title, &blocks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_a_button_and_loads_nothing_in_whatever_language() {
        let catalogues = Catalogues::embedded();
        let programme = Name::new("Sister <Cities> & Co").expect("a name");
        for language in ["en", "fr", "de", "es", "pl", "ja", "ar", "he"] {
            let languages = [language.parse().expect("a language")];
            let ask = catalogues.refusal_page(&languages, RefusalPage::Ask { programme: &programme });
            assert!(ask.contains("<form method=\"post\">") && ask.contains("<button"), "{ask}");
            assert!(ask.contains("Sister &lt;Cities&gt; &amp; Co") && !ask.contains("src="), "{ask}");
            let done = catalogues.refusal_page(&languages, RefusalPage::Done { programme: &programme });
            assert!(!done.contains("<form") && done.contains(&format!("lang=\"{language}\"")), "{done}");
            let digests =
                catalogues.refusal_page(&languages, RefusalPage::DigestsDone { programme: &programme });
            assert!(!digests.contains("<form") && digests != done, "it says what comes still: {digests}");
            let unknown = catalogues.refusal_page(&languages, RefusalPage::Unknown);
            assert!(!unknown.contains("<form") && !unknown.contains("Sister"), "{unknown}");
        }
    }
}

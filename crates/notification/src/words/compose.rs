//! A whole message in words: subject, text and HTML.

use sister_cities_domain::value::{LanguageTag, Name, Title};

use super::catalogue::Catalogues;
use super::direction::{Direction, without_marks};
use super::layout::{self, Block};
use super::phrase::Phrase;
use super::say::Speaker;
use crate::message::{
    Change, Digest, DigestFacts, DigestRhythm, Invitation, Letter, Message, Part, ProductAddress,
    ProductLink, Reader, Reminder, ReminderStage, Sentence,
};

/// The most things that a digest tells one by one. More of them would be cut off by mail programs, which show about 100 kB.
const MOST_ITEMS: usize = 60;

/// A message in words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Composed {
    /// In which language it is.
    pub language: LanguageTag,
    /// The subject line.
    pub subject: Title,
    /// For programs that show no HTML, and for people who want none.
    pub text: String,
    /// A page that loads nothing from elsewhere.
    pub html: String,
    /// Where the reader can say that they want no more of it.
    pub unsubscribe: Option<ProductLink>,
}

impl Catalogues {
    /// Puts a message into words for its reader. `programme` is the language of the programme, for a reader of whom none is known.
    #[must_use]
    pub fn compose(
        &self,
        letter: &Letter,
        reader: &Reader,
        programme: Option<&LanguageTag>,
        address: &ProductAddress,
    ) -> Composed {
        let catalogue = self.catalogue_for(&reader.languages, programme);
        let writer = Writer { speaker: Speaker::new(self, catalogue, reader.zone), address };
        let subject = subject_line(&writer.subject(&letter.message), &letter.programme);
        let blocks = writer.blocks(letter, reader);
        let language = catalogue.language.clone();
        Composed {
            subject: subject.clone(),
            text: layout::text(catalogue.direction, &blocks),
            html: layout::html(&language.to_string(), catalogue.direction, subject.as_str(), &blocks),
            unsubscribe: letter.unsubscribe.as_ref().map(|path| address.link(path)),
            language,
        }
    }

    /// Which way a language is written.
    #[must_use]
    pub fn direction(&self, language: &LanguageTag) -> Direction {
        Direction::of(language)
    }
}

/// One line that every mailbox can show. What a catalogue of an office leaves empty is the programme's name.
fn subject_line(marked: &str, programme: &Name) -> Title {
    /// The most letters that lists of a mailbox have room for, and headers of a mail.
    const MOST: usize = 200;
    let plain = without_marks(marked);
    let mut line: String = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > MOST {
        line = line.chars().take(MOST - 1).chain(['…']).collect();
    }
    Title::new(&line)
        .or_else(|_| Title::new(programme.as_str()))
        .expect("a name is shorter than a title may be, and holds nothing that a title may not")
}

/// What of a message stands where.
struct Writer<'a> {
    speaker: Speaker<'a>,
    address: &'a ProductAddress,
}

impl Writer<'_> {
    fn subject(&self, message: &Message) -> String {
        let subject = |sentence: &dyn DynSentence| sentence.say(self.speaker, Part::Subject);
        match message {
            Message::Reminder(reminder) => {
                let subject = subject(&reminder.facts);
                match reminder.stage {
                    ReminderStage::Escalated { .. } => {
                        self.speaker.phrase(&Phrase::EscalatedSubject { subject })
                    }
                    ReminderStage::Reminded | ReminderStage::Handed { .. } => subject,
                }
            }
            Message::Change(change) => subject(&change.facts),
            Message::Digest(digest) => subject(&digest_facts(digest)),
            Message::Endpoint(facts) => subject(facts),
            Message::Address(facts) => subject(facts),
            Message::Test(facts) => subject(facts),
            Message::Invitation(invitation) => subject(&invitation.facts),
        }
    }

    fn blocks(&self, letter: &Letter, reader: &Reader) -> Vec<Block> {
        let speaker = self.speaker;
        let mut blocks = vec![Block::Paragraph(match &reader.name {
            Some(name) => speaker.phrase(&Phrase::Greeting { name: name.clone() }),
            None => speaker.phrase(&Phrase::GreetingAnyone {}),
        })];
        match &letter.message {
            Message::Reminder(reminder) => blocks.extend(self.reminder(reminder)),
            Message::Change(change) => blocks.extend(self.change(change)),
            Message::Digest(digest) => blocks.extend(self.digest(digest)),
            Message::Endpoint(facts) => {
                blocks.push(Block::Main(speaker.say(facts, Part::Text)));
                blocks.push(Block::Paragraph(speaker.say(facts, Part::ToDo)));
            }
            Message::Address(facts) => {
                blocks.push(Block::Main(speaker.say(facts, Part::Text)));
                blocks.push(Block::Paragraph(speaker.say(facts, Part::ToDo)));
            }
            Message::Test(facts) => blocks.push(Block::Main(speaker.say(facts, Part::Text))),
            Message::Invitation(invitation) => blocks.extend(self.invitation(invitation)),
        }
        if let Some(path) = &letter.open {
            let label = speaker.phrase(&Phrase::LinkOpen {});
            blocks.push(Block::Button { label, link: self.address.link(path) });
        }
        let programme = letter.programme.clone();
        blocks.push(Block::Small(speaker.phrase(&Phrase::SignOff { programme })));
        blocks.push(Block::Small(speaker.say(&letter.reason, Part::Value)));
        if let Some(path) = &letter.unsubscribe {
            let label = speaker.phrase(&Phrase::LinkUnsubscribe {});
            blocks.push(Block::SmallLink { label, link: self.address.link(path) });
        }
        blocks
    }

    fn reminder(&self, reminder: &Reminder) -> Vec<Block> {
        let mut blocks: Vec<Block> = self.stage(&reminder.stage).map(Block::Paragraph).into_iter().collect();
        blocks.push(Block::Main(self.speaker.say(&reminder.facts, Part::Text)));
        blocks.push(Block::Paragraph(self.when(reminder)));
        blocks.push(Block::Paragraph(self.speaker.say(&reminder.facts, Part::ToDo)));
        blocks
    }

    fn stage(&self, stage: &ReminderStage) -> Option<String> {
        let phrase = match stage {
            ReminderStage::Reminded => return None,
            ReminderStage::Escalated { owner: Some(owner), days } => {
                Phrase::Escalated { owner: owner.clone(), days: *days }
            }
            ReminderStage::Escalated { owner: None, days } => Phrase::EscalatedNobody { days: *days },
            ReminderStage::Handed { by: Some(name) } => Phrase::Handed { name: name.clone() },
            ReminderStage::Handed { by: None } => Phrase::HandedBySomebody {},
        };
        Some(self.speaker.phrase(&phrase))
    }

    /// By which day, and how long that is.
    fn when(&self, reminder: &Reminder) -> String {
        let day = self.speaker.date_with_weekday(reminder.due_on);
        let left = (reminder.due_on - reminder.today).num_days();
        let days = u32::try_from(left.unsigned_abs()).unwrap_or(u32::MAX);
        self.speaker.phrase(&match left {
            0 => Phrase::DueToday { day },
            1.. => Phrase::DueLeft { day, days },
            ..0 => Phrase::DueLate { day, days },
        })
    }

    fn change(&self, change: &Change) -> Vec<Block> {
        let mut blocks = vec![Block::Main(self.speaker.say(&change.facts, Part::Text))];
        blocks.extend(self.change_on(change).map(Block::Paragraph));
        let by = change.by.clone().map(|name| self.speaker.phrase(&Phrase::ChangeBy { name }));
        blocks.extend(by.map(Block::Paragraph));
        blocks
    }

    fn change_on(&self, change: &Change) -> Option<String> {
        let date = self.speaker.partial_date(change.on?);
        Some(self.speaker.phrase(&Phrase::ChangeOn { date }))
    }

    fn digest(&self, digest: &Digest) -> Vec<Block> {
        let speaker = self.speaker;
        let mut blocks = vec![Block::Main(speaker.say(&digest_facts(digest), Part::Text))];
        let mut room = MOST_ITEMS;
        for group in &digest.groups {
            let due: Vec<String> = group.due.iter().take(room).map(|due| self.due_item(due)).collect();
            room -= due.len();
            let changes: Vec<String> =
                group.changes.iter().take(room).map(|change| self.change_item(change)).collect();
            room -= changes.len();
            if due.is_empty() && changes.is_empty() {
                continue;
            }
            let heading = match &group.name {
                Some(name) => super::catalogue::marked(name.as_str()),
                None => speaker.phrase(&Phrase::DigestGeneral {}),
            };
            blocks.push(Block::Heading(heading, group.open.as_ref().map(|path| self.address.link(path))));
            for (title, items) in [(Phrase::DigestDue {}, due), (Phrase::DigestChanges {}, changes)] {
                if !items.is_empty() {
                    blocks.extend([Block::Subheading(speaker.phrase(&title)), Block::List(items)]);
                }
            }
        }
        let left = count(digest).saturating_sub(u32::try_from(MOST_ITEMS).unwrap_or(u32::MAX));
        if left > 0 {
            blocks.push(Block::Paragraph(speaker.phrase(&Phrase::DigestMore { count: left })));
        }
        blocks
    }

    fn due_item(&self, reminder: &Reminder) -> String {
        let text = self.speaker.say(&reminder.facts, Part::Text);
        let stage = self.stage(&reminder.stage);
        joined([Some(text), Some(self.when(reminder)), stage])
    }

    fn change_item(&self, change: &Change) -> String {
        let text = self.speaker.say(&change.facts, Part::Text);
        joined([Some(text), self.change_on(change)])
    }

    fn invitation(&self, invitation: &Invitation) -> Vec<Block> {
        let mut blocks = vec![Block::Main(self.speaker.say(&invitation.facts, Part::Text))];
        let place = invitation.place.clone().map(|place| self.speaker.phrase(&Phrase::Place { place }));
        blocks.extend(place.map(Block::Paragraph));
        blocks
    }
}

/// Sentences one after the other, with a space between them; East Asian full stops bring their own.
fn joined<const N: usize>(sentences: [Option<String>; N]) -> String {
    let mut all = String::new();
    for sentence in sentences.into_iter().flatten() {
        if !all.is_empty() && !all.ends_with('。') {
            all.push(' ');
        }
        all.push_str(&sentence);
    }
    all
}

fn count(digest: &Digest) -> u32 {
    u32::try_from(digest.count()).unwrap_or(u32::MAX)
}

fn digest_facts(digest: &Digest) -> DigestFacts {
    let (count, day) = (count(digest), digest.day);
    match digest.rhythm {
        DigestRhythm::Daily => DigestFacts::Daily { count, day },
        DigestRhythm::Weekly => DigestFacts::Weekly { count, day },
    }
}

/// A sentence whose type is not told.
trait DynSentence {
    fn say(&self, speaker: Speaker<'_>, part: Part) -> String;
}

impl<T: Sentence> DynSentence for T {
    fn say(&self, speaker: Speaker<'_>, part: Part) -> String {
        speaker.say(self, part)
    }
}

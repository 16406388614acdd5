//! Where answers go: to stdout, as text for people or as JSON for programs.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use serde::Serialize;

use crate::args::ColourChoice;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::show::text::{Colour, Renderer};

/// How answers are written to stdout.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    format: OutputFormat,
    width: usize,
    colour: Colour,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OutputFormat {
    Text,
    Json,
}

impl Output {
    /// Decides on width and colours from the arguments and from whether stdout is a terminal.
    pub(crate) fn decide(format: OutputFormat, choice: ColourChoice, no_colour: NoColour) -> Self {
        let terminal = io::stdout().is_terminal();
        let colour = match (choice, no_colour) {
            (ColourChoice::Always, _) => Colour::On,
            (ColourChoice::Auto, NoColour::Unset) if terminal => Colour::On,
            (ColourChoice::Auto | ColourChoice::Never, _) => Colour::Off,
        };
        let width = match terminal_size::terminal_size() {
            Some((terminal_size::Width(columns), _)) if terminal => usize::from(columns).max(40),
            Some(_) | None => Renderer::PLAIN.width,
        };
        Self { format, width, colour }
    }

    /// Whether answers are for programs.
    pub(crate) fn is_json(self) -> bool {
        self.format == OutputFormat::Json
    }

    /// An empty text that is rendered for this width, with or without colours.
    pub(crate) fn renderer(self) -> Renderer {
        let Self { format: _, width, colour } = self;
        Renderer { width, colour, text: String::new() }
    }

    /// Writes an answer: as JSON just what the server said, otherwise what `render` makes of it.
    pub(crate) fn print<T: Serialize>(
        self,
        value: &T,
        render: impl FnOnce(&mut Renderer),
    ) -> Result<(), Failure> {
        match self.format {
            OutputFormat::Json => {
                let mut text =
                    serde_json::to_string_pretty(value).map_err(|e| Failure::caused(Exit::Failed, &e))?;
                text.push('\n');
                write(&text)
            }
            OutputFormat::Text => {
                let mut out = self.renderer();
                render(&mut out);
                write(&out.text)
            }
        }
    }
}

/// Whether the environment speaks against colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoColour {
    Set,
    Unset,
}

/// Writes to stdout. A reader that went away (`| head`) is no failure.
pub(crate) fn write(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(e) => Err(Failure::caused(Exit::Failed, &e)),
        Ok(()) => Ok(()),
    }
}

/// Writes a file that is not there yet.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = File::create_new(path).and_then(|mut fresh| fresh.write_all(bytes));
    written.map_err(|error| {
        Failure::new(Exit::Refused, format!("{} cannot be written: {error}", path.display()))
    })
}

/// Writes to stderr; where that is closed there is nobody to tell.
pub(crate) fn write_stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

//! Commands that take programmes out of a database and put them in: moving one, backing up all.

use clap::{Args, Subcommand};

use super::FilePath;

#[derive(Debug, Subcommand)]
pub(crate) enum MoveCommand {
    /// Take a programme out of a database into a file, with its past, journal and documents
    Export {
        /// Its id, or a part of its name
        programme: String,
        /// The file to write; it must not be there yet
        file: FilePath,
        #[command(flatten)]
        transfer: Transfer,
    },
    /// Put the programme of such a file into a database where it is not: all of it, or nothing
    Import {
        /// The file
        file: FilePath,
        #[command(flatten)]
        transfer: Transfer,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Transfer {
    /// A file with 64 random hexadecimal digits that both ends are given, for a target with another master key
    #[arg(long, value_name = "FILE")]
    pub(crate) transfer_key_file: Option<FilePath>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BackupCommand {
    /// Take a backup of everything into a file, while the server goes on
    Create {
        /// The file to write; it must not be there yet
        file: FilePath,
    },
    /// Restore a backup to a scratch place, examine it there, and read it back; needs no database
    Verify {
        /// The file
        file: FilePath,
    },
    /// Restore a backup to a database that holds nothing
    Restore {
        /// The file
        file: FilePath,
        /// Do the work that waits in it: only if no server has run since the backup was taken
        #[arg(long)]
        resume_work: bool,
    },
}

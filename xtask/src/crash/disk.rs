//! A disk whose power can be cut: ext4 in a file, mounted through a loop device.
//!
//! The file holds what was flushed; what is only in the page cache above the file system is not in it. So a copy of the
//! file, taken while nobody writes, is what a disk holds after a power cut.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::drill::stage::{Stage, done};

/// What a hole is made of where a file is copied.
const BLOCK: usize = 64 * 1024;

/// A mounted disk.
#[derive(Debug)]
pub(super) struct Disk {
    image: PathBuf,
    mounted: PathBuf,
}

/// What would be left of a disk.
pub(super) struct Remains(Vec<u8>);

impl Disk {
    /// Why there can be none here, if so.
    pub(super) fn missing() -> Option<String> {
        if !rustix::process::geteuid().is_root() {
            return Some("not root: nobody else may mount a loop device".to_owned());
        }
        if !Path::new("/dev/loop-control").exists() {
            return Some("there are no loop devices".to_owned());
        }
        let found = done(Command::new("mkfs.ext4").arg("-V"));
        found.err().map(|_| "mkfs.ext4 is not installed".to_owned())
    }

    /// A new disk of that size.
    pub(super) fn new(stage: &Stage, megabytes: u64) -> anyhow::Result<Self> {
        let disk = Self { image: stage.folder().join("disk.img"), mounted: stage.folder().join("disk") };
        File::create(&disk.image)?.set_len(megabytes << 20)?;
        fs::create_dir(&disk.mounted)?;
        // Nothing is left to be initialised in the background.
        let options = ["-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0"];
        done(Command::new("mkfs.ext4").args(options).arg(&disk.image))?;
        disk.mount()?;
        Ok(disk)
    }

    /// Where it is mounted.
    pub(super) fn folder(&self) -> &Path {
        &self.mounted
    }

    /// What would be left if the power were cut now. Whoever writes has to stand still.
    ///
    /// The kernel may flush something by itself while this reads, so it reads until it has read the same twice.
    pub(super) fn remains(&self) -> anyhow::Result<Remains> {
        let mut first = fs::read(&self.image)?;
        loop {
            let second = fs::read(&self.image)?;
            if second == first {
                return Ok(Remains(first));
            }
            first = second;
        }
    }

    /// Puts what was left in the place of the disk. Nobody may work on it.
    pub(super) fn cut(&self, remains: &Remains) -> anyhow::Result<()> {
        done(Command::new("umount").arg(&self.mounted)).context("taking the disk out")?;
        let left = self.image.with_extension("left");
        let mut file = File::create(&left)?;
        for block in remains.0.chunks(BLOCK) {
            if block.iter().any(|byte| *byte != 0) {
                file.write_all(block)?;
            } else {
                std::io::Seek::seek_relative(&mut file, i64::try_from(block.len())?)?;
            }
        }
        file.set_len(u64::try_from(remains.0.len())?)?;
        drop(file);
        fs::rename(&left, &self.image)?;
        self.mount().context("putting the disk in again after the cut")
    }

    fn mount(&self) -> anyhow::Result<()> {
        done(Command::new("mount").args(["-o", "loop"]).arg(&self.image).arg(&self.mounted)).map(drop)
    }
}

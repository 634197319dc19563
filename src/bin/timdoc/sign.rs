//! `timdoc sign`: a library signed, so that a page can tell whether it is the one its owner published; and the option
//! `--sign` of the subcommands that change a library.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;
use timdoc::bundle::sign::keys::Signer;
use timdoc::bundle::sign::{Signed, is_signed, sign_folder};
use timdoc::{Error, Result};

use super::out;

/// Sign a library, or make a pair of keys.
///
/// The private key stays with who publishes; the public one goes into the page, which then opens the library only when
/// every byte is what was signed. What is in the folder is what is vouched for: sign where the library is built, not on a
/// server that others can write to.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  timdoc sign --new-key ~/timdoc.key\n  timdoc sign public/bundle --key ~/timdoc.key\n  \
                  timdoc add new/ --to public/bundle --sign ~/timdoc.key"
)]
pub struct Args {
    /// The folder of the library.
    #[arg(required_unless_present = "new_key", conflicts_with = "new_key", requires = "key")]
    dir: Option<PathBuf>,
    /// The file with the private key; several, while a new key takes the place of an old one.
    #[arg(long, value_name = "FILE")]
    key: Vec<PathBuf>,
    /// Make a new key in this file, and show the public key and the line for the page.
    #[arg(long, value_name = "FILE", conflicts_with = "key")]
    new_key: Option<PathBuf>,
    /// Give a new date to a signature that is right: after an older library was put back from a copy.
    #[arg(long)]
    renew: bool,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    #[serde(flatten)]
    signed: Signed,
    public_keys: Vec<String>,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    if let Some(path) = &args.new_key {
        return new_key(path, args.json);
    }
    let dir = args.dir.as_deref().unwrap_or(Path::new(""));
    let signers = read_keys(&args.key)?;
    let signed = sign_folder(dir, &signers, args.renew)?;
    let public_keys: Vec<String> = signers.iter().map(|signer| signer.public().to_string()).collect();
    if args.json {
        out::json(&Report { signed, public_keys })?;
    } else if signed.written.is_empty() {
        out::write("signed already; nothing to do\n")?;
    } else {
        let files = out::number(signed.files);
        let keys = public_keys.join(" ");
        out::write(&format!(
            "signed {files} files of {}\nreaders check it with signed-by=\"{keys}\"\n",
            dir.display()
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn new_key(path: &Path, json: bool) -> Result<ExitCode> {
    let signer = Signer::new()?;
    signer.write_new(path)?;
    let key = signer.public().to_string();
    if json {
        out::json(&serde_json::json!({ "public_keys": [key] }))?;
    } else {
        out::write(&format!(
            "private key: {} (keep it secret and keep a copy; never put it on the web server)\npublic key: {key}\n\
             in the page: <timdoc-search bundle=\"bundle/\" signed-by=\"{key}\"></timdoc-search>\n\
             \x20            <timdoc-reader bundle=\"bundle/\" signed-by=\"{key}\"></timdoc-reader>\n",
            path.display()
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads private keys, and warns of those that others on this machine may read.
fn read_keys(paths: &[PathBuf]) -> Result<Vec<Signer>> {
    for path in paths {
        #[cfg(unix)]
        if std::fs::metadata(path).is_ok_and(|found| std::os::unix::fs::MetadataExt::mode(&found) & 0o077 != 0) {
            out::note(&format!("remark: {}: others on this machine may read the key; run chmod 600", path.display()));
        }
        #[cfg(not(unix))]
        let _ = path;
    }
    paths.iter().map(|path| Signer::read(path)).collect()
}

/// The option of subcommands that change a library.
#[derive(clap::Args)]
pub struct Signing {
    /// Sign the result with the private key in this file, in the same run; may be given several times.
    #[arg(long, value_name = "FILE")]
    sign: Vec<PathBuf>,
}

impl Signing {
    /// The keys, before anything is read or written.
    pub fn signers(&self) -> Result<Vec<Signer>> {
        read_keys(&self.sign).map_err(|error| match error {
            Error::Io { action, path, reason } => {
                Error::Io { action, path, reason: format!("{reason}; nothing was changed") }
            }
            other => other,
        })
    }

    /// Notes whether a library is signed before it is changed.
    pub fn before(folder: &Path) -> Unsigning<'_> {
        Unsigning { folder, was: is_signed(folder) }
    }
}

/// Says so when a library has lost its signature.
pub struct Unsigning<'a> {
    folder: &'a Path,
    was: bool,
}

impl Unsigning<'_> {
    /// After the change.
    pub fn after(self) {
        if self.was && !is_signed(self.folder) {
            out::note(&format!(
                "remark: {} was signed and is so no more, so pages with signed-by will not open it; run timdoc sign {} \
                 --key FILE before you upload, and use --sign FILE next time",
                self.folder.display(),
                self.folder.display()
            ));
        }
    }
}

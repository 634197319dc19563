//! Keys: the private one in a file that only its owner reads, the public one as 43 letters for a page.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use ed25519_compact::{KeyPair, PublicKey as VerifyingKey, Seed, Signature};
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// What the line with the private key begins with.
const PRIVATE: &str = "timdoc-private-key-1:";
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Who signs.
#[derive(Clone)]
pub struct Signer(KeyPair);

impl Signer {
    /// A new key, of the system's random numbers.
    ///
    /// # Errors
    /// `io` when the system has none.
    pub fn new() -> Result<Self> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|error| {
            let reason = error.to_string();
            Error::Io { action: "read", path: "the system's random numbers".into(), reason }
        })?;
        Ok(Self::of(seed))
    }

    /// The key of 32 secret bytes.
    #[must_use]
    pub fn of(seed: [u8; 32]) -> Self {
        Signer(KeyPair::from_seed(Seed::new(seed)))
    }

    /// Reads a private key from its file.
    ///
    /// # Errors
    /// `io` when it cannot be read; `input` when it is no private key.
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).map_err(|error| Error::io("read", path.display(), &error))?;
        let seed = text.lines().find_map(|line| decode(line.trim().strip_prefix(PRIVATE)?));
        let wrong = || Error::input(path.display(), "it is no private key; make one with timdoc sign --new-key FILE");
        seed.map(Self::of).ok_or_else(wrong)
    }

    /// Writes it to a new file that only its owner may read.
    ///
    /// # Errors
    /// `io` when the system refuses, or there is such a file: a key is never overwritten.
    pub fn write_new(&self, path: &Path) -> Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let text = format!(
            "# The private key of a timdoc library. Keep it secret, keep a copy, never put it on the web server.\n\
             # public key: {}\n{PRIVATE}{}\n",
            self.public(),
            encode(&self.0.sk.seed())
        );
        let written = options.open(path).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
        written.map_err(|error| Error::io("create", path.display(), &error))
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.pk)
    }

    /// Signs bytes.
    #[must_use]
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        *self.0.sk.sign(bytes, None)
    }
}

/// Who checks. Its text is base64url of its 32 bytes, without padding: what a page has in `signed-by`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads what [`fmt::Display`] writes.
    ///
    /// # Errors
    /// `bad_request` when it is no public key.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong =
            || Error::bad_request("--key", "it is no public key: 43 letters, as timdoc sign --new-key shows them");
        let bytes = decode(text.trim()).ok_or_else(wrong)?;
        let key = VerifyingKey::new(bytes);
        key.validate().map(|()| PublicKey(key)).map_err(|_| wrong())
    }

    /// The first 64 bits of its SHA-256: which signature is its own, not whether it is right.
    #[must_use]
    pub fn id(&self) -> [u8; 8] {
        let mut id = [0; 8];
        id.copy_from_slice(&Sha256::digest(*self.0)[..8]);
        id
    }

    /// Checks a signature of bytes.
    ///
    /// # Errors
    /// `damaged` when it is not this key's signature of them.
    pub fn check(&self, bytes: &[u8], signature: &[u8]) -> Result<()> {
        let wrong = |_| Error::damaged("the signature", "it is not of this key and this library");
        let signature = Signature::from_slice(signature).map_err(wrong)?;
        self.0.verify(bytes, &signature).map_err(wrong)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encode(&self.0))
    }
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// base64url without padding (RFC 4648, section 5).
fn encode(bytes: &[u8; 32]) -> String {
    let letter = |at: usize| {
        let six = (0..6).fold(0, |six, bit| {
            let at = at * 6 + bit;
            six << 1 | bytes.get(at / 8).map_or(0, |byte| usize::from(byte >> (7 - at % 8) & 1))
        });
        char::from(LETTERS[six])
    };
    (0..43).map(letter).collect()
}

/// The 32 bytes; `None` when it is not exactly what [`encode`] writes.
fn decode(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    for (at, letter) in text.bytes().enumerate().take(43) {
        let six = LETTERS.iter().position(|known| *known == letter)?;
        for bit in (0..6).filter(|bit| six >> (5 - bit) & 1 == 1) {
            *bytes.get_mut((at * 6 + bit) / 8)? |= 1 << (7 - (at * 6 + bit) % 8);
        }
    }
    (encode(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_key_is_43_letters_and_comes_back() {
        let key = Signer::of([7; 32]).public();
        assert_eq!(key.to_string().len(), 43);
        assert_eq!(PublicKey::parse(&key.to_string()), Ok(key));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let key = Signer::of([7; 32]).public().to_string();
        for wrong in ["", "x", &key[1..], &format!("{key}A"), &key.replace(&key[..1], "+")] {
            assert!(PublicKey::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_private_key_comes_back_from_its_file_and_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let signer = Signer::new().unwrap();
        signer.write_new(&path).unwrap();
        assert_eq!(Signer::read(&path).unwrap().public(), signer.public());
        assert_eq!(signer.write_new(&path).unwrap_err().code(), "io");
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::MetadataExt::mode(&fs::metadata(&path).unwrap());
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    /// RFC 8032, section 7.1, test 2.
    #[test]
    fn a_signature_is_that_of_the_rfc() {
        let seed = [
            0x4c, 0xcd, 0x08, 0x9b, 0x28, 0xff, 0x96, 0xda, 0x9d, 0xb6, 0xc3, 0x46, 0xec, 0x11, 0x4e, 0x0f, 0x5b, 0x8a,
            0x31, 0x9f, 0x35, 0xab, 0xa6, 0x24, 0xda, 0x8c, 0xf6, 0xed, 0x4f, 0xb8, 0xa6, 0xfb,
        ];
        let signed = Signer::of(seed).sign(&[0x72]);
        assert_eq!(hex(&signed[..16]), "92a009a9f0d4cab8720e820b5f642540");
    }
}

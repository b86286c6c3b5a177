use crate::Error;
use std::{borrow::Cow, path::Path, thread, time::Duration};

/// Which module an [`Engine`](crate::Engine) runs, with which settings, and
/// within which limits. The default runs the crate's own module with default
/// settings, as a till does.
#[derive(Clone, Debug)]
pub struct Options {
    /// The store's settings as JSON, `{"policy":{…},"texts":{…}}`; `None` is the
    /// defaults. [`Settings::to_json`](crate::Settings::to_json) writes them.
    pub settings: Option<String>,
    /// Another module than the crate's own.
    pub module: Option<Module>,
    /// How many calls can run at once. Default: one for each processor, at most 4.
    pub instances: usize,
    /// For one call, waiting for an instance included. Default: 2 seconds. The
    /// start may take ten times that.
    pub deadline: Duration,
}

impl Default for Options {
    fn default() -> Self {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        Self { settings: None, module: None, instances: processors.min(4), deadline: Duration::from_secs(2) }
    }
}

/// A module, and the hash that it must have.
#[derive(Clone)]
pub struct Module {
    pub(crate) wasm: Cow<'static, [u8]>,
    pub(crate) sha256: String,
}

impl Module {
    /// Takes a module that is in memory, and its SHA-256 in hexadecimal.
    pub fn new(wasm: impl Into<Vec<u8>>, sha256: impl Into<String>) -> Self {
        Self { wasm: Cow::Owned(wasm.into()), sha256: sha256.into() }
    }

    /// Reads a module from a file.
    pub fn read(path: impl AsRef<Path>, sha256: impl Into<String>) -> Result<Self, Error> {
        let path = path.as_ref();
        let wasm = std::fs::read(path)
            .map_err(|e| Error::wrong_module(format_args!("{} cannot be read: {e}", path.display())))?;
        Ok(Self::new(wasm, sha256))
    }
}

impl std::fmt::Debug for Module {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Module({} bytes, {})", self.wasm.len(), self.sha256)
    }
}

impl crate::Settings {
    /// The settings as [`Options::settings`] takes them.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("strings, numbers and lists can be written")
    }
}

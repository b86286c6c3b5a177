use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::fmt;

/// JSON that is kept as it is written: a sale's state, a record. It is for
/// keeping and handing back, and not for reading.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Json(Box<RawValue>);

impl Json {
    /// Takes text that was kept. What is no JSON, as a damaged file may bring, becomes
    /// `"unreadable"`, which the module takes for a sale in doubt.
    pub fn kept(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        serde_json::from_str(text).unwrap_or_else(|_| Self::made("\"unreadable\"".into()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    pub(crate) fn raw(&self) -> &RawValue {
        &self.0
    }

    /// Takes text that this crate wrote.
    pub(crate) fn made(text: String) -> Self {
        Self(RawValue::from_string(text).expect("JSON that was just written"))
    }
}

/// The state of a sale that has not begun.
impl Default for Json {
    fn default() -> Self {
        Self::made("{}".into())
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

use crate::ErrorKind;
use std::fmt;

/// Why there is no answer of the module's: what was being done and what was
/// wrong. It never holds a value of the event's.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Error {
    /// What sort of error it is.
    pub kind: ErrorKind,
    /// What was wrong, and with which member.
    pub detail: String,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into() }
    }

    pub(crate) fn failed(doing: &str, what: impl fmt::Display) -> Self {
        Self::new(ErrorKind::ModuleFailed, format!("{doing}: {what}"))
    }

    pub(crate) fn wrong_module(what: impl fmt::Display) -> Self {
        Self::new(ErrorKind::WrongModule, what.to_string())
    }

    fn what_to_do(&self) -> &'static str {
        match self.kind {
            ErrorKind::BadJson => "see that all of it was written, as UTF-8",
            ErrorKind::BadEvent | ErrorKind::BadFacts => "correct the member that it names",
            ErrorKind::BadVersion => "send v: 1",
            ErrorKind::BadPolicy => "correct the settings; none of them were taken",
            ErrorKind::TooLarge => "cut the body of the reply and say body_cut; shorten settings",
            ErrorKind::TooDeep => "pass the body as text",
            ErrorKind::ActionNotOffered => "show the last card again",
            ErrorKind::ModuleFailed | ErrorKind::Deadline => {
                "show the safe card; keep this line for support if it comes again"
            }
            ErrorKind::WrongModule => "give the module that was meant, or none for the crate's own",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tillwise: {}: {} ({})", self.kind, self.detail, self.what_to_do())
    }
}

impl std::error::Error for Error {}

use crate::answer::{self, Answer};
use crate::instance::Face;
use crate::module::{Load, MAX_INPUT};
use crate::pool::{Pool, after};
use crate::{Error, ErrorKind, Json, Options, Sale, event, safe};
use serde::Serialize;
use std::panic::{self, AssertUnwindSafe};
use std::{fmt, sync::Arc};

/// Answers events by one module. One is enough for the whole program: it can be
/// used by any number of threads at once, and a clone is the same engine.
#[derive(Clone)]
pub struct Engine(Arc<Pool>);

impl Engine {
    /// Loads and checks the module, and starts its first instance. The error is of
    /// a module that is not the one that was meant ([`ErrorKind::WrongModule`]), or of
    /// settings that are refused ([`ErrorKind::BadPolicy`], [`ErrorKind::BadJson`],
    /// [`ErrorKind::TooLarge`]).
    /// Without an engine there is still [`safe`].
    pub fn open(options: Options) -> Result<Self, Error> {
        let load = Load::open(&options)?;
        Ok(Self(Arc::new(Pool::open(load, options.instances)?)))
    }

    /// Gives the answer to an event: an [`Event`](crate::Event), or any value that is one as
    /// JSON. There is always a card: beside an error it is the safe one.
    pub fn answer<E: Serialize + ?Sized>(&self, event: &E) -> Answer {
        match event::encode(event, None) {
            Ok(event) => self.answer_text(&event),
            Err(error) => self.unwritten(error, &Json::default()),
        }
    }

    /// Gives the answer to an event that is JSON already.
    pub fn answer_text(&self, event: &[u8]) -> Answer {
        let raw = self.ask(Face::Answer, event, |text| match answer::refusal(text) {
            Ok(()) => answer::decode(text).map(Ok),
            Err(error) if error.kind == ErrorKind::ModuleFailed => Err(error),
            Err(error) => Ok(Err(error)), // the event's fault: the instance is as good as before
        });
        match raw {
            Ok((raw, Ok(answer))) => Answer { raw: Some(raw), ..answer },
            Ok((raw, Err(error))) => self.safely(event, error, Some(raw)),
            Err(error) => self.safely(event, error, None),
        }
    }

    /// Gives the module's answer to an event as it is, `{"error":…}` included. The
    /// error is of the host's own kinds: there is no answer.
    pub fn answer_json(&self, event: &[u8]) -> Result<String, Error> {
        self.ask(Face::Answer, event, |_| Ok(())).map(|(text, ())| text)
    }

    /// Gives `{v, decision, sale}` for `{v, facts, sale, policy}`, as the module writes it:
    /// the stage that replay repeats.
    pub fn decide_json(&self, input: &[u8]) -> Result<String, Error> {
        self.ask(Face::Decide, input, |_| Ok(())).map(|(text, ())| text)
    }

    /// Gives the module's account of itself: ABI, catalogue, locales, limits, every card.
    pub fn describe(&self) -> Result<String, Error> {
        self.ask(Face::Describe, b"", |_| Ok(())).map(|(text, ())| text)
    }

    /// The SHA-256 of the module that runs, in hexadecimal.
    pub fn module_sha256(&self) -> &str {
        &self.0.load.sha256
    }

    /// Begins a sale.
    pub fn sale(&self) -> Sale {
        Sale::new(self.clone(), Json::default())
    }

    /// Takes up a sale from the text that [`Sale::state`] gave.
    pub fn sale_from(&self, state: &str) -> Sale {
        Sale::new(self.clone(), Json::kept(state))
    }

    /// Waits for the calls under way, each of which ends by its deadline, and frees every
    /// instance. After it the engine gives safe cards. To drop the last clone frees all as well.
    pub fn close(&self) {
        self.0.close();
    }

    /// Asks the module. `check` judges the answer before the instance may be used again.
    fn ask<T>(
        &self,
        face: Face,
        input: &[u8],
        check: impl FnOnce(&str) -> Result<T, Error>,
    ) -> Result<(String, T), Error> {
        if input.len() > MAX_INPUT {
            // No buffer in the module takes it: the same words, without it.
            let text = safe::cards().too_large.clone();
            let checked = check(&text)?;
            return Ok((text, checked));
        }
        // The interpreter is much code of others: should it panic, the till still has a card.
        panic::catch_unwind(AssertUnwindSafe(|| self.lend(face, input, check)))
            .unwrap_or_else(|_| Err(Error::failed(face.name(), "the interpreter panicked")))
    }

    fn lend<T>(
        &self,
        face: Face,
        input: &[u8],
        check: impl FnOnce(&str) -> Result<T, Error>,
    ) -> Result<(String, T), Error> {
        let until = after(self.0.load.deadline);
        let mut taken = self.0.take(until)?;
        let place = taken.instance().call(face, input, until)?;
        let text = taken.instance().read(&place)?;
        let checked = check(&text)?;
        taken.keep();
        Ok((text, checked))
    }

    /// The answer to an event that cannot be written.
    pub(crate) fn unwritten(&self, error: Error, sale: &Json) -> Answer {
        self.safely(format!(r#"{{"sale":{sale}}}"#).as_bytes(), error, None)
    }

    fn safely(&self, event: &[u8], error: Error, raw: Option<String>) -> Answer {
        let card = safe::safe(event, self.0.load.settings.as_deref());
        Answer { error: Some(error), raw, ..card }
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Engine({})", self.module_sha256())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_in_the_interpreter_is_an_error_and_the_engine_goes_on() {
        let engine = Engine::open(Options { instances: 1, ..Options::default() }).unwrap();
        let failed = engine.ask(Face::Describe, b"", |_| -> Result<(), Error> { panic!("as the interpreter might") });
        assert_eq!(failed.unwrap_err().kind, ErrorKind::ModuleFailed);
        assert!(engine.describe().unwrap().contains("till_trouble"));
        engine.close();
    }
}

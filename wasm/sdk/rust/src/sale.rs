use crate::{Answer, Engine, ErrorKind, Json, event};
use serde::Serialize;

/// Carries what the module remembers of one customer's sale from event to event.
#[derive(Clone, Debug)]
pub struct Sale {
    engine: Engine,
    state: Json,
    last: Option<Answer>,
}

impl Sale {
    pub(crate) fn new(engine: Engine, state: Json) -> Self {
        Self { engine, state, last: None }
    }

    /// Gives the answer to what happened next in this sale: an event without `sale`. A
    /// choice that the last card did not offer changes nothing: it is the last card again,
    /// with the error beside it.
    pub fn answer<E: Serialize + ?Sized>(&mut self, event: &E) -> Answer {
        let answer = match event::encode(event, Some(&self.state)) {
            Ok(event) => self.engine.answer_text(&event),
            Err(error) => self.engine.unwritten(error, &self.state),
        };
        if answer.error.as_ref().is_some_and(|e| e.kind == ErrorKind::ActionNotOffered) {
            let card = self.last.clone().unwrap_or(answer.clone());
            return Answer { sale: self.state.clone(), error: answer.error, raw: answer.raw, record: None, ..card };
        }
        self.state = answer.sale.clone();
        self.last = Some(answer.clone());
        answer
    }

    /// The state as JSON text: to be on the disk before you act on the answer.
    /// [`Engine::sale_from`] goes on from it.
    pub fn state(&self) -> &str {
        self.state.as_str()
    }
}

use crate::{Decision, Error, Json, Prompt};
use serde::{Deserialize, Serialize};

/// How large a sale may be, in bytes.
const MAX_SALE: usize = 2048;

/// What there is to show and to do. Beside an error it is the safe card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// What to show.
    pub prompt: Prompt,
    /// What your program acts on.
    pub decision: Decision,
    /// What to hand in with the sale's next event. Keep it on the disk before you act;
    /// a [`Sale`](crate::Sale) carries it for you.
    pub sale: Json,
    /// What may be kept of the event: it holds nothing sensitive. None of a safe
    /// card, and of a decision that is only put into words again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<Json>,
    /// Why the module did not answer, or did not take the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Error>,
    /// What the module wrote, byte for byte; none where it did not answer.
    #[serde(skip)]
    pub raw: Option<String>,
}

/// Gives the error that an answer consists of.
pub(crate) fn refusal(text: &str) -> Result<(), Error> {
    #[derive(Deserialize)]
    struct Reply {
        #[serde(default)]
        error: Option<Error>,
    }
    let shapeless = || Error::failed("reading the answer", "it has not the shape of one");
    if !text.trim_ascii_start().starts_with('{') {
        return Err(shapeless());
    }
    let reply: Reply = serde_json::from_str(text).map_err(|_| shapeless())?;
    reply.error.map_or(Ok(()), Err)
}

/// Reads an answer, and refuses one that could not be shown.
pub(crate) fn decode(text: &str) -> Result<Answer, Error> {
    let answer: Answer = serde_json::from_str(text)
        .map_err(|_| Error::failed("tillwise_answer", "the answer has not the shape of one"))?;
    let ways = answer.decision.actions.len();
    if answer.prompt.headline.is_empty()
        || answer.sale.as_str().len() > MAX_SALE
        || ways == 0
        || ways != answer.prompt.actions.len()
    {
        return Err(Error::failed("tillwise_answer", "the answer has no card, no way out or no sale"));
    }
    Ok(answer)
}

use crate::event::Members;
use crate::url::operation_of;
use crate::{Answer, Decision, Json, Prompt};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What safe.json holds: the cards for when the module cannot answer.
#[derive(Deserialize)]
pub(crate) struct Cards {
    pub module_sha256: String,
    pub too_large: String,
    pub paths: Vec<Path>,
    pub operations: BTreeMap<String, About>,
    words: Vec<BTreeMap<String, Prompt>>,
}

/// The end of a URL's path; what is absent may be anything.
#[derive(Deserialize)]
pub(crate) struct Path {
    pub last: String,
    pub before: Option<String>,
    pub third: Option<String>,
    pub operation: String,
}

#[derive(Deserialize)]
pub(crate) struct About {
    pub moves: bool,
    pub reads_back: bool,
    fresh: Variant,
    known: Variant,
}

#[derive(Deserialize)]
struct Variant {
    words: usize,
    decision: Decision,
}

pub(crate) fn cards() -> &'static Cards {
    static CARDS: LazyLock<Cards> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../assets/safe.json")).expect("safe.json is as the schema has it")
    });
    &CARDS
}

/// Gives the card that stands in where the module does not answer an event: it says
/// nothing of money that is not known, and offers no payment beside one that may have gone
/// through. `event` is JSON, or whatever came instead; `settings` are the engine's. It needs no
/// engine: it is there for a till whose engine does not open.
pub fn safe(event: &[u8], settings: Option<&str>) -> Answer {
    let text = String::from_utf8_lossy(event);
    let seen = Members::of(text.trim_start_matches('\u{feff}')).unwrap_or_default();
    let operation = operation_in(&seen);
    let at = seen.read::<i64>("at").unwrap_or(0).max(0);
    let prior = seen.get("sale").map(|sale| sale.get()).filter(|sale| *sale != "null");

    let about = &cards().operations[&operation];
    let variant = if prior.is_none_or(is_fresh) { &about.fresh } else { &about.known };
    let mut decision = variant.decision.clone();
    if let Some(about) = decision.about.as_mut().filter(|about| about.since.is_some()) {
        about.since = Some(at).filter(|at| *at > 0); // 0 is not known
    }

    let locale = |name| seen.read::<String>(name).filter(|locale| !locale.is_empty());
    let cashier = language_of(locale("locale").as_deref().unwrap_or_default());
    let customer = locale("customer_locale").map_or(cashier, |locale| language_of(&locale));
    let words = &cards().words[variant.words];
    let mut prompt = words[cashier].clone();
    if customer != cashier {
        let theirs = words[customer].clone();
        prompt.say = theirs.say;
        prompt.if_asked = theirs.if_asked;
        prompt.customer_display = theirs.customer_display;
    }
    prompt.contact = contact(settings, &decision, cashier).unwrap_or_default();

    let sale = unanswered(prior.unwrap_or("{}"), &operation, at);
    Answer { prompt, decision, sale, record: None, error: None, raw: None }
}

/// Tells which call an event is about, as far as it can be seen without the module. To
/// choose an action, or to read a card again, calls nothing.
fn operation_in(event: &Members) -> String {
    let object = |name| event.get(name).and_then(|member| Members::of(member.get()));
    let known = |name: String| if cards().operations.contains_key(&name) { name } else { "unknown".into() };
    if let Some(exchange) = object("exchange") {
        let text = |name| exchange.read::<String>(name).unwrap_or_default();
        return match text("operation") {
            name if name.is_empty() => operation_of(cards(), &text("method"), &text("url")),
            name => known(name),
        };
    }
    if let Some(facts) = object("facts") {
        return known(facts.read("operation").unwrap_or_default());
    }
    let chosen = event.read::<String>("action").is_some_and(|action| !action.is_empty());
    if chosen || object("decision").is_some() { "unknown_read".into() } else { "unknown".into() }
}

fn is_fresh(sale: &str) -> bool {
    Members::of(sale).is_some_and(|sale| sale.is_empty())
}

fn language_of(locale: &str) -> &'static str {
    let french = locale.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("fr"));
    if french { "fr-CA" } else { "en-CA" }
}

/// The store's own text for whom to call.
fn contact(settings: Option<&str>, decision: &Decision, language: &str) -> Option<String> {
    let settings: serde_json::Value = serde_json::from_str(settings?).ok()?;
    let text = &settings["texts"]["contacts"][decision.owner.to_string()][language];
    text.as_str().map(str::to_string)
}

/// Keeps the sale as it was, with the event that had no answer beside it: the module
/// makes of both what is known of the sale.
fn unanswered(prior: &str, operation: &str, at: i64) -> Json {
    let event = format!(r#"{{"operation":"{operation}","at":{at}}}"#);
    let begun = Members::of(prior).and_then(|sale| {
        let list: Vec<Json> = sale.read("unanswered")?;
        let list: Vec<&str> = list.iter().map(Json::as_str).chain([event.as_str()]).collect();
        Some(sale.with(&[("unanswered", Json::made(format!("[{}]", list.join(","))).raw())]))
    });
    Json::made(begun.unwrap_or_else(|| format!(r#"{{"unanswered":[{event}],"sale":{prior}}}"#)))
}

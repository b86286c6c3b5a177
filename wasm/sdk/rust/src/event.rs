//! Writes an event so that the module can take it, whatever a reply brought.

use crate::module::MAX_INPUT;
use crate::{Error, ErrorKind, Json};
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};
use std::fmt;

/// How much of a reply's body the module gets to see. What documented replies say of
/// an error takes a fraction of it.
const MAX_BODY: usize = 64 << 10;

/// The members of an object, each as it was written.
#[derive(Default)]
pub(crate) struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Members<'a> {
    pub fn of(text: &'a str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The last of a name counts, as everywhere.
    pub fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().rev().find(|(n, _)| n == name).map(|(_, value)| *value)
    }

    /// A member as what it should be, or nothing.
    pub fn read<T: Deserialize<'a>>(&self, name: &str) -> Option<T> {
        serde_json::from_str(self.get(name)?.get()).ok()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The object with some members set anew.
    pub fn with(&self, set: &[(&str, &RawValue)]) -> String {
        let kept = self.0.iter().filter(|(name, _)| set.iter().all(|(n, _)| n != name));
        let all = kept.map(|(name, value)| (name.as_str(), *value)).chain(set.iter().copied());
        let written: Vec<String> =
            all.map(|(name, value)| format!("{}:{}", serde_json::Value::from(name), value.get())).collect();
        format!("{{{}}}", written.join(","))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        from.deserialize_map(Reader)
    }
}

/// Writes an event, with `sale` in it if there is one. A long body is cut: the module takes so much and no more.
pub(crate) fn encode<E: Serialize + ?Sized>(event: &E, sale: Option<&Json>) -> Result<Vec<u8>, Error> {
    let bad = |_| Error::new(ErrorKind::BadEvent, "the event cannot be written as JSON");
    let mut text = serde_json::to_string(event).map_err(bad)?;
    if let (Some(sale), Some(members)) = (sale, Members::of(&text)) {
        text = members.with(&[("sale", sale.raw())]);
    }
    Ok(cut(text).into_bytes())
}

fn cut(text: String) -> String {
    let Some(event) = Members::of(&text) else { return text };
    let Some(exchange) = event.get("exchange").and_then(|x| Members::of(x.get())) else { return text };
    let Some(mut body) = exchange.read::<String>("body") else { return text };
    let yes = to_raw_value(&true).expect("a word");
    let mut size = body.len().min(MAX_BODY);
    let mut out = text.clone();
    while size < body.len() || (out.len() > MAX_INPUT && size > 0) {
        if size == body.len() {
            size /= 2;
        }
        while !body.is_char_boundary(size) {
            size -= 1;
        }
        body.truncate(size);
        let written = to_raw_value(&body).expect("a string");
        let exchange = exchange.with(&[("body", &written), ("body_cut", &yes)]);
        let exchange = RawValue::from_string(exchange).expect("JSON that was just written");
        out = event.with(&[("exchange", &exchange)]);
    }
    out
}

//! The schemas as one of draft 7, without what the module checks.

use serde_json::{Map, Value, json};

/// Which parts get a type with a name of its own, inner ones first.
const NAMES: &[(&str, &str)] = &[
    ("/common/lang", "Lang"),
    ("/common/operation", "Operation"),
    ("/common/method", "Method"),
    ("/common/failure", "Failure"),
    ("/common/sent", "Sent"),
    ("/common/result", "ApplicationResult"),
    ("/common/foundState", "FoundState"),
    ("/common/owner", "Owner"),
    ("/common/action", "ActionId"),
    ("/common/payable", "Payable"),
    ("/common/about", "About"),
    ("/common/error/properties/kind", "ErrorKind"),
    ("/common/fields/items/properties/problem", "Problem"),
    ("/common/fields/items", "Field"),
    ("/common/factsMembers/properties/transaction_type", "TransactionType"),
    ("/common/factsMembers/properties/found/items", "FoundFact"),
    ("/common/factsMembers", "Facts"),
    ("/common/decisionMembers/properties/family", "Family"),
    ("/common/decisionMembers/properties/banner", "Banner"),
    ("/common/decisionMembers/properties/money", "Money"),
    ("/common/decisionMembers/properties/money_kind", "MoneyKind"),
    ("/common/decisionMembers/properties/privacy", "Privacy"),
    ("/common/decisionMembers/properties/notice", "Notice"),
    ("/common/decisionMembers/properties/retry/properties/policy", "RetryPolicy"),
    ("/common/decisionMembers/properties/retry", "Retry"),
    ("/common/decisionMembers/properties/actions/items/properties/next", "Next"),
    ("/common/decisionMembers/properties/actions/items", "Action"),
    ("/common/decisionMembers/properties/matched/properties/by", "MatchedBy"),
    ("/common/decisionMembers/properties/matched", "Matched"),
    ("/common/decisionMembers", "Decision"),
    ("/common/policy/properties/settled_by", "SettledBy"),
    ("/common/policy/properties/methods/items", "OfferedMethod"),
    ("/common/policy/properties/limits", "Limits"),
    ("/common/policy", "Policy"),
    ("/event/properties/exchange/properties/request", "Request"),
    ("/event/properties/exchange/properties/found/items", "Found"),
    ("/event/properties/exchange", "Exchange"),
    ("/event", "Event"),
    ("/answer/oneOf/0/properties/prompt/properties/actions/items", "ActionWords"),
    ("/answer/oneOf/0/properties/prompt/properties/fields/items", "FieldWords"),
    ("/answer/oneOf/0/properties/prompt", "Prompt"),
    ("/settings/properties/texts/properties/contacts/properties/supervisor", "Contact"),
    ("/settings/properties/texts/properties/contacts", "Contacts"),
    ("/settings/properties/texts", "Texts"),
    ("/settings", "Settings"),
];

/// Where a type is to be another than the schema's: mostly plainer, since a POS
/// has one way to write what the module takes in several.
fn changes() -> Vec<(&'static str, Value)> {
    let text = json!({"type": "string"});
    let contact = json!({"$ref": "#/common/contact"});
    vec![
        ("/common/payable", json!({"description": "An operation, or several.", "payable": true})),
        ("/common/amount", text.clone()),
        ("/common/amountOrUnreadable", text.clone()),
        ("/common/sale", json!({"$ref": "#/definitions/Json"})),
        ("/event/required", json!([])),
        ("/event/properties/v", json!({"type": "integer", "maximum": 9, "default": 1})),
        ("/event/properties/utc_offset_min", json!({"$ref": "#/common/offset"})),
        ("/event/properties/facts", json!({"$ref": "#/common/factsMembers"})),
        ("/event/properties/decision", json!({"$ref": "#/common/decisionMembers"})),
        ("/event/properties/action", json!({"$ref": "#/common/action"})),
        ("/event/properties/sale", json!({"$ref": "#/definitions/Json"})),
        ("/event/properties/exchange/properties/headers", json!({"description": "Only Retry-After and Date are read.", "type": "object", "additionalProperties": text})),
        ("/event/properties/exchange/properties/body", json!({"description": "The text of the reply's body.", "type": "string"})),
        ("/event/properties/exchange/properties/request/properties/amount", json!({"description": "Dollars: \"1249.00\".", "type": "string"})),
        (
            "/event/properties/exchange/properties/request/properties/idempotency_key",
            json!({"description": "The key, which is kept as a hash only; \"true\": one was sent, and is not told.", "type": "string"}),
        ),
        ("/event/properties/exchange/properties/found/items/properties/amount", text.clone()),
        ("/event/properties/exchange/properties/found/items/properties/id", text),
        ("/settings/properties/texts/properties/contacts/properties/store_it", contact.clone()),
        ("/settings/properties/texts/properties/contacts/properties/flexiti", contact.clone()),
        ("/settings/properties/texts/properties/contacts/properties/customer", contact),
    ]
}

/// Puts the schemas into one.
pub fn one(common: &Value, event: &Value, answer: &Value, settings: &Value) -> Value {
    let mut all = json!({"common": common["$defs"], "event": event, "answer": answer, "settings": settings});
    let operations = all["common"]["operation"]["enum"].clone();
    for (at, value) in changes() {
        *all.pointer_mut(at).unwrap_or_else(|| panic!("{at} is no more")) = value;
    }
    let payable = &mut all["common"]["payable"];
    payable.as_object_mut().expect("an object").remove("payable");
    payable["enum"] = operations;
    payable["enum"].as_array_mut().expect("a list").push(json!("several"));

    let mut definitions = Map::from_iter([("Json".to_string(), json!({"title": "Json", "type": "object"}))]);
    let mut refs = Vec::new();
    for (at, name) in NAMES {
        let part = all.pointer_mut(at).unwrap_or_else(|| panic!("{at} is no more"));
        let taken = std::mem::replace(part, json!({"$ref": format!("#/definitions/{name}")}));
        definitions.insert(name.to_string(), taken);
        refs.push((format!("#{at}"), format!("#/definitions/{name}")));
    }
    refs.push(("#/common/contact".into(), "#/definitions/Contact".into()));
    let mut schema = json!({"$schema": "http://json-schema.org/draft-07/schema#", "definitions": definitions});
    plain(&mut schema["definitions"], &all["common"], &refs);
    schema
}

/// Takes out what only the module checks, and points references to one place.
fn plain(value: &mut Value, common: &Value, refs: &[(String, String)]) {
    if let Some(target) = value.get("$ref").and_then(Value::as_str) {
        let at = target.replace("common.json", "").replace("#/$defs/", "#/common/");
        let named = refs.iter().find(|(from, _)| *from == at);
        match (named, at.strip_prefix("#/common/")) {
            (Some((_, to)), _) => *value = described(value, json!({"$ref": to})),
            (None, Some(inline)) => {
                *value = described(value, common[inline].clone());
                plain(value, common, refs);
            }
            (None, None) => {}
        }
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|v| plain(v, common, refs)),
        Value::Object(members) => {
            let is_schema = members.get("type").is_some_and(|t| t.is_string()) || members.contains_key("enum");
            if is_schema {
                integer(members);
                pair(members);
                for checked in ["$schema", "$id", "title", "oneOf", "allOf", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMaximum"] {
                    members.remove(checked);
                }
                if members.get("additionalProperties") == Some(&json!(false)) {
                    members.remove("additionalProperties");
                }
            }
            members.values_mut().for_each(|v| plain(v, common, refs));
            if let Some(found) = members.get_mut("found").filter(|f| f["type"] == "array") {
                found["type"] = json!(["array", "null"]); // none found is not the same as not said
            }
        }
        _ => {}
    }
}

/// A reference with its own description keeps it.
fn described(from: &Value, mut to: Value) -> Value {
    if let (Some(text), None) = (from.get("description"), to.get("$ref")) {
        to["description"] = text.clone();
    }
    to
}

fn integer(members: &mut Map<String, Value>) {
    if members.get("type") != Some(&json!("integer")) {
        return;
    }
    let limit = |name: &str| members.get(name).and_then(Value::as_i64).unwrap_or(0);
    let format = match (limit("minimum"), limit("maximum")) {
        (min, _) if min < 0 => "int32",
        (_, max) if max <= u16::MAX.into() => "uint16",
        (_, max) if max <= u32::MAX.into() => "uint32",
        _ => "int64",
    };
    members.insert("format".into(), json!(format));
}

/// Only an array of a fixed number of items keeps it.
fn pair(members: &mut Map<String, Value>) {
    if members.get("minItems") != members.get("maxItems") {
        members.remove("minItems");
        members.remove("maxItems");
    }
}

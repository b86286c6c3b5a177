use crate::safe::Cards;

/// Recognises the call by method and URL, with or without host, version, query and
/// trailing slash. An empty method is taken as the documented one. A read-back by another
/// method than GET is no call that anybody documents.
pub(crate) fn operation_of(cards: &Cards, method: &str, url: &str) -> String {
    let [last, before, third] = path_end(url);
    let same = |wanted: &Option<String>, have: &str| wanted.as_ref().is_none_or(|w| w == have);
    let row = cards.paths.iter().find(|row| row.last == last && same(&row.before, &before) && same(&row.third, &third));
    let operation = match row {
        Some(row) => row.operation.as_str(),
        None if before == "authorization" => "authorization_get",
        None => "unknown",
    };
    let get = method.eq_ignore_ascii_case("GET");
    let about = &cards.operations[operation];
    let seen = if get && about.moves {
        "unknown_read"
    } else if !about.reads_back || get || method.is_empty() {
        operation
    } else if operation == "authorizations" {
        "authorization"
    } else {
        "unknown"
    };
    seen.to_string()
}

/// The last three segments of a URL's path in their documented spelling, the last one first.
fn path_end(url: &str) -> [String; 3] {
    let path = path_of(url).to_lowercase();
    let mut rest = path.as_str();
    let mut end = [(); 3].map(|()| {
        rest = rest.trim_end_matches('/');
        let (before, last) = rest.rsplit_once('/').unwrap_or(("", rest));
        rest = before;
        last.to_string()
    });
    if end[1].ends_with("widget") {
        end[1] = "widget".into();
    }
    if end[2] == "accounts" || end[2] == "customers" {
        end[2] = "account".into();
    }
    end
}

fn path_of(url: &str) -> &str {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url,
    }
}

//! Prints `src/types.rs`: `cargo run -- ../../../../plugin/schema > ../src/types.rs`.
//!
//! typify reads draft 7 in one file, and makes a type of its own of each pattern
//! and limit. The schemas are draft 2020-12 in several files, and who checks
//! patterns and limits is the module. So they are put into one first, and made
//! plain: what is left are the members, their types and the words they may have.

mod plain;

use serde_json::Value;
use std::{env, fs, path::Path};
use typify::{TypeSpace, TypeSpaceImpl, TypeSpaceSettings};

fn main() {
    let folder = env::args().nth(1).expect("give the folder of the schemas");
    let read = |name: &str| -> Value {
        let path = Path::new(&folder).join(name);
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("reading {}: {e}", path.display()));
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    };
    let schema = plain::one(&read("common.json"), &read("event.json"), &read("answer.json"), &read("settings.json"));

    let mut settings = TypeSpaceSettings::default();
    settings
        .with_derive("PartialEq".into())
        .with_map_type("::std::collections::BTreeMap".to_string())
        .with_replacement("Json", "crate::Json", [TypeSpaceImpl::Default].into_iter());
    let mut space = TypeSpace::new(&settings);
    let root = serde_json::from_value(schema).expect("a schema");
    space.add_root_schema(root).expect("typify copes");
    let file = syn::parse2(space.to_stream()).expect("typify writes Rust");
    println!("// Generated from plugin/schema by `make types`; do not edit.\n");
    print!("{}", prettyplease::unparse(&file));
}
